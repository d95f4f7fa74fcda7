// Passes of our own circuit, proven with the shipped artifacts: half of them plain, half with scope and identity match.
import { loadArtifacts } from '#circuits/artifacts.ts';
import { createProver } from '#circuits/prove.ts';
import { REPEATING_PASS_SIGNALS } from '#circuits/verify/index.ts';
import type { PassWitness } from '#circuits/witness.ts';
import { createClaimsKeyPair, signClaims } from '#passport/claims-signature.ts';
import { encodeClaims, type Claims } from '#passport/claims.ts';
import { encodeClause, EMPTY_CLAUSE, NO_AGE_LIMIT } from '#passport/clause.ts';
import { bytesToInteger, type FieldElement } from '#passport/field.ts';
import { P16, P2, P8 } from '#passport/poseidon.ts';
import { createRegistryTree, registryLeaf } from '#passport/registry-tree.ts';
import { signalsToArray } from '#passport/signals.ts';
import { createStatusTree, entryPosition } from '#passport/status-list.ts';
import { toSeconds1900, type Seconds1900 } from '#passport/time.ts';
import { multiply, type Case, type ProvenStatement, type VerificationKey } from './statement.ts';

/** Proofs made by the prover; the others are re-randomised copies. */
const PROVEN = 8;
const DAY = 86_400;
const WINDOW = toSeconds1900(Date.UTC(2026, 10, 20) / 1000);

const randomField = (): FieldElement => bytesToInteger(crypto.getRandomValues(new Uint8Array(31))) as FieldElement;

function createWitnesses(): PassWitness[] {
  const issuer = createClaimsKeyPair();
  const [secret, blinding] = [randomField(), randomField()];
  const claims: Claims = {
    kind: 'vaccination', disease: 840539006n, product: 5, dose: 2, series: 2, eventTime: (WINDOW - 30 * DAY) as Seconds1900, test: 0, result: 'none',
    country: 'ES', birthDate: 19800523, nameDigest: randomField(), holder: P2(secret, blinding), list: 17, index: 306_133,
    validUntil: (WINDOW + 100 * DAY) as Seconds1900, salt: randomField(),
  };
  const vector = encodeClaims(claims);
  const { R8x, R8y, S } = signClaims(P16(vector), issuer);
  const status = createStatusTree(new Map([[9, 5n]]));
  const { word } = entryPosition(claims.index);
  const registry = createRegistryTree([[2049, registryLeaf(issuer.publicKey, claims.list, status.root())]]);
  const clause = encodeClause({
    kind: 'vaccination', disease: claims.disease, products: [3, 5], minDose: 1, complete: true, ageFrom: 14 * DAY, ageTo: NO_AGE_LIMIT,
    tests: undefined, results: undefined, minAge: 0,
  });
  const group = [clause, EMPTY_CLAUSE, EMPTY_CLAUSE, EMPTY_CLAUSE].flatMap(({ mask, word }) => [mask, word]);
  const groups = [P8(group), ...Array.from({ length: 7 }, () => P8(group.map(() => 0n)))];
  const scope = randomField();
  return Array.from({ length: PROVEN }, (_, i) => ({
    claims: vector, Ax: issuer.publicKey.x, Ay: issuer.publicKey.y, R8x, R8y, S, secret, blinding,
    slot: 2049, registrySiblings: registry.siblings(2049), registryRoot: registry.root(),
    statusWord: status.leaf(word), statusSiblings: status.siblings(word),
    clauseIndex: 0, clausePath: { group, groups }, policyRoot: P8(groups),
    match: i % 2 === 1, windowStart: WINDOW, windowEnd: WINDOW + 3 * DAY, today: 20261120, scope: i % 2 === 1 ? scope : 0n, deviceKey: randomField(),
  }));
}

export async function ownPasses(count: number): Promise<Case> {
  const artifacts = await loadArtifacts();
  const prover = createProver(artifacts);
  const proven: ProvenStatement[] = [];
  for (const witness of createWitnesses()) {
    const { proof, signals } = await prover.prove(witness);
    proven.push({ proof, signals: signalsToArray(signals) });
  }
  await prover.close();
  // Checked against the manifest when loaded; each contender reads it in its own way.
  return { label: 'own pass', key: artifacts.verificationKey as VerificationKey, statements: multiply(proven, count), repeatingSignals: REPEATING_PASS_SIGNALS };
}
