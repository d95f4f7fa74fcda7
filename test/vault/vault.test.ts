// The vault as its owner and as somebody who can write to its storage meet it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryStorage, type VaultStorage } from '#vault/storage.ts';
import { encodeHeader, parseHeader } from '#vault/header.ts';
import { createVault, hasVault, keysOf, openVault, type Vault } from '#vault/vault.ts';
import type { VaultKey } from '#vault/key-slot.ts';
import type { VaultRecord } from '#vault/record-store.ts';

const KEY: VaultKey = { kind: 'raw', key: new Uint8Array(32).fill(5) };
const OTHER_KEY: VaultKey = { kind: 'raw', key: new Uint8Array(32).fill(6) };
const PASSPHRASE: VaultKey = { kind: 'passphrase', passphrase: 'correct horse battery' };
const CHEAP = { N: 2 ** 14, r: 8, p: 1 };

const text = (name: string): VaultRecord<string> => ({
  name, empty: '', encode: (value) => ({ value }), parse: (json) => String((json as { value: string }).value),
});
const NOTES = text('notes');
const PASSES = text('passes');
const write = (vault: Vault, record: VaultRecord<string>, value: string) => vault.change((change) => change.write(record, value));
const code = (expected: string) => expect.objectContaining({ code: expected });

async function storedVault(): Promise<{ storage: VaultStorage; vault: Vault }> {
  const storage = createMemoryStorage();
  const vault = await createVault(storage, [KEY]);
  await write(vault, NOTES, 'one');
  await write(vault, PASSES, 'first');
  return { storage, vault };
}

const copyOf = async (storage: VaultStorage) =>
  new Map(await Promise.all((await storage.list()).map(async (name) => [name, (await storage.read(name))!] as const)));

describe('createVault and openVault', () => {
  test('what was written is there after opening again', async () => {
    const { storage } = await storedVault();
    const again = await openVault(storage, KEY);
    expect(await again.read(NOTES)).toBe('one');
    expect(await again.read(text('never'))).toBe('');
  });

  test('a passphrase opens it, however its letters are composed', async () => {
    const storage = createMemoryStorage();
    await createVault(storage, [{ kind: 'passphrase', passphrase: 'déjà vu à Orléans' }], { cost: CHEAP });
    await expect(openVault(storage, { kind: 'passphrase', passphrase: 'déjà vu à Orléans'.normalize('NFD') })).resolves.toBeDefined();
    await expect(openVault(storage, PASSPHRASE)).rejects.toEqual(code('wallet-locked'));
    await expect(openVault(storage, KEY)).rejects.toEqual(code('wallet-locked'));
  });

  test('each of two keys opens it, and a key taken away does not', async () => {
    const { storage, vault } = await storedVault();
    await vault.addKey(PASSPHRASE, CHEAP);
    expect(await (await openVault(storage, PASSPHRASE)).read(NOTES)).toBe('one');
    const raw = (await vault.keys()).find(({ kind }) => kind === 'raw')!;
    await vault.removeKey(raw.id);
    await expect(openVault(storage, KEY)).rejects.toEqual(code('wallet-locked'));
    await expect(vault.removeKey((await vault.keys())[0]!.id)).rejects.toEqual(code('request-invalid'));
    await expect(vault.removeKey(raw.id)).rejects.toEqual(code('key-unknown'));
  });

  test('a wrong key, an absent wallet and one that exists have their own codes', async () => {
    const { storage } = await storedVault();
    await expect(openVault(storage, OTHER_KEY)).rejects.toEqual(code('wallet-locked'));
    await expect(createVault(storage, [KEY])).rejects.toEqual(code('wallet-exists'));
    await expect(openVault(createMemoryStorage(), KEY)).rejects.toEqual(code('wallet-missing'));
    expect(await hasVault(storage)).toBe(true);
    expect(await hasVault(createMemoryStorage())).toBe(false);
  });

  test.each<[string, readonly VaultKey[], { N: number; r: number; p: number }, string]>([
    ['no key at all', [], CHEAP, 'keys'],
    ['a short passphrase', [{ kind: 'passphrase', passphrase: 'hunter2' }], CHEAP, 'passphrase'],
    ['a short key file', [{ kind: 'raw', key: new Uint8Array(16) }], CHEAP, 'key'],
    ['a cost that stops nobody', [PASSPHRASE], { N: 1024, r: 8, p: 1 }, 'cost'],
    ['a cost that no phone can pay', [PASSPHRASE], { N: 2 ** 24, r: 8, p: 1 }, 'cost'],
  ])('refuses %s', async (_name, keys, cost, field) => {
    await expect(createVault(createMemoryStorage(), keys, { cost })).rejects.toMatchObject({ code: 'request-invalid', field });
  });

  test('does not write over records whose header was lost', async () => {
    const { storage } = await storedVault();
    await storage.remove('header');
    await expect(createVault(storage, [KEY])).rejects.toEqual(code('wallet-corrupt'));
  });

  test('starts over after a creation that was interrupted before the header', async () => {
    const storage = createMemoryStorage();
    const frail = { ...storage, write: async (name: string, bytes: Uint8Array) => {
      if (name === 'header') throw new Error('power cut');
      await storage.write(name, bytes);
    } };
    const initial = { initial: ({ write }: { write: (record: VaultRecord<string>, value: string) => void }) => write(NOTES, 'born') };
    await expect(createVault(frail, [KEY], initial)).rejects.toThrow('power cut');
    expect(await hasVault(storage)).toBe(false);
    expect(await (await createVault(storage, [KEY], initial)).read(NOTES)).toBe('born');
  });
});

describe('Vault', () => {
  test('shows nothing of what it holds, and how much only coarsely', async () => {
    const { storage, vault } = await storedVault();
    await write(vault, NOTES, 'CANARY'.repeat(100));
    const entries = await copyOf(storage);
    for (const bytes of entries.values()) expect(Buffer.from(bytes).includes('CANARY')).toBe(false);
    const sizes = [...entries].filter(([name]) => name !== 'header').map(([, bytes]) => bytes.length);
    expect(new Set(sizes)).toEqual(new Set([4096 + 28]));
  });

  test('a locked vault neither reads nor writes', async () => {
    const { vault } = await storedVault();
    vault.close();
    await expect(vault.read(NOTES)).rejects.toEqual(code('wallet-locked'));
    await expect(write(vault, NOTES, 'two')).rejects.toEqual(code('wallet-locked'));
    await expect(vault.addKey(OTHER_KEY)).rejects.toEqual(code('wallet-locked'));
  });

  test('a change that throws changes nothing', async () => {
    const { vault } = await storedVault();
    await expect(vault.change((change) => {
      change.write(NOTES, 'two');
      throw new RangeError('no');
    })).rejects.toThrow(RangeError);
    expect(await vault.read(NOTES)).toBe('one');
  });

  test('two sessions on one storage lose no change of each other', async () => {
    const { storage, vault } = await storedVault();
    const other = await openVault(storage, KEY);
    const append = (to: Vault, letter: string) => to.change(async (change) => change.write(NOTES, (await change.read(NOTES)) + letter));
    await Promise.all(Array.from({ length: 20 }, (_, i) => append(i % 2 ? vault : other, 'x')));
    expect(await vault.read(NOTES)).toBe(`one${'x'.repeat(20)}`);
    expect(await other.read(NOTES)).toBe(`one${'x'.repeat(20)}`);
  });

  test('a crash before any of its writes leaves the old state or the new one', async () => {
    for (let survives = 0; ; survives++) {
      const { storage } = await storedVault();
      let left = survives;
      const crashing = <A extends unknown[]>(step: (...args: A) => Promise<void>) => async (...args: A) => {
        if (left-- === 0) throw new Error('power cut');
        await step(...args);
      };
      const frail = { ...storage, write: crashing(storage.write), remove: crashing(storage.remove) };
      const outcome = await (await openVault(frail, KEY)).change((change) => {
        change.write(NOTES, 'two');
        change.write(PASSES, 'second');
      }).then(() => 'done', () => 'cut');
      const again = await openVault(storage, KEY);
      const state = `${await again.read(NOTES)} ${await again.read(PASSES)}`;
      expect(['one first', 'two second']).toContain(state);
      await write(again, NOTES, 'three');
      expect((await storage.list()).length).toBe(4); // header, index, and one version of each record
      if (outcome === 'done') {
        expect(survives).toBe(5);
        break;
      }
    }
  });

  test('whoever swaps two records is found out', async () => {
    const { storage } = await storedVault();
    const entries = await copyOf(storage);
    await storage.write('notes.1', entries.get('passes.1')!);
    await expect((await openVault(storage, KEY)).read(NOTES)).rejects.toMatchObject({ code: 'wallet-corrupt', field: 'notes' });
  });

  test('whoever puts back an old version of one record is found out', async () => {
    const { storage, vault } = await storedVault();
    const old = await copyOf(storage);
    await write(vault, NOTES, 'two');
    const current = await copyOf(storage);
    await storage.write('notes.2', old.get('notes.1')!);
    await expect((await openVault(storage, KEY)).read(NOTES)).rejects.toEqual(code('wallet-corrupt'));
    await storage.write('notes.2', current.get('notes.2')!);
    await storage.write('index', old.get('index')!);
    await expect((await openVault(storage, KEY)).read(NOTES)).rejects.toEqual(code('wallet-corrupt'));
  });

  test('whoever mixes records of two copies of one vault is found out', async () => {
    const { storage, vault } = await storedVault();
    const fork = createMemoryStorage();
    for (const [name, bytes] of await copyOf(storage)) await fork.write(name, bytes);
    await write(await openVault(fork, KEY), NOTES, 'of the fork');
    await write(vault, NOTES, 'of the trunk');
    await storage.write('notes.2', (await fork.read('notes.2'))!);
    await expect((await openVault(storage, KEY)).read(NOTES)).rejects.toEqual(code('wallet-corrupt'));
  });

  test('a byte changed anywhere is damage, never another content', async () => {
    const { storage } = await storedVault();
    const entries = await copyOf(storage);
    await fc.assert(fc.asyncProperty(fc.constantFrom(...entries.keys()), fc.nat(), fc.integer({ min: 1, max: 255 }), async (name, at, flip) => {
      const bytes = entries.get(name)!.slice();
      bytes[at % bytes.length]! ^= flip;
      const damaged = createMemoryStorage();
      for (const [other, content] of entries) await damaged.write(other, other === name ? bytes : content);
      const read = openVault(damaged, KEY).then(async (vault) => [await vault.read(NOTES), await vault.read(PASSES)]);
      await expect(read).rejects.toEqual(code('wallet-corrupt'));
    }), { numRuns: 60 });
  });

  test('an entry that is cut short or emptied is damage', async () => {
    for (const name of ['header', 'index', 'notes.1']) {
      for (const length of [0, 5, 40]) {
        const { storage } = await storedVault();
        await storage.write(name, (await storage.read(name))!.slice(0, length));
        await expect(openVault(storage, KEY).then((vault) => vault.read(NOTES))).rejects.toEqual(code('wallet-corrupt'));
      }
    }
  });

  test('parameters of a slot cannot be exchanged for cheaper ones', async () => {
    const storage = createMemoryStorage();
    await createVault(storage, [PASSPHRASE], { cost: { ...CHEAP, p: 2 } });
    const { encodeHeader, parseHeader } = await import('#vault/header.ts');
    const header = parseHeader((await storage.read('header'))!);
    const slot = header.slots[0]!;
    if (slot.kind !== 'passphrase') throw new TypeError('the slot was made for a passphrase');
    await storage.write('header', encodeHeader({ ...header, slots: [{ ...slot, cost: { N: 2 ** 14, r: 8, p: 1 } }] }));
    await expect(openVault(storage, PASSPHRASE)).rejects.toEqual(code('wallet-locked'));
  });
});

describe('a passkey', () => {
  const passkey = (change: Partial<Extract<VaultKey, { kind: 'passkey' }>> = {}): VaultKey =>
    ({ kind: 'passkey', credential: 'AAEC', input: new Uint8Array(32).fill(1), key: new Uint8Array(32).fill(2), ...change });

  test('opens the vault, and the header says which passkey to ask for, and with which input', async () => {
    const storage = createMemoryStorage();
    const vault = await createVault(storage, [passkey()]);
    await write(vault, NOTES, 'one');
    expect(await keysOf(storage)).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{16}$/), kind: 'passkey', passkey: { credential: 'AAEC', input: new Uint8Array(32).fill(1) } }]);
    expect(await (await openVault(storage, passkey())).read(NOTES)).toBe('one');
  });

  test.each<[string, VaultKey]>([
    ['wrong PRF result', passkey({ key: new Uint8Array(32).fill(3) })],
    ['another passkey', passkey({ credential: 'AAED' })],
    ['its result taken for a key file', { kind: 'raw', key: new Uint8Array(32).fill(2) }],
  ])('does not open it with a %s', async (_name, key) => {
    const storage = createMemoryStorage();
    await createVault(storage, [passkey()]);
    await expect(openVault(storage, key)).rejects.toMatchObject({ code: 'wallet-locked', field: key.kind });
  });

  test('whose input was exchanged in the header does not open it', async () => {
    const storage = createMemoryStorage();
    await createVault(storage, [passkey()]);
    const header = parseHeader((await storage.read('header'))!);
    await storage.write('header', encodeHeader({ ...header, slots: header.slots.map((slot) => ({ ...slot, input: 'ff'.repeat(32) }) as typeof slot) }));
    await expect(openVault(storage, passkey())).rejects.toEqual(code('wallet-locked'));
  });

  test('of a form that no authenticator gives is not taken', async () => {
    for (const key of [passkey({ credential: 'not base64url!' }), passkey({ input: new Uint8Array(31) }), passkey({ key: new Uint8Array(16) })]) {
      await expect(createVault(createMemoryStorage(), [key])).rejects.toEqual(code('request-invalid'));
    }
  });
});

describe('a wallet of a newer version', () => {
  test('is told from a damaged one, and is not touched', async () => {
    const storage = createMemoryStorage();
    await createVault(storage, [KEY]);
    const newer = { ...parseHeader((await storage.read('header'))!), version: 2, news: true };
    await storage.write('header', encodeHeader(newer as never));
    const before = await copyOf(storage);
    await expect(openVault(storage, KEY)).rejects.toMatchObject({ code: 'wallet-newer', field: 'version' });
    await expect(createVault(storage, [KEY])).rejects.toEqual(code('wallet-exists'));
    expect(await copyOf(storage)).toEqual(before);
  });
});

describe('remove', () => {
  test('a removed record reads as empty, in the same change and afterwards, and its bytes are gone', async () => {
    const { storage, vault } = await storedVault();
    await vault.change(async (change) => {
      change.remove(NOTES);
      expect(await change.read(NOTES)).toBe('');
    });
    expect([await vault.read(NOTES), await (await openVault(storage, KEY)).read(NOTES)]).toEqual(['', '']);
    expect((await storage.list()).filter((name) => name.startsWith('notes'))).toEqual([]);
    await write(vault, NOTES, 'again');
    expect(await (await openVault(storage, KEY)).read(NOTES)).toBe('again');
  });

  test('an older copy of a removed record does not come back', async () => {
    const { storage, vault } = await storedVault();
    const old = await copyOf(storage);
    await vault.change((change) => change.remove(NOTES));
    for (const [name, bytes] of old) if (name.startsWith('notes')) await storage.write(name, bytes);
    expect(await (await openVault(storage, KEY)).read(NOTES)).toBe('');
    await write(vault, NOTES, 'again');
    for (const [name, bytes] of old) if (name.startsWith('notes')) await storage.write(name, bytes);
    await expect((await openVault(storage, KEY)).read(NOTES)).rejects.toEqual(code('wallet-corrupt'));
  });
});
