// The door: who is let in, when it shuts by itself, and what other tabs see of it.
import { describe, expect, test } from 'vitest';
import { createMemoryStorage } from '#wallet';
import { encodeHeader, parseHeader } from '#vault/header.ts';
import { createByPassphrase, createSurroundings, PASSPHRASE, settle, unlock, until, type Surroundings } from './surroundings.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';

async function openWallet(around: Surroundings = createSurroundings()): Promise<{ around: Surroundings; app: WalletApp }> {
  const app = await around.openTab();
  await createByPassphrase(app);
  return { around, app };
}

describe('create and unlock', () => {
  test('a wallet is made, locked, and opened by its passphrase alone', async () => {
    const { app } = await openWallet();
    expect(app.door.get()).toMatchObject({ name: 'open' });
    app.door.lock();
    await until(app.door, ({ name }) => name === 'locked');
    await unlock(app, 'another passphrase');
    expect(app.door.get()).toEqual({ name: 'locked', ways: ['passphrase'], because: 'asked', failure: { code: 'wallet-locked', field: 'passphrase' } });
    await unlock(app);
    expect(app.door.get()).toMatchObject({ name: 'open' });
  });

  test('whoever opens it has a name from the first moment on, for what is shown takes it over', async () => {
    const app = await createSurroundings().openTab();
    const names: (string | undefined)[] = [];
    app.holdings.subscribe((held) => names.push(held?.person.name));
    await app.door.create({ way: 'passphrase', passphrase: PASSPHRASE }, ' Ana Sample ');
    await until(app.holdings, (held) => held !== undefined);
    expect(new Set(names.filter((name) => name !== undefined))).toEqual(new Set(['Ana Sample']));
  });

  test('a name that cannot be kept is left out, and the wallet is there all the same', async () => {
    const app = await createSurroundings().openTab();
    await app.door.create({ way: 'passphrase', passphrase: PASSPHRASE }, 'Ana\u202eSample');
    await until(app.holdings, (held) => held !== undefined);
    expect([app.door.get().name, app.holdings.get()?.person.name]).toEqual(['open', '']);
  });

  test('a passphrase that is too short makes no wallet', async () => {
    const app = await createSurroundings().openTab();
    await app.door.create({ way: 'passphrase', passphrase: 'short' });
    expect(app.door.get()).toEqual({ name: 'none', passkeys: false, failure: { code: 'request-invalid', field: 'passphrase' } });
  });

  test('asked twice at once, it opens once', async () => {
    const { app } = await openWallet();
    app.door.lock();
    await until(app.door, ({ name }) => name === 'locked');
    const names: string[] = [];
    app.door.subscribe(({ name }) => names.push(name));
    await Promise.all([unlock(app), unlock(app)]);
    expect(names).toEqual(['unlocking', 'open']);
  });

  test('a wallet of a newer version is not opened and not touched', async () => {
    const storage = createMemoryStorage();
    await openWallet(createSurroundings({ storage }));
    await storage.write('header', encodeHeader({ ...parseHeader((await storage.read('header'))!), version: 2 } as never));
    const app = await createSurroundings({ storage }).openTab();
    expect(app.door.get()).toEqual({ name: 'unreadable', failure: { code: 'wallet-newer', field: 'version' } });
  });

  test('a damaged index is told when it is opened, and the wallet can be wiped', async () => {
    const storage = createMemoryStorage();
    const { app } = await openWallet(createSurroundings({ storage }));
    app.door.lock();
    await until(app.door, ({ name }) => name === 'locked');
    await storage.write('index', new Uint8Array(100));
    await unlock(app);
    expect(app.door.get()).toEqual({ name: 'unreadable', failure: { code: 'wallet-corrupt', field: 'index' } });
    await app.door.wipe();
    expect([app.door.get().name, await storage.list()]).toEqual(['none', []]);
  });
});

describe('the time without use', () => {
  test('locks the wallet, and use puts it off', async () => {
    const { around, app } = await openWallet();
    await around.pass(200);
    app.door.touch();
    await around.pass(200);
    expect(app.door.get()).toMatchObject({ name: 'open' });
    await around.pass(101);
    expect(await until(app.door, ({ name }) => name === 'locked')).toMatchObject({ because: 'idle' });
    expect(app.holdings.get()).toBeUndefined();
  });

  test('nothing that was held stands there once it is locked, also while it is being read anew', async () => {
    const { around, app } = await openWallet();
    await until(app.holdings, (held) => held !== undefined);
    around.platform.tabs.tell('changed');
    app.door.lock();
    expect(app.holdings.get()).toBeUndefined();
  });

  test('is as long as its owner wants, also after the next opening', async () => {
    const { around, app } = await openWallet();
    await app.door.setIdle(1);
    expect(app.door.get()).toMatchObject({ idleSeconds: 30 });
    await around.pass(31);
    await until(app.door, ({ name }) => name === 'locked');
    await unlock(app);
    expect(app.door.get()).toMatchObject({ idleSeconds: 30 });
  });

  test('is shorter for a page that nobody sees, and over at once for one that was frozen meanwhile', async () => {
    const { around, app } = await openWallet();
    app.door.setHidden(true);
    await around.pass(121);
    await until(app.door, ({ name }) => name === 'locked');
    await unlock(app);
    app.door.setHidden(false);
    around.setClock(around.now() + 3600); // no timer ran
    app.door.setHidden(false);
    await until(app.door, ({ name }) => name === 'locked');
  });

  test('a clock that is set back does not keep the wallet open', async () => {
    const { around, app } = await openWallet();
    around.setClock(around.now() - 86_400);
    app.door.touch();
    app.door.setHidden(false);
    await until(app.door, ({ name }) => name === 'locked');
  });
});

describe('two tabs', () => {
  test('a wallet made in one is there in the other, and locking one locks both', async () => {
    const around = createSurroundings();
    const [one, other] = [await around.openTab(), await around.openTab()];
    await createByPassphrase(one);
    await until(other.door, ({ name }) => name === 'locked');
    await unlock(other);
    other.door.lock();
    expect(await until(one.door, ({ name }) => name === 'locked')).toMatchObject({ because: 'elsewhere' });
  });

  test('what one writes the other shows, and a person who is removed in one is gone in the other', async () => {
    const around = createSurroundings();
    const [one, other] = [await around.openTab(), await around.openTab()];
    await createByPassphrase(one);
    await until(other.door, ({ name }) => name === 'locked');
    await unlock(other);
    const id = await one.holdings.addPerson('Mia');
    await until(other.holdings, (holdings) => holdings?.person.name === 'Mia');
    await one.holdings.removePerson(id);
    await until(other.holdings, (holdings) => holdings?.people.length === 1 && holdings.person.name === '');
  });

  test('one that is wiped takes the other to the beginning', async () => {
    const around = createSurroundings();
    const [one, other] = [await around.openTab(), await around.openTab()];
    await createByPassphrase(one);
    await until(other.door, ({ name }) => name === 'locked');
    await unlock(other);
    await one.door.wipe();
    await until(other.door, ({ name }) => name === 'none');
    await settle();
    expect([one.door.get().name, other.holdings.get()]).toEqual(['none', undefined]);
  });
});

describe('keys', () => {
  test('the last way in cannot be taken away; one beside another can', async () => {
    const { app } = await openWallet();
    const [first] = await app.keys.list();
    await expect(app.keys.remove(first!.id)).rejects.toMatchObject({ code: 'request-invalid', field: 'keys' });
    await app.keys.addPassphrase('another passphrase');
    await app.keys.remove(first!.id);
    app.door.lock();
    await until(app.door, ({ name }) => name === 'locked');
    await unlock(app, PASSPHRASE);
    expect(app.door.get()).toMatchObject({ failure: { code: 'wallet-locked' } });
    await unlock(app, 'another passphrase');
    expect(app.door.get()).toMatchObject({ name: 'open' });
  });
});

describe('restoring', () => {
  test('a wallet that is locked while a backup stands open keeps neither what it holds nor its passphrase', async () => {
    const { app } = await openWallet();
    const file = await app.makeBackup('the passphrase of the file');
    await app.restoring.read(file, 'the passphrase of the file');
    expect(app.restoring.get()).toMatchObject({ name: 'read' });
    app.door.lock();
    await until(app.door, ({ name }) => name === 'locked');
    expect(app.restoring.get()).toEqual({ name: 'idle' });
  });
  test('makes a new wallet that the passphrase of the backup opens', async () => {
    const { app } = await openWallet();
    await app.holdings.addPerson('Mia');
    const file = await app.makeBackup('the passphrase of the file');
    const fresh = await createSurroundings().openTab();
    await fresh.restoring.read(file, 'a wrong passphrase');
    expect(fresh.restoring.get()).toEqual({ name: 'failed', failure: { code: 'wallet-locked', field: 'passphrase' } });
    await fresh.restoring.read(file, 'the passphrase of the file');
    expect(fresh.restoring.get()).toMatchObject({ name: 'read', people: [{ name: '', isHere: false }, { name: 'Mia', isHere: false }] });
    await fresh.restoring.restore();
    expect([fresh.restoring.get(), fresh.door.get().name]).toEqual([{ name: 'restored', people: 2, records: 0 }, 'open']);
    await until(fresh.holdings, (holdings) => holdings?.people.length === 2);
    fresh.door.lock();
    await until(fresh.door, ({ name }) => name === 'locked');
    await unlock(fresh, 'the passphrase of the file');
    expect(fresh.door.get()).toMatchObject({ name: 'open' });
  });
});
