// Credentials shown openly: VC-JWT, VP-JWT and SD-JWT VC of a real issuer, judged by the service.
import { beforeAll, describe, expect, test } from 'vitest';
import { sampleBundle } from '#network/samples/index.ts';
import type { IssuedCredential } from '#passport';
import { presentSdJwtVc, presentVcJwt, type Wallet } from '#wallet';
import { newWallet, now, ok, type Network } from './network.ts';
import { bornOn } from './passes.ts';

const CHALLENGE = 'ab'.repeat(16);
const OTHER = 'cd'.repeat(16);
const asked = { audience: 'Gate A', challenge: CHALLENGE };

export const describeOpenForms = (of: () => Network) => describe('a credential shown openly', () => {
  let wallet: Wallet;
  let booster: IssuedCredential;
  let born: string;
  const verdict = async (text: string, ask: object = {}) => ok(await of().verifier('/verify', { text, ...ask }));
  const disclose = (claims: readonly string[], nonce = CHALLENGE) => presentSdJwtVc(wallet, booster.id, { disclose: claims, audience: 'Gate A', nonce, now: now() });

  beforeAll(async () => {
    wallet = await newWallet();
    const fhir = sampleBundle(now());
    born = bornOn(fhir);
    booster = (await of().issueTo(wallet, fhir)).find(({ claims }) => claims.dose === 4)!;
  });

  test('as VC-JWT says who issued it, and that its holder was not checked', async () => {
    expect(await verdict(booster.vcJwt)).toMatchObject({ outcome: 'accepted', shown: { form: 'vc-jwt', issuer: booster.issuer, issuerName: 'Sample Health Centre', holderBound: false } });
    expect(await verdict(booster.vcJwt, { policy: 'tetanus-booster' })).toMatchObject({ outcome: 'accepted' });
    expect(await verdict(booster.vcJwt, { policy: 'yellow-fever' })).toMatchObject({ outcome: 'refused', reason: 'policy-unsatisfied' });
    expect(await verdict(booster.vcJwt, { policy: 'no-such-policy' })).toMatchObject({ outcome: 'undecided', reason: 'policy-unknown' });
    expect(await verdict(booster.vcJwt, asked)).toMatchObject({ reason: 'holder-binding-missing' });
    expect(await verdict(booster.vcJwt, { challenge: CHALLENGE })).toMatchObject({ reason: 'holder-binding-missing' });
  });

  test('as VP-JWT answers one verifier and one question', async () => {
    const text = await presentVcJwt(wallet, booster.id, { audience: 'Gate A', nonce: CHALLENGE, now: now() });
    expect(await verdict(text, { ...asked, policy: 'tetanus-booster' })).toMatchObject({ outcome: 'accepted', shown: { form: 'vp-jwt', credentials: [{ form: 'vc-jwt', holderBound: true }] } });
    expect(await verdict(text, { ...asked, challenge: OTHER })).toMatchObject({ reason: 'challenge-wrong' });
    expect(await verdict(text, { ...asked, audience: 'Gate B' })).toMatchObject({ reason: 'audience-wrong' });
    for (const ask of [{}, { challenge: CHALLENGE }, { audience: 'Gate A' }]) expect(await verdict(text, ask)).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(/^(audience|challenge)-wrong$/) });
  });

  test('as SD-JWT VC shows the chosen claims and no others', async () => {
    const all = ok(await of().verifier('/verify', { text: booster.sdJwtVc })) as { shown: { claims: { event: object } } };
    expect(Object.keys(all.shown.claims.event)).toEqual(expect.arrayContaining(['product', 'occurred', 'doseNumber', 'lotNumber']));
    const text = await disclose(['product', 'occurred']);
    const shown = await verdict(text, { ...asked, policy: 'tetanus-booster' }) as { shown: { claims: unknown } };
    expect(shown).toMatchObject({ outcome: 'accepted', shown: { form: 'sd-jwt-vc', holderBound: true } });
    expect(JSON.stringify(shown)).not.toMatch(/Specimen|UTO-TD-6|familyName|birthDate/);
    expect(await verdict(await disclose([]), { ...asked, policy: 'tetanus-booster' })).toMatchObject({ reason: 'policy-unsatisfied' });
    expect(await verdict(text, { ...asked, challenge: OTHER })).toMatchObject({ reason: 'challenge-wrong' });
    expect(await verdict(text, { ...asked, audience: 'Gate B' })).toMatchObject({ reason: 'audience-wrong' });
    expect(await verdict(text)).toMatchObject({ reason: 'audience-wrong' });
    expect(await verdict(booster.sdJwtVc, asked)).toMatchObject({ reason: 'holder-binding-missing' });
  });

  test('is compared with a document where that was asked, and lets nobody enter once', async () => {
    const match = { family: 'Specimen', given: ['Erika', 'Utopia'], birthDate: born };
    expect(await verdict(booster.vcJwt, { match })).toMatchObject({ outcome: 'accepted' });
    expect(await verdict(booster.vcJwt, { match: { ...match, family: 'Other' } })).toMatchObject({ reason: 'match-wrong' });
    expect(await verdict(booster.vcJwt, { match: { ...match, birthDate: '1970-01-01' } })).toMatchObject({ reason: 'match-wrong' });
    expect(await verdict(await disclose(['birthdate']), { ...asked, match })).toMatchObject({ reason: 'match-missing' });
    expect(await verdict(booster.vcJwt, { audience: 'Gate A', scope: { verifier: 'Gate A', event: 'Fair 2026-11-22' } })).toMatchObject({ reason: 'holder-binding-missing' });
    expect(await verdict(await disclose(['birthdate']), { ...asked, scope: { verifier: 'Gate A', event: 'Fair 2026-11-22' } })).toMatchObject({ reason: 'scope-missing' });
  });

  test('does not last: when trust data are old, missing, or of a time to come', async () => {
    const trust = await of().trust();
    const at = (time: number, state: typeof trust | undefined) => of().verify(booster.vcJwt, {}, { trust: state, now: time as Parameters<Network['verify']>[2]['now'] & number });
    expect(await at(trust.finalized.time + 86_400, trust)).toMatchObject({ outcome: 'accepted' });
    expect(await at(trust.finalized.time + 86_401, trust)).toMatchObject({ outcome: 'undecided', reason: 'trust-stale' });
    expect(await at(trust.finalized.time - 61, trust)).toMatchObject({ outcome: 'undecided', reason: 'clock-wrong' });
    expect(await at(now(), undefined)).toMatchObject({ outcome: 'undecided', reason: 'trust-missing' });
    const fresh = { ...trust, finalized: { ...trust.finalized, time: (now() + 4000 * 86_400) as typeof trust.syncedAt } };
    expect(await at(now() + 4000 * 86_400, fresh)).toMatchObject({ outcome: 'refused', reason: 'credential-expired' });
  });
});
