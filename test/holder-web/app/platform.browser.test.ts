// What a browser does to a wallet: its database, its tabs, its passkeys, and how each of them fails.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium.ts';
import { hasChromium } from '../../browser/faces.ts';
import { buildWalletPage, serveWalletPage, type WalletPage } from './wallet-page.ts';

const PASSPHRASE = 'correct horse battery';
/** Where nothing answers. */
const NOWHERE = 'http://127.0.0.1:9';

describe.skipIf(!hasChromium)('the wallet in a browser', () => {
  let [browser, site, built] = [] as unknown as [Browser, WalletPage, Awaited<ReturnType<typeof buildWalletPage>>];
  let [context, page] = [] as unknown as [BrowserContext, Page];
  beforeAll(async () => {
    [browser, built] = await Promise.all([launchChromium(), buildWalletPage()]);
    site = await serveWalletPage({ mirrors: [NOWHERE], folder: built.folder });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await built?.remove();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    page = await openTab();
  });
  afterEach(() => context.close());

  async function openTab(): Promise<Page> {
    const tab = await context.newPage();
    await tab.goto(site.url);
    await tab.waitForSelector('html[data-ready]');
    return tab;
  }
  const reload = async () => {
    await page.reload();
    await page.waitForSelector('html[data-ready]');
  };
  const door = (tab = page) => tab.evaluate(() => wallet.door.get());
  const create = (tab = page) => tab.evaluate((passphrase) => wallet.door.create({ way: 'passphrase', passphrase }), PASSPHRASE);
  const unlock = (tab = page, passphrase = PASSPHRASE) => tab.evaluate((by) => wallet.door.unlock({ way: 'passphrase', passphrase: by }), passphrase);
  const doorBecomes = (tab: Page, name: string) => tab.waitForFunction((wanted) => wallet.door.get().name === wanted, name);
  /** Raw work on the database, as a fault or a newer version of the app would do it. */
  const onDatabase = (work: string, version?: number) => page.evaluate(([code, wanted]) => new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('healthpass', wanted === 0 ? undefined : Number(wanted));
    opening.addEventListener('error', () => reject(new Error(opening.error?.name)));
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('entries', 'readwrite');
      if (code === 'spoil') transaction.objectStore('entries').put('not bytes', 'header');
      if (code === 'flip') {
        const reading = transaction.objectStore('entries').get('header');
        reading.onsuccess = () => { const bytes = reading.result as Uint8Array; bytes[40]! ^= 1; transaction.objectStore('entries').put(bytes, 'header'); };
      }
      transaction.oncomplete = () => { opening.result.close(); resolve(); };
    };
  }), [work, version ?? 0] as const);

  describe('its database', () => {
    test('keeps the wallet over a reload, locked, and the right passphrase alone opens it', async () => {
      await create();
      expect(await door()).toMatchObject({ name: 'open' });
      await reload();
      expect(await door()).toMatchObject({ name: 'locked', ways: ['passphrase'], because: 'start' });
      await unlock(page, 'another passphrase');
      expect(await door()).toMatchObject({ name: 'locked', failure: { code: 'wallet-locked', field: 'passphrase' } });
      await unlock();
      expect(await door()).toMatchObject({ name: 'open' });
    });

    test('quota full: says storage-full, and leaves nothing half made', async () => {
      const session = await context.newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 1 });
      await create();
      expect(await door()).toMatchObject({ name: 'none', failure: { code: 'storage-full' } });
      await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin });
      await create();
      expect(await door()).toMatchObject({ name: 'open' });
    });

    test('quota full while something is written: what was there stays', async () => {
      await context.addInitScript(() => { navigator.storage.persist = async () => false; }); // what is kept for certain has no quota here
      await reload();
      const session = await context.newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 10_000_000 });
      await create();
      // Something else of this origin takes all the room, to the last bytes.
      await page.evaluate(async () => {
        const storage = parts.createIndexedDbStorage();
        for (let size = 3_000_000, n = 0; size > 100;) {
          const failed = await storage.write(`filler${n++}`, crypto.getRandomValues(new Uint8Array(60_000)).slice(0, Math.min(size, 60_000))).then(() => false, () => true);
          if (failed) size = Math.floor(Math.min(size, 60_000) / 8);
        }
      });
      expect(await page.evaluate(() => wallet.holdings.addPerson('Mia').catch((error: { code?: string }) => error.code))).toBe('storage-full');
      await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin });
      await reload();
      await unlock();
      await page.waitForFunction(() => wallet.holdings.get()?.people.length === 1);
    });

    test('private mode or blocked storage: says storage-unavailable', async () => {
      await context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('blocked', 'SecurityError'); } }));
      await reload();
      expect(await door()).toMatchObject({ name: 'unusable', failure: { code: 'storage-unavailable', field: 'database' } });
    });

    test('of a newer version of the app: says wallet-newer, and changes nothing', async () => {
      await create();
      await page.goto('about:blank');
      page = await context.newPage();
      await page.goto(`${site.url}config.json`); // of the same origin, without the app
      await page.evaluate(() => new Promise<void>((resolve) => {
        const opening = indexedDB.open('healthpass', 2);
        opening.onsuccess = () => { opening.result.close(); resolve(); };
      }));
      page = await openTab();
      expect(await door()).toMatchObject({ name: 'unreadable', failure: { code: 'wallet-newer', field: 'database' } });
    });

    test.each([['spoil', 'database'], ['flip', 'header']])('corrupt (%s): says wallet-corrupt, and can be wiped', async (fault, field) => {
      await create();
      await page.evaluate(() => wallet.door.lock());
      await onDatabase(fault);
      await reload();
      expect(await door()).toMatchObject({ name: 'unreadable', failure: { code: 'wallet-corrupt', field } });
      await page.evaluate(() => wallet.door.wipe());
      expect(await door()).toMatchObject({ name: 'none' });
      await create();
      expect(await door()).toMatchObject({ name: 'open' });
    });
  });

  describe('two tabs', () => {
    test('see each other’s changes, lock together, and neither overwrites the other', async () => {
      const other = await openTab();
      await create();
      await doorBecomes(other, 'locked');
      await unlock(other);
      await Promise.all([page.evaluate(() => wallet.holdings.addPerson('Mia')), other.evaluate(() => wallet.holdings.addPerson('Leo'))]);
      for (const tab of [page, other]) await tab.waitForFunction(() => wallet.holdings.get()?.people.length === 3);
      await page.evaluate(() => wallet.door.lock());
      await doorBecomes(other, 'locked');
      expect(await door(other)).toMatchObject({ because: 'elsewhere' });
    });

    test('of which one wipes the wallet: the other is at the beginning too', async () => {
      const other = await openTab();
      await create();
      await doorBecomes(other, 'locked');
      await unlock(other);
      await page.evaluate(() => wallet.door.wipe());
      await doorBecomes(other, 'none');
      expect(await page.evaluate(() => parts.createIndexedDbStorage().list())).toEqual([]);
    });

    test('do one task at a time', async () => {
      const other = await openTab();
      const task = (tab: Page) => tab.evaluate(() => parts.createIndexedDbStorage().exclusively(async () => {
        const begun = Date.now();
        await new Promise((resolve) => setTimeout(resolve, 100));
        return [begun, Date.now()];
      }));
      const [a, b] = await Promise.all([task(page), task(other)]) as [[number, number], [number, number]];
      expect(a[1] <= b[0] || b[1] <= a[0]).toBe(true);
    });
  });

  describe('what proving takes', () => {
    const load = () => page.evaluate(async () => {
      let downloads = 0;
      return parts.loadArtifacts(() => void downloads++).then(({ zkey }) => ({ bytes: zkey.length, downloaded: downloads > 0 }), (error: { code?: string; field?: string }) => [error.code, error.field]);
    });
    test('is fetched once and kept; a kept file that was exchanged is fetched again, a file of the site that was exchanged is refused', async () => {
      expect([await load(), await load()]).toEqual([{ bytes: 10_599_806, downloaded: true }, { bytes: 10_599_806, downloaded: false }]);
      await page.evaluate(async () => {
        const cache = await caches.open('proving');
        for (const request of await cache.keys()) await cache.put(request, new Response(new Uint8Array(10_599_806)));
      });
      expect(await load()).toEqual({ bytes: 10_599_806, downloaded: true });
      await page.evaluate(() => caches.delete('proving'));
      await context.route('**/*.zkey', (route) => route.fulfill({ body: Buffer.alloc(10_599_806, 1) }));
      expect(await load()).toEqual(['artifact-mismatch', 'pass.zkey']);
      await context.route('**/*.zkey', (route) => route.fulfill({ body: Buffer.alloc(10_599_807, 1) }));
      expect(await load()).toEqual(['artifact-mismatch', 'pass.zkey']);
      await context.route('**/*.zkey', (route) => route.abort());
      expect(await load()).toEqual(['service-unavailable', 'network']);
    });
  });

  describe('a passkey', () => {
    let session: CDPSession;
    let authenticatorId: string;
    async function addAuthenticator(hasPrf = true): Promise<void> {
      session = await context.newCDPSession(page);
      await session.send('WebAuthn.enable');
      ({ authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: {
        protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf,
      } }));
    }
    const createByPasskey = () => page.evaluate(() => wallet.door.create({ way: 'passkey', label: 'My health' }));
    const unlockByPasskey = () => page.evaluate(() => wallet.door.unlock({ way: 'passkey' }));
    const lock = async () => {
      await page.evaluate(() => wallet.door.lock());
      await doorBecomes(page, 'locked');
    };

    test('protects a wallet and opens it', async () => {
      await addAuthenticator();
      await createByPasskey();
      expect(await door()).toMatchObject({ name: 'open' });
      await lock();
      expect(await door()).toMatchObject({ ways: ['passkey'] });
      await unlockByPasskey();
      expect(await door()).toMatchObject({ name: 'open' });
    });

    test('that gives no key: says passkey-unsupported, and no wallet is made', async () => {
      await addAuthenticator(false);
      await createByPasskey();
      expect(await door()).toMatchObject({ name: 'none', failure: { code: 'passkey-unsupported' } });
    });

    test('that is refused: says passkey-refused, and the wallet stays as it was', async () => {
      await addAuthenticator();
      await createByPasskey();
      await lock();
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
      await unlockByPasskey();
      expect(await door()).toMatchObject({ name: 'locked', ways: ['passkey'], failure: { code: 'passkey-refused' } });
    });

    test('that was deleted: says passkey-refused, and a passphrase beside it still opens the wallet', async () => {
      await addAuthenticator();
      await createByPasskey();
      await page.evaluate((passphrase) => wallet.keys.addPassphrase(passphrase), PASSPHRASE);
      await lock();
      await session.send('WebAuthn.clearCredentials', { authenticatorId });
      await unlockByPasskey();
      expect(await door()).toMatchObject({ name: 'locked', ways: ['passkey', 'passphrase'], failure: { code: 'passkey-refused' } });
      await unlock();
      expect(await door()).toMatchObject({ name: 'open' });
    });

    test('that was restored without the secret of its PRF opens nothing, and says passkey-unsupported', async () => {
      await addAuthenticator();
      await createByPasskey();
      await lock();
      const { credentials: [credential] } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      await session.send('WebAuthn.clearCredentials', { authenticatorId });
      await session.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential!, signCount: 1 } }); // its key pair alone comes back
      await unlockByPasskey();
      expect(await door()).toMatchObject({ name: 'locked', failure: { code: 'passkey-unsupported', field: 'passkey' } });
    });
  });
});
