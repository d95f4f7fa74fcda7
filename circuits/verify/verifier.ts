// The Groth16 verifier, for one proof or for many together.
import type { Proof } from '../proof.ts';
import { admit, type Candidate, type Statement } from './admission.ts';
import { LANES, loadEngine } from './engine.ts';
import { createEquation } from './equation.ts';
import { prepareKey } from './key-points.ts';
import { findTrue, TOGETHER_FROM } from './search.ts';
import type { VerifyingKey } from './verifying-key.ts';

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
  const { holds, weigh, allHold } = createEquation(engine, key);
  let usable = true;

  const findTrueAmong = (candidates: readonly Candidate[]): readonly Candidate[] =>
    candidates.length < TOGETHER_FROM ? candidates.filter(holds) : findTrue(weigh(candidates), holds, allHold);

  function verifyChunk(statements: readonly Statement[]): boolean[] {
    const answers = statements.map(() => false);
    for (const { position } of findTrueAmong(admit(engine, statements, key.signalCount))) answers[position] = true;
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
