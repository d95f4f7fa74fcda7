// The list of offers, and offers made anew: the first is dead, and nobody gets the same twice.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { call, rawWallet, staff, startScene, wrong, type Made, type RawWallet, type Scene } from './scene.ts';

type Listed = { readonly id: string; readonly state: string; readonly replacedBy?: string };
type List = { readonly offers: readonly Listed[]; readonly open: number; readonly cursor?: string };
let scene: Scene;
let wallet: RawWallet;
let late = 0;
beforeAll(async () => {
  scene = await startScene();
  wallet = rawWallet(scene);
});
afterEach(() => scene.advance(-late + (late = 0)));
afterAll(() => scene.stop());
const wait = (seconds: number) => scene.advance((late += seconds, seconds));

const list = async (query = ''): Promise<List> => (await staff(scene).send('GET', `/offers${query}`)).body as unknown as List;
const anew = async (id: string, body: object = {}) => staff(scene).send('POST', `/offers/${id}/reissue`, body);
async function redeem(made: Made, accept = true): Promise<string> {
  const { body: { access_token: token } } = await wallet.token(made);
  const answer = await wallet.json('/credential', String(token), { credential_configuration_id: 'vaccination_dc_sd_jwt', proofs: { jwt: [await wallet.proof(await wallet.nonce(), createHolderSigner())] } });
  if (accept) await wallet.json('/notification', String(token), { notification_id: answer.body['notification_id'], event: 'credential_accepted' });
  return wrong(answer);
}

describe('GET /offers', () => {
  test('gives what is open, what has ended and how, newest first, page by page', async () => {
    const [open, taken, cancelled] = [await staff(scene).offer({ expiresIn: 3600 }), await staff(scene).offer(), await staff(scene).offer()];
    expect(await redeem(taken)).toBe('200 ');
    await staff(scene).send('DELETE', `/offers/${cancelled.id}`);
    const expired = await staff(scene).offer({ expiresIn: 60 });
    wait(61);
    const all = await list();
    expect(all.offers.map(({ id, state }) => [id, state])).toEqual([[expired.id, 'expired'], [cancelled.id, 'cancelled'], [taken.id, 'accepted'], [open.id, 'created']]);
    expect(all.open).toBe(1);
    expect(all.offers[3]).toMatchObject({ items: [{ kind: 'vaccination', ready: true }], issuances: [expect.any(String)], patient: null });
    expect(await list('?state=open')).toMatchObject({ offers: [{ id: open.id }], open: 1 });
    const first = await list('?limit=3');
    expect((await list(`?limit=3&cursor=${first.cursor}`)).offers.map(({ id }) => id)).toEqual([open.id]);
    expect(JSON.stringify(all)).not.toContain(open.txCode);
    expect(JSON.stringify(all)).not.toContain(open.uri.split('/').at(-1));
  });
  test('notes when offers ended, and when they were accepted', async () => {
    const taken = await staff(scene).offer();
    await redeem(taken);
    const [row] = await scene.database.query<{ ended: number; accepted: number }>('SELECT ended_at::int8 AS ended, accepted_at::int8 AS accepted FROM offer WHERE id = $1', [taken.id]);
    expect([row!.ended, row!.accepted].every((at) => Math.abs(at - scene.now()) < 10)).toBe(true);
  });
});

describe('POST /offers/:id/reissue', () => {
  test('gives who came too late another link and another number for the same', async () => {
    const before = await staff(scene).offer({ expiresIn: 60 });
    wait(61);
    const { status, body } = await anew(before.id, { expiresIn: 600 });
    const after = body as unknown as Made;
    expect([status, after.id === before.id, after.uri === before.uri, after.expiresAt - scene.now()]).toEqual([201, false, false, 600]);
    expect((await list()).offers.find(({ id }) => id === before.id)).toMatchObject({ state: 'expired', replacedBy: after.id });
    await scene.openid4vci.sweep();
    expect(await redeem(after)).toBe('200 ');
    const actions = (await scene.database.query<{ action: string }>('SELECT action FROM audit WHERE target = $1 ORDER BY id', [before.id])).map(({ action }) => action);
    expect(actions).toEqual(['offer.create', 'offer.reissue']);
  });
  test('kills a link that is open still; of an offer that a guesser locked nothing is kept where no book of patients keeps it', async () => {
    const open = await staff(scene).offer();
    expect((await anew(open.id)).status).toBe(201);
    expect(await staff(scene).state(open.id)).toBe('cancelled');
    expect((await call(open.uri, { method: 'GET' })).status).toBe(404);
    expect(wrong(await wallet.token(open))).toBe('400 invalid_grant');
    const locked = await staff(scene).offer();
    for (let i = 0; i < 5; i++) await wallet.token(locked, { tx_code: locked.txCode === '000000' ? '000001' : '000000' });
    expect(await staff(scene).state(locked.id)).toBe('locked');
    expect(wrong(await anew(locked.id))).toBe('404 credential-unknown');
  });
  test('does not give the same to a second wallet once the first has it', async () => {
    const taken = await staff(scene).offer();
    expect(await redeem(taken, false)).toBe('200 ');
    expect(wrong(await anew(taken.id))).toBe('409 status-conflict');
    const accepted = await staff(scene).offer();
    await redeem(accepted);
    expect(wrong(await anew(accepted.id))).toBe('409 status-conflict');
  });
  test('takes the token from a wallet that redeemed and never came for it', async () => {
    const lost = await staff(scene).offer();
    const { body: { access_token: token } } = await wallet.token(lost);
    const after = (await anew(lost.id)).body as unknown as Made;
    const answer = await wallet.json('/credential', String(token), { credential_configuration_id: 'vaccination_dc_sd_jwt', proofs: { jwt: [await wallet.proof(await wallet.nonce(), createHolderSigner())] } });
    expect(wrong(answer)).toBe('401 invalid_token');
    expect(await redeem(after)).toBe('200 ');
  });
  test('asked twice at once makes one offer', async () => {
    const before = await staff(scene).offer();
    const answers = await Promise.all([anew(before.id), anew(before.id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });
  test('knows no offer that is none, and is for those who may', async () => {
    expect((await anew('none')).status).toBe(404);
    const { id } = await staff(scene).offer();
    expect((await call(`${scene.url}/offers/${id}/reissue`, { body: '{}' })).status).toBe(401);
    expect((await call(`${scene.url}/offers`, { method: 'GET' })).status).toBe(401);
  });
});
