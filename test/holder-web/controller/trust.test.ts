// When trust data are fetched, what is believed of them, and what the cards say by them.
import { describe, expect, test } from 'vitest';
import { createBindings, receiveCredential, type Wallet } from '#wallet';
import type { TrustState, UnixSeconds } from '#passport';
import { fetchTrust } from '#wallet-app/fetch-trust.ts';
import type { WalletPlatform } from '#wallet-app/platform.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import { createMemoryStorage, openWallet } from '#wallet';
import { createTestIssuer, DAY, HOUR, issueTo, NOW, receiving, trustOf } from '../fixture.ts';
import { bundleOf, createByPassphrase, createSurroundings, giving, MIRROR, PASSPHRASE, settle, until, VERIFYING_KEY, type Answering } from './surroundings.ts';

const issuer = createTestIssuer();
const later = (trust: TrustState, seconds: number): TrustState => ({
  ...trust, syncedAt: (trust.syncedAt + seconds) as UnixSeconds,
  finalized: { ...trust.finalized, number: trust.finalized.number + seconds, time: (trust.finalized.time + seconds) as UnixSeconds }, latest: { ...trust.latest, number: trust.latest.number + seconds },
});

async function walletWithRecord(answer: Answering, validUntil?: UnixSeconds) {
  const storage = createMemoryStorage();
  const around = createSurroundings({ storage });
  around.answer(answer);
  const app = await around.openTab();
  await createByPassphrase(app);
  const wallet: Wallet = await openWallet(storage, { kind: 'passphrase', passphrase: PASSPHRASE });
  const [binding] = await createBindings(wallet, 1, NOW);
  const issued = await issueTo(issuer, binding!, validUntil ? { validUntil } : {});
  await receiveCredential(wallet, issued, receiving(trustOf([issuer])));
  await app.holdings.refresh();
  await until(app.holdings, (holdings) => holdings?.cards.length === 1);
  return { around, app, issued };
}
const mirrorAsked = (asked: readonly string[]) => asked.filter((url) => url === `${MIRROR}/trust-bundle`).length;

describe('when trust data are fetched', () => {
  test('at once for a new wallet, and then about once an hour, at no certain time', async () => {
    const around = createSurroundings();
    let given: UnixSeconds | undefined;
    around.answer((url, init) => {
      const trust = later(trustOf([issuer]), around.now() - NOW);
      given = trust.syncedAt;
      return giving(trust)(url, init);
    });
    const app = await around.openTab();
    await createByPassphrase(app);
    await until(app.holdings, (holdings) => holdings?.trust.name === 'fresh');
    await settle();
    expect(mirrorAsked(around.asked)).toBe(1);
    await app.door.setIdle(3600);
    const askedAfter = async (seconds: number, times: number) => {
      app.door.touch();
      await around.pass(seconds);
      await until({ get: () => mirrorAsked(around.asked) }, (asked) => asked >= times);
      await until(app.holdings, (holdings) => holdings?.trust.isFetching === false && holdings.trust.syncedAt === given);
      await settle();
      return mirrorAsked(around.asked);
    };
    expect([await askedAfter(1800, 1), await askedAfter(1900, 2), await askedAfter(1700, 2), await askedAfter(2000, 3)]).toEqual([1, 2, 2, 3]);
  });

  test('never while something is shown', async () => {
    const { around, app } = await walletWithRecord(giving(trustOf([issuer])));
    await app.door.setIdle(3600);
    const before = mirrorAsked(around.asked);
    await around.pass(3500);
    app.door.touch();
    await app.showing.ask({ policy: 'eu-travel-2022' });
    expect(app.showing.get()).toMatchObject({ name: 'asked', isReady: false });
    await around.pass(600);
    expect(mirrorAsked(around.asked)).toBe(before);
    app.showing.close();
    await around.pass(300);
    await until({ get: () => mirrorAsked(around.asked) }, (asked) => asked === before + 1);
  });

  test('whole: nothing in a request says which record is held', async () => {
    const { around, issued } = await walletWithRecord(giving(trustOf([issuer])));
    expect(new Set(around.asked)).toEqual(new Set([`${MIRROR}/trust-bundle`]));
    expect(JSON.stringify(around.asked)).not.toContain(issued.id);
  });

  test('without a network what was fetched stays, and says how old it is', async () => {
    const { around, app } = await walletWithRecord(giving(trustOf([issuer])));
    around.answer(() => undefined);
    around.setClock(NOW + 2 * DAY);
    await app.holdings.refresh();
    expect(await until(app.holdings, (holdings) => holdings?.trust.name === 'old')).toMatchObject({ trust: { syncedAt: NOW - 10, failure: { code: 'service-unavailable', field: 'network' } } });
  });
});

describe('fetchTrust', () => {
  const trust = trustOf([issuer]);
  type Given = Pick<WalletPlatform, 'fetch' | 'config' | 'now' | 'verifyingKey'>;
  const from = (bundles: Readonly<Record<string, unknown>>, now = NOW): Given => ({
    now: () => now as UnixSeconds, verifyingKey: async () => VERIFYING_KEY, config: async () => ({ mirrors: Object.keys(bundles), verifierAuthorities: [], development: false }),
    fetch: async (url) => ({ status: 200, headers: { get: () => null }, text: async () => JSON.stringify(bundles[url.replace('/trust-bundle', '')]) }),
  });
  const known = { trust, policies: [], verifyingKey: VERIFYING_KEY };

  test('takes the newest of several mirrors', async () => {
    expect((await fetchTrust(from({ 'https://a.example': bundleOf(trust), 'https://b.example': bundleOf(later(trust, 20)) }), undefined)).trust.finalized.number).toBe(120);
  });
  test('a mirror that goes back to older data changes nothing', async () => {
    expect((await fetchTrust(from({ 'https://a.example': bundleOf(trust) }), { ...known, trust: later(trust, 20) })).trust.finalized.number).toBe(120);
  });
  test('a mirror that withholds a revocation contradicts one that does not', async () => {
    const revoked = trustOf([issuer], { blocked: { 1: [5] }, before: trust });
    await expect(fetchTrust(from({ 'https://a.example': bundleOf(later(trust, 20)), 'https://b.example': bundleOf(later(revoked, 30)) }), undefined)).rejects.toMatchObject({ code: 'chain-inconsistent', field: 'trust' });
  });
  test('a mirror of another chain, or with another past than was final, is refused', async () => {
    await expect(fetchTrust(from({ 'https://a.example': bundleOf({ ...later(trust, 20), chainId: 1 }) }), known)).rejects.toMatchObject({ code: 'chain-inconsistent' });
    const other = trustOf([createTestIssuer(2)]);
    await expect(fetchTrust(from({ 'https://a.example': bundleOf(later(other, 20)) }), known)).rejects.toMatchObject({ code: 'chain-inconsistent' });
  });
  test('data whose roots do not hold are refused, and so are data for another verifying key', async () => {
    const forged = JSON.parse(JSON.stringify(bundleOf(trust))) as { trust: { lists: { words: unknown }[] } };
    forged.trust.lists[0]!.words = [[0, '0x1']];
    await expect(fetchTrust(from({ 'https://a.example': forged }), undefined)).rejects.toMatchObject({ code: 'bundle-invalid', field: 'lists.root' });
    await expect(fetchTrust(from({ 'https://a.example': { ...(bundleOf(trust) as object), verifyingKey: {} } }), undefined)).rejects.toMatchObject({ code: 'bundle-invalid', field: 'verifyingKey' });
  });
  test('a clock that is behind is told, instead of making passes for a time that is over', async () => {
    await expect(fetchTrust(from({ 'https://a.example': bundleOf(trust) }, (NOW - HOUR) as UnixSeconds), undefined)).rejects.toMatchObject({ code: 'no-trust-data', field: 'clock' });
  });
});

describe('alerts', () => {
  const alertsOf = (app: WalletApp) => app.holdings.get()?.alerts.map(({ kind }) => kind);
  test('say that a record was suspended, reinstated, revoked, or its issuer suspended', async () => {
    const { around, app, issued } = await walletWithRecord(giving(trustOf([issuer])));
    expect(alertsOf(app)).toEqual([]);
    let state = trustOf([issuer]);
    const next = async (change: Parameters<typeof trustOf>[1]) => {
      around.setClock(around.now() + 100);
      const next = trustOf([issuer], { ...change, before: state, now: around.now() });
      state = { ...next, finalized: { ...next.finalized, number: state.finalized.number + 9 }, latest: { ...next.latest, number: state.latest.number + 9 } };
      around.answer(giving(state));
      await app.holdings.refresh();
      await until(app.holdings, (holdings) => holdings?.trust.syncedAt === state.syncedAt);
      return alertsOf(app);
    };
    const entry = { 1: [issued.claims.index] };
    expect(await next({ suspended: entry })).toEqual(['suspended']);
    expect(app.holdings.get()?.cards[0]).toMatchObject({ alert: { kind: 'suspended' }, standing: { status: 'suspended', good: false } });
    expect(await next({})).toEqual([]);
    expect(await next({ status: 'suspended' })).toEqual(['issuer-suspended']);
    expect(await next({ blocked: entry })).toEqual(['revoked']);
  });

  test('say when a record runs out, in good time, as time alone goes by', async () => {
    const { around, app } = await walletWithRecord(giving(trustOf([issuer])), (NOW + 100 * DAY) as UnixSeconds);
    await app.door.setIdle(3600);
    expect(alertsOf(app)).toEqual([]);
    around.setClock(NOW + 87 * DAY);
    await app.holdings.refresh();
    expect(await until(app.holdings, (holdings) => holdings?.alerts.length === 1)).toMatchObject({ alerts: [{ kind: 'expiring', at: NOW + 100 * DAY }] });
    around.setClock(NOW + 101 * DAY);
    await app.holdings.refresh();
    await until(app.holdings, (holdings) => holdings?.alerts[0]?.kind === 'expired');
  });

  test('a record for a day is not about to expire when it is new', async () => {
    const { app } = await walletWithRecord(giving(trustOf([issuer])), (NOW + DAY) as UnixSeconds);
    expect(alertsOf(app)).toEqual([]);
  });
});
