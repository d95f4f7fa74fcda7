import { describe, expect, test } from 'vitest';
import type { Statement } from '#circuits/verify/index.ts';
import { createProofQueue } from '#verifier/proof-queue.ts';

const statement = (n: number): Statement => ({ proof: new Uint8Array(), signals: [BigInt(n)] });
/** Even numbers hold; which batches were asked is noted. */
function evenHold() {
  const batches: number[] = [];
  const verifyBatch = (statements: readonly Statement[]) => (batches.push(statements.length), statements.map(({ signals }) => signals[0]! % 2n === 0n));
  return { batches, check: createProofQueue({ verifyBatch }) };
}

describe('createProofQueue', () => {
  test('checks what comes at once together, and gives each its own answer', async () => {
    const { check, batches } = evenHold();
    const answers = await Promise.all(Array.from({ length: 150 }, (_, i) => check(statement(i))));
    expect(answers).toEqual(Array.from({ length: 150 }, (_, i) => i % 2 === 0));
    expect(batches).toEqual([64, 64, 22]);
  });

  test('keeps nobody waiting who comes alone', async () => {
    const { check, batches } = evenHold();
    expect([await check(statement(2)), await check(statement(3))]).toEqual([true, false]);
    expect(batches).toEqual([1, 1]);
  });

  test('tells everybody of a batch that it could not be checked, and goes on', async () => {
    let broken = true;
    const check = createProofQueue({ verifyBatch: (statements) => { if (broken) throw new RangeError('no memory'); return statements.map(() => true); } });
    const failures = await Promise.allSettled([check(statement(1)), check(statement(2))]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    expect(await check(statement(3))).toBe(true);
  });
});
