// Which credential fits which policy, why not, and from when it would; and how credentials stand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClaimsKeyPair, dayOf, parsePolicy, toUnixSeconds, unmetConditions, windowAt, type HealthEvent, type Policy, type UnixSeconds } from '#passport';
import { bestFit, fitPolicy, heldCredentials, NothingFitsError, soonestExpiry, standingOfCredential, type FitReport, type HeldCredential } from '#wallet';
import { createTestIssuer, DAY, HOUR, NEGATIVE_TEST, NOW, policy, RECOVERY, trustOf, VACCINATION, walletWith, type Chain, type Issuance } from './fixture.ts';

const issuer = createTestIssuer();
const eu = policy('eu-travel-2022');
const held = async (...issuances: Issuance[]): Promise<readonly HeldCredential[]> => heldCredentials((await walletWith(issuer, issuances)).wallet);
const aged = (event: HealthEvent, seconds: number): Issuance => ({ event: { ...event, time: (NOW - seconds) as UnixSeconds } });

async function report(issuances: readonly Issuance[], asked: Policy, chain: Chain = {}, match = false): Promise<FitReport> {
  return fitPolicy(await held(...issuances), asked, { trust: trustOf([issuer], chain), now: NOW, match });
}

describe('fitPolicy', () => {
  test.each<[string, Issuance, number]>([
    ['a complete vaccination', aged(VACCINATION, 60 * DAY), 0],
    ['a laboratory test of yesterday', aged(NEGATIVE_TEST, 20 * HOUR), 2],
    ['a recovery of six weeks ago', aged(RECOVERY, 40 * DAY), 4],
  ])('%s fits travel by its own clause', async (_name, issuance, clause) => {
    const { fits } = await report([issuance], eu);
    expect(fits).toMatchObject([{ clause, window: windowAt(eu.window, NOW) }]);
  });

  test('of several, the one that lasts longest is best', async () => {
    const { fits } = await report([aged(NEGATIVE_TEST, 20 * HOUR), aged(VACCINATION, 60 * DAY), aged(RECOVERY, 100 * DAY)], eu);
    expect(fits.map(({ credential }) => credential.issued.claims.kind)).toEqual(['vaccination', 'recovery', 'test']);
    expect(fits[0]!.lasts).toBe(NOW + 210 * DAY);
  });

  test('a test about to run out still fits, over an older window of the grid', async () => {
    const { fits } = await report([aged(NEGATIVE_TEST, 70 * HOUR)], eu); // 72 hours, windows of 4
    const { window } = fits[0]!;
    expect(window.start).toBeLessThan(windowAt(eu.window, NOW).start);
    expect(toUnixSeconds(window.end)).toBeGreaterThan(NOW);
    expect(toUnixSeconds(window.end)).toBeLessThanOrEqual(NOW + 2 * HOUR);
  });

  test('every fit holds now and meets its clause, whatever the ages', async () => {
    const [template] = await held(aged(NEGATIVE_TEST, 20 * HOUR));
    const trust = trustOf([issuer]);
    fc.assert(fc.property(fc.integer({ min: -10 * HOUR, max: 100 * HOUR }), fc.nat(4 * HOUR), (age, later) => {
      const now = NOW + later as UnixSeconds;
      const claims = { ...template!.issued.claims, eventTime: template!.issued.claims.eventTime + 20 * HOUR - age as never };
      const found = fitPolicy([{ ...template!, issued: { ...template!.issued, claims } }], eu, { trust, now });
      for (const { clause, window } of found.fits) {
        expect(unmetConditions(eu.clauses[clause]!, claims, window)).toEqual([]);
        expect(toUnixSeconds(window.start) <= now && now < toUnixSeconds(window.end)).toBe(true);
      }
      // A full window before the end of the 72 hours, it always fits; a grid step after them, never.
      if (age + later > 2 * HOUR && age + later < 71 * HOUR) expect(found.fits).not.toEqual([]);
      if (age + later > 72 * HOUR) expect(found.fits).toEqual([]);
    }));
  });

  describe('when nothing fits, says why:', () => {
    test('an empty wallet', async () => {
      const { why, misses } = await report([], eu);
      expect([why, misses]).toEqual(['no-credential', []]);
    });

    test('a dose is missing', async () => {
      const { why, misses } = await report([{ event: { ...VACCINATION, dose: 1 } }], eu);
      expect(why).toBe('unmet');
      expect(misses[0]!.clauses[0]).toMatchObject({ clause: 0, obstacles: [{ condition: 'series', has: 1, needs: 2 }] });
      expect(misses[0]!.clauses[1]).toMatchObject({ clause: 1, obstacles: [{ condition: 'dose', has: 1, needs: 3 }] });
    });

    test('too early, and from when it fits', async () => {
      const { why, fitsFrom, misses } = await report([aged(VACCINATION, 10 * DAY)], eu);
      expect(why).toBe('not-yet');
      expect(misses[0]!.clauses[0]!.obstacles).toEqual([{ condition: 'too-early', from: NOW + 4 * DAY }]);
      expect(fitsFrom).toBe(Math.ceil((NOW + 4 * DAY) / HOUR) * HOUR);
    });

    test('too old', async () => {
      const { why, misses } = await report([aged(NEGATIVE_TEST, 80 * HOUR)], eu);
      expect(why).toBe('unmet');
      expect(misses[0]!.clauses[0]!.obstacles).toEqual([{ condition: 'too-old', until: NOW - 8 * HOUR }]);
    });

    test('another disease, another product, another result', async () => {
      const other = await report([{ event: { ...VACCINATION, disease: 14189004n, product: 0 } }], eu);
      expect(other.misses[0]!.clauses[0]!.obstacles.map(({ condition }) => condition)).toEqual(['disease', 'product']);
      const detected = await report([{ event: { ...NEGATIVE_TEST, result: 'detected' } }], eu);
      expect(detected.misses[0]!.clauses.map(({ obstacles }) => obstacles.map(({ condition }) => condition))).toContainEqual(['result']);
    });

    test('too young, and on which day no longer', async () => {
      const born = { ...VACCINATION, person: { family: 'Li', given: ['Bo'], birthDate: '2008-12-01' } };
      const { why, misses, fitsFrom } = await report([{ event: born }], policy('over-18'));
      expect(why).toBe('not-yet');
      expect(misses[0]!.clauses[0]!.obstacles).toEqual([{ condition: 'age', from: 20261201 }]);
      expect(dayOf(fitsFrom!)).toBe(20261201);
      const unknown = await report([{ event: RECOVERY }], policy('over-18'));
      expect([unknown.why, unknown.fitsFrom]).toEqual(['unmet', undefined]);
    });

    test('born on 29 February or on an unknown day of it: grown up on the first day that counts', async () => {
      for (const birthDate of ['2012-02-29', '2012-02']) {
        const { fitsFrom } = await report([{ event: { ...VACCINATION, person: { family: 'Li', given: ['Bo'], birthDate } }, validUntil: (NOW + 3653 * DAY) as UnixSeconds }], policy('over-18'));
        expect(dayOf(fitsFrom!)).toBe(20300301);
      }
    });

    test.each<[string, Chain | ((index: number) => Chain), string]>([
      ['revoked', (index) => ({ blocked: { 1: [index] } }), 'revoked'],
      ['revoked a moment ago', (index) => ({ blockedLately: { 1: [index] } }), 'revoked'],
      ['suspended', (index) => ({ suspended: { 1: [index] } }), 'suspended'],
      ['of an issuer suspended', { status: 'suspended' }, 'issuer-suspended'],
      ['of an issuer removed', { status: 'removed' }, 'issuer-removed'],
    ])('the credential is %s', async (_name, chain, why) => {
      const credentials = await held({});
      const { index } = credentials[0]!.issued.claims;
      const trust = trustOf([issuer], typeof chain === 'function' ? chain(index) : chain);
      const found = fitPolicy(credentials, eu, { trust, now: NOW });
      expect([found.why, found.misses[0]!.block, found.misses[0]!.clauses]).toEqual([why, why, []]);
    });

    test('nothing is known of the list, or of the chain', async () => {
      const credentials = await held({});
      expect(fitPolicy(credentials, eu, { trust: undefined, now: NOW }).why).toBe('status-unknown');
      expect(fitPolicy(credentials, eu, { trust: trustOf([createTestIssuer(2)]), now: NOW }).why).toBe('status-unknown');
    });

    test('the issuer has another key now', async () => {
      const credentials = await held({});
      const trust = trustOf([{ ...issuer, claims: createClaimsKeyPair() }]);
      expect(fitPolicy(credentials, eu, { trust, now: NOW }).why).toBe('signature-superseded');
    });

    test('a match is asked and no name attested', async () => {
      expect((await report([{ event: RECOVERY }], eu, {}, true)).why).toBe('name-missing');
      expect((await report([{}], eu, {}, true)).fits).toHaveLength(1);
    });

    test('a revoked credential of another kind is not the reason', async () => {
      const credentials = await held({ event: { ...VACCINATION, disease: 14189004n, product: 0 } }, aged(NEGATIVE_TEST, 80 * HOUR));
      const trust = trustOf([issuer], { blocked: { 1: [credentials[0]!.issued.claims.index] } });
      expect(fitPolicy(credentials, eu, { trust, now: NOW }).why).toBe('unmet');
    });
  });

  test('a policy with windows of many years is answered at once', async () => {
    const endless = parsePolicy({ ...eu.document, id: 'endless', window: { grid: 'PT1H', length: 'P9999D' } });
    const { fits } = await report([{}], endless);
    expect(fits).toEqual([]);
  });
});

describe('bestFit', () => {
  test('throws what a person can be told', async () => {
    const missing = await report([aged(VACCINATION, 10 * DAY)], eu);
    const error = (() => { try { return bestFit(missing); } catch (thrown) { return thrown; } })();
    expect(error).toBeInstanceOf(NothingFitsError);
    expect(error).toMatchObject({ code: 'nothing-fits', field: 'not-yet', report: missing });
  });
});

describe('standingOfCredential', () => {
  test('says status, issuer, expiry and how old the knowledge is', async () => {
    const [credential] = await held({});
    const trust = trustOf([issuer]);
    expect(standingOfCredential(credential!.issued, trust, NOW)).toEqual({
      credential: credential!.issued.id, status: 'valid', issuer: 'active', issuerName: 'Clinic 1', signature: 'current',
      validUntil: NOW + 300 * DAY, good: true, asOf: { syncedAt: NOW - 10, finalizedAt: NOW - 30 },
    });
  });

  test('an expired credential is expired, a revoked and expired one revoked', async () => {
    const [credential] = await held({});
    const later = (NOW + 301 * DAY) as UnixSeconds;
    expect(standingOfCredential(credential!.issued, trustOf([issuer]), later)).toMatchObject({ status: 'expired', good: false });
    const revoked = trustOf([issuer], { blocked: { 1: [credential!.issued.claims.index] } });
    expect(standingOfCredential(credential!.issued, revoked, later).status).toBe('revoked');
  });

  test('without trust data nothing is good', async () => {
    const [credential] = await held({});
    expect(standingOfCredential(credential!.issued, undefined, NOW)).toMatchObject({ status: 'unknown', issuer: 'unknown', signature: 'unknown', good: false, asOf: undefined });
  });

  test('the soonest expiry is that of credentials still good', async () => {
    const credentials = await held({ validUntil: (NOW + 5) as UnixSeconds }, { validUntil: (NOW + 9) as UnixSeconds });
    const trust = trustOf([issuer], { blocked: { 1: [credentials[0]!.issued.claims.index] } });
    expect(soonestExpiry(credentials.map(({ issued }) => standingOfCredential(issued, trust, NOW)))).toBe(NOW + 9);
    expect(soonestExpiry([])).toBeUndefined();
  });
});
