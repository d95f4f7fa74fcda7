// Proofs of requests that are under way at the same time are checked together: 64 at once cost a fifth of 64 one by one, and each gets its own answer.
import type { ProofVerifier, Statement } from '#circuits/verify/index.ts';
import type { ProofCheck } from '#verifier/checks/index.ts';

/** Statements of one batch. */
const MOST = 64;

/** Waits for no more than the event loop has at hand: who comes alone is not kept waiting. */
export function createProofQueue(proofs: Pick<ProofVerifier, 'verifyBatch'>): ProofCheck {
  let waiting: { readonly statement: Statement; readonly resolve: (holds: boolean) => void; readonly reject: (error: unknown) => void }[] = [];
  const flush = () => {
    const batch = waiting.splice(0, MOST);
    if (waiting.length > 0) setImmediate(flush);
    try {
      const answers = proofs.verifyBatch(batch.map(({ statement }) => statement));
      for (const [i, { resolve }] of batch.entries()) resolve(answers[i]!); // one answer a statement
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  return (statement) => new Promise((resolve, reject) => {
    if (waiting.push({ statement, resolve, reject }) === 1) setImmediate(flush);
  });
}
