// Forgeries, each with the components that must refuse it and no others: what a prover without scruples would try, consistent in
// everything but the one thing that it needs to be false. Read by the soundness tests and by the mutation run.
import { babyjubjub } from '@noble/curves/misc.js';
import { signClaims, SUBGROUP_ORDER, type ClaimsSignature } from '#passport/claims-signature.ts';
import { encodeClaims, type Claims } from '#passport/claims.ts';
import { encodeClause, NO_AGE_LIMIT, type Clause } from '#passport/clause.ts';
import { FIELD_ORDER as r, type FieldElement } from '#passport/field.ts';
import { P16, P5, P8 } from '#passport/poseidon.ts';
import { REGISTRY_TREE, registryLeaf, type ClaimsKey } from '#passport/registry-tree.ts';
import { createStatusTree, STATUS_TREE } from '#passport/status-list.ts';
import type { Seconds1900 } from '#passport/time.ts';
import { rootFrom } from '#passport/tree.ts';
import { toCircuitInput, type CircuitInput, type PassWitness } from '#circuits/witness.ts';
import type { Forgery } from './arena.ts';
import {
  ANY_CLAUSE, BLINDING, CLAUSES, DAY, ISSUER, TEST, VACCINATED, VACCINATION, WINDOW_END, WINDOW_START, witnessOf, type Scene,
} from './fixture.ts';

export type Attack = { readonly name: string; readonly forge: () => Forgery; readonly refusedBy: readonly string[] };

const { Point } = babyjubjub;
export const field = (value: bigint) => value as FieldElement;
const mod = (value: bigint) => ((value % r) + r) % r;
const HALF = (r + 1n) / 2n;

const input = (scene: Scene = {}, overrides: CircuitInput = {}): CircuitInput => ({ ...toCircuitInput(witnessOf(scene)), ...overrides });
const attack = (name: string, refusedBy: readonly string[], forge: () => CircuitInput | Forgery): Attack => ({
  name, refusedBy,
  forge: () => {
    const made = forge();
    return isForgery(made) ? made : { input: made };
  },
});
const isForgery = (made: CircuitInput | Forgery): made is Forgery => 'input' in made;

/** The vaccination with some claims as raw field elements: what no issuer's encoder would let through. */
const rawClaims = (changes: Readonly<Record<number, bigint>>): bigint[] =>
  encodeClaims(VACCINATION).map((value, i) => changes[i] ?? value);
/** A pass for raw claims under a single clause, signed and registered as if honest. */
const rawScene = (changes: Readonly<Record<number, bigint>>, clause: Partial<Clause> = {}): Scene =>
  ({ vector: rawClaims(changes), clauses: [encodeClause({ ...ANY_CLAUSE, ...clause })] });
const claimsScene = (changes: Partial<Claims>, clause: Partial<Clause> = {}): Scene =>
  ({ claims: { ...VACCINATION, ...changes }, clauses: [encodeClause({ ...ANY_CLAUSE, ...clause })] });

// ---- the issuer's signature ----

const SIGNATURE = 'IssuerSignature#0';
const VERIFIER = `${SIGNATURE}.EdDSAPoseidonVerifier#0`;
const EQUAL = [`${VERIFIER}.eqCheckX`, `${VERIFIER}.eqCheckY`];

/** A point of small order: what is left of some point when the subgroup's order has been taken out. */
function torsionPoint(order: 2 | 4 | 8): { x: bigint; y: bigint } {
  for (let y = 2n; y < 100n; y++) {
    const whole = pointAt(y);
    if (!whole) continue;
    const torsion = whole.multiplyUnsafe(SUBGROUP_ORDER - 1n).add(whole);
    const own = [1, 2, 4, 8].find((k) => torsion.multiplyUnsafe(BigInt(k)).is0())!;
    if (own >= order) return torsion.multiplyUnsafe(BigInt(own / order)).toAffine();
  }
  throw new Error('no point of small order below y = 100');
}

/** x² = (1 - y²) / (a - d·y²) */
function pointAt(y: bigint) {
  const { Fp } = Point;
  const square = Fp.div(mod(1n - y * y), mod(168700n - 168696n * y * y));
  return Fp.pow(square, (r - 1n) / 2n) === 1n ? Point.fromAffine({ x: Fp.sqrt(square), y }) : undefined;
}

/** Under a key of small order 8A vanishes, and S·B8 = R8 holds for any message. */
function smallOrderScene(order: 1 | 2 | 4 | 8): Scene {
  const { x, y } = order === 1 ? { x: 0n, y: 1n } : torsionPoint(order);
  const S = 1234567n;
  const R8 = Point.BASE.multiply(S).toAffine();
  return { issuer: { key: { x: field(x), y: field(y) }, sign: () => ({ R8x: field(R8.x), R8y: field(R8.y), S }) } };
}

/** A signature by the true key, bent. */
function bentScene(bend: (signature: ClaimsSignature) => ClaimsSignature, key: ClaimsKey = ISSUER.publicKey): Scene {
  return { issuer: { key, sign: (message) => bend(signClaims(message, ISSUER)) } };
}

/** R8 with a part of order 8, in a signature that its key's owner makes to fit as well as can be. */
function torsionSignature(message: FieldElement): ClaimsSignature {
  const R8 = Point.BASE.multiply(77n).add(Point.fromAffine(torsionPoint(8))).toAffine();
  const { x, y } = Point.BASE.multiply(31n).toAffine();
  return { R8x: field(R8.x), R8y: field(R8.y), S: (77n + 8n * P5(R8.x, R8.y, x, y, message) * 31n) % SUBGROUP_ORDER };
}

const signatureAttacks: readonly Attack[] = [
  attack('S + l, the other form of the same signature', [VERIFIER], () => input(bentScene((s) => ({ ...s, S: s.S + SUBGROUP_ORDER })))),
  attack('S of another message', EQUAL, () => input({}, { S: signClaims(P16(rawClaims({ 5: 1n })), ISSUER).S })),
  attack('a claim changed after signing', [...EQUAL], () => input({}, { claims: rawClaims({ 15: 1n }) })),
  attack('a key of order 1', [VERIFIER], () => input(smallOrderScene(1))),
  attack('a key of order 2', [VERIFIER], () => input(smallOrderScene(2))),
  attack('a key of order 4', [VERIFIER], () => input(smallOrderScene(4))),
  attack('a key of order 8', [VERIFIER], () => input(smallOrderScene(8))),
  attack('the key (0, 0)', [...EQUAL, VERIFIER, `${SIGNATURE}.BabyCheck#0`].sort(), () => input(bentScene((s) => s, { x: field(0n), y: field(0n) }))),
  attack('R8 = (0, 0)', [...EQUAL, `${SIGNATURE}.BabyCheck#1`].sort(), () => input(bentScene((s) => ({ ...s, R8x: field(0n), R8y: field(0n) })))),
  attack('R8 off the curve', [...EQUAL, `${SIGNATURE}.BabyCheck#1`].sort(), () => input(bentScene((s) => ({ ...s, R8x: field(s.R8x + 1n) })))),
  attack('R8 with a part of order 8', EQUAL, () => {
    const { x, y } = Point.BASE.multiply(31n).toAffine();
    return input({ issuer: { key: { x: field(x), y: field(y) }, sign: torsionSignature } });
  }),
];

function signWith31(message: FieldElement): ClaimsSignature {
  const R8 = Point.BASE.multiply(99n).toAffine();
  const { x, y } = Point.BASE.multiply(31n).toAffine();
  return { R8x: field(R8.x), R8y: field(R8.y), S: (99n + 8n * P5(R8.x, R8.y, x, y, message) * 31n) % SUBGROUP_ORDER };
}

// ---- registry and status list ----

const REGISTRY = 'RegistryMembership#0';
const STATUS = 'StatusEntry#0';
/** An issuer that nobody accredited. */
export const OWN_KEY = (() => {
  const { x, y } = Point.BASE.multiply(31n).toAffine();
  return { key: { x: field(x), y: field(y) }, sign: signWith31 };
})();

/** The node at the top but one level on a witness's registry path. */
const nodeBelowRoot = (witness: PassWitness): bigint => {
  const statusRoot = rootFrom(STATUS_TREE, Number(witness.claims[13]! / 248n), field(witness.statusWord), witness.statusSiblings as FieldElement[][]);
  const leaf = registryLeaf({ x: field(witness.Ax), y: field(witness.Ay) }, Number(witness.claims[12]), statusRoot);
  return rootFrom({ ...REGISTRY_TREE, depth: 11 }, witness.slot % 2048, leaf, witness.registrySiblings as FieldElement[][]);
};

/** A tree of the prover's own below the top level: with a selector that is no bit, its node and a sibling mix to the true pair of children. */
function gluedRegistry(): CircuitInput {
  const honest = witnessOf({ slot: 2049 });
  const own = witnessOf({ issuer: OWN_KEY, slot: 0 });
  const [left, right] = [honest.registrySiblings[11]![0]!, nodeBelowRoot(honest)]; // slot 2049 goes right at the top
  const node = nodeBelowRoot(own);
  const sibling = mod(left + right - node);
  const selector = Point.Fp.div(mod(left - node), mod(sibling - node));
  const siblings = [...own.registrySiblings.slice(0, 11).map((level) => level[0]!), sibling];
  return { ...toCircuitInput(own), slot: mod(2048n * selector), registrySiblings: siblings, registryRoot: honest.registryRoot };
}

/** The path of another word of the same list, in place of the credential's own. */
function pathOfWord(words: ReadonlyMap<number, bigint>, word: number): bigint[][] {
  const tree = createStatusTree(words);
  let node: bigint = tree.leaf(word);
  return tree.siblings(word).map((siblings, level) => {
    const children: bigint[] = [...siblings];
    children.splice(Math.floor(word / 8 ** level) % 8, 0, node);
    node = P8(children);
    return children;
  });
}

export const WORD = 1234;
const EARLY_INDEX = 248 * WORD + 3;
/** The early index and the usual one are revoked. */
const REVOKED = new Map([[WORD, (1n << 3n) | (1n << 101n)]]);

const listAttacks: readonly Attack[] = [
  attack('a key that nobody accredited', [REGISTRY], () => input({ issuer: OWN_KEY }, { registryRoot: witnessOf().registryRoot })),
  attack('an empty slot of the registry', [REGISTRY], () => input({}, { slot: 2050n })),
  attack('the leaf of another list', [REGISTRY], () => input({ vector: rawClaims({ 12: 18n }) }, { registryRoot: witnessOf().registryRoot })),
  attack('a slot beyond the tree', [`${REGISTRY}.BinaryPath#0.Num2Bits#0`, REGISTRY], () => input({}, { slot: 4096n + 2049n })),
  attack('a slot of -1', [`${REGISTRY}.BinaryPath#0.Num2Bits#0`, REGISTRY], () => input({}, { slot: r - 1n })),
  attack('a selector that is no bit, gluing a tree of one\'s own below the root', [`${REGISTRY}.BinaryPath#0.Num2Bits#0`], gluedRegistry),
  attack('a revoked credential', [STATUS], () => input({ words: REVOKED })),
  attack('a revoked credential declared not to be', [STATUS], () => ({ input: input({ words: REVOKED }), changes: { [`main.${STATUS}.revoked`]: 0n } })),
  attack('a bit that is set read as 0', [`${STATUS}.WordBit#0`], () => ({
    input: input({ words: REVOKED }), changes: { [`main.${STATUS}.revoked`]: 0n, [`main.${STATUS}.WordBit#0.out`]: 0n },
  })),
  attack('a revoked credential and the list before it was', [REGISTRY], () => input({}, { registryRoot: witnessOf({ words: REVOKED }).registryRoot })),
  attack('a revoked index read as bit 251 of the word before', [STATUS], () => ({
    input: input({ claims: { ...VACCINATION, index: EARLY_INDEX }, words: REVOKED }, { statusChildren: pathOfWord(REVOKED, WORD - 1) }), evilWord: 1n,
  })),
  attack('a revoked index read as bit -147 of the word after', [`${STATUS}.Num2Bits#1`], () => ({
    input: input({ words: REVOKED }, { statusChildren: pathOfWord(REVOKED, WORD + 1) }), evilWord: r - 1n,
  })),
  attack('a revoked index split over the field', [`${STATUS}.Num2Bits#0`, `${STATUS}.Num2Bits#1`], () => ({
    input: input({ words: REVOKED }, { statusChildren: pathOfWord(REVOKED, 0) }), evilWord: mod(BigInt(WORD) - Point.Fp.div(2048n, 3n)),
  })),
  attack('the path of another word', [`${STATUS}.OctalPath#0`], () => input({ words: REVOKED }, { statusChildren: pathOfWord(REVOKED, 777) })),
  attack('words of one\'s own under the true upper nodes', [`${STATUS}.OctalPath#0`], () => {
    const [, ...upper] = pathOfWord(REVOKED, WORD);
    return input({ words: REVOKED }, { statusChildren: [Array<bigint>(8).fill(0n), ...upper] });
  }),
  attack('a word of more than 248 bits', [`${STATUS}.WordBit#0.Num2Bits#0`], () => input({ words: new Map() }, oversizedWord())),
  attack('a node in place of a word', [REGISTRY, `${STATUS}.WordBit#0.Num2Bits#0`], () => {
    const [, ...upper] = pathOfWord(REVOKED, WORD);
    const root = P8(upper[2]!);
    return input({ words: REVOKED, claims: { ...VACCINATION, index: 248 * Math.floor(WORD / 8) } }, {
      statusChildren: [...upper, [root, 0n, 0n, 0n, 0n, 0n, 0n, 0n]], registryRoot: witnessOf({ words: REVOKED }).registryRoot,
    });
  }),
];

/** A list that its issuer made badly: the credential's word is larger than a word. */
function oversizedWord(): CircuitInput {
  const witness = witnessOf({ words: new Map() });
  const statusWord = 1n << 250n;
  const bad = { ...witness, statusWord };
  const root = rootFrom(STATUS_TREE, WORD, field(statusWord), witness.statusSiblings as FieldElement[][]);
  const leaf = registryLeaf(ISSUER.publicKey, 17, root);
  const registryRoot = rootFrom(REGISTRY_TREE, witness.slot, leaf, witness.registrySiblings as FieldElement[][]);
  return toCircuitInput({ ...bad, registryRoot });
}

// ---- the policy and its clause ----

const POLICY = 'PolicyClause#0';
const CLAUSE = 'ClauseHolds#0';

/** A policy that asks what the test does not meet, and a group of the prover's own that asks nothing. */
function ownGroup(): { honest: PassWitness; own: PassWitness } {
  return { honest: witnessOf({ claims: TEST, clauses: [encodeClause(VACCINATED)] }), own: witnessOf({ claims: TEST, clauses: [encodeClause(ANY_CLAUSE)] }) };
}

/** With a selector that is no bit, two true groups mix to the hash of the own one. */
function mixedGroups(): CircuitInput {
  const { honest, own } = ownGroup();
  const { groups } = honest.clausePath;
  const selector = Point.Fp.div(mod(own.clausePath.groups[0]! - groups[0]!), mod(groups[4]! - groups[0]!));
  return { ...toCircuitInput(own), clauseGroups: groups, policyRoot: honest.policyRoot, clauseIndex: mod(16n * selector) };
}

const policyAttacks: readonly Attack[] = [
  attack('a clause of one\'s own policy', [POLICY], () => ({ ...toCircuitInput(ownGroup().own), policyRoot: ownGroup().honest.policyRoot })),
  attack('a clause of one\'s own under the true groups', [POLICY], () => {
    const { honest, own } = ownGroup();
    return { ...toCircuitInput(own), clauseGroups: honest.clausePath.groups, policyRoot: honest.policyRoot };
  }),
  attack('a selector that is no bit, mixing two groups', [`${POLICY}.Num2Bits#0`], mixedGroups),
  attack('a clause of another group at this place', [POLICY], () => input({}, { clauseIndex: 4n })),
  attack('an unused clause', [CLAUSE, `${CLAUSE}.Times#0.Num2Bits#5`], () => input({ clauses: [], clauseIndex: 0 })),
  attack('clause 32', [POLICY, `${POLICY}.Num2Bits#0`], () => input({ clauses: CLAUSES.map(encodeClause) }, { clauseIndex: 32n })),
  attack('a mask of more than 248 bits', [CLAUSE, `${CLAUSE}.WordBit#0.Num2Bits#0`], () =>
    input({ clauses: [{ ...encodeClause(ANY_CLAUSE), mask: field(1n << 250n) }] })),
];

const TIMES = `${CLAUSE}.Times#0`;
const DOSES = `${CLAUSE}.Doses#0`;
const KIND = `${CLAUSE}.EventKind#0`;
const PERSON = `${CLAUSE}.PersonAge#0`;

const clauseAttacks: readonly Attack[] = [
  attack('another kind', [KIND], () => input(claimsScene({}, { kind: 'recovery' }))),
  attack('kind 0', [KIND], () => input(rawScene({ 0: 8n }))),
  attack('kind 0 declared some kind', [KIND], () => ({ input: input(rawScene({ 0: 8n })), changes: { [`main.${KIND}.noneOfTwo`]: 0n } })),
  attack('claims of another version', [KIND, `${KIND}.Num2Bits#0`], () => input(rawScene({ 0: 17n }))),
  attack('claims of version 0', [KIND, `${KIND}.Num2Bits#0`], () => input(rawScene({ 0: 1n }))),
  attack('another disease', [KIND], () => input(claimsScene({}, { disease: 16541001n }))),
  attack('a product that is not in the mask', [CLAUSE], () => input(claimsScene({ product: 4 }, { products: [3, 5] }))),
  attack('a product declared good', [CLAUSE], () => ({
    input: input(claimsScene({ product: 4 }, { products: [3, 5] })), changes: { [`main.${CLAUSE}.productGood`]: 1n },
  })),
  attack('a test declared good', [CLAUSE], () => ({ input: input(claimsScene({ test: 2 }, { tests: [1] })), changes: { [`main.${CLAUSE}.testGood`]: 1n } })),
  attack('a result declared good', [CLAUSE], () => ({
    input: input(claimsScene({ result: 'detected' }, { results: ['none'] })), changes: { [`main.${CLAUSE}.resultGood`]: 1n },
  })),
  attack('product 250, beyond the mask', [CLAUSE], () => input(rawScene({ 2: 250n }))),
  attack('product 256 + 5', [`${CLAUSE}.Num2Bits#0`], () => input(rawScene({ 2: 261n }))),
  attack('product -1', [`${CLAUSE}.Num2Bits#0`], () => input(rawScene({ 2: r - 1n }))),
  attack('another test', [CLAUSE], () => input(claimsScene({ test: 2 }, { tests: [1, 3] }))),
  attack('test 16', [`${CLAUSE}.Num2Bits#1`], () => input(rawScene({ 6: 16n }))),
  attack('another result', [CLAUSE], () => input(claimsScene({ result: 'detected' }, { results: ['notDetected'] }))),
  attack('result 8', [`${CLAUSE}.Num2Bits#2`], () => input(rawScene({ 7: 8n }))),

  attack('a dose too few', [`${DOSES}.Num2Bits#2`], () => input(claimsScene({ dose: 1 }, { minDose: 2 }))),
  attack('a series that is not complete', [`${DOSES}.Num2Bits#3`], () => input(claimsScene({ dose: 1, series: 2 }, { complete: true }))),
  attack('a series of 0 doses, where a complete one is asked', [`${DOSES}.Num2Bits#4`], () => input(claimsScene({ dose: 0, series: 0 }, { complete: true }))),
  attack('a surplus of one\'s choice in a series that is not complete', [DOSES], () => ({
    input: input(claimsScene({ dose: 1, series: 2 }, { complete: true })),
    changes: { [`main.${DOSES}.surplus`]: 0n, ...bitsOf(`main.${DOSES}.Num2Bits#3`, 0n, 8) },
  })),
  attack('a surplus of one\'s choice in a series of 0 doses', [DOSES], () => ({
    input: input(claimsScene({ dose: 0, series: 0 }, { complete: true })),
    changes: { [`main.${DOSES}.seriesBeyondFirst`]: 0n, ...bitsOf(`main.${DOSES}.Num2Bits#4`, 0n, 8) },
  })),
  attack('dose 300', [`${DOSES}.Num2Bits#0`], () => input(rawScene({ 3: 300n }, { minDose: 250 }))),
  attack('dose -1', [`${DOSES}.Num2Bits#0`, `${DOSES}.Num2Bits#2`], () => input(rawScene({ 3: r - 1n }))),
  attack('a series of -1', [`${DOSES}.Num2Bits#1`], () => input(rawScene({ 4: r - 1n }))),

  attack('an event a second too young', [`${TIMES}.Num2Bits#4`], () =>
    input(claimsScene({ eventTime: (WINDOW_START - 14 * DAY + 1) as Seconds1900 }, { ageFrom: 14 * DAY }))),
  attack('an event a second too old', [`${TIMES}.Num2Bits#5`], () =>
    input(claimsScene({ eventTime: (WINDOW_END - 90 * DAY - 1) as Seconds1900 }, { ageTo: 90 * DAY }))),
  attack('a credential that ends a second before the window', [`${TIMES}.Num2Bits#6`], () => input(claimsScene({ validUntil: (WINDOW_END - 1) as Seconds1900 }))),
  attack('an event before 1900', [`${TIMES}.Num2Bits#0`], () => input(rawScene({ 5: r - 1000n }))),
  attack('an event 2^34 seconds late', [`${TIMES}.Num2Bits#0`, `${TIMES}.Num2Bits#4`], () => input(rawScene({ 5: 1n << 34n }))),
  attack('an end beyond 2^34', [`${TIMES}.Num2Bits#1`], () => input(rawScene({ 14: (1n << 34n) + 5n }))),
  attack('a window that begins beyond 2^34', [`${TIMES}.Num2Bits#2`], () => input(rawScene({}), { windowStart: (1n << 34n) + 5n })),
  attack('a window that ends at -5', [`${TIMES}.Num2Bits#3`], () => input(rawScene({}), { windowEnd: r - 5n })),

  attack('a birthday tomorrow', [`${PERSON}.Num2Bits#1`], () => input(claimsScene({ birthDate: 20081121 }, { minAge: 18 }))),
  attack('an age declared not to be asked', [PERSON], () => ({
    input: input(claimsScene({ birthDate: 20201120 }, { minAge: 18 })),
    changes: { [`main.${PERSON}.notAsked`]: 1n, [`main.${PERSON}.surplus`]: 0n, ...bitsOf(`main.${PERSON}.Num2Bits#1`, 0n, 27) },
  })),
  attack('an unknown day of birth in the month of the birthday', [`${PERSON}.Num2Bits#1`], () => input(claimsScene({ birthDate: 20081131 }, { minAge: 18 }))),
  attack('an unknown month of birth in the year of the birthday', [`${PERSON}.Num2Bits#1`], () => input(claimsScene({ birthDate: 20081231 }, { minAge: 18 }))),
  attack('an unknown date of birth', [`${PERSON}.Num2Bits#1`], () => input(claimsScene({ birthDate: 99991231 }, { minAge: 1 }))),
  attack('a birth date of -1', [`${PERSON}.Num2Bits#0`], () => input(rawScene({ 9: r - 1n }, { minAge: 18 }))),
  attack('a birth date beyond 27 bits', [`${PERSON}.Num2Bits#0`], () => input(rawScene({ 9: 1n << 27n }))),
  attack('a today far away', [`${PERSON}.Num2Bits#1`], () => input(claimsScene({}, { minAge: 18 }), { today: 1n << 40n })),
];

/** The signals of a decomposition, for a number of the forger's choice. */
function bitsOf(component: string, value: bigint, length: number): Record<string, bigint> {
  const bits = Array.from({ length }, (_, i): [string, bigint] => [`${component}.out[${i}]`, (value >> BigInt(i)) & 1n]);
  return { [`${component}.in`]: value, ...Object.fromEntries(bits) };
}

// ---- the holder ----

const UNSCOPED = ['main.Nullifier#0.unscoped', 'main.Nullifier#0.IsZero#0.out'];
const NULLIFIER = ['main.nullifier', 'main.Nullifier#0.out'];
const TAG = ['main.identityTag', 'main.IdentityTag#0.out'];
const set = (names: readonly string[], value: bigint): Record<string, bigint> => Object.fromEntries(names.map((name) => [name, value]));

const holderAttacks: readonly Attack[] = [
  attack('a credential of somebody else', ['HolderCommitment#0'], () => input({}, { secret: 1n })),
  attack('another blinding', ['HolderCommitment#0'], () => input({}, { blinding: BLINDING + 1n })),
  attack('no nullifier where a scope is set', ['Nullifier#0.IsZero#0'], () => ({
    input: input({ scope: 7n }), changes: { ...set(UNSCOPED, 1n), 'main.Nullifier#0.IsZero#0.inv': 0n, ...set(NULLIFIER, 0n) },
  })),
  attack('a scope declared to be none', ['Nullifier#0'], () => ({
    input: input({ scope: 7n }), changes: { 'main.Nullifier#0.unscoped': 1n, ...set(NULLIFIER, 0n) },
  })),
  attack('a nullifier of one\'s choice', ['Nullifier#0'], () => ({ input: input({ scope: 7n }), changes: set(NULLIFIER, 99n) })),
  attack('a nullifier where no scope is set', ['Nullifier#0'], () => ({ input: input(), changes: set(NULLIFIER, 99n) })),
  attack('an identity tag of one\'s choice', ['IdentityTag#0'], () => ({ input: input({ match: true }), changes: set(TAG, 99n) })),
  attack('an identity tag where there is no match', ['IdentityTag#0'], () => ({ input: input(), changes: set(TAG, 99n) })),
  attack('a match of 2', ['IdentityTag#0'], () => input({}, { match: 2n })),
  attack('a match of a half', ['IdentityTag#0'], () => input({}, { match: HALF })),
  attack('a match of -1', ['IdentityTag#0'], () => input({}, { match: r - 1n })),
  attack('a match of a credential declared to have a name', ['IdentityTag#0'], () => ({
    input: input({ claims: { ...VACCINATION, nameDigest: field(0n) }, match: true }), changes: { 'main.IdentityTag#0.nameless': 0n },
  })),
  attack('a match of a credential without a name', ['IdentityTag#0'], () => input({ claims: { ...VACCINATION, nameDigest: field(0n) }, match: true })),
];

export const ATTACKS: readonly Attack[] = [...signatureAttacks, ...listAttacks, ...policyAttacks, ...clauseAttacks, ...holderAttacks];

/** Passes that must go through, lest a circuit that refuses all passes for sound. */
export const HONEST_SCENES: readonly (readonly [string, Scene])[] = [
  ['a vaccination', {}],
  ['a vaccination with scope and match', { scope: 7n, match: true }],
  ['a test', { claims: TEST, clauseIndex: 1, scope: 7n }],
  ['an adult, by any credential', { claims: TEST, clauseIndex: 3, match: true }],
  ['an early index of a list with revocations', { claims: { ...VACCINATION, index: 248 * WORD + 4 }, words: REVOKED }],
  ['a clause without limits', claimsScene({}, { ageTo: NO_AGE_LIMIT })],
];
