// Our wallet receives by OpenID4VCI what our issuer offers, over real HTTP; and what it refuses to believe.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HealthpassError, type UnixSeconds } from '#passport';
import { sampleImmunization } from '#network/samples/index.ts';
import { createMemoryStorage, createWallet, heldCredentials, type Wallet } from '#wallet';
import { isTaken, openOffer, readOffer, receiveOffer, type ReceiveDeps } from '#wallet/openid4vci/index.ts';
import { CREDENTIALS } from '#wallet/records.ts';
import { failure } from '../../contracts/system.ts';
import { staff, startScene, type Made, type Scene } from '../../issuer/openid4vci/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

const newWallet = (): Promise<Wallet> => createWallet(createMemoryStorage(), [{ kind: 'raw', key: new Uint8Array(32).fill(7) }], scene.now() as UnixSeconds);
const deps = (change: Partial<ReceiveDeps> = {}): ReceiveDeps => ({ fetch, development: true, context: async () => ({ trust: scene.trust(), now: scene.now(), maxTrustAge: 3600 }), ...change });
/** The platform's fetch, with some answers replaced. */
const lying = (path: string, change: (body: Record<string, unknown>) => unknown): ReceiveDeps['fetch'] => async (url, init) => {
  const answer = await fetch(url, init);
  if (!url.includes(path)) return answer;
  const body = JSON.stringify(change(await answer.json() as Record<string, unknown>));
  return { status: answer.status, headers: answer.headers, text: async () => body };
};

describe('receiveOffer', () => {
  test('puts the three forms of every event into the wallet, and tells the issuer', async () => {
    const wallet = await newWallet();
    const made = await staff(scene).offerOfRecord();
    const offer = await readOffer(made.link, deps());
    const held = await receiveOffer(wallet, offer, { txCode: made.txCode }, deps());
    expect(held.length).toBeGreaterThan(5);
    expect((await heldCredentials(wallet)).map(({ issued }) => issued.id).toSorted()).toEqual(held.map(({ issued }) => issued.id).toSorted());
    expect(await staff(scene).state(made.id)).toBe('accepted');
  });
  test('takes an offer by value and by https link too', async () => {
    for (const link of ['value', 'httpsLink'] as const) {
      const made = await staff(scene).offer();
      const text = link === 'value' ? `openid-credential-offer://?credential_offer=${encodeURIComponent(JSON.stringify(made.offer))}` : (made as unknown as Record<string, string>)[link]!;
      const held = await receiveOffer(await newWallet(), await readOffer(text, deps()), { txCode: made.txCode }, deps());
      expect(held).toHaveLength(1);
    }
  });
  test('mistake: whoever has a name that no table brings into A-Z gets a certificate that no wallet takes', async () => {
    const fhir = { ...sampleImmunization(scene.now()), patient: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p', birthDate: '1985-04-12', name: [{ family: '山田', given: ['花子'] }] }] };
    const made = (await staff(scene).send('POST', '/offers', { fhir })).body as unknown as Made;
    const [held] = await receiveOffer(await newWallet(), await readOffer(made.link, deps()), { txCode: made.txCode }, deps());
    expect(held!.issued.claims.nameDigest).toBe(0n);
  });
  test('needs the number, and the right one', async () => {
    const made = await staff(scene).offer();
    const offer = await readOffer(made.link, deps());
    expect(await failure(receiveOffer(await newWallet(), offer, {}, deps()))).toBe('request-invalid tx_code');
    await expect(receiveOffer(await newWallet(), offer, { txCode: 'x' }, deps())).rejects.toMatchObject({ code: 'pin-wrong', field: 'tx_code', attemptsLeft: 4 });
    expect(await receiveOffer(await newWallet(), offer, { txCode: made.txCode }, deps())).toHaveLength(1);
  });
  test('whoever guesses the number is told how often it may still be tried, until the offer is locked', async () => {
    const made = await staff(scene).offer();
    const [wallet, offer] = [await newWallet(), await readOffer(made.link, deps())];
    for (const attemptsLeft of [4, 3, 2, 1]) await expect(openOffer(wallet, offer, { txCode: 'x' }, deps())).rejects.toMatchObject({ code: 'pin-wrong', attemptsLeft });
    expect(await failure(openOffer(wallet, offer, { txCode: 'x' }, deps()))).toBe('offer-over tx_code');
    expect(await failure(openOffer(wallet, offer, { txCode: made.txCode }, deps()))).toBe('offer-over pre-authorized_code');
  });
  test('the same offer twice gives nothing the second time, and loses nothing of the first', async () => {
    const made = await staff(scene).offer();
    const [wallet, offer] = [await newWallet(), await readOffer(made.link, deps())];
    await receiveOffer(wallet, offer, { txCode: made.txCode }, deps());
    expect(await failure(receiveOffer(wallet, offer, { txCode: made.txCode }, deps()))).toBe('offer-over pre-authorized_code');
    expect(await failure(readOffer(made.link, deps()).then((again) => receiveOffer(wallet, again, { txCode: made.txCode }, deps())))).toMatch(/^offer-over /);
    expect(await heldCredentials(wallet)).toHaveLength(1);
  });
  test.each([
    ['the first request', 1, false], ['the second request', 2, false], ['the third request', 3, false], ['the second answer', 2, true],
  ])('mistake: the network loses %s half-way, which burns the offer and loses what it gave', async (_name, which, isAnswer) => {
    const made = await staff(scene).offer();
    const [wallet, offer] = [await newWallet(), await readOffer(made.link, deps())];
    let count = 0;
    const losing: ReceiveDeps['fetch'] = async (url, init) => {
      const isLost = url.endsWith('/credential') && ++count === which;
      const answer = isLost && !isAnswer ? undefined : await fetch(url, init);
      if (isLost || !answer) throw new HealthpassError('service-unavailable', 'there is no answer from the network', { field: 'network' });
      return answer;
    };
    expect(await failure(openOffer(wallet, offer, { txCode: made.txCode }, deps({ fetch: losing })))).toBe('service-unavailable network');
    expect([isTaken(offer), await heldCredentials(wallet)]).toEqual([true, []]);
    expect(await (await openOffer(wallet, offer, {}, deps({ fetch: losing }))).accept()).toHaveLength(1);
    expect([isTaken(offer), (await wallet.read(CREDENTIALS)).pending, await staff(scene).state(made.id)]).toEqual([false, [], 'accepted']);
  });
  test('keeps nothing that does not hold, and tells the issuer so', async () => {
    const made = await staff(scene).offer();
    const wallet = await newWallet();
    const fetch = lying('/credential', (body) => ('credentials' in body ? { ...body, credentials: (body['credentials'] as { credential: unknown }[]).map(({ credential }) =>
      (typeof credential === 'string' ? { credential } : { credential: { ...credential as object, signature: { R8x: '1', R8y: '2', S: '3' } } })) } : body));
    expect(await failure(receiveOffer(wallet, await readOffer(made.link, deps()), { txCode: made.txCode }, deps({ fetch })))).toBe('credential-rejected signature');
    expect(await heldCredentials(wallet)).toEqual([]);
    expect(await staff(scene).state(made.id)).toBe('failed');
  });
  test('takes no token that anybody could use', async () => {
    const made = await staff(scene).offer();
    const fetch = lying('/token', (body) => ({ ...body, token_type: 'Bearer' }));
    expect(await failure(receiveOffer(await newWallet(), await readOffer(made.link, deps()), { txCode: made.txCode }, deps({ fetch })))).toBe('request-invalid token_type');
  });
});

describe('openOffer', () => {
  test('a record by an issuer that nobody accredited is not taken, and its keys are forgotten', async () => {
    const made = await staff(scene).offer();
    const wallet = await newWallet();
    const context = async () => ({ trust: { ...scene.trust(), issuers: [] }, now: scene.now(), maxTrustAge: 3600 });
    expect(await failure(openOffer(wallet, await readOffer(made.link, deps()), { txCode: made.txCode }, deps({ context })))).toBe('credential-rejected issuer');
    expect([await wallet.read(CREDENTIALS), await staff(scene).state(made.id)]).toEqual([{ pending: [], held: [] }, 'failed']);
  });
  test('shows what was given before anything is kept, and keeps it when it is accepted', async () => {
    const made = await staff(scene).offer();
    const wallet = await newWallet();
    const parcel = await openOffer(wallet, await readOffer(made.link, deps()), { txCode: made.txCode }, deps());
    expect(parcel.records.map(({ issued, isKnown }) => [issued.claims.kind, isKnown])).toEqual([['vaccination', false]]);
    expect([await heldCredentials(wallet), await staff(scene).state(made.id)]).toEqual([[], 'redeemed']);
    await parcel.accept();
    expect([(await heldCredentials(wallet)).map(({ issued }) => issued.id), await staff(scene).state(made.id)]).toEqual([parcel.records.map(({ issued }) => issued.id), 'accepted']);
  });
  test('keeps nothing that was declined, not even its keys, and tells the issuer so', async () => {
    const made = await staff(scene).offer();
    const wallet = await newWallet();
    const parcel = await openOffer(wallet, await readOffer(made.link, deps()), { txCode: made.txCode }, deps());
    await parcel.decline();
    expect([await wallet.read(CREDENTIALS), await staff(scene).state(made.id)]).toEqual([{ pending: [], held: [] }, 'deleted']);
    expect(await failure(parcel.accept())).toBe('credential-rejected claims.holder');
  });
  test('whoever locks the wallet before accepting has nothing in it', async () => {
    const made = await staff(scene).offer();
    const wallet = await newWallet();
    const parcel = await openOffer(wallet, await readOffer(made.link, deps()), { txCode: made.txCode }, deps());
    wallet.lock();
    expect(await failure(parcel.accept())).toBe('wallet-locked');
    await parcel.decline();
  });
});

describe('readOffer', () => {
  test.each<[string, (link: string) => string, string]>([
    ['a link of another kind', () => 'openid4vp://?request_uri=https://x.example', 'request-invalid link'],
    ['a link without an offer', () => 'openid-credential-offer://?x=1', 'request-invalid credential_offer'],
    ['an offer both by value and by reference', (link) => `${link}&credential_offer=%7B%7D`, 'request-invalid credential_offer'],
    ['a reference to a file', () => 'openid-credential-offer://?credential_offer_uri=file%3A%2F%2F%2Fetc%2Fpasswd', 'request-invalid credential_offer_uri'],
    ['a reference over http to another machine', () => 'openid-credential-offer://?credential_offer_uri=http%3A%2F%2Fissuer.example%2Fo', 'request-invalid credential_offer_uri'],
    ['an offer that has ended', (link) => link.slice(0, -3) + 'AAA', 'offer-over credential_offer_uri'],
  ])('refuses %s', async (_name, change, code) => {
    expect(await failure(readOffer(change((await staff(scene).offer()).link), deps()))).toBe(code);
  });
  test.each<[string, string, (body: Record<string, unknown>) => unknown, string]>([
    ['metadata of another issuer', 'openid-credential-issuer', (body) => ({ ...body, credential_issuer: 'https://other.example' }), 'request-invalid credential_issuer'],
    ['an authorization server that is another’s', 'oauth-authorization-server', (body) => ({ ...body, issuer: 'https://other.example' }), 'request-invalid credential_issuer'],
    ['an endpoint without TLS on another machine', 'openid-credential-issuer', (body) => ({ ...body, credential_endpoint: 'http://other.example/credential' }), 'request-invalid endpoint'],
    ['an endpoint of another host, to which the number would go', 'oauth-authorization-server', (body) => ({ ...body, token_endpoint: 'https://collector.example/token' }), 'offer-untrusted endpoint'],
    ['metadata without end', 'openid-credential-issuer', (body) => ({ ...body, display: 'x'.repeat(600_000) }), 'text-too-long'],
    ['an offer for another way than this wallet goes', '/offer/', (body) => ({ ...body, grants: { authorization_code: {} } }), 'request-invalid grants'],
    ['credentials that this wallet cannot hold', '/offer/', (body) => ({ ...body, credential_configuration_ids: ['vaccination_dc_sd_jwt'] }), 'request-invalid credential_configuration_ids'],
  ])('refuses %s', async (_name, path, change, code) => {
    expect(await failure(readOffer((await staff(scene).offer()).link, deps({ fetch: lying(path, change) })))).toBe(code);
  });
  test('takes nothing over http outside of development', async () => {
    expect(await failure(readOffer((await staff(scene).offer()).link, deps({ development: false })))).toBe('request-invalid credential_offer_uri');
  });
});
