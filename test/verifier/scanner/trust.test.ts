// What a scanner decides by, when somebody tampers with it: rules under a name that is taken, a clock that is turned while there is no network, a full disk.
import { describe, expect, test } from 'vitest';
import { createSignedRule } from '#formats/rule/index.ts';
import { encodeTrustBundle, parsePolicy, type PolicyDocument, type UnixSeconds } from '#passport';
import { POLICIES, policyById } from '#passport/policies/index.ts';
import { createDevelopmentCertificate } from '#verifier/openid4vp/certificate.ts';
import { certificateSigner } from '#verifier/openid4vp/identity.ts';
import { createShelf } from '#verifier/scanner/rules/shelf.ts';
import { createFleetingStore, type BundleStore } from '#verifier/scanner/trust/bundle-store.ts';
import { createTrustKeeper, joinPolicies } from '#verifier/scanner/trust/keeper.ts';
import { createTestIssuer, NOW, trustOf } from '../../holder-web/fixture.ts';
import { VERIFYING_KEY } from '../../holder-web/controller/surroundings.ts';

const DOCUMENT = policyById('eu-travel-2022')!.document;
const anybody = (change: Partial<PolicyDocument>) => parsePolicy({ ...DOCUMENT, clauses: [{ minAge: 1 }], ...change });

async function signedBy(name: string, document: PolicyDocument): Promise<string> {
  return createSignedRule(document, certificateSigner(await createDevelopmentCertificate(`https://${name}.example`, name, NOW)), NOW);
}

function shelf() {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  return createShelf({ storage, own: async () => ({ clientIds: [], root: undefined }), now: () => NOW });
}

describe('rules that were passed on', () => {
  test('attack: a stranger’s newer version of a rule of the service is let through as that rule', () => {
    const joined = joinPolicies(POLICIES, [anybody({ version: 999 }), anybody({ id: 'museum' })]);
    expect(joined.filter(({ id }) => id === DOCUMENT.id).map(({ version }) => version)).toEqual(POLICIES.filter(({ id }) => id === DOCUMENT.id).map(({ version }) => version));
    expect(joined.some(({ id }) => id === 'museum')).toBe(true);
  });
  test('attack: a second signer takes over the name of a rule, or the first one a version that is there', async () => {
    const own = shelf();
    const certificate = certificateSigner(await createDevelopmentCertificate('https://museum.example', 'Museum', NOW));
    const first = await createSignedRule(anybody({ id: 'museum', version: 1, clauses: [{ minAge: 18 }] }).document, certificate, NOW);
    const next = await createSignedRule(anybody({ id: 'museum', version: 2, clauses: [{ minAge: 16 }] }).document, certificate, NOW);
    const again = await createSignedRule(anybody({ id: 'museum', version: 1 }).document, certificate, NOW);
    const foreign = await signedBy('rival', anybody({ id: 'museum', version: 3 }).document);
    for (const text of [first, foreign, next, again]) await own.take(await own.read(text));
    expect(own.get().map(({ jws }) => [first, foreign, next, again].indexOf(jws))).toEqual([0, 2]);
  });
});

describe('the keeper of trust data', () => {
  const text = JSON.stringify(encodeTrustBundle({ trust: trustOf([createTestIssuer()]), policies: POLICIES, verifyingKey: VERIFYING_KEY }));
  const time = { wall: NOW as number, steady: 0 };
  const keeperOf = (store: BundleStore, isOnline = () => false) => createTrustKeeper({
    store, wall: () => time.wall * 1000, steady: () => time.steady * 1000, onChange: () => {},
    async fetchBundle() {
      if (!isOnline()) throw new TypeError('no network');
      return { text, serviceTime: time.wall };
    },
  });
  const pass = (seconds: number) => { time.wall += seconds; time.steady += seconds; };

  test('attack: the clock is turned back between two starts without a network, so that old data look young', async () => {
    const store = createFleetingStore();
    await keeperOf(store, () => true).refresh();
    const before = keeperOf(store);
    pass(20 * 3600);
    await before.load();
    await before.refresh();
    time.wall -= 19 * 3600;
    const after = keeperOf(store);
    await after.load();
    expect(after.report()).toMatchObject({ data: 'ready', clock: { name: 'wrong' } });
    await after.refresh();
    expect(await store.lastUsed()).toBe((NOW + 20 * 3600) as UnixSeconds); // a wrong clock is no last use
  });
  test('mistake: a full disk is taken for a network that is not there', async () => {
    const full = async () => { throw new DOMException('full', 'QuotaExceededError'); };
    const keeper = keeperOf({ ...createFleetingStore(), keep: full, used: full }, () => true);
    expect(await keeper.refresh()).toBe(true);
    expect(keeper.report()).toMatchObject({ data: 'ready', connection: 'online' });
  });
});
