// Two honest passes, and every way to take one part of the statement from the first and the rest from the second. If some constraint
// that links two parts were missing, the mixture would satisfy all that is left.
import { beforeAll, describe, expect, test } from 'vitest';
import { COMPILE_TIMEOUT, honestWitness, loadCircuit, type Circuit } from './arena.ts';
import { SPLICE_PAIRS, splicesOf } from './splice.ts';

let circuit: Circuit;
beforeAll(async () => {
  circuit = await loadCircuit();
}, COMPILE_TIMEOUT);

describe('two passes', () => {
  test.each(SPLICE_PAIRS)('that differ in %s cannot be mixed', async (_, one, other, free) => {
    const first = await honestWitness(circuit, one);
    const second = await honestWitness(circuit, other);
    const parts = splicesOf(circuit.system, first, second).map((wires) => circuit.names.nameOf(wires[0]!));
    expect(parts.filter((name) => !free.includes(name) && !/(IsZero#\d+|isz)\.inv$/.test(name))).toEqual([]);
  });
});
