// Whether a document has the form of a verifiable credential: VC Data Model 2.0 and 1.1, section 4 of each. What a term means is JSON-LD's
// affair (data-integrity.ts); whether it is true, the issuer's.
import { isJsonObject, isModest, type JsonObject } from '../json-object.ts';
import { malformed } from '../problem.ts';
import { assertContexts, type ModelVersion } from './contexts.ts';
import { assertRelatedResources } from './related-resources.ts';
import { assertStatusEntries } from './status-entry.ts';
import { assertLanguageValues, assertOptionalId, assertParty, assertType, assertTyped, dateOf, objectsOf, partyId } from './values.ts';

/** A credential that has its form. */
export type ParsedCredential = {
  readonly document: JsonObject;
  readonly version: ModelVersion;
  readonly issuer: string;
  /** Milliseconds. */
  readonly validFrom: number | undefined;
  readonly validUntil: number | undefined;
  readonly status: readonly JsonObject[];
  /** Related resources whose digests could not be compared. */
  readonly uncompared: readonly string[];
};

/** @throws VcProblem `MALFORMED_VALUE_ERROR`, `PARSING_ERROR`, `RANGE_ERROR` */
export function parseCredential(input: unknown): ParsedCredential {
  if (!isJsonObject(input)) throw malformed('credential', 'is no object');
  if (!isModest(input)) throw malformed('credential', 'has more parts than are read');
  const version = assertContexts(input['@context']);
  if (!Array.isArray(input['type']) && input['type'] !== 'VerifiableCredential') throw malformed('type', 'is no list of types');
  assertType(input['type'], 'type', 'VerifiableCredential');
  assertOptionalId(input, 'credential');
  if (!('issuer' in input)) throw malformed('issuer', 'is missing');
  assertParty(input['issuer'], 'issuer');
  assertSubjects(input);
  assertTyped(input, 'termsOfUse');
  assertTyped(input, 'evidence');
  assertTyped(input, 'proof');
  assertTyped(input, 'refreshService', { id: version === '1.1' });
  assertTyped(input, 'credentialSchema', { id: true });
  if (version === '2.0') assertLanguageValues(input, 'credential');
  const status = assertStatusEntries(input);
  return { document: input, version, issuer: partyId(input['issuer']), ...validityOf(input, version), status, uncompared: version === '2.0' ? assertRelatedResources(input) : [] };
}

function assertSubjects(credential: JsonObject): void {
  if (!('credentialSubject' in credential)) throw malformed('credentialSubject', 'is missing');
  for (const subject of objectsOf(credential['credentialSubject'], 'credentialSubject')) {
    if (Object.keys(subject).length === 0) throw malformed('credentialSubject', 'makes no claim');
    assertOptionalId(subject, 'credentialSubject');
  }
}

function validityOf(credential: JsonObject, version: ModelVersion): { validFrom: number | undefined; validUntil: number | undefined } {
  const [from, until] = version === '2.0' ? ['validFrom', 'validUntil'] as const : ['issuanceDate', 'expirationDate'] as const;
  const zoned = version === '2.0';
  const [validFrom, validUntil] = [dateOf(credential, from, { zoned }), dateOf(credential, until, { zoned })];
  if (version === '1.1' && validFrom === undefined) throw malformed(from, 'is missing');
  if (validFrom !== undefined && validUntil !== undefined && validFrom > validUntil) throw malformed(until, `lies before ${from}`);
  return { validFrom, validUntil };
}
