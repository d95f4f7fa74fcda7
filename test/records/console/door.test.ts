// The door of the desk: keys made, locked and opened again, locked by themselves and in every tab, brought back from a file.
import { describe, expect, test } from 'vitest';
import { createMemoryStorage } from '#vault/index.ts';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { News } from '#vault/tabs.ts';
import { createDesk } from '#records/console/desk/create-desk.ts';

const PASSPHRASE = 'correct horse battery';

function surroundings(storage = createMemoryStorage()) {
  let now = 1_795_000_000;
  const timers: { at: number; task: () => void }[] = [];
  const listeners: ((news: News) => void)[] = [];
  const openTab = () => createDesk({
    storage, now: () => now as UnixSeconds, passphraseCost: { N: 2 ** 14, r: 8, p: 1 }, gatewayUrl: 'http://gateway.test', fetch: () => Promise.reject(new TypeError('no network')),
    passkeys: { isAvailable: async () => false, create: () => Promise.reject(new HealthpassError('passkey-unsupported', 'none here')), get: () => Promise.reject(new HealthpassError('passkey-unsupported', 'none here')) },
    tabs: { tell: (news) => listeners.forEach((listener) => listener(news)), listen: (listener) => void listeners.push(listener), alone: async (_name, task) => (await task(), true) },
    timers: { after(seconds, task) {
      const timer = { at: now + seconds, task };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    } },
  });
  const pass = async (seconds: number) => {
    now += seconds;
    for (const timer of timers.filter(({ at }) => at <= now)) timer.task();
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { openTab, pass, storage };
}

describe('createDesk', () => {
  test('keys are made once, locked, and opened by their passphrase alone', async () => {
    const { door, settings } = await surroundings().openTab();
    await door.create({ way: 'passphrase', passphrase: PASSPHRASE });
    const root = door.session.get()!.root.slice();
    await door.lock();
    expect(door.state.get()).toMatchObject({ name: 'locked', ways: ['passphrase'], because: 'asked' });
    await expect(settings()).rejects.toMatchObject({ code: 'wallet-locked' });
    await door.unlock('passphrase', 'another passphrase');
    expect(door.state.get()).toMatchObject({ name: 'locked', failure: { code: 'wallet-locked', field: 'passphrase' } });
    await door.unlock('passphrase', PASSPHRASE);
    expect(door.session.get()!.root).toEqual(root);
  });

  test('they lock when nobody uses the page, and not while somebody does', async () => {
    const around = surroundings();
    const { door } = await around.openTab();
    await door.create({ way: 'passphrase', passphrase: PASSPHRASE });
    await door.setIdle(120);
    await around.pass(100);
    door.touch();
    await around.pass(100);
    expect(door.state.get().name).toBe('open');
    await around.pass(121);
    expect(door.state.get()).toMatchObject({ name: 'locked', because: 'idle' });
    expect(door.session.get()).toBeUndefined();
  });

  test('who locks or deletes in one tab does so in all', async () => {
    const around = surroundings();
    const [one, other] = [await around.openTab(), await around.openTab()];
    await one.door.create({ way: 'passphrase', passphrase: PASSPHRASE });
    await expect.poll(() => other.door.state.get().name).toBe('locked');
    await other.door.unlock('passphrase', PASSPHRASE);
    await one.door.lock();
    await expect.poll(() => other.door.state.get()).toMatchObject({ name: 'locked', because: 'elsewhere' });
    await other.door.wipe();
    await expect.poll(() => [one.door.state.get().name, other.door.state.get().name]).toEqual(['none', 'none']);
    expect(await around.storage.list()).toEqual([]);
  });

  test('a key file brings the same keys to another device, and to nobody without its passphrase', async () => {
    const first = await surroundings().openTab();
    await first.door.create({ way: 'passphrase', passphrase: PASSPHRASE });
    const file = await first.makeKeyFile('another horse battery');
    expect(Buffer.from(file).includes(Buffer.from(Buffer.from(first.door.session.get()!.root).toString('hex')))).toBe(false);
    expect((await first.settings()).backedUpAt).toBe(1_795_000_000);
    const second = await surroundings().openTab();
    await expect(second.restore(file, PASSPHRASE)).rejects.toMatchObject({ code: 'wallet-locked' });
    await expect(second.restore(new TextEncoder().encode('{"format":"other"}'), PASSPHRASE)).rejects.toMatchObject({ code: 'backup-invalid' });
    await second.restore(file, 'another horse battery');
    expect(second.door.session.get()!.root).toEqual(first.door.session.get()!.root);
  });

  test('a new passphrase takes the place of the one before', async () => {
    const { door, ways } = await surroundings().openTab();
    await door.create({ way: 'passphrase', passphrase: PASSPHRASE });
    await ways.add({ way: 'passphrase', passphrase: 'another horse battery' });
    expect(await ways.list()).toMatchObject([{ way: 'passphrase' }]);
    await door.lock();
    await door.unlock('passphrase', PASSPHRASE);
    expect(door.state.get().name).toBe('locked');
    await door.unlock('passphrase', 'another horse battery');
    expect(door.state.get().name).toBe('open');
  });

  test('drafts stand in the vault, and nowhere in the clear', async () => {
    const around = surroundings();
    const { door, kept } = await around.openTab();
    await door.create({ way: 'passphrase', passphrase: PASSPHRASE });
    await kept.putDraft('0xabc/note', { text: 'CANARY-DRAFT' });
    expect(await kept.draft('0xabc/note')).toEqual({ text: 'CANARY-DRAFT' });
    for (const name of await around.storage.list()) expect(Buffer.from((await around.storage.read(name))!).includes('CANARY')).toBe(false);
    await kept.putDraft('0xabc/note', undefined);
    expect(await kept.draft('0xabc/note')).toBeUndefined();
  });
});
