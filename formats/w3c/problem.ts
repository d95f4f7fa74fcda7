// What is wrong with a credential or presentation, as the W3C names it: the problem types of VC Data Model 2.0 (7.3), Data Integrity
// (4.7) and Bitstring Status List (3.5). The detail names the field or the rule, never a value.
export const PROBLEM_TYPES = {
  PARSING_ERROR: 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR',
  CRYPTOGRAPHIC_SECURITY_ERROR: 'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR',
  MALFORMED_VALUE_ERROR: 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR',
  RANGE_ERROR: 'https://www.w3.org/TR/vc-data-model#RANGE_ERROR',
  PROOF_VERIFICATION_ERROR: 'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
  PROOF_GENERATION_ERROR: 'https://w3id.org/security#PROOF_GENERATION_ERROR',
  INVALID_CHALLENGE_ERROR: 'https://w3id.org/security#INVALID_CHALLENGE_ERROR',
  INVALID_DOMAIN_ERROR: 'https://w3id.org/security#INVALID_DOMAIN_ERROR',
  STATUS_RETRIEVAL_ERROR: 'https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR',
  STATUS_VERIFICATION_ERROR: 'https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR',
} as const;
export type ProblemName = keyof typeof PROBLEM_TYPES;

export type ProblemDetails = { readonly type: string; readonly title: string; readonly detail: string };

export class VcProblem extends Error {
  readonly problem: ProblemName;
  constructor(problem: ProblemName, detail: string) {
    super(detail);
    this.name = 'VcProblem';
    this.problem = problem;
  }
  get details(): ProblemDetails {
    return { type: PROBLEM_TYPES[this.problem], title: this.problem, detail: this.message };
  }
}

export const isVcProblem = (error: unknown): error is VcProblem => error instanceof VcProblem;

/** The commonest: a property does not have the form that the data model demands. */
export const malformed = (field: string, what: string): VcProblem => new VcProblem('MALFORMED_VALUE_ERROR', `${field} ${what}`);
