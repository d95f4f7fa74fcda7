import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Claims } from '#passport/claims.ts';
import { encodeClause, type Clause } from '#passport/clause.ts';
import { P3, P4, TAG_IDENTITY, TAG_NULLIFIER } from '#passport/poseidon.ts';
import { SIGNAL_NAMES } from '#passport/signals.ts';
import { ensureCompiled, readPublicSignals } from '#circuits/compile.ts';
import { areConstantsCurrent } from '#circuits/constants.ts';
import { readSystemHeader } from '#circuits/r1cs.ts';
import { toCircuitInput, type PassWitness } from '#circuits/witness.ts';
import { COMPILE_TIMEOUT, honestWitness, loadCircuit, type Circuit } from './arena.ts';
import { ADULT, CLAUSES, RECOVERED, RECOVERY, SECRET, TEST, TESTED, VACCINATED, VACCINATION, witnessOf, type Scene } from './fixture.ts';

let circuit: Circuit;
beforeAll(async () => {
  circuit = await loadCircuit();
}, COMPILE_TIMEOUT);

/** Nullifier and identity tag that the circuit puts out. */
async function outputs(scene: Scene): Promise<[nullifier: bigint, identityTag: bigint]> {
  const [, nullifier, identityTag] = await honestWitness(circuit, scene);
  return [nullifier!, identityTag!];
}

describe('the compiled circuit', () => {
  test('has 12,866 constraints, 2 outputs and 7 public inputs', async () => {
    const header = readSystemHeader(readFileSync((await ensureCompiled()).r1cs));
    expect(header).toMatchInlineSnapshot(`
      {
        "constraintCount": 12866,
        "privateInputs": 86,
        "publicInputs": 7,
        "publicOutputs": 2,
        "wires": 12912,
      }
    `);
  });

  test('puts its public signals in the order of passport/signals.ts', async () => {
    expect(readPublicSignals(await ensureCompiled())).toEqual([...SIGNAL_NAMES]);
  });

  test('is made with the constants of passport/', () => {
    expect(areConstantsCurrent()).toBe(true);
  });
});

describe('the statement', () => {
  const fitting: [string, Claims, Clause][] = [
    ['a vaccination under a vaccination clause', VACCINATION, VACCINATED],
    ['a test under a test clause', TEST, TESTED],
    ['a recovery under a recovery clause', RECOVERY, RECOVERED],
    ['any credential under a clause that asks for an age only', RECOVERY, ADULT],
  ];
  test.each(fitting)('holds for %s', async (_, claims, clause) => {
    await expect(outputs({ claims, clauses: [encodeClause(clause)] })).resolves.toEqual([0n, 0n]);
  });

  test('holds at every place of a policy', async () => {
    for (const clauseIndex of [0, 3, 4, 17, 31]) {
      const clauses = Array.from({ length: 32 }, (_, i) => encodeClause({ ...VACCINATED, minDose: i === clauseIndex ? 2 : 3 }));
      await expect(outputs({ clauses, clauseIndex })).resolves.toEqual([0n, 0n]);
    }
  });

  test('holds at the corners of list and registry', async () => {
    for (const [index, slot] of [[0, 0], [247, 1], [248, 4095], [248 * 4096 - 1, 2048]] as const) {
      await expect(outputs({ claims: { ...VACCINATION, index }, slot })).resolves.toEqual([0n, 0n]);
    }
  });

  test('holds in a list where every other entry is revoked', async () => {
    const full = (1n << 248n) - 1n;
    const words = new Map(Array.from({ length: 4096 }, (_, i) => [i, i === 1234 ? full ^ (1n << 101n) : full]));
    await expect(outputs({ words })).resolves.toEqual([0n, 0n]);
  });
});

describe('nullifier', () => {
  test('is the tagged hash of secret and scope where a scope is set', async () => {
    const [nullifier] = await outputs({ scope: 7n });
    expect(nullifier).toBe(P3(TAG_NULLIFIER, SECRET, 7n));
  });

  test('is the same for two credentials of one holder, and another under another scope', async () => {
    const [one] = await outputs({ scope: 7n });
    const [two] = await outputs({ scope: 7n, claims: TEST, clauseIndex: 1 });
    const [other] = await outputs({ scope: 8n });
    expect(two).toBe(one);
    expect(other).not.toBe(one);
  });

  test('is 0 without a scope', async () => {
    expect((await outputs({ scope: 0n }))[0]).toBe(0n);
  });
});

describe('identityTag', () => {
  test('is the tagged hash of name, birth date and device key where a match is asked', async () => {
    const { deviceKey } = witnessOf();
    const [, tag] = await outputs({ match: true });
    expect(tag).toBe(P4(TAG_IDENTITY, VACCINATION.nameDigest, BigInt(VACCINATION.birthDate), deviceKey));
  });

  test('is another for another device key, so that two passes of one person share nothing', async () => {
    const tags = await Promise.all([1n, 2n].map(async (deviceKey) => (await outputs({ match: true, deviceKey }))[1]));
    expect(new Set(tags).size).toBe(2);
  });

  test('is 0 where no match is asked', async () => {
    expect((await outputs({ match: false }))[1]).toBe(0n);
  });
});

describe('toCircuitInput', () => {
  const misuse = (change: Partial<PassWitness>) => () => toCircuitInput({ ...witnessOf(), ...change });

  test.each([
    ['a public signal of r', { scope: 21888242871839275222246405745257275088548364400416034343698204186575808495617n }, 'scope'],
    ['a negative number', { secret: -1n }, 'secret'],
    ['a fraction', { windowEnd: 1.5 }, 'windowEnd'],
  ] satisfies [string, Partial<PassWitness>, string][])('refuses %s', (_, change, field) => {
    expect(misuse(change)).toThrow(expect.objectContaining({ code: 'field-not-canonical', field }));
  });

  test.each([
    ['fifteen claims', { claims: witnessOf().claims.slice(1) }, 'claims'],
    ['a registry path of another depth', { registrySiblings: witnessOf().registrySiblings.slice(1) }, 'registrySiblings'],
    ['a status path of another width', { statusSiblings: witnessOf().statusSiblings.map((level) => level.slice(1)) }, 'statusSiblings'],
  ] satisfies [string, Partial<PassWitness>, string][])('refuses %s', (_, change, field) => {
    expect(misuse(change)).toThrow(expect.objectContaining({ code: 'request-invalid', field }));
  });

  test('says which part of the statement a credential does not satisfy, and nothing of its values', async () => {
    const refused = honestWitness(circuit, { claims: { ...VACCINATION, dose: 1, series: 2 }, clauses: CLAUSES.map(encodeClause) });
    await expect(refused).rejects.toMatchObject({ code: 'nothing-fits', field: 'Doses' });
  });
});
