// The story of passes: made, shown, and refused for every reason that a pass can give.
import { beforeAll, describe, expect, test } from 'vitest';
import { decodePass, isRefusal, shortId, toUnixSeconds, windowAt, type FieldElement, type Seconds1900, type TrustState, type Verdict } from '#passport';
import { parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import { encodePass } from '#passport/pass.ts';
import { sampleBundle } from '#network/samples/index.ts';
import type { Ask } from '#verifier/checks/index.ts';
import { parsePresentationRequest, startPresentation, type ReadyPass, type Wallet } from '#wallet';
import { POLICIES } from '#passport/policies/index.ts';
import { later, newWallet, now, ok, type Network } from './network.ts';
import { pass, policy, show } from './showing.ts';

const EU = 'eu-travel-2022';
const CHALLENGE = new Uint8Array(16).fill(3);
const HOLDER = { family: 'Specimen', given: ['Erika', 'Utopia'] };
export const bornOn = (fhir: unknown): string => (fhir as { entry: { resource: { birthDate: string } }[] }).entry[0]!.resource.birthDate;

export const describePasses = (of: () => Network) => describe('a pass', () => {
  let wallet: Wallet;
  let trust: TrustState;
  let plain: ReadyPass;
  let born: string;
  const start = () => toUnixSeconds(plain.windowStart);
  const end = () => toUnixSeconds(plain.windowEnd);
  /** The verdict on the plain pass, shown and looked at at the same moment unless said otherwise. */
  const verdict = (at: number, ask: Ask = {}, shown: Parameters<typeof show> extends [unknown, ...infer R] ? Partial<{ at: number; binding: R[1]; change: R[2] }> : never = {}, state: TrustState | undefined = trust): Promise<Verdict> =>
    of().verify(show(plain, shown.at ?? at, shown.binding, shown.change), { policy: EU, ...ask }, { trust: state, now: later(0, at) });
  const finalAt = (time: number): TrustState => ({ ...trust, finalized: { ...trust.finalized, time: later(0, time) } });

  beforeAll(async () => {
    wallet = await newWallet();
    const fhir = sampleBundle(now());
    born = bornOn(fhir);
    await of().issueTo(wallet, fhir);
    trust = await of().trust();
    plain = await pass(of(), wallet, EU, { window: windowAt(policy(EU).window, now()) });
  });

  test('is accepted by the service, and shows the rule and nothing else', async () => {
    const text = show(plain, now());
    const { status, body } = await of().verifier('/verify', { text, policy: EU });
    expect([status, body]).toEqual([200, {
      outcome: 'accepted', shown: { form: 'pass', policy: EU, version: 1, windowEnd: end(), matched: false },
      freshness: { syncedAt: expect.any(Number), finalizedAt: expect.any(Number) },
    }]);
    expect(text.length).toBeLessThanOrEqual(335);
    expect(await of().verifier('/verify/batch', { texts: [text, 'HP1:', show(plain, now() - 1000)], policy: EU })).toMatchObject({
      body: [{ outcome: 'accepted' }, { outcome: 'unreadable', code: 'pass-malformed' }, { outcome: 'refused', reason: 'code-expired' }],
    });
  });

  test('counts in its window and not a second longer, give or take the clocks', async () => {
    expect(await verdict(end() - 1)).toMatchObject({ outcome: 'accepted' });
    expect(await verdict(end())).toMatchObject({ reason: 'window-over' });
    const early = finalAt(start() - 900);
    expect(await verdict(start() - 60, {}, {}, early)).toMatchObject({ outcome: 'accepted' });
    expect(await verdict(start() - 61, {}, {}, early)).toMatchObject({ reason: 'window-not-begun' });
    const offGrid = { policyId: shortId(policy('over-18').root), windowStart: (windowAt(policy('over-18').window, now()).start + 3600) as Seconds1900 };
    expect(await verdict(now(), { policy: 'over-18' }, { change: offGrid })).toMatchObject({ reason: 'window-invalid' });
  });

  test('as a screenshot dies with its code, and a code of the future is none', async () => {
    const at = Math.max(start(), end() - 3600);
    expect(await verdict(at + 120, {}, { at })).toMatchObject({ outcome: 'accepted' });
    expect(await verdict(at + 121, {}, { at })).toMatchObject({ reason: 'code-expired' });
    expect(await verdict(at, {}, { at: at + 60 })).toMatchObject({ outcome: 'accepted' });
    expect(await verdict(at, {}, { at: at + 61 })).toMatchObject({ reason: 'code-from-future' });
  });

  test('for another rule than the one asked, or one that nobody here knows', async () => {
    expect(await verdict(now(), { policy: 'over-18' })).toMatchObject({ outcome: 'refused', reason: 'policy-mismatch' });
    expect(await verdict(now(), { policy: 'no-such-policy' })).toMatchObject({ outcome: 'undecided', reason: 'policy-unknown' });
    expect(await verdict(now(), { policy: undefined }, { change: { policyId: 1 } })).toMatchObject({ outcome: 'undecided', reason: 'policy-unknown' });
    // The proof is for the rule that it was made for, whatever the pass says.
    expect(await verdict(now(), { policy: 'negative-test' }, { change: { policyId: shortId(policy('negative-test').root) } })).toMatchObject({ reason: 'proof-invalid' });
  });

  const asked = { audience: 'Gate A', challenge: CHALLENGE };
  const bindings: [string, Ask, Ask, string][] = [
    ['answered as asked', asked, asked, 'accepted'],
    ['the right verifier without a question', { audience: 'Gate A' }, { audience: 'Gate A' }, 'accepted'],
    ['made for another verifier', { audience: 'Gate B' }, { audience: 'Gate A' }, 'audience-wrong'],
    ['made for a verifier, shown to one who gave no name', { audience: 'Gate A' }, {}, 'audience-wrong'],
    ['made for nobody, shown to one who gave his name', {}, { audience: 'Gate A' }, 'audience-wrong'],
    ['without the answer', { audience: 'Gate A' }, asked, 'challenge-missing'],
    ['with the answer to another question', { ...asked, challenge: CHALLENGE.with(0, 4) }, asked, 'challenge-wrong'],
    ['with an answer to a question not asked', asked, { audience: 'Gate A' }, 'challenge-wrong'],
  ];
  test.each(bindings)('%s', async (_name, binding, ask, expected) => {
    const result = await verdict(now(), ask, { binding });
    expect(result.outcome === 'accepted' ? 'accepted' : result.reason).toBe(expected);
  });

  test('whose hint was rewritten to the question asked still answers another', async () => {
    const wrong = decodePass(show(plain, now(), { ...asked, challenge: CHALLENGE.with(0, 4) }));
    const { bindingHint } = decodePass(show(plain, now(), asked));
    const ask = { policy: EU, ...asked };
    expect(await of().verify(encodePass({ ...wrong, bindingHint }), ask, { trust })).toMatchObject({ reason: 'proof-invalid' });
  });

  test('signed by another device, or with the twin of its signature', async () => {
    const shown = decodePass(show(plain, now()));
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const s = order - BigInt(`0x${Buffer.from(shown.signature.subarray(32)).toString('hex')}`);
    const twin = Uint8Array.from([...shown.signature.subarray(0, 32), ...Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
    const ask = { policy: EU };
    expect(await of().verify(encodePass({ ...shown, signature: twin, parity: shown.parity === 0 ? 1 : 0 }), ask, { trust })).toMatchObject({ reason: 'signature-invalid' });
    expect(await of().verify(show({ ...plain, deviceSecret: plain.deviceSecret.with(5, 1 ^ plain.deviceSecret[5]!) }, now()), ask, { trust })).toMatchObject({ reason: 'proof-invalid' });
  });

  test('is neither accepted nor refused where trust data are missing, stale, ahead of the clock or not final', async () => {
    const cases: [string, TrustState | undefined][] = [
      ['trust-missing', undefined], ['trust-stale', finalAt(now() - 90_000)], ['clock-wrong', finalAt(now() + 300)],
      ['root-unknown', { ...trust, roots: [] }], ['root-not-final', { ...trust, roots: trust.roots.map((root) => ({ ...root, final: false })) }],
    ];
    for (const [reason, state] of cases) {
      const { outcome, ...rest } = await of().verify(show(plain, now()), { policy: EU }, { trust: state });
      expect([outcome, rest]).toEqual(['undecided', expect.objectContaining({ reason })]);
      expect(isRefusal(reason as Parameters<typeof isRefusal>[0])).toBe(false);
    }
  });

  test('enters an event once, and is compared with a document, by a request of the counter', async () => {
    const event = `Concert ${new Date().toISOString().slice(0, 10)}`;
    const scope = { verifier: 'Gate A', event };
    const ask = async () => ok(await of().verifier('/requests', { policy: EU, audience: 'Gate A', scope, match: true })) as Record<string, unknown>;
    const match = { ...HOLDER, birthDate: born };
    const answer = async () => {
      const request = parsePresentationRequest(await ask(), now());
      const presentation = await startPresentation(wallet, request, { now: now(), policies: POLICIES, trust: await of().trust(), prover: of().prover });
      return { request: request.request, text: presentation.sign(now()) };
    };
    const first = await answer();
    expect(first.text.length).toBeLessThanOrEqual(431);
    expect(await of().verifier('/verify', { ...first, policy: 'over-18', match })).toMatchObject({ status: 400, body: { code: 'request-invalid', field: 'policy' } });
    expect(await of().verifier('/verify', first)).toMatchObject({ status: 400, body: { code: 'request-invalid', field: 'match' } });
    expect(await of().verifier('/verify', { ...first, match })).toMatchObject({ body: { outcome: 'accepted', shown: { matched: true, scope: event, nullifier: expect.stringMatching(/^[0-9a-f]{50,64}$/) } } });
    expect(await of().verifier('/verify', { ...first, match })).toMatchObject({ status: 400, body: { code: 'request-invalid', field: 'request' } });
  });

  test('with a mark and a tag is held to what was asked', async () => {
    const event = `Fair ${new Date().toISOString().slice(0, 10)}`;
    const marked = await pass(of(), wallet, EU, { scope: { audience: 'Gate A', event }, match: true });
    const scope = { verifier: 'Gate A', event };
    const person = { nameDigest: nameDigest(HOLDER), birthDate: parseBirthDate(born, { now: now() }) };
    const verify = (ask: Ask, change = {}) => of().verify(show(marked, now(), { audience: 'Gate A' }, change), { policy: EU, audience: 'Gate A', ...ask }, { trust });
    expect(await verify({})).toMatchObject({ reason: 'scope-unasked' });
    expect(await verify({ scope, match: { ...person, birthDate: person.birthDate + 1 } })).toMatchObject({ reason: 'match-wrong' });
    expect(await verify({ scope, match: { ...person, nameDigest: nameDigest({ family: 'Other', given: ['Erika'] }) } })).toMatchObject({ reason: 'match-wrong' });
    expect(await verify({ scope: { ...scope, event: 'Another 2026-01-01' } })).toMatchObject({ reason: 'proof-invalid' });
    expect(await verify({ scope }, { nullifier: 5n as FieldElement })).toMatchObject({ reason: 'proof-invalid' });
    expect(await verify({ scope }, { nullifier: 0n as FieldElement })).toMatchObject({ reason: 'scope-missing' });
    expect(await verify({ scope, match: person }, { identityTag: 0n as FieldElement })).toMatchObject({ reason: 'match-missing' });
    expect(await verify({ scope }, { nullifier: undefined })).toMatchObject({ reason: 'scope-missing' });
    // A wrong document does not use the entry up; of two at the same moment one gets in.
    const enter = (match: object) => of().verifier('/verify', { text: show(marked, now(), { audience: 'Gate A' }), policy: EU, audience: 'Gate A', scope, match });
    expect(await enter({ ...HOLDER, birthDate: '1970-01-01' })).toMatchObject({ body: { reason: 'match-wrong' } });
    const both = await Promise.all([1, 2].map(() => enter({ ...HOLDER, birthDate: born })));
    expect(both.map(({ body }) => (body as { reason?: string }).reason ?? 'accepted').sort()).toEqual(['accepted', 'scope-used']);
    expect(await enter({ ...HOLDER, birthDate: born })).toMatchObject({ body: { outcome: 'refused', reason: 'scope-used', fixer: 'nobody' } });
    expect(await verdict(now(), { match: person })).toMatchObject({ reason: 'match-missing' });
    expect(await verdict(now(), { scope, audience: 'Gate A' }, { binding: { audience: 'Gate A' } })).toMatchObject({ reason: 'scope-missing' });
  });
});
