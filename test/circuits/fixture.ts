// A credential of each kind with everything that its pass needs, made by the same code as the real ones.
import { createClaimsKeyPair, signClaims, type ClaimsKeyPair, type ClaimsSignature } from '#passport/claims-signature.ts';
import { encodeClaims, type Claims } from '#passport/claims.ts';
import { encodeClause, NO_AGE_LIMIT, EMPTY_CLAUSE, type Clause, type ClauseWords } from '#passport/clause.ts';
import type { FieldElement } from '#passport/field.ts';
import { P16, P2, P8 } from '#passport/poseidon.ts';
import { createRegistryTree, registryLeaf, type ClaimsKey } from '#passport/registry-tree.ts';
import { createStatusTree, entryPosition } from '#passport/status-list.ts';
import { toSeconds1900, type Seconds1900 } from '#passport/time.ts';
import type { PassWitness } from '#circuits/witness.ts';

export const DAY = 86_400;
export const WINDOW_START = toSeconds1900(Date.UTC(2026, 10, 20) / 1000);
export const WINDOW_END = (WINDOW_START + 3 * DAY) as Seconds1900;
export const TODAY = 20261120;
export const COVID = 840539006n;

const field = (value: bigint) => value as FieldElement;
export const SECRET = field(0x5ec2e7n ** 9n);
export const BLINDING = field(0xb11d1n ** 9n);

/** An issuer whose secret never changes, so that every run sees the same proofs' inputs. */
export const ISSUER: ClaimsKeyPair = createClaimsKeyPair(new Uint8Array(32).fill(7));

const COMMON = {
  disease: COVID,
  eventTime: (WINDOW_START - 30 * DAY) as Seconds1900,
  country: 'ES',
  birthDate: 19800523,
  nameDigest: field(0xdecafn ** 12n),
  holder: P2(SECRET, BLINDING),
  list: 17,
  index: 248 * 1234 + 101,
  validUntil: (WINDOW_END + 100 * DAY) as Seconds1900,
  salt: field(0x5a17n ** 14n),
};

export const VACCINATION: Claims = { ...COMMON, kind: 'vaccination', product: 5, dose: 2, series: 2, test: 0, result: 'none' };
export const TEST: Claims = { ...COMMON, kind: 'test', product: 0, dose: 0, series: 0, test: 3, result: 'notDetected' };
export const RECOVERY: Claims = { ...COMMON, kind: 'recovery', product: 0, dose: 0, series: 0, test: 0, result: 'detected' };

export const ANY_CLAUSE: Clause = {
  kind: undefined, disease: 0n, products: undefined, minDose: 0, complete: false, ageFrom: 0, ageTo: NO_AGE_LIMIT, tests: undefined,
  results: undefined, minAge: 0,
};
export const VACCINATED: Clause = {
  ...ANY_CLAUSE, kind: 'vaccination', disease: COVID, products: [3, 5, 9], minDose: 1, complete: true, ageFrom: 14 * DAY, ageTo: 270 * DAY,
};
export const TESTED: Clause = {
  ...ANY_CLAUSE, kind: 'test', disease: COVID, ageTo: 60 * DAY, tests: [1, 3], results: ['notDetected'],
};
export const RECOVERED: Clause = { ...ANY_CLAUSE, kind: 'recovery', disease: COVID, ageFrom: 11 * DAY, ageTo: 180 * DAY, results: ['detected'] };
export const ADULT: Clause = { ...ANY_CLAUSE, minAge: 18 };
export const CLAUSES: readonly Clause[] = [VACCINATED, TESTED, RECOVERED, ADULT, ANY_CLAUSE];

export type Scene = {
  readonly claims?: Claims;
  /** Claims as field elements, where a test wants some that no issuer would encode. */
  readonly vector?: readonly bigint[];
  readonly clauses?: readonly ClauseWords[];
  readonly clauseIndex?: number;
  /** Words of the status list, by position. */
  readonly words?: ReadonlyMap<number, bigint>;
  readonly slot?: number;
  readonly match?: boolean;
  readonly scope?: bigint;
  readonly windowStart?: number;
  readonly windowEnd?: number;
  readonly today?: number;
  readonly secret?: bigint;
  /** Another key in the registry's leaf, with its own way to sign. */
  readonly issuer?: { readonly key: ClaimsKey; readonly sign: (message: FieldElement) => ClaimsSignature };
  readonly deviceKey?: bigint;
};

/** The witness of a pass for some credential; what the scene does not say is as in an honest, fitting pass. */
export function witnessOf(scene: Scene = {}): PassWitness {
  const vector = scene.vector ?? encodeClaims(scene.claims ?? VACCINATION);
  const key = scene.issuer?.key ?? ISSUER.publicKey;
  const { R8x, R8y, S } = scene.issuer?.sign(P16(vector)) ?? signClaims(P16(vector), ISSUER);
  const status = createStatusTree(scene.words ?? new Map([[1234, 1n << 7n], [9, 5n]]));
  const { word } = entryPosition(Number(vector[13]));
  const slot = scene.slot ?? 2049;
  const registry = createRegistryTree([[3, field(99n)], [slot, registryLeaf(key, Number(vector[12]), status.root())]]);
  const clauses = scene.clauses ?? CLAUSES.map(encodeClause);
  const clauseIndex = scene.clauseIndex ?? 0;
  const policy = policyPath(clauses, clauseIndex);
  return {
    claims: vector,
    Ax: key.x, Ay: key.y, R8x, R8y, S,
    secret: scene.secret ?? SECRET, blinding: BLINDING,
    slot, registrySiblings: registry.siblings(slot), registryRoot: registry.root(),
    statusWord: status.leaf(word), statusSiblings: status.siblings(word),
    clauseIndex, clausePath: policy.path, policyRoot: policy.root,
    match: scene.match ?? false,
    windowStart: scene.windowStart ?? WINDOW_START, windowEnd: scene.windowEnd ?? WINDOW_END, today: scene.today ?? TODAY,
    scope: scene.scope ?? 0n, deviceKey: scene.deviceKey ?? 0xdefacen ** 10n,
  };
}

/** Clauses in 32 places, unused ones empty; the index of a used one. */
function policyPath(clauses: readonly ClauseWords[], index: number) {
  const group = (g: number) => [0, 1, 2, 3].flatMap((i) => {
    const { mask, word } = clauses[4 * g + i] ?? EMPTY_CLAUSE;
    return [mask, word];
  });
  const groups = Array.from({ length: 8 }, (_, g) => P8(group(g)));
  return { path: { group: group(Math.floor(index / 4)), groups }, root: P8(groups) };
}
