// The wallet in a real browser, against the real services and chain, through the verbs that its pages call: made, given a record, passes made
// ahead in the worker, shown offline, locked and opened again.
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { sampleImmunization } from '#network/samples/index.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { hasChromium } from '../../browser/faces.ts';
import { openPage, type Watched } from '../../browser/page.ts';
import { now, ok, startNetwork, type Network } from '../../journeys/network.ts';
import { buildWalletPage, serveWalletPage, type WalletPage } from './wallet-page.ts';

const RULE = 'yellow-fever';
const PASSPHRASE = 'correct horse battery';
type Made = { readonly id: string; readonly link: string; readonly txCode: string };

describe.skipIf(!hasChromium)('the wallet in a browser', () => {
  let [network, browser, site, built] = [] as unknown as [Network, Browser, WalletPage, Awaited<ReturnType<typeof buildWalletPage>>];
  let watched: Watched;
  let page: Page;
  let context: BrowserContext;
  const offer = async () => ok(await network.issuer('/offers', { fhir: sampleImmunization(now()) })) as Made;
  const state = (part: 'door' | 'receiving' | 'showing' | 'making') => page.evaluate((name) => wallet[name].get(), part);
  const open = async () => {
    watched = await openPage(browser, site.url);
    ({ page, context } = watched);
    await page.waitForSelector('html[data-ready]');
  };
  beforeAll(async () => {
    [network, browser, built] = await Promise.all([startNetwork(), launchChromium(), buildWalletPage()]);
    const verifierAuthorities = [await readFile(network.folder.verifierAuthority, 'utf8')];
    site = await serveWalletPage({ mirrors: [network.endpoints.verifier], verifierAuthorities, folder: built.folder });
    await open();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await built?.remove();
    await network?.stop();
  });

  test('is made under a passphrase', async () => {
    expect(await state('door')).toMatchObject({ name: 'none' });
    await page.evaluate((passphrase) => wallet.door.create({ way: 'passphrase', passphrase }), PASSPHRASE);
    expect(await state('door')).toMatchObject({ name: 'open', idleSeconds: 300 });
    await page.waitForFunction(() => wallet.holdings.get()?.trust.name === 'fresh');
  });

  test('receives a record after its number, and keeps it when it is accepted', async () => {
    const made = await offer();
    await page.evaluate((link) => wallet.receiving.read(link), made.link);
    expect(await state('receiving')).toMatchObject({ name: 'offered', pin: { length: 6, isNumeric: true } });
    await page.evaluate((pin) => wallet.receiving.fetch(pin), made.txCode === '000000' ? '111111' : '000000');
    expect(await state('receiving')).toMatchObject({ name: 'offered', failure: { code: 'pin-wrong', attemptsLeft: 4 } });
    await page.evaluate((pin) => wallet.receiving.fetch(pin), made.txCode);
    expect(await state('receiving')).toMatchObject({ name: 'preview', issuerName: 'Sample Health Centre', records: [{ isKnown: false, event: { kind: 'vaccination' } }] });
    await page.evaluate(() => wallet.receiving.accept());
    expect(await state('receiving')).toMatchObject({ name: 'added' });
    expect(await page.evaluate(() => wallet.holdings.get()?.cards.map(({ standing }) => standing.status))).toEqual(['valid']);
  });

  test('makes passes ahead in its worker', async () => {
    await page.waitForFunction(() => wallet.holdings.get()?.rules.some(({ ready }) => ready > 0));
    await page.waitForFunction(() => wallet.making.get().name === 'idle');
    expect(await page.evaluate(() => trail)).toEqual(expect.arrayContaining(['making:downloading', 'making:making']));
  });

  test('shows one at once without a network, and the verifier takes it', async () => {
    await page.waitForFunction(() => wallet.making.get().name === 'idle');
    await context.setOffline(true);
    await page.evaluate((policy) => wallet.showing.ask({ policy }), RULE);
    expect(await state('showing')).toMatchObject({ name: 'asked', isReady: true });
    const before = await page.evaluate(async () => {
      const from = trail.length;
      await wallet.showing.show();
      return trail.slice(from, trail.indexOf('showing:shown', from));
    });
    const shown = await page.evaluate(() => { const state = wallet.showing.get(); return state.name === 'shown' ? state.text : state.name; });
    await context.setOffline(false);
    expect(ok(await network.verifier('/verify', { text: shown, policy: RULE }))).toMatchObject({ outcome: 'accepted' });
    expect(before.filter((what) => what.startsWith('making:'))).toEqual([]); // it was there
    await page.evaluate(() => wallet.showing.close());
  });

  test('a new version of the app waits for the pass that is being made, and loses nothing', async () => {
    await page.waitForFunction(() => wallet.making.get().name === 'idle');
    const before = await page.evaluate(async (policy) => {
      document.title = 'the version before';
      for (let i = 0; i < 2; i++) {
        await wallet.showing.ask({ policy });
        await wallet.showing.show();
        wallet.showing.close();
      }
      return wallet.holdings.get()!.rules.find((rule) => rule.policy.id === policy)!.ready;
    }, RULE);
    await page.waitForFunction(() => wallet.making.get().name === 'making');
    await appendFile(join(built.folder, 'sw.js'), '\n// a newer version\n');
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await page.waitForFunction(() => takeOver !== undefined);
    const isMaking = await page.evaluate(() => {
      takeOver!();
      return wallet.making.get().name === 'making';
    });
    await page.waitForFunction(() => document.title !== 'the version before' && document.documentElement.dataset['ready'] === 'yes');
    expect([isMaking, await state('door')]).toMatchObject([true, { name: 'locked' }]);
    await page.evaluate((passphrase) => wallet.door.unlock({ way: 'passphrase', passphrase }), PASSPHRASE);
    await page.waitForFunction(([count, id]) => (wallet.holdings.get()?.rules.find(({ policy }) => policy.id === id)?.ready ?? 0) > count, [before, RULE] as const);
  });

  test('answers the verifier by OpenID4VP with a pass, and tells who asks', async () => {
    const ask = [{ policy: RULE }, { vct: 'urn:healthpass:vaccination:1', claims: ['disease', 'occurred'] }];
    const asking = await fetch(`${network.endpoints.verifier}/presentations`, { method: 'POST', body: JSON.stringify({ ask }), headers: { authorization: `Bearer ${network.token}` } });
    const { link, id, secret } = await asking.json() as { link: string; id: string; secret: string };
    await page.evaluate((text) => wallet.answering.read(text), link);
    expect(await page.evaluate(() => { const asked = wallet.answering.get(); return asked.name === 'asked' ? [asked.asker, asked.alternatives.map(([answer]) => answer!.choice.form)] : asked; }))
      .toMatchObject([{ by: 'certificate', name: 'Sample Checkpoint' }, ['pass', 'sd-jwt-vc']]);
    await page.evaluate(() => { const asked = wallet.answering.get(); return asked.name === 'asked' ? wallet.answering.send(asked.alternatives[0]!) : undefined; });
    expect(await page.evaluate(() => wallet.answering.get())).toMatchObject({ name: 'sent' });
    const result = await fetch(`${network.endpoints.verifier}/presentations/${id}`, { headers: { 'presentation-secret': secret } });
    expect(await result.json()).toMatchObject({ result: { outcome: 'accepted' } });
  });

  test('what is suspended says so, and is shown no longer', async () => {
    const id = await page.evaluate(() => wallet.holdings.get()!.cards[0]!.id);
    ok(await network.issuer('/credentials/suspend', { ids: [id] }));
    await network.trustWhen((trust) => trust.lists.some(({ suspended }) => suspended.size > 0));
    await page.evaluate(() => wallet.holdings.refresh());
    await page.waitForFunction(() => wallet.holdings.get()?.alerts[0]?.kind === 'suspended');
    await page.evaluate((policy) => wallet.showing.ask({ policy }), RULE);
    expect(await state('showing')).toMatchObject({ name: 'nothing-fits', report: { why: 'suspended' } });
  });

  test('wrote nothing into the console and asked nobody but its site and the services', () => {
    expect(watched.complaints.filter((line) => !line.includes('400'))).toEqual([]);
    expect([...watched.origins].toSorted()).toEqual([new URL(site.url).origin, network.endpoints.issuer, network.endpoints.verifier].toSorted());
  });
});
