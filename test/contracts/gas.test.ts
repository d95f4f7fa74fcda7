import { describe, expect, test } from 'vitest';
import { measureGas, readGasTable } from './gas.ts';

describe('contracts/gas.md', () => {
  test('says what every transaction costs now', async () => {
    const table = readGasTable();
    const measured = await measureGas();
    expect(measured).toEqual(table.filter(({ what }) => !what.startsWith('consume')));
  });

  test('a new status root, with or without a revocation, stays below 600,000', () => {
    const rows = readGasTable().filter(({ what }) => /^(revoke 1[ ,]|suspend 1 |reinstate 1|new status root)/.test(what));
    expect(rows).toHaveLength(8);
    for (const { what, gas } of rows) expect(gas, what).toBeLessThan(600_000);
  });

  test('consents cost what was set as their limit at most, as whole transactions', () => {
    const gasOf = (what: string) => readGasTable().find((row) => row.what === what)?.gas;
    expect(gasOf('grant a consent')).toBeLessThanOrEqual(50_000);
    expect(gasOf('revoke a consent')).toBeLessThanOrEqual(25_000);
    expect(gasOf('grant a consent by signature')).toBeLessThanOrEqual(80_000);
  });
});
