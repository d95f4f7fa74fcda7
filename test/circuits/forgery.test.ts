import { beforeAll, describe, expect, test } from 'vitest';
import { toCircuitInput } from '#circuits/witness.ts';
import { COMPILE_TIMEOUT, createArena, type Arena } from './arena.ts';
import { ATTACKS, HONEST_SCENES } from './battery.ts';
import { witnessOf } from './fixture.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await createArena();
}, COMPILE_TIMEOUT);

describe('a prover without scruples', () => {
  test.each(HONEST_SCENES)('passes with %s, where there is nothing to forge', async (_, scene) => {
    expect(await arena.refusals({ input: toCircuitInput(witnessOf(scene)) })).toEqual([]);
  });

  test.each(ATTACKS.map((attack) => [attack.name, attack] as const))('is refused: %s', async (_, { forge, refusedBy }) => {
    expect(await arena.refusals(forge())).toEqual([...refusedBy].sort());
  });
});
