// Every input of the circuit changed in turn, the others as in an honest pass.
import { beforeAll, describe, expect, test } from 'vitest';
import { FIELD_ORDER as r } from '#passport/field.ts';
import { isHealthpassError } from '#passport/errors.ts';
import { toCircuitInput, type CircuitInput } from '#circuits/witness.ts';
import { COMPILE_TIMEOUT, loadCircuit, type Circuit } from './arena.ts';
import { witnessOf } from './fixture.ts';

let circuit: Circuit;
let honest: CircuitInput;
beforeAll(async () => {
  circuit = await loadCircuit();
  honest = toCircuitInput(witnessOf({ clauseIndex: 3, scope: 5n, match: true }));
}, COMPILE_TIMEOUT);

type Nested = CircuitInput[string];
/** The input with each of its numbers raised by one, one at a time. */
function raised(value: Nested): Nested[] {
  if (typeof value === 'bigint') return [(value + 1n) % r];
  return value.flatMap((item, i) => raised(item).map((changed) => value.map((old, j) => (i === j ? changed : old)) as Nested));
}

async function isRefused(input: CircuitInput): Promise<boolean> {
  try {
    await circuit.calculator.calculate(input);
    return false;
  } catch (error) {
    if (isHealthpassError(error) && error.code === 'nothing-fits') return true;
    throw error;
  }
}

describe('tampering with one input', () => {
  const secretInputs = [
    'claims', 'Ax', 'Ay', 'R8x', 'R8y', 'S', 'secret', 'blinding', 'slot', 'registrySiblings', 'statusChildren', 'clauseIndex', 'clauseGroup',
    'clauseGroups', 'match', 'registryRoot', 'policyRoot',
  ];
  test.each(secretInputs)('%s: refused, whichever of its numbers it is', async (name) => {
    const variants = raised(honest[name]!);
    const refused = await Promise.all(variants.map((value) => isRefused({ ...honest, [name]: value })));
    expect(refused).toEqual(variants.map(() => true));
  });

  test.each([['scope', 1], ['deviceKey', 2]] as const)('%s: another public output', async (name, output) => {
    const [before, after] = await Promise.all([honest, { ...honest, [name]: raised(honest[name]!)[0]! }].map((input) => circuit.calculator.calculate(input)));
    expect(after!.slice(output * 32, output * 32 + 32)).not.toEqual(before!.slice(output * 32, output * 32 + 32));
  });

  test('the window and the day: refused as soon as the clause does not hold over them', async () => {
    expect(await isRefused({ ...honest, windowEnd: 1n << 33n })).toBe(true);
    expect(await isRefused({ ...honest, windowStart: 0n })).toBe(true);
    expect(await isRefused({ ...honest, today: 19980522n })).toBe(true);
    expect(await isRefused({ ...honest, today: 19980523n })).toBe(false);
  });
});
