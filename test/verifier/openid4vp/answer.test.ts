import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IssuedCredential } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import type { Wallet } from '#wallet';
import { answerRequest, choicesFor, declineRequest } from '#wallet/openid4vp/index.ts';
import { auditOf, startScene, VACCINATION_VCT, type Scene } from './scene.ts';

const asked = { ask: [{ policy: 'eu-travel-2022' }, { vct: VACCINATION_VCT, claims: ['disease', 'occurred'], purpose: 'Entry' }, { type: 'VaccinationCredential' }] };

describe('a session of OpenID4VP', () => {
  let scene: Scene;
  let wallet: Wallet;
  let credential: IssuedCredential;
  beforeAll(async () => {
    scene = await startScene();
    ({ wallet, credential } = await scene.holder());
  });
  afterAll(() => scene.stop());
  const choosing = () => ({ policies: POLICIES, trust: scene.trust(), now: scene.now() });

  test('is answered with exactly the claims that were asked, encrypted to a key of its own', async () => {
    const link = await scene.ask(asked);
    const request = await scene.fetchRequest(link);
    expect(request).toMatchObject({ clientId: link.clientId, asker: { by: 'certificate', name: 'Sample Checkpoint', hosts: ['127.0.0.1', scene.url] }, encryption: { enc: 'A256GCM' } });
    const choices = await choicesFor(wallet, request, choosing());
    expect(choices).toEqual([
      { query: 'pass-0', form: 'pass', policy: 'eu-travel-2022' },
      { query: 'credential-1', form: 'sd-jwt-vc', credential: credential.id, disclose: ['disease', 'occurred'] },
      { query: 'credential-2', form: 'vp-jwt', credential: credential.id },
    ]);
    expect(await scene.view(link)).toMatchObject({ status: 'open', opened: true });
    expect(await answerRequest(wallet, request, [choices[1]!], { ...choosing(), fetch })).toEqual({ redirectUri: undefined });
    const { status, result } = await scene.view(link);
    expect([status, result?.outcome]).toEqual(['answered', 'accepted']);
    expect(result?.credentials).toMatchObject({ 'credential-1': [{ outcome: 'accepted', shown: { form: 'sd-jwt-vc', holderBound: true, claims: { kind: 'vaccination' } } }] });
    const [shown] = result!.credentials!['credential-1']! as unknown as [{ shown: { claims: { event: object; person: object } } }];
    expect([Object.keys(shown.shown.claims.event).toSorted(), shown.shown.claims.person]).toEqual([['disease', 'occurred'], {}]);
  });

  test('is answered with a whole VC-JWT where nothing smaller is chosen', async () => {
    const link = await scene.ask({ ask: [{ type: 'VaccinationCredential' }], responseMode: 'direct_post' });
    const request = await scene.fetchRequest(link);
    await answerRequest(wallet, request, await choicesFor(wallet, request, choosing()), { ...choosing(), fetch });
    expect(await scene.view(link)).toMatchObject({ status: 'answered', result: { outcome: 'accepted', credentials: { 'credential-0': [{ shown: { form: 'vp-jwt' } }] } } });
  });

  test('is declined by the holder, and every change stands in the audit trail without a value', async () => {
    const link = await scene.ask(asked);
    await declineRequest(await scene.fetchRequest(link), { fetch });
    expect(await scene.view(link)).toMatchObject({ status: 'declined', result: { error: 'access_denied' } });
    const rows = (await auditOf(scene.database)).filter(({ target }) => target === link.id);
    expect(rows.map(({ action, actor_kind: kind }) => `${action} ${kind}`)).toEqual(['presentation.create operator', 'presentation.open nobody', 'presentation.decline nobody']);
  });
});
