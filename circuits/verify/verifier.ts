// The Groth16 verifier: e(A, B) = e(α, β)·e(L, γ)·e(C, δ), L the sum of the public signals, for one proof or for many together.
import { FIELD_ORDER } from '#passport/field.ts';
import { PROOF_BYTES, type Proof } from '../proof.ts';
import { type Candidate, createChecker } from './checks.ts';
import { type Engine, LANES, loadEngine } from './engine.ts';
import { prepareKey } from './key-points.ts';
import { TWIST_POINT } from './lines.ts';
import { G1 } from './mcl.ts';
import type { VerifyingKey } from './verifying-key.ts';

/** A proof, in its 128 byte form (docs/protocol.md) or as points, and the public signals in the circuit's order. */
export type Statement = { readonly proof: Uint8Array | Proof; readonly signals: readonly bigint[] };

export interface ProofVerifier {
  /**
   * Whether the proof holds for the signals. Malformed proofs and signals outside [0, r) or of another number are answered with false.
   * @throws TypeError for arguments of other types, or after `free`
   */
  readonly verify: (proof: Uint8Array | Proof, signals: readonly bigint[]) => boolean;
  /** The same for many statements, each with its own answer. A wrong one is accepted with a probability of 2^-128 at most. */
  readonly verifyBatch: (statements: readonly Statement[]) => boolean[];
  /** Gives the key's WASM memory back; the verifier is of no use afterwards. */
  readonly free: () => void;
}

export type ProofVerifierOptions = {
  /** Positions of signals that take few values over many proofs: what they contribute is remembered. The others leave no trace. */
  readonly repeatingSignals?: readonly number[];
};

export async function createProofVerifier(verifyingKey: VerifyingKey, options: ProofVerifierOptions = {}): Promise<ProofVerifier> {
  const engine = await loadEngine();
  const key = prepareKey(engine, verifyingKey, new Set(options.repeatingSignals));
  const readProof = createProofReader(engine);
  const findTrue = createChecker(engine, key);
  let usable = true;

  const areInRange = (signals: readonly bigint[]): boolean =>
    signals.length === key.signalCount && signals.every((signal) => signal >= 0n && signal < FIELD_ORDER);

  /** Decodes what can be decoded into the lanes, drops what is outside the subgroup, checks the rest. */
  function verifyChunk(statements: readonly Statement[]): boolean[] {
    const { lineMaker, workspace } = engine;
    const decoded: number[] = [];
    for (const [i, { proof, signals }] of statements.entries()) {
      if (areInRange(signals) && readProof(proof, decoded.length)) decoded.push(i);
    }
    const inSubgroup = lineMaker.prepare(workspace.b, workspace.lines, decoded.length);
    const candidates = decoded.map((i, lane): Candidate => ({ lane, signals: statements[i]!.signals })).filter(({ lane }) => inSubgroup[lane]);
    const answers = statements.map(() => false);
    for (const { lane } of findTrue(candidates)) answers[decoded[lane]!] = true;
    return answers;
  }

  function assertCall(statements: readonly Statement[]): void {
    if (!usable) throw new TypeError('the verifier was freed');
    if (!Array.isArray(statements)) throw new TypeError('statements must be an array');
    for (const { proof, signals } of statements) {
      if (typeof proof !== 'object' || proof === null) throw new TypeError('a proof must be bytes or points');
      if (!Array.isArray(signals) || !signals.every((signal) => typeof signal === 'bigint')) throw new TypeError('signals must be bigints');
    }
  }

  return {
    verify(proof, signals) {
      const statements = [{ proof, signals }];
      assertCall(statements);
      return verifyChunk(statements)[0]!;
    },
    verifyBatch(statements) {
      assertCall(statements);
      const answers: boolean[] = [];
      for (let i = 0; i < statements.length; i += LANES) answers.push(...verifyChunk(statements.slice(i, i + LANES)));
      return answers;
    },
    free() {
      if (usable) key.free();
      usable = false;
    },
  };
}

/** Reads a proof into a lane; false when it is malformed in any way that shows before pairing, but for B's subgroup. */
function createProofReader({ reader, workspace }: Engine): (proof: Uint8Array | Proof, lane: number) => boolean {
  return (proof, lane) => {
    const [a, b, c] = [workspace.a + lane * G1, workspace.b + lane * TWIST_POINT, workspace.c + lane * G1];
    if (proof instanceof Uint8Array) {
      return proof.length === PROOF_BYTES && reader.compressedG1(a, proof, 0) && reader.compressedTwist(b, proof, 32) && reader.compressedG1(c, proof, 96);
    }
    return reader.g1(a, proof.a) && reader.twist(b, proof.b) && reader.g1(c, proof.c);
  };
}
