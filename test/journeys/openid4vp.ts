// A checkpoint asks by OpenID4VP, on the whole system: the wallet knows who asks by certificate or by the DID on chain, and answers with a pass
// or with a few claims; what was revoked since is refused.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDidResolver } from '#contracts';
import { sampleBundle } from '#network/samples/index.ts';
import type { IssuedCredential, TrustState } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import type { Wallet } from '#wallet';
import { answerRequest, choicesFor, createKeyResolver, fetchRequest, parsePresentationLink, type Choice, type RequestDeps } from '#wallet/openid4vp/index.ts';
import { newWallet, now, ok, type Network } from './network.ts';

type Link = { readonly id: string; readonly secret: string; readonly link: string };
type View = { readonly status: string; readonly result?: { readonly outcome: string; readonly reason?: string } };

export const describeOpenId4vp = (of: () => Network) => describe('a checkpoint that asks by OpenID4VP', () => {
  const ASK = { ask: [{ policy: 'eu-travel-2022' }, { vct: 'urn:healthpass:vaccination:1', claims: ['disease', 'occurred'], purpose: 'Entry' }] };
  let wallet: Wallet;
  let held: IssuedCredential[];
  let trust: TrustState;
  beforeAll(async () => {
    wallet = await newWallet();
    held = await of().issueTo(wallet, sampleBundle(now()));
    trust = await of().trust();
  });

  const ask = async (body: object): Promise<Link> => {
    const { endpoints: { verifier }, token } = of();
    const response = await fetch(`${verifier}/presentations`, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${token}` } });
    return ok({ status: response.status, type: '', body: await response.json() }) as Link;
  };
  const view = async ({ id, secret }: Link) => (await fetch(`${of().endpoints.verifier}/presentations/${id}`, { headers: { 'presentation-secret': secret } })).json() as Promise<View>;
  const read = async ({ link }: Link, change: Partial<RequestDeps> = {}) => {
    const roots = [await readFile(of().folder.verifierAuthority, 'utf8')];
    return fetchRequest(parsePresentationLink(link, { development: true }), { fetch, now: now(), roots, development: true, ...change });
  };
  const answer = async (link: Link, choose: (choices: readonly Choice[]) => Choice[], change: Partial<RequestDeps> = {}) => {
    const request = await read(link, change);
    const deps = { policies: POLICIES, trust, now: now(), prover: of().prover, fetch };
    await answerRequest(wallet, request, choose(await choicesFor(wallet, request, deps)), deps);
    return request;
  };
  const withForm = (form: Choice['form']) => (choices: readonly Choice[]) => choices.filter((choice) => choice.form === form).slice(0, 1);

  test('takes a pass, and learns that the policy holds', async () => {
    const link = await ask(ASK);
    expect((await answer(link, withForm('pass'))).asker).toMatchObject({ by: 'certificate', name: 'Sample Checkpoint' });
    expect(await view(link)).toMatchObject({ status: 'answered', result: { outcome: 'accepted', credentials: { 'pass-0': [{ shown: { form: 'pass', policy: 'eu-travel-2022' } }] } } });
  });

  test('is known by its DID on chain', async () => {
    const { provider, deployment } = of();
    const link = await ask({ ...ASK, clientId: 'decentralized_identifier' });
    const resolveKey = createKeyResolver(createDidResolver({ provider, deployment }).resolve);
    expect((await answer(link, withForm('sd-jwt-vc'), { resolveKey, roots: [] })).asker).toMatchObject({ by: 'did' });
    expect(await view(link)).toMatchObject({ result: { outcome: 'accepted' } });
  });

  test('refuses what was revoked between request and answer', async () => {
    const link = await ask(ASK);
    ok(await of().issuer('/credentials/revoke', { ids: held.map(({ id }) => id) }));
    await of().trustWhen((state) => state.lists.some(({ latestWords }) => latestWords.size > 0));
    await answer(link, withForm('sd-jwt-vc'));
    expect(await view(link)).toMatchObject({ result: { outcome: 'refused', reason: 'credential-revoked' } });
  });
});
