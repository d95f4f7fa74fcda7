// The wallet as a whole: its two states, what it writes down, and what it is made of.
import { readFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBindings, createMemoryStorage, createWallet, findWallet, heldCredentials, history, openWallet, receiveCredential, WALLET_STATES } from '#wallet';
import { CREDENTIALS, HISTORY, HOLDER, PASSES, type ReadyPass } from '#wallet/records.ts';
import { holderOf } from '#wallet/wallet.ts';
import type { FieldElement, Seconds1900 } from '#passport';
import { code, createTestIssuer, issueTo, KEY, newWallet, NOW, receiving, trustOf } from './fixture.ts';

describe('wallet', () => {
  test('is found locked, opens with its key, locks again, and holds what it held', async () => {
    const storage = createMemoryStorage();
    const first = await createWallet(storage, [KEY], NOW);
    const { secret } = await holderOf(first);
    const wallet = await findWallet(storage);
    expect(WALLET_STATES).toContain(wallet.state());
    expect(wallet.state()).toBe('locked');
    await expect(heldCredentials(wallet)).rejects.toEqual(code('wallet-locked'));
    await expect(wallet.keys()).rejects.toEqual(code('wallet-locked'));
    await expect(wallet.unlock({ kind: 'raw', key: new Uint8Array(32) })).rejects.toEqual(code('wallet-locked'));
    await wallet.unlock(KEY);
    expect(wallet.state()).toBe('open');
    expect((await holderOf(wallet)).secret).toBe(secret);
    wallet.lock();
    await expect(holderOf(wallet)).rejects.toEqual(code('wallet-locked'));
  });

  test('has its codes for a wallet that is missing, and for one that exists', async () => {
    await expect(findWallet(createMemoryStorage())).rejects.toEqual(code('wallet-missing'));
    const storage = createMemoryStorage();
    await createWallet(storage, [KEY], NOW);
    await expect(createWallet(storage, [KEY], NOW)).rejects.toEqual(code('wallet-exists'));
  });

  test('two wallets have two secrets, each below 2^248', async () => {
    const [a, b] = await Promise.all([holderOf(await newWallet()), holderOf(await newWallet())]);
    expect(a.secret).not.toBe(b.secret);
    expect(a.secret >> 248n).toBe(0n);
  });

  test('what it keeps is there after opening again, to the last field', async () => {
    const issuer = createTestIssuer();
    const storage = createMemoryStorage();
    const wallet = await createWallet(storage, [KEY], NOW);
    const [binding] = await createBindings(wallet, 2, NOW);
    await receiveCredential(wallet, await issueTo(issuer, binding!), receiving(trustOf([issuer])));
    const pass: ReadyPass = {
      id: '00', policy: 'p', version: 1, policyRoot: 1n as FieldElement, registryRoot: 2n as FieldElement, windowStart: 3 as Seconds1900, windowEnd: 4 as Seconds1900,
      scope: { audience: 'a', event: 'e' }, match: true, credential: 'c', proof: new Uint8Array(128).fill(5), nullifier: 6n as FieldElement, identityTag: 7n as FieldElement,
      deviceSecret: new Uint8Array(32).fill(8), madeAt: NOW,
    };
    const bare: ReadyPass = { ...pass, scope: undefined, nullifier: undefined, identityTag: undefined };
    const showing = { at: NOW, form: 'pass', audience: 'a', policy: 'p@1', event: undefined, match: false, disclosed: [], credentials: ['c'] } as const;
    await wallet.change((change) => (change.write(PASSES, [pass, bare]), change.write(HISTORY, [showing])));
    const again = await openWallet(storage, KEY);
    for (const record of [HOLDER, CREDENTIALS, PASSES, HISTORY]) expect(await again.read(record as never)).toEqual(await wallet.read(record as never));
    expect(await again.read(PASSES)).toEqual([pass, bare]);
    expect(await history(again)).toEqual([showing]);
  });

  test('a record of a later version is damage to this one, and nothing of it is told', async () => {
    const storage = createMemoryStorage();
    const wallet = await createWallet(storage, [KEY], NOW);
    await wallet.change((change) => change.write({ ...HOLDER, encode: () => ({ canary: 'CANARY' }) }, { secret: 1n as FieldElement, createdAt: NOW }));
    const error = await openWallet(storage, KEY).then(holderOf).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'wallet-corrupt', field: 'holder' });
    expect(JSON.stringify([error, (error as Error).cause, String((error as Error).stack)])).not.toContain('CANARY');
  });
});

describe('the wallet\'s modules', () => {
  test('reach neither Node, nor the network, nor a screen', () => {
    const root = resolve(import.meta.dirname, '../..');
    const { imports } = createRequire(import.meta.url)('../../package.json') as { imports: Record<string, string> };
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const source = readFileSync(file, 'utf8');
      for (const [, specifier] of source.matchAll(/^(?:import|export)(?! type)[^;]*?from '([^']+)'/gms)) {
        expect(specifier, file).not.toMatch(/^node:/);
        const path = specifier!.startsWith('.') ? resolve(dirname(file), specifier!) : specifier!.startsWith('#') ? resolve(root, pathOf(specifier!, imports)) : undefined;
        if (path?.endsWith('.ts') && existsSync(path)) visit(path);
      }
      const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      if (file.includes('/holder-web/')) expect(code, file).not.toMatch(/(?<![.\w])(?:fetch\(|XMLHttpRequest|document\.|globalThis|process\.|localStorage|indexedDB|Buffer\.|console\.)/);
    };
    visit(resolve(root, 'holder-web/wallet/index.ts'));
    expect([...seen].some((file) => file.endsWith('circuits/proof.ts'))).toBe(true);
    expect([...seen].every((file) => /\/(?:holder-web|vault|passport|formats|circuits)\//.test(file))).toBe(true);
  });
});

const pathOf = (specifier: string, imports: Record<string, string>): string => {
  const exact = imports[specifier];
  if (exact) return exact;
  const folder = specifier.slice(0, specifier.indexOf('/') + 1);
  return imports[`${folder}*`]!.replace('*', specifier.slice(folder.length));
};
