// What a prover knows about one pass, and the circuit's input signals that it becomes. docs/protocol.md, "The statement".
import { HealthpassError } from '#passport/errors.ts';
import { isFieldElement } from '#passport/field.ts';
import { CLAIM_NAMES } from '#passport/claims.ts';
import { POLICY_CLAUSES, REGISTRY_DEPTH, STATUS_DEPTH, WORD_BITS } from '#passport/limits.ts';
import { P8 } from '#passport/poseidon.ts';

/** Everything the statement speaks of. All numbers are canonical field elements; paths run from the leaf up. */
export type PassWitness = {
  /** The sixteen claims, in signing order. */
  readonly claims: readonly bigint[];
  /** Issuer's key on BabyJubJub. */
  readonly Ax: bigint;
  readonly Ay: bigint;
  /** Its signature over P16(claims). */
  readonly R8x: bigint;
  readonly R8y: bigint;
  readonly S: bigint;
  /** Holder secret, and the blinding of this credential. */
  readonly secret: bigint;
  readonly blinding: bigint;
  /** Leaf position in the registry tree, and the one sibling of each of its 12 levels. */
  readonly slot: number;
  readonly registrySiblings: readonly (readonly bigint[])[];
  /** The 248-bit word that holds the credential's status bit, and the seven siblings of each of the 4 levels. */
  readonly statusWord: bigint;
  readonly statusSiblings: readonly (readonly bigint[])[];
  /** The clause that the claims satisfy: its place in the policy, mask and word of each of its group of four, and the hashes of all groups. */
  readonly clauseIndex: number;
  readonly clausePath: { readonly group: readonly bigint[]; readonly groups: readonly bigint[] };
  /** Whether the pass carries an identity tag. */
  readonly match: boolean;
  /** Public inputs. */
  readonly registryRoot: bigint;
  readonly policyRoot: bigint;
  /** Seconds since 1900. */
  readonly windowStart: number;
  readonly windowEnd: number;
  /** YYYYMMDD */
  readonly today: number;
  readonly scope: bigint;
  readonly deviceKey: bigint;
};

/** Input signals by name, as the compiled circuit takes them. */
export type CircuitInput = Record<string, bigint | readonly bigint[] | readonly (readonly bigint[])[]>;

/**
 * The circuit's inputs.
 * @throws HealthpassError `request-invalid` for a vector of the wrong length, `field-not-canonical` for a number outside the field
 */
export function toCircuitInput(witness: PassWitness): CircuitInput {
  assertShape(witness);
  const input: CircuitInput = {
    registryRoot: witness.registryRoot,
    policyRoot: witness.policyRoot,
    windowStart: integer(witness.windowStart, 'windowStart'),
    windowEnd: integer(witness.windowEnd, 'windowEnd'),
    today: integer(witness.today, 'today'),
    scope: witness.scope,
    deviceKey: witness.deviceKey,
    claims: witness.claims,
    Ax: witness.Ax,
    Ay: witness.Ay,
    R8x: witness.R8x,
    R8y: witness.R8y,
    S: witness.S,
    secret: witness.secret,
    blinding: witness.blinding,
    slot: integer(witness.slot, 'slot'),
    registrySiblings: witness.registrySiblings.map((level) => level[0]!),
    statusChildren: statusChildren(witness),
    clauseIndex: integer(witness.clauseIndex, 'clauseIndex'),
    clauseGroup: witness.clausePath.group,
    clauseGroups: witness.clausePath.groups,
    match: witness.match ? 1n : 0n,
  };
  for (const [name, value] of Object.entries(input)) assertCanonical(name, value);
  return input;
}

function assertShape(witness: PassWitness): void {
  assertLength('claims', witness.claims, 16);
  assertLength('registrySiblings', witness.registrySiblings, REGISTRY_DEPTH);
  for (const level of witness.registrySiblings) assertLength('registrySiblings', level, 1);
  assertLength('statusSiblings', witness.statusSiblings, STATUS_DEPTH);
  for (const level of witness.statusSiblings) assertLength('statusSiblings', level, 7);
  assertLength('clausePath', witness.clausePath.group, 8);
  assertLength('clausePath', witness.clausePath.groups, POLICY_CLAUSES / 4);
}

/** All eight children of each node on the status word's path: the circuit chooses the path's own by the index. */
function statusChildren({ claims, statusWord, statusSiblings }: PassWitness): bigint[][] {
  let node = statusWord;
  let position = claims[CLAIM_NAMES.indexOf('index')]! / BigInt(WORD_BITS);
  return statusSiblings.map((siblings) => {
    const children = [...siblings];
    children.splice(Number(position % 8n), 0, node);
    position /= 8n;
    node = P8(children);
    return children;
  });
}

function assertLength(field: string, vector: readonly unknown[], length: number): void {
  if (vector.length !== length) throw new HealthpassError('request-invalid', `${field} has not the length that the circuit takes`, { field });
}

function integer(value: number, field: string): bigint {
  if (!Number.isSafeInteger(value) || value < 0) throw new HealthpassError('field-not-canonical', `${field} is not a natural number`, { field });
  return BigInt(value);
}

function assertCanonical(field: string, value: CircuitInput[string]): void {
  if (typeof value === 'object') return value.forEach((item) => assertCanonical(field, item));
  if (!isFieldElement(value)) throw new HealthpassError('field-not-canonical', `${field} is not a canonical field element`, { field });
}
