// Offers for staff: made, fetched, shown, watched, cancelled; results that come later, and what wallets tell of credentials.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCode } from '#cli/read-image.ts';
import { createHolderSigner, type HolderSigner } from '#formats/credential/index.ts';
import { disclosableClaims } from '#formats/sd-jwt-vc/index.ts';
import { sampleBundle, sampleImmunization } from '#network/samples/index.ts';
import { call, rawWallet, staff, startScene, TOKEN, wrong, type Made, type RawWallet, type Scene } from './scene.ts';

const SD = 'vaccination_dc_sd_jwt';
const CLAIMS = 'vaccination_healthpass_claims';
let scene: Scene;
let wallet: RawWallet;
beforeAll(async () => {
  scene = await startScene();
  wallet = rawWallet(scene);
});
afterAll(() => scene.stop());

const fetchOffer = ({ uri }: Made) => call(uri, { method: 'GET' });
const actionsOf = async (id: string) => (await scene.database.query<{ action: string }>('SELECT action FROM audit WHERE target = $1 ORDER BY id', [id])).map(({ action }) => action);
const asking = async (token: string, configuration = SD, holder: HolderSigner = createHolderSigner(), payload = {}) =>
  wallet.json('/credential', token, { credential_configuration_id: configuration, proofs: { jwt: [await wallet.proof(await wallet.nonce(), holder, { payload })] } });

describe('POST /offers', () => {
  test('offers the credentials of a record by value and by reference, with a code for the person', async () => {
    const made = await staff(scene).offer();
    expect(made).toMatchObject({ txCode: expect.stringMatching(/^\d{6}$/), link: `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(made.uri)}`, refused: [] });
    expect(made.offer).toEqual({
      credential_issuer: scene.url,
      credential_configuration_ids: ['vaccination_jwt_vc_json', SD, CLAIMS],
      grants: {
        authorization_code: { issuer_state: expect.stringMatching(/^[\w-]{43}$/) },
        'urn:ietf:params:oauth:grant-type:pre-authorized_code': {
          'pre-authorized_code': expect.stringMatching(/^[\w-]{43}$/), tx_code: { input_mode: 'numeric', length: 6, description: expect.any(String) },
        },
      },
    });
    expect(JSON.stringify(made.offer)).not.toContain(made.txCode);
  });
  test.each<[string, object, string]>([
    ['a record that is none', { fhir: [] }, '422 fhir-invalid'],
    ['an authorization code without a code for the person', { txCode: false, flows: ['authorization_code'] }, '400 request-invalid'],
    ['an offer that stands for a year', { expiresIn: 365 * 86_400 }, '400 request-invalid'],
    ['a flow that there is not', { flows: ['implicit'] }, '400 request-invalid'],
    ['a result that comes later, of no kind', { fhir: undefined, deferred: true }, '400 request-invalid'],
  ])('refuses %s, and keeps nothing of it', async (_name, change, code) => {
    const count = () => scene.database.query('SELECT (SELECT count(*) FROM offer)::int8 AS offers, (SELECT count(*) FROM offer_event)::int8 AS events');
    const before = await count();
    expect(wrong(await staff(scene).send('POST', '/offers', { fhir: sampleImmunization(scene.now()), ...change }))).toBe(code);
    expect(await count()).toEqual(before);
  });
  test('is for those who may', async () => {
    const body = JSON.stringify({ fhir: sampleImmunization(scene.now()) });
    expect((await call(`${scene.url}/offers`, { headers: { authorization: `Bearer ${'x'.repeat(20)}` }, body })).status).toBe(401);
    const { id } = await staff(scene).offer();
    for (const [method, path] of [['GET', ''], ['GET', '/qr'], ['GET', '/events'], ['DELETE', '']] as const) expect((await call(`${scene.url}/offers/${id}${path}`, { method })).status).toBe(401);
  });
  test('keeps the event sealed, and no word of it in the open', async () => {
    const made = await staff(scene).offer();
    const rows = await Promise.all(['offer', 'offer_item', 'offer_event', 'audit'].map((table) => scene.database.query(`SELECT * FROM ${table}`)));
    const stored = JSON.stringify(rows, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
    for (const word of ['Specimen', 'Erika', '1984', '26464', made.txCode!]) expect(stored).not.toContain(word);
  });
});

describe('GET /offer/:handle', () => {
  test('gives the offer as often as it is asked for until it is redeemed, and says that it was fetched', async () => {
    const made = await staff(scene).offer();
    for (let times = 0; times < 2; times++) {
      const answer = await fetchOffer(made);
      expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('content-type')]).toEqual([200, 'no-store', 'application/json']);
      expect(answer.body).toEqual(made.offer);
    }
    expect(await staff(scene).state(made.id)).toBe('fetched');
    await wallet.token(made);
    expect((await fetchOffer(made)).status).toBe(404);
    expect(await actionsOf(made.id)).toEqual(['offer.create', 'offer.fetch', 'offer.redeem', 'token.issue']);
  });
  test('gives nothing for the id that staff know it by, a handle of one’s own, or after its time', async () => {
    const made = await staff(scene).offer({ expiresIn: 60 });
    expect((await call(`${scene.url}/offer/${made.id}`, { method: 'GET' })).status).toBe(404);
    expect((await call(`${scene.url}/offer/${'A'.repeat(43)}`, { method: 'GET' })).status).toBe(404);
    scene.advance(61);
    expect((await fetchOffer(made)).status).toBe(404);
  });
  test('stays the same over a restart', async () => {
    const made = await staff(scene).offer();
    await scene.restart();
    expect((await fetchOffer(made)).body).toEqual(made.offer);
    expect((await wallet.token(made)).status).toBe(200);
  });
});

describe('what staff see', () => {
  const get = (path: string) => fetch(scene.url + path, { headers: { authorization: `Bearer ${TOKEN}` } });

  test('a QR code, as SVG and PNG, that holds the link and is never cached', async () => {
    const made = await staff(scene).offer();
    const svg = await get(`/offers/${made.id}/qr`);
    expect([svg.headers.get('content-type'), svg.headers.get('cache-control')]).toEqual(['image/svg+xml', 'no-store']);
    const png = await get(`/offers/${made.id}/qr?format=png`);
    expect(png.headers.get('content-type')).toBe('image/png');
    expect(await readCode(new Uint8Array(await png.arrayBuffer()))).toBe(made.link);
  });
  test('no code of an offer that has ended', async () => {
    const made = await staff(scene).offer();
    await wallet.token(made);
    expect((await get(`/offers/${made.id}/qr`)).status).toBe(404);
  });
  test('the state of an offer as it changes, as events', async () => {
    const made = await staff(scene).offer();
    const stream = await get(`/offers/${made.id}/events`);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const states: string[] = [];
    const reading = (async () => {
      let text = '';
      for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        for (const [, data] of text.matchAll(/^data: (.*)$/gm)) {
          const { state } = JSON.parse(data!) as { state: string };
          if (states.at(-1) !== state) states.push(state);
        }
        text = text.slice(text.lastIndexOf('\n\n') + 2);
      }
    })();
    await until(() => states.includes('created'));
    await fetchOffer(made);
    await until(() => states.includes('fetched'));
    await staff(scene).send('DELETE', `/offers/${made.id}`);
    await reading;
    expect(states).toEqual(['created', 'fetched', 'cancelled']);
  });
  test('nothing of an offer that there is not', async () => {
    for (const path of ['', '/qr', '/events']) expect((await get(`/offers/5e1f${path}`)).status).toBe(404);
    expect((await staff(scene).send('DELETE', '/offers/5e1f')).status).toBe(404);
  });
});

describe('DELETE /offers/:id', () => {
  test('forgets what was offered, and is audited', async () => {
    const made = await staff(scene).offer();
    expect((await staff(scene).send('DELETE', `/offers/${made.id}`)).status).toBe(204);
    expect(await staff(scene).state(made.id)).toBe('cancelled');
    expect(await scene.database.query('SELECT e.issuance FROM offer_event e JOIN offer_item i USING (issuance) WHERE i.offer = $1', [made.id])).toEqual([]);
    expect(await actionsOf(made.id)).toEqual(['offer.create', 'offer.cancel']);
    expect(wrong(await staff(scene).send('DELETE', `/offers/${made.id}`))).toBe('409 status-conflict');
  });
  test('refuses one that was redeemed: its credentials are revoked instead', async () => {
    const made = await staff(scene).offer();
    await wallet.token(made);
    expect(wrong(await staff(scene).send('DELETE', `/offers/${made.id}`))).toBe('409 status-conflict');
  });
  test('lets one of cancelling and redeeming win', async () => {
    const made = await staff(scene).offer();
    const [cancelled, token] = await Promise.all([staff(scene).send('DELETE', `/offers/${made.id}`), wallet.token(made)]);
    expect([[204, 400], [409, 200]]).toContainEqual([cancelled.status, token.status]);
  });
});

describe('a result that comes later', () => {
  const deferred = async (): Promise<Made> => (await staff(scene).send('POST', '/offers', { deferred: true, kind: 'vaccination' })).body as unknown as Made;
  const result = (made: Made, fhir: unknown = sampleImmunization(scene.now())) => staff(scene).send('POST', `/offers/${made.id}/result`, { fhir });
  const poll = (token: string, transaction: unknown) => wallet.json('/deferred-credential', token, { transaction_id: transaction });

  test('is waited for, and given once it is there', async () => {
    const made = await deferred();
    const { body } = await wallet.token(made);
    const token = body['access_token'] as string;
    const holder = createHolderSigner();
    const first = await asking(token, SD, holder);
    expect([first.status, first.body]).toEqual([202, { transaction_id: expect.any(String), interval: expect.any(Number) }]);
    const transaction = first.body['transaction_id'];
    const waiting = await poll(token, transaction);
    expect([waiting.status, waiting.body['transaction_id']]).toEqual([202, transaction]);
    expect((await result(made)).status).toBe(204);
    const there = await poll(token, transaction);
    expect(there.status).toBe(200);
    const [{ credential }] = there.body['credentials'] as [{ credential: string }];
    expect(disclosableClaims(credential)).toMatchObject({ family_name: 'Specimen' });
    expect((await poll(token, transaction)).text).toBe(there.text);
    const { body: next } = await wallet.form('/token', { grant_type: 'refresh_token', refresh_token: body['refresh_token'] as string });
    expect(wrong(await poll(next['access_token'] as string, transaction))).toBe('400 invalid_transaction_id');
    expect(await scene.database.query('SELECT holders FROM deferred_credential WHERE offer = $1', [made.id])).toEqual([{ holders: null }]);
  });
  test('may take days: a refresh token, used once, gives the next access token', async () => {
    const made = await deferred();
    const { body } = await wallet.token(made);
    const { transaction_id: transaction } = (await asking(body['access_token'] as string)).body;
    scene.advance(3 * 86_400);
    expect(wrong(await poll(body['access_token'] as string, transaction))).toBe('401 invalid_token');
    await result(made);
    const refresh = () => wallet.form('/token', { grant_type: 'refresh_token', refresh_token: body['refresh_token'] as string });
    const refreshed = await refresh();
    expect((await poll(refreshed.body['access_token'] as string, transaction)).status).toBe(200);
    expect(wrong(await refresh())).toBe('400 invalid_grant');
  });
  test('is refused to another token, with a transaction of one’s own, and with none', async () => {
    const made = await deferred();
    const token = (await wallet.token(made)).body['access_token'] as string;
    const { transaction_id: transaction } = (await asking(token)).body;
    const other = (await wallet.token(await deferred())).body['access_token'] as string;
    expect(wrong(await poll(other, transaction))).toBe('400 invalid_transaction_id');
    expect(wrong(await poll(token, 'A'.repeat(43)))).toBe('400 invalid_transaction_id');
    expect(wrong(await poll(token, undefined))).toBe('400 invalid_credential_request');
  });
  test('binds its keys when they are proven: they serve nowhere else', async () => {
    const holder = createHolderSigner();
    await asking((await wallet.token(await deferred())).body['access_token'] as string, SD, holder);
    expect(wrong(await asking((await wallet.token(await staff(scene).offer())).body['access_token'] as string, SD, holder))).toBe('400 invalid_proof');
  });
  test('comes with a commitment where it is claims for passes', async () => {
    const made = await deferred();
    const token = (await wallet.token(made)).body['access_token'] as string;
    const { body } = await asking(token, CLAIMS, createHolderSigner(), { holder_commitment: '4711' });
    await result(made);
    const there = await poll(token, body['transaction_id']);
    expect((there.body['credentials'] as [{ credential: { claims: string[] } }])[0].credential.claims).toContain('4711');
  });
  test('is one event of the kind that was offered, given once, before the offer ends', async () => {
    const made = await deferred();
    expect(wrong(await result(made, sampleBundle(scene.now())))).toBe('400 request-invalid');
    expect((await result(made)).status).toBe(204);
    expect(wrong(await result(made))).toBe('409 status-conflict');
    expect(wrong(await result(await staff(scene).offer()))).toBe('409 status-conflict');
    const other = (await staff(scene).send('POST', '/offers', { deferred: true, kind: 'test' })).body as unknown as Made;
    expect(wrong(await result(other))).toBe('400 request-invalid');
    const cancelled = await deferred();
    await staff(scene).send('DELETE', `/offers/${cancelled.id}`);
    expect(wrong(await result(cancelled))).toBe('409 status-conflict');
  });
  test('is given once to two who ask at once', async () => {
    const made = await deferred();
    const token = (await wallet.token(made)).body['access_token'] as string;
    const { transaction_id: transaction } = (await asking(token)).body;
    await result(made);
    const answers = await Promise.all([poll(token, transaction), poll(token, transaction)]);
    const given = answers.filter(({ status }) => status === 200);
    expect(given.length).toBeGreaterThan(0);
    expect(new Set(given.map(({ text }) => text)).size).toBe(1);
    expect(await scene.database.query('SELECT copies FROM offer_credential WHERE offer = $1', [made.id])).toEqual([{ copies: 1 }]);
  });
});

describe('POST /notification', () => {
  const issued = async () => {
    const made = await staff(scene).offer();
    const token = (await wallet.token(made)).body['access_token'] as string;
    return { made, token, notification: (await asking(token)).body['notification_id'] as string };
  };
  test.each([['credential_accepted', 'accepted'], ['credential_failure', 'failed'], ['credential_deleted', 'deleted']])('%s shows in the state of the offer as %s, and is audited once', async (event, state) => {
    const { made, token, notification } = await issued();
    const tell = () => wallet.json('/notification', token, { notification_id: notification, event, event_description: 'as it is' });
    expect([(await tell()).status, (await tell()).status]).toEqual([204, 204]);
    expect(await staff(scene).state(made.id)).toBe(state);
    expect((await actionsOf(made.id)).filter((action) => action === `credential.${state}`)).toHaveLength(1);
  });
  test('is refused for a credential of another, one that there is not, and an event that there is not', async () => {
    const [mine, other] = [await issued(), await issued()];
    const tell = (body: object) => wallet.json('/notification', mine.token, body);
    expect(wrong(await tell({ notification_id: other.notification, event: 'credential_deleted' }))).toBe('400 invalid_notification_id');
    expect(await staff(scene).state(other.made.id)).toBe('redeemed');
    expect(wrong(await tell({ notification_id: 'A'.repeat(43), event: 'credential_accepted' }))).toBe('400 invalid_notification_id');
    expect(wrong(await tell({ notification_id: mine.notification, event: 'credential_sold' }))).toBe('400 invalid_notification_request');
    expect(wrong(await tell({ event: 'credential_accepted' }))).toBe('400 invalid_notification_request');
    expect(wrong(await wallet.json('/notification', undefined, { notification_id: mine.notification, event: 'credential_accepted' }))).toBe('401 invalid_token');
  });
});

describe('sweep', () => {
  test('forgets the event, tokens, codes and answers of what has ended, and nothing that is still of use', async () => {
    const [redeemed, open] = [await staff(scene).offer(), await staff(scene).offer({ expiresIn: 86_400 })];
    await asking((await wallet.token(redeemed)).body['access_token'] as string);
    const eventsOf = async ({ id }: Made) => (await scene.database.query('SELECT e.issuance FROM offer_event e JOIN offer_item i USING (issuance) WHERE i.offer = $1', [id])).length;
    await scene.openid4vci.sweep();
    expect([await eventsOf(redeemed), await eventsOf(open)]).toEqual([1, 1]);
    scene.advance(3600);
    await scene.openid4vci.sweep();
    expect([await eventsOf(redeemed), await eventsOf(open)]).toEqual([0, 1]);
    for (const table of ['spent', 'credential_answer']) expect(await scene.database.query(`SELECT * FROM ${table}`)).toEqual([]);
    expect((await wallet.token(open)).status).toBe(200);
  });
});

describe('forget', () => {
  test('of a person who is erased right after redeeming, neither the answer nor a token is kept, nor what was deferred', async () => {
    const [made, other] = [await staff(scene).offer(), await staff(scene).offer()];
    const tokens = await Promise.all([made, other].map(async (offer) => (await wallet.token(offer)).body['access_token'] as string));
    for (const token of tokens) expect((await asking(token)).status).toBe(200);
    const [item] = await scene.database.query<{ issuance: string }>('SELECT issuance FROM offer_item WHERE offer = $1', [made.id]);
    await scene.database.transaction((tx) => scene.openid4vci.offers.forget(tx, [item!.issuance]));
    expect(await scene.database.query('SELECT DISTINCT offer FROM credential_answer WHERE offer = ANY($1::text[])', [[made.id, other.id]])).toEqual([{ offer: other.id }]);
    expect(await scene.database.query('SELECT DISTINCT offer FROM offer_token WHERE offer = ANY($1::text[])', [[made.id, other.id]])).toEqual([{ offer: other.id }]);
    expect(wrong(await asking(tokens[0]!, CLAIMS))).toBe('401 invalid_token');
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(holds()).toBe(true);
}
