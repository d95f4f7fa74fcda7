import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IssuedCredential } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import type { Wallet } from '#wallet';
import { createDidResolver } from '#contracts';
import { answerRequest, choicesFor, createKeyResolver, declineRequest, type Choice } from '#wallet/openid4vp/index.ts';
import { startSystem } from '../../contracts/system.ts';
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

  test('is asked in the name of a DID, whose key the wallet finds on chain', async () => {
    const chain = await startSystem();
    try {
      const link = await scene.ask({ ...asked, clientId: 'decentralized_identifier' });
      const resolveKey = createKeyResolver(createDidResolver({ provider: chain.provider, deployment: chain.deployment }).resolve);
      const request = await scene.fetchRequest(link, { resolveKey, roots: [] });
      expect(request.asker).toEqual({ by: 'did', did: link.clientId.replace('decentralized_identifier:', '') });
      await answerRequest(wallet, request, (await choicesFor(wallet, request, choosing())).slice(1, 2), { ...choosing(), fetch });
      expect((await scene.view(link)).result).toMatchObject({ outcome: 'accepted' });
    } finally {
      await chain.stop();
    }
  });

  describe('answerRequest', () => {
    const sends = async (change: (choices: Choice[]) => Choice[], body: object = asked) => {
      const request = await scene.fetchRequest(await scene.ask(body));
      const sent: string[] = [];
      const fetching: typeof fetch = async (url, init) => (sent.push(String(url)), fetch(url, init));
      const answer = answerRequest(wallet, request, change(await choicesFor(wallet, request, choosing())), { ...choosing(), fetch: fetching });
      return { answer, sent };
    };
    test.each<[string, (choices: Choice[]) => Choice[], object?]>([
      ['a claim that was not asked', ([, sd]) => [{ ...sd!, disclose: ['disease', 'occurred', 'family_name'] } as Choice]],
      ['a credential that does not fit', ([, sd]) => [{ ...sd!, credential: 'urn:uuid:made-up' } as Choice]],
      ['a query that was not asked', ([, sd]) => [{ ...sd!, query: 'other' }]],
      ['nothing', () => []],
      ['the same twice', ([, sd]) => [sd!, sd!]],
      ['one of two that are both needed', (choices) => choices.slice(0, 1), { dcql_query: { credentials: ['a', 'b'].map((id) => ({ id, format: 'dc+sd-jwt', meta: { vct_values: [VACCINATION_VCT] } })) } }],
    ])('sends nothing when the holder would show %s', async (_, change, body) => {
      const { answer, sent } = await sends(change, body);
      await expect(answer).rejects.toThrow(expect.objectContaining({ code: 'request-invalid', field: 'chosen' }));
      expect(sent).toEqual([]);
    });
    test('sends nothing to a request that has run out', async () => {
      const request = await scene.fetchRequest(await scene.ask(asked));
      const choices = await choicesFor(wallet, request, choosing());
      const late = { ...choosing(), now: request.expiresAt };
      await expect(answerRequest(wallet, request, [choices[1]!], { ...late, fetch })).rejects.toThrow(expect.objectContaining({ field: 'exp' }));
    });
    test('says so when the verifier does not take the answer', async () => {
      const link = await scene.ask(asked);
      const request = await scene.fetchRequest(link);
      await declineRequest(request, { fetch });
      await expect(declineRequest(request, { fetch })).rejects.toThrow(expect.objectContaining({ code: 'service-unavailable' }));
    });
  });

  test('offers only what fits: other types, values, issuers and policies are no choice', async () => {
    const ask = async (credentials: object[]) => choicesFor(wallet, await scene.fetchRequest(await scene.ask({ dcql_query: { credentials } })), choosing());
    const sd = { id: 'a', format: 'dc+sd-jwt', meta: { vct_values: [VACCINATION_VCT] } };
    expect(await ask([{ ...sd, meta: { vct_values: ['urn:healthpass:test:1'] } }])).toEqual([]);
    expect(await ask([{ ...sd, claims: [{ path: ['country'], values: ['FR'] }] }])).toEqual([]);
    expect(await ask([{ ...sd, trusted_authorities: [{ type: 'did', values: ['did:ethr:0x1:0x0'] }] }])).toEqual([]);
    expect(await ask([{ ...sd, claims: [{ path: ['test'] }] }])).toEqual([]);
    expect(await ask([{ id: 'p', format: 'healthpass-pass', meta: { policies: ['yellow-fever'] } }])).toEqual([]);
    expect(await ask([sd])).toMatchObject([{ disclose: [] }]);
    const sets = [{ ...sd, claims: [{ id: 'x', path: ['test'] }, { id: 'y', path: ['disease', 'code'] }, { id: 'z', path: ['country'] }], claim_sets: [['x'], ['y', 'z'], ['z']] }];
    expect(await ask(sets)).toMatchObject([{ disclose: ['disease', 'country'] }]);
  });
});
