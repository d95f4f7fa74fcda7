// Answering a verifier: what is told before anything is sent, what is flagged, and what a verifier cannot have.
import { beforeAll, describe, expect, test } from 'vitest';
import { p256 } from '@noble/curves/nist.js';
import { HealthpassError } from '#passport';
import { history } from '#wallet';
import type { WalletPlatform } from '#wallet-app/platform.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import { certificateSigner } from '#verifier/openid4vp/identity.ts';
import { createDevelopmentCertificate } from '#verifier/openid4vp/certificate.ts';
import { forge } from '../../formats/fixture.ts';
import { NOW, RECOVERY, VACCINATION } from '../fixture.ts';
import { walletApp, type Scene } from './scene.ts';
import { PASSPHRASE, until } from './surroundings.ts';

const HOST = 'https://gate.example';
const VACCINE = { format: 'dc+sd-jwt', meta: { vct_values: ['urn:healthpass:vaccination:1'] } };
const claims = (...names: string[]) => ({ claims: names.map((name) => ({ path: [name] })) });
const PASS = { id: 'pass', format: 'healthpass-pass', meta: { policies: ['eu-travel-2022'] } };
const WHOLE = { id: 'whole', format: 'jwt_vc_json', meta: { type_values: [['VaccinationCredential']] } };
const LITTLE = { ...VACCINE, id: 'little', ...claims('disease', 'occurred') };
const NAMED = { ...VACCINE, id: 'named', ...claims('disease', 'family_name', 'birthdate') };
const anyOf = (...credentials: { id: string }[]) => ({ credentials, credential_sets: [{ options: credentials.map(({ id }) => [id]), purpose: 'Entry' }] });

let certificate: Awaited<ReturnType<typeof createDevelopmentCertificate>>;
beforeAll(async () => {
  certificate = await createDevelopmentCertificate(HOST, 'Gate A', NOW);
});

type Asking = Scene & { readonly sent: URLSearchParams[]; readonly app: WalletApp; readonly link: string };

/** A wallet that trusts the authority of the verifier, which asks this. */
async function asking(query: object, { events = [VACCINATION], change = {}, platform = {} }: { events?: readonly (typeof VACCINATION)[]; change?: object; platform?: Partial<WalletPlatform> } = {}): Promise<Asking> {
  const scene = await walletApp({ events });
  const sent: URLSearchParams[] = [];
  const { clientId } = certificateSigner(certificate);
  const payload = {
    client_id: clientId, aud: 'https://self-issued.me/v2', iat: NOW, exp: NOW + 120, response_type: 'vp_token', response_mode: 'direct_post', response_uri: `${HOST}/responses/1`,
    nonce: 'n'.repeat(32), state: 's', dcql_query: query, ...change,
  };
  scene.around.answer((url, { body }) => {
    if (url === `${HOST}/requests/1`) return { body: forge({ alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c: certificate.chain }, payload, certificate.secretKey, p256) };
    if (url !== `${HOST}/responses/1`) return undefined;
    sent.push(new URLSearchParams(body));
    return { body: { redirect_uri: 'https://gate.example/welcome#response_code=1' } };
  });
  const config = async () => ({ mirrors: ['https://verifier.example'], verifierAuthorities: [certificate.root], development: false });
  const app = await scene.around.openTab({ config, ...platform });
  await app.door.unlock({ way: 'passphrase', passphrase: PASSPHRASE });
  await until(app.holdings, (holdings) => holdings?.cards.length === events.length);
  return { ...scene, app, sent, link: `openid4vp://?client_id=${encodeURIComponent(clientId)}&request_uri=${encodeURIComponent(`${HOST}/requests/1`)}` };
}

const askedOf = (app: WalletApp) => {
  const state = app.answering.get();
  if (state.name !== 'asked') throw new Error(JSON.stringify(state));
  return state;
};
const formsOf = (app: WalletApp) => askedOf(app).alternatives.map((alternative) => alternative.map(({ choice, flags }) => [choice.query, ...flags].join(' ')));

describe('read', () => {
  test('says who asks and what could be sent, the least first, and sends nothing', async () => {
    const { app, sent, link, wallet } = await asking(anyOf(WHOLE, NAMED, LITTLE, PASS));
    await app.answering.read(link);
    expect(askedOf(app)).toMatchObject({ asker: { by: 'certificate', name: 'Gate A' }, purpose: 'Entry', expiresAt: NOW + 120, flags: [] });
    expect(formsOf(app)).toEqual([['pass'], ['little more-than-needed'], ['named identity more-than-needed'], ['whole whole-record identity more-than-needed']]);
    expect(askedOf(app).alternatives[1]![0]!.shows).toMatchObject({ disease: expect.anything(), occurred: expect.anything() });
    expect([sent, await history(wallet)]).toEqual([[], []]);
  });

  test('over-asking: a verifier that wants everything at once is answered by all of it or not at all, and each part is flagged', async () => {
    const { app, link } = await asking({ credentials: [NAMED, WHOLE] });
    await app.answering.read(link);
    expect(formsOf(app)).toEqual([['named identity', 'whole whole-record identity']]);
  });

  test('over-asking: one that asks for every claim of a record gets no more than a flag says', async () => {
    const all = claims('disease', 'product', 'dose_number', 'series_doses', 'occurred', 'country', 'lot_number', 'performer', 'family_name', 'given_name', 'birthdate');
    const { app, link } = await asking({ credentials: [{ ...VACCINE, id: 'all', ...all }] });
    await app.answering.read(link);
    expect(formsOf(app)).toEqual([['all whole-record identity']]);
  });

  test('each of several records that fit can be chosen; a flood of combinations is cut off', async () => {
    const { app, link } = await asking({ credentials: Array.from({ length: 8 }, (_, i) => ({ ...LITTLE, id: `q${i}` })) }, { events: [VACCINATION, VACCINATION] });
    await app.answering.read(link);
    expect(askedOf(app).alternatives).toHaveLength(12);
  });

  test('when nothing fits, says for which rule, and why', async () => {
    const { app, link } = await asking(anyOf({ ...PASS, meta: { policies: ['yellow-fever'] } } as typeof PASS), { events: [RECOVERY] });
    await app.answering.read(link);
    expect(askedOf(app)).toMatchObject({ alternatives: [], missing: [{ policy: { id: 'yellow-fever' }, why: 'unmet' }] });
  });

  test.each<[string, object, Partial<WalletPlatform>, string, string]>([
    ['a verifier that no authority here vouches for', {}, { config: async () => ({ mirrors: ['https://a.example'], verifierAuthorities: [], development: false }) }, 'request-invalid', 'x5c'],
    ['an answer that would go to somebody else', { response_uri: 'https://collector.example/' }, {}, 'request-invalid', 'response_uri'],
    ['a request that has run out', { exp: NOW - 1 }, {}, 'request-invalid', 'exp'],
    ['a request from the future, or a clock that is behind', { iat: NOW + 3600, exp: NOW + 7200 }, {}, 'request-invalid', 'iat'],
    ['a request that binds money to the answer', { transaction_data: ['x'] }, {}, 'request-invalid', 'transaction_data'],
  ])('refuses %s', async (_name, change, platform, code, field) => {
    const { app, link } = await asking(anyOf(LITTLE), { change, platform });
    await app.answering.read(link);
    expect(app.answering.get()).toEqual({ name: 'failed', failure: { code, field } });
  });

  test('refuses a link that is none, and one to another machine without TLS', async () => {
    const { app } = await asking(anyOf(LITTLE));
    for (const [link, field] of [['openid4vp://', 'link'], ['https://gate.example', 'link'], ['openid4vp://?client_id=x&request_uri=http%3A%2F%2Fgate.example', 'request_uri']] as const) {
      await app.answering.read(link);
      expect(app.answering.get()).toEqual({ name: 'failed', failure: { code: 'request-invalid', field } });
    }
  });
});

describe('send', () => {
  test('sends exactly what was chosen, writes it down, and follows to a web address alone', async () => {
    const { app, sent, link, wallet, ids } = await asking(anyOf(LITTLE, NAMED));
    await app.answering.read(link);
    await app.answering.send(askedOf(app).alternatives[0]!);
    expect(app.answering.get()).toEqual({ name: 'sent', redirectUri: 'https://gate.example/welcome#response_code=1' });
    const token = JSON.parse(sent[0]!.get('vp_token')!) as Record<string, string[]>;
    expect([Object.keys(token), sent[0]!.get('state'), sent.length]).toEqual([['little'], 's', 1]);
    expect(token['little']![0]!.split('~').slice(1, -1).map((part) => (JSON.parse(Buffer.from(part, 'base64url').toString()) as string[])[1]).toSorted()).toEqual(['disease', 'occurred']);
    expect(await history(wallet)).toMatchObject([{ form: 'sd-jwt-vc', disclosed: ['disease', 'occurred'], credentials: [ids[0]] }]);
  });

  test('nothing that was not shown can be sent', async () => {
    const { app, sent, link } = await asking(anyOf(LITTLE));
    await app.answering.read(link);
    const [shown] = askedOf(app).alternatives;
    await expect(app.answering.send([{ ...shown![0]!, choice: { ...shown![0]!.choice, disclose: ['family_name'] } as never }])).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  });

  test('two tabs: choosing another person in one does not make the other answer in their name', async () => {
    const { app, around, sent, link, wallet } = await asking(anyOf({ ...LITTLE }));
    await app.answering.read(link);
    const [alternative] = askedOf(app).alternatives;
    const other = await around.openTab();
    await other.door.unlock({ way: 'passphrase', passphrase: PASSPHRASE });
    await other.holdings.addPerson('Mia');
    await until(app.holdings, (holdings) => holdings?.person.name === 'Mia');
    await app.answering.send(alternative!);
    expect([app.answering.get().name, sent.length, (await history(wallet)).length]).toEqual(['sent', 1, 1]);
  });
  test('an answer that comes too late is not sent', async () => {
    const { app, sent, link, around } = await asking(anyOf(LITTLE));
    await app.answering.read(link);
    around.setClock(NOW + 121);
    await app.answering.send(askedOf(app).alternatives[0]!);
    expect([app.answering.get(), sent]).toEqual([{ name: 'failed', failure: { code: 'request-invalid', field: 'exp' } }, []]);
  });

  test('taken back while the pass is made, nothing is sent', async () => {
    const begun: string[] = [];
    const prover: WalletPlatform['prover'] = { prove: (_witness, options) => new Promise((_, reject) => {
      begun.push('proof');
      options?.signal?.addEventListener('abort', () => reject(new HealthpassError('cancelled', 'proving was cancelled')));
    }) };
    const { app, sent, link } = await asking(anyOf(PASS), { platform: { prover } });
    await app.answering.read(link);
    const sending = app.answering.send(askedOf(app).alternatives[0]!);
    await until({ get: () => begun }, ({ length }) => length === 1);
    app.answering.close();
    await sending;
    expect([app.answering.get(), sent]).toEqual([{ name: 'idle' }, []]);
  });

  test('locking the wallet takes a request away unanswered', async () => {
    const { app, sent, link } = await asking(anyOf(LITTLE));
    await app.answering.read(link);
    app.door.lock();
    await until(app.door, ({ name }) => name === 'locked');
    expect([app.answering.get(), sent]).toEqual([{ name: 'idle' }, []]);
  });
});

describe('decline', () => {
  test('tells the verifier so, with nothing of the person', async () => {
    const { app, sent, link, wallet } = await asking(anyOf(LITTLE));
    await app.answering.read(link);
    await app.answering.decline();
    expect([app.answering.get(), [...sent[0]!], await history(wallet)]).toEqual([{ name: 'declined' }, [['error', 'access_denied'], ['state', 's']], []]);
  });

  test('holds, whether the verifier hears of it or not', async () => {
    const { app, link, around } = await asking(anyOf(LITTLE));
    await app.answering.read(link);
    around.answer(() => undefined);
    await app.answering.decline();
    expect(app.answering.get()).toEqual({ name: 'declined' });
  });
});
