// Hostile requests to the services of issuer and verifier: each is answered with a coded problem, none changes anything, none is a 5xx.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { sampleBundle, sampleImmunization } from '#network/samples/index.ts';
import { ERROR_CODES, FIELD_ORDER, type IssuedCredential } from '#passport';
import { newWallet, now, type Answer, type Network } from '../journeys/network.ts';

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream;
const MANY = 10_000_000;
const binding = (change: object = {}) => ({ commitment: '5', key: createHolderSigner().key, ...change });
const problem = (status: number, code: string, field?: string) => ({ status, type: 'application/problem+json', body: expect.objectContaining({ status, code, ...(field === undefined ? {} : { field }) }) });

const CHANGING = ['/preview', '/credentials', '/credentials/revoke', '/credentials/suspend', '/credentials/reinstate', '/keys/rotate', '/anchors'] as const;
const READING_JSON = ['/preview', '/credentials', '/credentials/revoke', '/keys/rotate'] as const;
const VERIFYING = ['/verify', '/verify/batch', '/requests'] as const;

const unreadable: [string, () => Body, number, string][] = [
  ['no body at all', () => '', 400, 'json-malformed'],
  ['a body that is cut short', () => '{"fhir":{', 400, 'json-malformed'],
  ['two values', () => '{}{}', 400, 'json-malformed'],
  ['no object', () => '[]', 400, 'request-invalid'],
  ['nothing', () => 'null', 400, 'request-invalid'],
  ['a key twice', () => '{"text":"a","text":"b"}', 400, 'json-duplicate-key'],
  ['a key twice, once escaped', () => '{"text":"a","te\\u0078t":"b"}', 400, 'json-duplicate-key'],
  ['a prototype', () => '{"__proto__":{"text":"HP1:"}}', 400, 'json-malformed'],
  ['a byte order mark', () => '\ufeff{}', 400, 'json-malformed'],
  ['bytes that are no UTF-8', () => Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), 400, 'json-malformed'],
  ['half a character', () => '{"text":"\\ud800"}', 400, 'json-malformed'],
  ['a number beyond all numbers', () => '{"a":1e999}', 400, 'json-malformed'],
  ['no JSON number', () => '{"a":NaN}', 400, 'json-malformed'],
  ['ten thousand levels', () => '['.repeat(10_000) + ']'.repeat(10_000), 400, 'json-malformed'],
  ['ten megabytes', () => JSON.stringify({ text: 'x'.repeat(MANY) }), 413, 'text-too-long'],
];

export const describeHttp = (of: () => Network) => describe('a hostile client', () => {
  let issued: IssuedCredential;
  beforeAll(async () => { issued = (await of().issueTo(await newWallet(), sampleImmunization(now())))[0]!; });
  afterAll(async () => {
    // Whatever it was sent, the system goes on.
    for (const { status } of [await of().issuer('/health'), await of().verifier('/health')]) expect(status).toBe(200);
  });

  test.each(CHANGING)('%s is for who has the token', async (path) => {
    const before = (await of().trust()).latest.number;
    for (const token of [null, '', 'x', 'a'.repeat(64), of().token.slice(0, -1), `${of().token}0`, of().token.toUpperCase(), `${of().token} ${of().token}`]) {
      if (token !== of().token) expect(await of().issuer(path, { ids: [issued.id], keys: 'all' }, token)).toEqual(problem(401, 'not-authorised', 'authorization'));
    }
    expect(await send(of().endpoints.issuer + path, '{}', { authorization: `Basic ${of().token}` })).toEqual(problem(401, 'not-authorised'));
    expect((await of().trust()).latest.number - before).toBeLessThanOrEqual(2);
  });

  test('paths and methods that are none', async () => {
    const { issuer, verifier } = of().endpoints;
    for (const url of ['/', '/nothing', '/credentials', '/credentials/delete', '/..%2f..%2fetc/passwd', '/anchors/', '/anchors/0x5', '/anchors/%00', '/status-lists/99', `/anchors/${'a'.repeat(5000)}`, '/%E0%A4%A'].map((path) => issuer + path)
      .concat(['/', '/verify', '/policies/none', '/policies/%00', '/trust-bundle/x', '/policies/__proto__'].map((path) => verifier + path))) {
      expect(await send(url)).toEqual(problem(404, 'not-found'));
    }
    for (const method of ['PUT', 'DELETE', 'PATCH']) expect(await answer(await fetch(`${issuer}/credentials`, { method, headers: { authorization: `Bearer ${of().token}` } }))).toEqual(problem(404, 'not-found'));
  });

  test.each(unreadable)('who sends %s', async (_name, body, status, code) => {
    const authorization = `Bearer ${of().token}`;
    for (const path of READING_JSON) expect(await send(of().endpoints.issuer + path, body(), { authorization })).toEqual(problem(status, code));
    for (const path of VERIFYING) expect(await send(of().endpoints.verifier + path, body())).toEqual(problem(status, code));
  });

  test('who goes on sending without saying how much', async () => {
    let sent = 0;
    const endless = () => new ReadableStream({ pull: (controller) => { controller.enqueue(new Uint8Array(65_536).fill(0x20)); if ((sent += 65_536) > 20 * MANY) controller.close(); } });
    const outcome = await send(`${of().endpoints.verifier}/verify`, endless()).catch(() => 'cut off');
    expect(outcome).toEqual(outcome === 'cut off' ? 'cut off' : problem(413, 'text-too-long'));
    expect(sent).toBeLessThan(20 * MANY);
  });

  const asking: [string, string, object, string, string][] = [
    ['a text that is a number', '/verify', { text: 5 }, 'request-invalid', 'text'],
    ['no text', '/verify', {}, 'request-invalid', 'text'],
    ['a field that is unknown', '/verify', { text: 'HP1:', trust: {} }, 'request-invalid', 'body'],
    ['an age below zero', '/verify', { text: 'HP1:', limits: { root: -1 } }, 'request-invalid', 'limits.root'],
    ['an age that is no number', '/verify', { text: 'HP1:', limits: { trust: '0' } }, 'request-invalid', 'limits.trust'],
    ['a challenge of half a byte more', '/verify', { text: 'HP1:', challenge: 'a'.repeat(33) }, 'request-invalid', 'challenge'],
    ['a challenge that is too short', '/verify', { text: 'HP1:', challenge: 'ab'.repeat(15) }, 'request-invalid', 'challenge'],
    ['a challenge that is too long', '/verify', { text: 'HP1:', challenge: 'ab'.repeat(65) }, 'request-invalid', 'challenge'],
    ['half a document', '/verify', { text: 'HP1:', match: { family: 'A' } }, 'request-invalid', 'match.given'],
    ['a document with a day that is none', '/verify', { text: 'HP1:', match: { family: 'A', given: [], birthDate: '2001-02-30' } }, 'claims-invalid', 'birthDate'],
    ['a document with a name in no script', '/verify', { text: 'HP1:', match: { family: '\u{1f600}', given: [], birthDate: '2001-02-03' } }, 'claims-invalid', 'name'],
    ['the event of somebody else', '/verify', { text: 'HP1:', audience: 'A', scope: { verifier: 'B', event: 'E' } }, 'request-invalid', 'scope.verifier'],
    ['a request that nobody made', '/verify', { text: 'HP1:', request: 'x' }, 'request-invalid', 'request'],
    ['a request for no rule', '/requests', { audience: 'A' }, 'request-invalid', 'policy'],
    ['a request for an unknown rule', '/requests', { policy: 'none' }, 'policy-invalid', 'policy'],
    ['a request with the document in it', '/requests', { policy: 'over-18', match: { family: 'A' } }, 'request-invalid', 'match'],
    ['no texts', '/verify/batch', { texts: [] }, 'request-invalid', 'texts'],
    ['too many texts', '/verify/batch', { texts: Array.from({ length: 1025 }, () => '') }, 'request-invalid', 'texts'],
    ['a text that is nothing of ours', '/verify', { text: 'https://example.org/?javascript:alert(1)' }, 'text-malformed', 'text'],
    ['a text longer than any', '/verify', { text: 'a.'.repeat(150_000) }, 'text-too-long', 'text'],
    ['a pass longer than any', '/verify', { text: `HP1:${'0'.repeat(600)}` }, 'text-too-long', 'text'],
  ];
  test.each(asking)('who asks with %s', async (_name, path, body, code, field) => {
    const { status, body: told } = await of().verifier(path, body);
    expect([status >= 400 && status < 500, told]).toEqual([true, expect.objectContaining({ code, field })]);
  });

  const fhir = sampleImmunization(now());
  const { key } = createHolderSigner();
  const issuing: [string, string, object, string][] = [
    ['no record', '/credentials', { bindings: [binding()] }, 'request-invalid'],
    ['nothing for a record', '/credentials', { fhir: null, bindings: [binding()] }, 'fhir-invalid'],
    ['a record that is a text of no record', '/credentials', { fhir: 'x', bindings: [binding()] }, 'json-malformed'],
    ['no binding', '/credentials', { fhir, bindings: [] }, 'request-invalid'],
    ['bindings that are none', '/credentials', { fhir, bindings: [null] }, 'request-invalid'],
    ['too many bindings', '/credentials', { fhir, bindings: Array.from({ length: 1001 }, () => 0) }, 'request-invalid'],
    ['one binding twice', '/credentials', { fhir, bindings: [binding(), binding()].map((one) => ({ ...one, commitment: '5' })) }, 'request-invalid'],
    ['a key twice', '/credentials', { fhir, bindings: [binding({ key }), binding({ key, commitment: '6' })] }, 'request-invalid'],
    ['a commitment one order further', '/credentials', { fhir, bindings: [binding({ commitment: `${FIELD_ORDER + 5n}` })] }, 'field-not-canonical'],
    ['a commitment in hex', '/credentials', { fhir, bindings: [binding({ commitment: '0x5' })] }, 'field-not-canonical'],
    ['a commitment with a zero before it', '/credentials', { fhir, bindings: [binding({ commitment: '05' })] }, 'field-not-canonical'],
    ['a key that is no point', '/credentials', { fhir, bindings: [binding({ key: { ...key, x: key.y } })] }, 'point-invalid'],
    ['a key with its private half', '/credentials', { fhir, bindings: [binding({ key: { ...key, d: key.x } })] }, 'request-invalid'],
    ['a lifetime of a moment', '/credentials', { fhir, bindings: [binding()], lifetime: 1 }, 'request-invalid'],
    ['ids that are none', '/credentials/revoke', { ids: [5] }, 'request-invalid'],
    ['an id with a zero byte', '/credentials/revoke', { ids: ['a\u0000'] }, 'request-invalid'],
    ['an id of SQL', '/credentials/revoke', { ids: ["x';DROP/**/TABLE/**/credential;--"] }, 'credential-unknown'],
    ['too many ids', '/credentials/revoke', { ids: Array.from({ length: 10_001 }, () => 'x') }, 'request-invalid'],
    ['keys of no kind', '/keys/rotate', { keys: 'none' }, 'request-invalid'],
  ];
  test.each(issuing)('who has the token and asks with %s', async (_name, path, body, code) => {
    const { status, body: told } = await of().issuer(path, body);
    expect([status >= 400 && status < 500, told]).toEqual([true, expect.objectContaining({ code })]);
  });

  test('who asks for signatures of blocks that are none', async () => {
    for (const path of ['/resignatures/x/0', '/resignatures/1/-1', '/resignatures/1/1e3', '/status-lists/x', `/resignatures/${'9'.repeat(11)}/0`]) expect(await of().issuer(path, undefined, null)).toEqual(problem(400, 'request-invalid'));
    expect(await of().issuer('/resignatures/1/249', undefined, null)).toEqual(problem(400, 'index-out-of-range', 'block'));
    expect(await of().issuer('/resignatures/77/0', undefined, null)).toMatchObject({ status: 200, body: { signatures: [] } });
  });

  const header = (change: object) => ({ alg: 'ES256K', typ: 'JWT', ...change });
  const headers: object[] = [
    ...['none', 'None', 'NONE', 'HS256', 'RS256', 'ES256', 'ES384', 'EdDSA', 'es256k', '', null, 5, ['ES256K']].map((alg) => header({ alg })),
    ...['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'x'].map((name) => header({ [name]: name === 'crit' ? ['b64'] : 'https://127.0.0.1/key' })),
    ...['../../../etc/passwd', "' OR 1=1 --", 'http://169.254.169.254/', 'did:ethr:0x7a69:0x0000000000000000000000000000000000000000#controller', '', '#', null, 5].map((kid) => header({ kid })),
  ];
  test('who shows a real credential under a header of his own', async () => {
    const [first, payload, signature] = issued.vcJwt.split('.') as [string, string, string];
    const real = JSON.parse(Buffer.from(first, 'base64url').toString()) as object;
    for (const change of headers) {
      for (const tail of [signature, '', Buffer.alloc(64).toString('base64url')]) {
        const text = `${Buffer.from(JSON.stringify({ ...real, ...change })).toString('base64url')}.${payload}.${tail}`;
        const { status, body } = await of().verifier('/verify', { text });
        expect(status).toBeLessThan(500);
        expect(body).toMatchObject(status === 200 ? { outcome: 'refused', reason: expect.stringMatching(/^(algorithm-refused|credential-malformed|issuer-unknown|signature-invalid)$/) } : { code: 'jwt-malformed' });
      }
    }
  });

  test('who swaps the payloads, issuers or signatures of two real credentials', async () => {
    const other = (await of().issueTo(await newWallet(), sampleBundle(now())))[0]!;
    const [a, b] = [issued.vcJwt.split('.'), other.vcJwt.split('.')] as [string[], string[]];
    const swaps = [[a[0], b[1], a[2]], [a[0], a[1], b[2]], [a[0], b[1], b[2]!.split('').reverse().join('')]].map((parts) => parts.join('.'));
    const [sdA, sdB] = [issued.sdJwtVc.split('~'), other.sdJwtVc.split('~')] as [string[], string[]];
    swaps.push([...sdA.slice(0, -1), sdB[1], ''].join('~'), [sdA[0], ...sdB.slice(1)].join('~'), [...sdA.slice(0, -1), sdA[1], ''].join('~'));
    for (const text of swaps) {
      const { status, body } = await of().verifier('/verify', { text });
      expect([status < 500, (body as { outcome?: string }).outcome ?? 'unreadable']).toEqual([true, expect.stringMatching(/^(refused|unreadable)$/)]);
    }
  });

  test('always hears a code of the list', async () => {
    const codes = new Set<string>([...ERROR_CODES, 'not-found']);
    for (const body of [{}, { text: 'HP1:00' }, { text: 'a.b.c' }, { text: 'a.b.c~' }, { text: '~' }, { text: '' }, { text: '\u0000' }]) {
      const { status, body: told } = await of().verifier('/verify', body);
      expect([status, codes.has((told as { code: string }).code)]).toEqual([400, true]);
    }
  });
});

async function send(url: string, body?: Body, headers: Record<string, string> = {}): Promise<Answer> {
  const init: RequestInit = body === undefined ? {} : { method: 'POST', body, duplex: 'half' };
  return answer(await fetch(url, { ...init, headers }));
}

async function answer(response: Response): Promise<Answer> {
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.json() };
}
