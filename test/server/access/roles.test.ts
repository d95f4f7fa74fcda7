import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '#server';
import { CLIENT_PERMISSIONS, DANGEROUS } from '#server/access/roles.ts';

describe('docs/access.md', () => {
  test('tells what roles and clients may do, as it is', () => {
    const lines = readFileSync(fileURLToPath(new URL('../../../docs/access.md', import.meta.url)), 'utf8').split('\n').filter((line) => /^\| `\w+:/.test(line));
    const told = lines.flatMap((line) => {
      const [, names, ...may] = line.split('|').map((cell) => cell.trim());
      return names!.split(',').map((one) => [/`(.*)`/.exec(one)![1]!, one.includes('◆'), ...may.slice(0, 5).map((cell) => cell === '●')]);
    });
    const client: readonly string[] = CLIENT_PERMISSIONS;
    const real = PERMISSIONS.map((permission) => [permission, DANGEROUS.has(permission), ...ROLES.map((role) => ROLE_PERMISSIONS[role].includes(permission)), client.includes(permission)]);
    expect(told.toSorted()).toEqual(real.toSorted());
  });
});

describe('CLIENT_PERMISSIONS', () => {
  test('hold nothing that is dangerous, nor power over other clients', () => {
    const client: readonly string[] = CLIENT_PERMISSIONS;
    expect([...DANGEROUS, 'clients:manage'].filter((permission) => client.includes(permission))).toEqual([]);
  });
});
