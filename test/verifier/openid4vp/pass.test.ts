import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProver, type Prover } from '#circuits';
import { passChallenge } from '#formats/openid4vp/index.ts';
import type { IssuedCredential } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { history, presentPass, readyPasses, type Wallet } from '#wallet';
import { answerRequest, choicesFor, type VerifiedRequest } from '#wallet/openid4vp/index.ts';
import { answerWith, rawRequest, shown } from './raw.ts';
import { startScene, VACCINATION_VCT, type Link, type Scene } from './scene.ts';

const TRAVEL = 'eu-travel-2022';

describe('a pass as an answer to OpenID4VP', () => {
  let scene: Scene;
  let wallet: Wallet;
  let credential: IssuedCredential;
  let prover: Prover;
  beforeAll(async () => {
    scene = await startScene();
    prover = createProver(scene.artifacts);
    ({ wallet, credential } = await scene.holder());
  });
  afterAll(async () => {
    await prover.close();
    await scene.stop();
  });

  const deps = () => ({ policies: POLICIES, trust: scene.trust(), now: scene.now(), prover });
  const today = () => new Date(scene.now() * 1000).toISOString().slice(0, 10);
  const answer = async (link: Link): Promise<VerifiedRequest> => {
    const request = await scene.fetchRequest(link);
    const choices = await choicesFor(wallet, request, deps());
    await answerRequest(wallet, request, choices.filter(({ form }) => form === 'pass'), { ...deps(), fetch });
    return request;
  };
  /** A pass that is signed for one request and sent to another session. */
  const relay = async (link: Link, body: { policy: string; audience?: string; challenge?: Uint8Array }) => {
    const request = await rawRequest(scene, link);
    const binding = { clientId: request.client_id, nonce: request.nonce, responseUri: request.response_uri };
    const text = await presentPass(wallet, { audience: request.client_id, challenge: passChallenge(binding), ...body }, deps());
    await answerWith(scene, request, { 'pass-0': [text] });
    return (await scene.view(link)).result;
  };

  test('shows that the policy holds and nothing more, where it or a credential was asked', async () => {
    const link = await scene.ask({ ask: [{ policy: TRAVEL }, { vct: VACCINATION_VCT, claims: ['disease'] }] });
    const request = await answer(link);
    const { result } = await scene.view(link);
    expect(result).toMatchObject({ outcome: 'accepted', credentials: { 'pass-0': [{ outcome: 'accepted', shown: { form: 'pass', policy: TRAVEL, matched: false } }] } });
    expect(Object.keys(result!.credentials!)).toEqual(['pass-0']);
    expect((await history(wallet)).at(-1)).toMatchObject({ form: 'pass', audience: (request.asker as { name: string }).name, policy: `${TRAVEL}@1` });
    expect(await readyPasses(wallet)).toEqual([]);
  });

  test('is answered by either: the same session takes the credential', async () => {
    const link = await scene.ask({ ask: [{ policy: TRAVEL }, { vct: VACCINATION_VCT, claims: ['disease', 'product', 'dose_number', 'series_doses', 'occurred'], policy: TRAVEL }] });
    const request = await rawRequest(scene, link);
    await answerWith(scene, request, { 'credential-1': [await shown(scene, wallet, credential, request, { disclose: ['disease', 'product', 'dose_number', 'series_doses', 'occurred'] })] });
    expect((await scene.view(link)).result).toMatchObject({ outcome: 'accepted' });
  });

  test('lets one person enter an event once, whatever the session', async () => {
    const event = `Concert ${today()}`;
    const [first, second] = [await scene.ask({ ask: [{ policy: TRAVEL, scope: { event } }] }), await scene.ask({ ask: [{ policy: TRAVEL, scope: { event } }] })];
    await answer(first);
    expect((await scene.view(first)).result).toMatchObject({ outcome: 'accepted', credentials: { 'pass-0': [{ shown: { scope: event } }] } });
    await answer(second);
    expect((await scene.view(second)).result).toMatchObject({ outcome: 'refused', reason: 'scope-used', credentials: { 'pass-0': [{ reason: 'scope-used' }] } });
  });

  test('does not note an entry when the response as a whole is refused', async () => {
    const event = `Theatre ${today()}`;
    const both = { dcql_query: { credentials: [{ id: 'pass-0', format: 'healthpass-pass', meta: { policies: [TRAVEL], scope: { event } } }, { id: 'name', format: 'dc+sd-jwt', meta: { vct_values: [VACCINATION_VCT] }, claims: [{ path: ['family_name'] }] }] }, responseMode: 'direct_post' };
    const link = await scene.ask(both);
    const request = await rawRequest(scene, link);
    const binding = { clientId: request.client_id, nonce: request.nonce, responseUri: request.response_uri };
    const pass = await presentPass(wallet, { policy: TRAVEL, audience: request.client_id, challenge: passChallenge(binding), scope: { event } }, deps());
    await answerWith(scene, request, { 'pass-0': [pass], name: [await shown(scene, wallet, credential, request, { disclose: [] })] });
    expect((await scene.view(link)).result).toMatchObject({ outcome: 'refused', reason: 'claim-missing' });
    const again = await scene.ask({ ask: [{ policy: TRAVEL, scope: { event } }] });
    await answer(again);
    expect((await scene.view(again)).result).toMatchObject({ outcome: 'accepted' });
  });

  test('is compared with the document that staff have read', async () => {
    const ask = (birthDate: string) => scene.ask({ ask: [{ policy: TRAVEL, match: true }], document: { family: 'Müller', given: ['Anna', 'Maria'], birthDate } });
    const [own, other] = [await ask('1980-01-02'), await ask('1980-01-03')];
    await answer(own);
    expect((await scene.view(own)).result).toMatchObject({ outcome: 'accepted', credentials: { 'pass-0': [{ shown: { matched: true } }] } });
    await answer(other);
    expect((await scene.view(other)).result).toMatchObject({ outcome: 'refused', reason: 'match-wrong' });
  });

  test('is refused for another policy', async () => {
    const link = await scene.ask({ ask: [{ policy: 'yellow-fever' }], responseMode: 'direct_post' });
    expect(await relay(link, { policy: TRAVEL })).toMatchObject({ outcome: 'refused', reason: 'policy-mismatch' });
    const several = { dcql_query: { credentials: [{ id: 'pass-0', format: 'healthpass-pass', meta: { policies: ['yellow-fever', 'measles-school'] } }] }, responseMode: 'direct_post' };
    expect(await relay(await scene.ask(several), { policy: TRAVEL })).toMatchObject({ outcome: 'refused', reason: 'policy-mismatch' });
  });

  test('signed for another session is refused: a relay', async () => {
    const [victim, target] = [await scene.ask({ ask: [{ policy: TRAVEL }], responseMode: 'direct_post' }), await scene.ask({ ask: [{ policy: TRAVEL }], responseMode: 'direct_post' })];
    const request = await rawRequest(scene, victim);
    const challenge = passChallenge({ clientId: request.client_id, nonce: request.nonce, responseUri: request.response_uri });
    expect(await relay(target, { policy: TRAVEL, challenge })).toMatchObject({ outcome: 'refused', reason: 'challenge-wrong' });
  });

  test('signed for another verifier, or shown at a counter without a question, is refused', async () => {
    const ask = () => scene.ask({ ask: [{ policy: TRAVEL }], responseMode: 'direct_post' });
    expect(await relay(await ask(), { policy: TRAVEL, audience: 'x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk' })).toMatchObject({ outcome: 'refused', reason: 'challenge-wrong' });
    const link = await ask();
    const text = await presentPass(wallet, { policy: TRAVEL }, deps());
    await answerWith(scene, await rawRequest(scene, link), { 'pass-0': [text] });
    expect((await scene.view(link)).result).toMatchObject({ outcome: 'refused', reason: 'challenge-missing' });
  });
});
