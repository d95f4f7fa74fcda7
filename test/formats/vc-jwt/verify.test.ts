import { createHmac, randomBytes } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner, didOfHolder, type TrustContext } from '#formats/credential/index.ts';
import { verifyVcJwt, type SignedText } from '#formats/vc-jwt/index.ts';
import { createVeramoAgent } from '#issuer/agent/veramo.ts';
import type { TrustState, UnixSeconds } from '#passport';
import { anchorProof, createAnchor, recordDigest, type Anchor } from '#passport/anchor.ts';
import { answer, b64, blocking, bytes32, CONTRACT, EVENT, forge, holder, ID, jsonOf, order, rawJson, startIssuer, STATUS, twin, withIssuer, withList, type Issuer } from '../fixture.ts';

let issuer: Issuer;
let honest: SignedText;
let header: Record<string, unknown>;
let payload: Record<string, unknown> & { vc: Record<string, unknown> & { credentialSubject: object; credentialStatus: object } };
beforeAll(async () => {
  issuer = await startIssuer();
  honest = await issuer.issueVc();
  const [h, p] = honest.text.split('.') as [string, string];
  header = jsonOf(h);
  payload = jsonOf(p) as typeof payload;
});
afterAll(() => issuer.stop());

const context = (change: Partial<TrustContext> = {}): TrustContext => ({ trust: issuer.trust, now: issuer.now, maxTrustAge: 3600, ...change });
const outcome = (text: string, change: Partial<TrustContext> = {}) => answer(() => verifyVcJwt(text, context(change)));
const withTrust = (change: (trust: TrustState) => TrustState, text = honest.text) => outcome(text, { trust: change(issuer.trust) });
/** Signed by the issuer's own key: what a faulty or malicious issuer could make. */
const signed = (head: object | string | Uint8Array, body: object | string | Uint8Array) => forge(head, body, issuer.vcSecret, secp256k1);
const withHeader = (change: object) => signed({ ...header, ...change }, payload);
const withPayload = (change: object) => signed(header, { ...payload, ...change });
const withVc = (change: object) => withPayload({ vc: { ...payload.vc, ...change } });
const withSignature = (signature: Uint8Array | string) => `${honest.signingInput}.${typeof signature === 'string' ? signature : b64(signature)}`;
const signatureOf = () => Buffer.from(honest.text.split('.')[2]!, 'base64url');

describe('verifyVcJwt', () => {
  test('accepts what createVcJwt made, and shows issuer and claims from the signed bytes', () => {
    expect(verifyVcJwt(honest.text, context())).toEqual({
      outcome: 'accepted',
      shown: {
        form: 'vc-jwt', issuer: issuer.me.did, issuerName: 'City Clinic', holderBound: false,
        claims: {
          kind: 'vaccination',
          event: {
            disease: { system: 'http://snomed.info/sct', code: '840539006', display: 'COVID-19' },
            product: expect.objectContaining({ system: 'http://hl7.org/fhir/sid/cvx' }),
            doseNumber: 2, seriesDoses: 2, occurred: '2021-05-03T00:00:00Z', country: 'DE', lotNumber: 'AB12', performer: 'Clinic',
          },
          person: { familyName: 'Müller', givenName: 'Anna Maria', birthDate: '1980-01-02' },
        },
      },
      freshness: { syncedAt: issuer.trust.syncedAt, finalizedAt: issuer.trust.finalized.time },
    });
  });
  test('signs over exactly what the record digest is taken of', () => {
    expect(honest.text.startsWith(`${honest.signingInput}.`)).toBe(true);
  });
  test('is a credential that Veramo verifies too, by resolving the DID', async () => {
    const veramo = createVeramoAgent({ rpc: issuer.chain.rpc, ...issuer.chain.deployment, keyStore: issuer.keyStore });
    expect(await veramo.verifyCredential({ credential: honest.text, policies: { credentialStatus: false } })).toMatchObject({ verified: true });
  });
  test('takes a holder that a wallet expects, and no other', () => {
    expect(answer(() => verifyVcJwt(honest.text, { ...context(), holder: didOfHolder(holder.key) }))).toBe('accepted');
    expect(answer(() => verifyVcJwt(honest.text, { ...context(), holder: didOfHolder(createHolderSigner().key) }))).toBe('holder-binding-invalid');
  });
});

describe('verifyVcJwt: algorithm', () => {
  test.each(['none', 'None', 'HS256', 'RS256', 'ES256', 'ES256K-R', 'EdDSA', 'es256k', 'X', '', null, 0, ['ES256K'], { alg: 'ES256K' }])('refuses alg %j', (alg) => {
    expect(outcome(withHeader({ alg }))).toBe('algorithm-refused');
  });
  test('refuses alg none with an empty signature', () => {
    expect(outcome(`${b64(JSON.stringify({ ...header, alg: 'none' }))}.${honest.text.split('.')[1]}.`)).toBe('algorithm-refused');
  });
  test('refuses HS256 keyed with the public key', () => {
    const input = `${b64(JSON.stringify({ ...header, alg: 'HS256' }))}.${honest.text.split('.')[1]}`;
    const mac = createHmac('sha256', Buffer.from(issuer.keys[0]!.publicKey, 'hex')).update(input).digest();
    expect(outcome(`${input}.${b64(mac)}`)).toBe('algorithm-refused');
  });
  test('refuses ES256 by a P-256 key of the same issuer', () => {
    const [, sd] = issuer.keys;
    expect(outcome(forge({ ...header, alg: 'ES256', kid: sd!.kid }, payload, issuer.sdSecret, p256))).toBe('algorithm-refused');
  });
  test('refuses ES256K under the name of the P-256 key', () => {
    expect(outcome(withHeader({ kid: issuer.keys[1]!.kid }))).toBe('algorithm-refused');
  });
});

describe('verifyVcJwt: signature', () => {
  test('refuses the high-S twin, which did-jwt accepts', () => {
    expect(outcome(withSignature(twin(signatureOf(), order.secp256k1)))).toBe('signature-invalid');
  });
  test.each([
    ['an empty one', () => ''],
    ['r = 0', () => Buffer.concat([bytes32(0n), signatureOf().subarray(32)])],
    ['s = 0', () => Buffer.concat([signatureOf().subarray(0, 32), bytes32(0n)])],
    ['all zero', () => Buffer.alloc(64)],
    ['r = n', () => Buffer.concat([bytes32(order.secp256k1), signatureOf().subarray(32)])],
    ['s = n', () => Buffer.concat([signatureOf().subarray(0, 32), bytes32(order.secp256k1)])],
    ['all ones', () => Buffer.alloc(64, 255)],
    ['DER', () => secp256k1.Signature.fromBytes(signatureOf()).toBytes('der')],
    ['a truncated one', () => signatureOf().subarray(0, 63)],
    ['one with trailing bytes', () => Buffer.concat([signatureOf(), Buffer.from([0])])],
    ['one with a recovery byte, as for ES256K-R', () => Buffer.concat([signatureOf(), Buffer.from([1])])],
    ['one by another key', () => secp256k1.sign(Buffer.from(honest.signingInput), secp256k1.utils.randomSecretKey())],
    ['one over the hash instead of the text', () => secp256k1.sign(Buffer.from(honest.signingInput), issuer.vcSecret, { prehash: false })],
  ])('refuses %s', (_, make) => expect(outcome(withSignature(make()))).toBe('signature-invalid'));
  test('refuses claims that were changed after signing', () => {
    const [h, , s] = honest.text.split('.');
    expect(outcome(`${h}.${b64(JSON.stringify({ ...payload, exp: 9e9 }))}.${s}`)).toBe('signature-invalid');
  });
  test('refuses a header that was changed after signing', () => {
    const [, p, s] = honest.text.split('.');
    expect(outcome(`${b64(JSON.stringify(header).replace('{', '{ '))}.${p}.${s}`)).toBe('signature-invalid');
  });
});

describe('verifyVcJwt: header', () => {
  test.each<object>([
    { jku: 'https://evil.example/jwks' }, { x5u: 'https://evil.example/x' }, { x5c: ['MII'] }, { x5t: 'a' }, { jwk: { kty: 'EC' } }, { crit: ['exp'] }, { crit: [] },
    { b64: false, crit: ['b64'] }, { b64: true }, { zip: 'DEF' }, { cty: 'JWT' }, { vctm: [] }, { constructor: 1 },
  ])('refuses %j', (extra) => expect(outcome(withHeader(extra))).toBe('algorithm-refused'));
  test('refuses an embedded key that did sign', () => {
    const secret = secp256k1.utils.randomSecretKey();
    const point = secp256k1.getPublicKey(secret, false);
    const jwk = { kty: 'EC', crv: 'secp256k1', x: b64(point.subarray(1, 33)), y: b64(point.subarray(33)) };
    expect(outcome(forge({ ...header, jwk }, payload, secret, secp256k1))).toBe('algorithm-refused');
  });
  test.each(['vc+jwt', 'dc+sd-jwt', 'kb+jwt', 'jwt', undefined, ['JWT']])('refuses a token of type %j', (typ) => {
    expect(outcome(withHeader({ typ }))).toBe('credential-malformed');
  });
  test.each([undefined, null, 7, ['x'], 'did:ethr:0x7a69:'.repeat(30)])('refuses kid %j', (kid) => expect(outcome(withHeader({ kid }))).toBe('credential-malformed'));
  test.each(['../../../etc/passwd', "' OR 1=1 --", 'https://evil.example/key', '#delegate-1', '', 'did:web:evil.example#key', 'file:///key'])('refuses kid %j of no issuer', (kid) => {
    expect(outcome(withHeader({ kid }))).toBe('issuer-unknown');
  });
  test.each(['#controller', '#delegate-1 ', '#delegate-01', '#delegate-99', '#', '', '#delegate-1#x', '?versionId=1#delegate-1'])('refuses kid %j of the issuer', (fragment) => {
    expect(['issuer-key-unlisted', 'issuer-unknown']).toContain(outcome(withHeader({ kid: issuer.me.did + fragment })));
  });
});

describe('verifyVcJwt: encoding', () => {
  const [P, H] = [() => honest.text.split('.')[1]!, () => honest.text.split('.')[0]!];
  test.each([
    ['not a text', () => undefined as unknown as string, 'jwt-malformed'],
    ['an empty text', () => '', 'jwt-malformed'],
    ['two parts', () => `${H()}.${P()}`, 'jwt-malformed'],
    ['four parts', () => `${honest.text}.x`, 'jwt-malformed'],
    ['an empty header', () => `.${P()}.x`, 'jwt-malformed'],
    ['a trailing line feed', () => `${honest.text}\n`, 'jwt-malformed'],
    ['white space', () => ` ${honest.text}`, 'jwt-malformed'],
    ['base64 with padding', () => `${honest.text}=`, 'jwt-malformed'],
    ['base64 of the other alphabet', () => honest.text.replace(/\.[^.]*$/, '.++//'), 'jwt-malformed'],
    ['a JSON serialization', () => JSON.stringify({ payload: P(), signatures: [] }), 'jwt-malformed'],
    ['10 MB', () => `${H()}.${'A'.repeat(1e7)}.x`, 'text-too-long'],
    ['a header that is an array', () => forge('[]', payload, issuer.vcSecret, secp256k1), 'jwt-malformed'],
    ['a header that is a text', () => signed('"x"', payload), 'jwt-malformed'],
    ['a header with a key twice', () => signed(`{"alg":"none","alg":"ES256K","typ":"JWT","kid":"x"}`, payload), 'json-duplicate-key'],
    ['a header with a key twice, once escaped', () => signed(`{"alg":"none","\\u0061lg":"ES256K","typ":"JWT"}`, payload), 'json-duplicate-key'],
    ['a header with a byte order mark', () => signed(`\ufeff${JSON.stringify(header)}`, payload), 'json-malformed'],
    ['a header that is not UTF-8', () => signed(Uint8Array.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]), payload), 'json-malformed'],
    ['a header with __proto__', () => signed(`{"__proto__":{"alg":"ES256K"},"typ":"JWT"}`, payload), 'json-malformed'],
    ['a header nested too deep', () => signed(`{"alg":${'['.repeat(5000)}`, payload), 'json-malformed'],
    ['a header with NaN', () => signed(`{"alg":NaN}`, payload), 'json-malformed'],
  ])('does not read %s', (_, make, code) => expect(outcome(make())).toBe(`throws ${code}`));
  test('does not read the non-canonical spelling of the same bytes', () => {
    const last = honest.text.at(-1)!;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const other = honest.text.slice(0, -1) + alphabet[alphabet.indexOf(last) ^ 1];
    expect(Buffer.from(other.split('.')[2]!, 'base64url')).toEqual(signatureOf());
    expect(outcome(other)).toBe('throws jwt-malformed');
  });
  test('does not repeat the input in what it throws', () => {
    for (const text of ['canary.canary.canary!', `${b64('{"canary":1,"canary":2}')}.eA.eA`, `${b64('canary')}.eA.eA`]) {
      try {
        verifyVcJwt(text, context());
      } catch (error) {
        expect(JSON.stringify([String(error), (error as { field?: string }).field, String((error as Error).cause)])).not.toContain('canary');
      }
    }
  });
  test.each([
    ['a claim twice', () => JSON.stringify(payload).replace('{', '{"exp":1,')],
    ['a byte order mark', () => `\ufeff${JSON.stringify(payload)}`],
    ['1e999 as a time', () => rawJson({ ...payload, exp: 'X' }, { X: '1e999' })],
    ['NaN as a time', () => rawJson({ ...payload, exp: 'X' }, { X: 'NaN' })],
    ['__proto__ among its claims', () => JSON.stringify(payload).replace('{', '{"__proto__":{},')],
    ['deep nesting', () => JSON.stringify(payload).replace('"performer":"Clinic"', `"performer":${'['.repeat(500)}${']'.repeat(500)}`)],
    ['an array', () => '[]'],
    ['nothing', () => ' '],
  ])('refuses a payload with %s, even signed by the issuer', (_, make) => expect(outcome(signed(header, make()))).toBe('credential-malformed'));
});

describe('verifyVcJwt: times', () => {
  const at = (offset: number) => outcome(honest.text, { now: (issuer.now + offset) as UnixSeconds, maxTrustAge: Infinity });
  test.each([
    ['a text', { exp: '9999999999' }], ['a fraction', { exp: 1.5e9 + 0.5 }], ['a negative time', { nbf: -1 }], ['a time after 2444', { exp: 2 ** 34 }],
    ['null', { exp: null }], ['true', { nbf: true }], ['a list', { exp: [1] }], ['an object', { iat: {} }], ['milliseconds', { exp: 1.8e12 }],
  ])('refuses %s', (_, change) => expect(outcome(withPayload(change))).toBe('credential-malformed'));
  test('refuses a credential without an end, or without a beginning', () => {
    for (const name of ['exp', 'nbf']) expect(outcome(signed(header, { ...payload, [name]: undefined }))).toBe('credential-malformed');
  });
  test('refuses one that ends when it begins, or before', () => {
    for (const exp of [issuer.issuedAt, issuer.issuedAt - 1]) expect(outcome(withPayload({ exp }))).toBe('credential-malformed');
  });
  test('counts it as expired sixty seconds after its end, and not before', () => {
    expect(at(1e7 + 59)).toBe('accepted');
    expect(at(1e7 + 60)).toBe('credential-expired');
  });
  test('counts it as valid sixty seconds before its beginning, and not earlier', () => {
    const starting = (offset: number) => outcome(withPayload({ nbf: issuer.now + offset }));
    expect(starting(60)).toBe('accepted');
    expect(starting(61)).toBe('credential-not-yet-valid');
    expect(outcome(withPayload({ nbf: 2 ** 33, exp: 2 ** 33 + 1 }))).toBe('credential-not-yet-valid');
    expect(outcome(withPayload({ iat: issuer.now + 61 }))).toBe('credential-not-yet-valid');
    expect(outcome(withPayload({ iat: issuer.now }))).toBe('accepted');
  });
});

describe('verifyVcJwt: what belongs together', () => {
  test('refuses an issuer other than that of the key', () => {
    expect(outcome(withPayload({ iss: 'did:ethr:0x7a69:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' }))).toBe('credential-malformed');
  });
  test('refuses an accredited issuer that speaks for another', () => {
    const other = { ...issuer.trust.issuers[0]!, id: 8, did: 'did:ethr:0x7a69:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266', keys: [] };
    const trust = { ...issuer.trust, issuers: [...issuer.trust.issuers, other] };
    expect(outcome(withPayload({ iss: other.did }), { trust })).toBe('credential-malformed');
    expect(outcome(withHeader({ kid: `${other.did}#delegate-1` }), { trust })).toBe('issuer-key-unlisted');
  });
  test.each([
    ['issuer', { issuer: 'did:ethr:0x7a69:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' }],
    ['id', { id: ID.replace('0f', '0e') }],
    ['issuance date', { issuanceDate: '2020-01-01T00:00:00Z' }],
    ['expiration date', { expirationDate: '2999-01-01T00:00:00Z' }],
    ['subject', { credentialSubject: { id: 'did:jwk:other' } }],
  ])('refuses a copy of the %s inside the credential that says something else', (_, change) => {
    const vc = { ...payload.vc, ...change, credentialSubject: { ...payload.vc.credentialSubject, ...(change as { credentialSubject?: object }).credentialSubject } };
    expect(outcome(withPayload({ vc }))).toBe('credential-malformed');
  });
  test('refuses a holder that is named inside alone, as if it were on paper', () => {
    const vc = { ...payload.vc, credentialSubject: { ...payload.vc.credentialSubject, id: payload.sub } };
    expect(outcome(withPayload({ sub: undefined, vc }))).toBe('credential-malformed');
  });
  test('takes copies that say the same', () => {
    const vc = { ...payload.vc, issuer: payload.iss, id: payload.jti, issuanceDate: new Date(1000 * issuer.issuedAt).toISOString(), credentialSubject: { ...payload.vc.credentialSubject, id: payload.sub } };
    expect(outcome(withPayload({ vc }))).toBe('accepted');
  });
  test.each([
    ['no credential', { vc: undefined }], ['no id', { jti: undefined }], ['an id of another kind', { jti: 'https://example/1' }],
    ['an audience', { aud: 'someone' }], ['a claim that nobody knows', { admin: true }], ['a presentation', { vp: {} }],
    ['a holder that is no key', { sub: 'did:ethr:0x7a69:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' }],
    ['a holder named in another spelling', { sub: `did:jwk:${b64(JSON.stringify({ ...holder.key, kty: 'EC' }, null, 1))}` }],
    ['a holder with a private part', { sub: `did:jwk:${b64(JSON.stringify({ ...holder.key, d: 'x' }))}` }],
    ['a holder off the curve', { sub: `did:jwk:${b64(JSON.stringify({ ...holder.key, y: holder.key.x }))}` }],
  ])('refuses %s', (_, change) => expect(outcome(withPayload(change))).toBe('credential-malformed'));
  test.each([
    ['another context', { '@context': ['https://www.w3.org/2018/credentials/v1'] }],
    ['version 2 of the data model', { '@context': ['https://www.w3.org/ns/credentials/v2'] }],
    ['no type', { type: ['VerifiableCredential'] }],
    ['the type of another kind of event', { type: ['VerifiableCredential', 'HealthCredential', 'TestCredential'] }],
    ['two kinds', { type: ['VerifiableCredential', 'HealthCredential', 'VaccinationCredential', 'TestCredential'] }],
    ['no status', { credentialStatus: undefined }],
    ['several subjects', { credentialSubject: [{}] }],
    ['no event', { credentialSubject: { person: {} } }],
    ['a field that the type does not have', { credentialSubject: { event: { occurred: '2021-05-03T00:00:00Z', result: { system: 'http://snomed.info/sct', code: '260373001' } } } }],
    ['neither disease nor product', { credentialSubject: { event: { occurred: '2021-05-03T00:00:00Z' } } }],
    ['terms of use', { termsOfUse: [{}] }],
  ])('refuses %s', (_, change) => expect(outcome(withVc(change))).toBe('credential-malformed'));
});

describe('verifyVcJwt: trust data', () => {
  test('decides nothing without them, with old ones, or with a clock that lies before them', () => {
    expect(outcome(honest.text, { trust: undefined })).toBe('trust-missing');
    expect(outcome(honest.text, { maxTrustAge: 99 })).toBe('trust-stale');
    expect(outcome(honest.text, { now: issuer.trust.finalized.time - 61 as UnixSeconds })).toBe('clock-wrong');
  });
  test('refuses an issuer that is not accredited, suspended or removed, as soon as the latest block says so', () => {
    expect(withTrust((trust) => ({ ...trust, issuers: [] }))).toBe('issuer-unknown');
    expect(withTrust((trust) => withIssuer(trust, { status: 'suspended' }))).toBe('issuer-suspended');
    expect(withTrust((trust) => withIssuer(trust, { latestStatus: 'suspended' }))).toBe('issuer-suspended');
    expect(withTrust((trust) => withIssuer(trust, { status: 'removed', latestStatus: 'removed' }))).toBe('issuer-removed');
    expect(withTrust((trust) => withIssuer(trust, { latestStatus: 'removed' }))).toBe('issuer-removed');
  });
  test('says of a removed issuer that it is removed, also when its keys are not read any more', () => {
    expect(withTrust((trust) => withIssuer(trust, { status: 'removed', latestStatus: 'removed', keys: undefined }))).toBe('issuer-removed');
    expect(withTrust((trust) => withIssuer(trust, { keys: undefined }))).toBe('keys-unknown');
  });
  test('a key that is not listed was never listed, or is newer than the trust data', () => {
    const without = withIssuer(issuer.trust, { keys: [] });
    expect(outcome(honest.text, { trust: without })).toBe('issuer-key-unlisted');
    expect(outcome(honest.text, { trust: { ...without, syncedAt: issuer.now - 601 as UnixSeconds } })).toBe('keys-unknown');
  });
  test('does not rely on a key whose listing is not final', () => {
    expect(withTrust((trust) => withIssuer(trust, { keys: issuer.keys.map((key) => ({ ...key, since: trust.finalized.time + 1 as UnixSeconds })) }))).toBe('keys-unknown');
  });
  test('refuses what is revoked or suspended, by the final or by the latest block', () => {
    const bits = blocking(STATUS.index);
    expect(withTrust((trust) => withList(trust, { words: bits, latestWords: bits }))).toBe('credential-revoked');
    expect(withTrust((trust) => withList(trust, { latestWords: bits }))).toBe('credential-revoked');
    expect(withTrust((trust) => withList(trust, { words: bits, latestWords: bits, suspended: bits }))).toBe('credential-suspended');
    expect(withTrust((trust) => withList(trust, { words: bits }))).toBe('credential-suspended');
    expect(withTrust((trust) => withList(trust, { words: blocking(STATUS.index + 1), latestWords: blocking(STATUS.index - 1) }))).toBe('accepted');
  });
  test('does not decide when the list is not known', () => {
    expect(withTrust((trust) => ({ ...trust, lists: [] }))).toBe('status-unknown');
  });
  test.each([
    ['of another issuer', {}, (trust: TrustState) => withList(trust, { issuer: 8 })],
    ['of another chain', { chainId: 1 }, undefined],
    ['of another contract', { contract: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' }, undefined],
  ])('refuses a status entry %s', async (_, change, alter) => {
    const { text } = await issuer.issueVc({ status: { ...STATUS, ...change } });
    expect(outcome(text, { trust: alter ? alter(issuer.trust) : issuer.trust })).toBe('list-foreign');
  });
  const entry = () => payload.vc.credentialStatus as Record<string, unknown> & { statusRegistry: object };
  test.each([
    ['two indices', () => ({ ...entry(), statusListIndex: '1001' })],
    ['an index in another spelling', () => ({ ...entry(), statusListIndex: '01000' })],
    ['an index of another type', () => ({ ...entry(), statusListIndex: 1000 })],
    ['an id that names another entry', () => ({ ...entry(), id: 'https://issuer.example/status/1#7' })],
    ['an index beyond the list', () => ({ ...entry(), id: 'https://issuer.example/status/1#1015808', statusListIndex: '1015808', statusRegistry: { ...entry().statusRegistry, index: 1_015_808 } })],
    ['a negative index', () => ({ ...entry(), statusListIndex: '-1', statusRegistry: { ...entry().statusRegistry, index: -1 } })],
    ['list 0', () => ({ ...entry(), statusRegistry: { ...entry().statusRegistry, list: 0 } })],
    ['another purpose', () => ({ ...entry(), statusPurpose: 'message' })],
    ['another type', () => ({ ...entry(), type: 'StatusList2021Entry' })],
    ['no chain', () => ({ ...entry(), statusRegistry: undefined })],
    ['a script as URL', () => ({ ...entry(), id: 'javascript:x#1000', statusListCredential: 'javascript:x' })],
    ['a list of entries', () => [entry()]],
  ])('refuses a status entry with %s', (_, make) => expect(outcome(withVc({ credentialStatus: make() }))).toBe('credential-malformed'));
});

describe('verifyVcJwt: keys rotated out', () => {
  const digest = () => recordDigest(STATUS.list, STATUS.index, honest.signingInput);
  const retire = (change: { untilBlock: number | null; until: number }) =>
    withIssuer(issuer.trust, { keys: issuer.keys.map((key) => ({ ...key, ...change, until: change.until as UnixSeconds })) });
  const lookup = ({ root, leaves }: Anchor) => (wanted: string) => (leaves.includes(wanted as never) ? { root, proof: anchorProof(leaves, wanted) } : undefined);
  const scene = () => {
    const { number, time } = issuer.trust.finalized;
    const anchor = createAnchor([digest()], randomBytes);
    const record = { list: 1, root: anchor.root, time: time as UnixSeconds, block: number };
    return { number, time, anchor, record, retired: retire({ untilBlock: number + 1, until: time }) };
  };
  const judge = (trust: TrustState, anchors: TrustState['anchors'], anchorProofs?: TrustContext['anchorProof']) =>
    outcome(honest.text, { trust: { ...trust, anchors, finalized: { ...trust.finalized, number: trust.finalized.number + 5 } }, anchorProof: anchorProofs });

  test('a credential anchored before the key was retired stays good, in the same second too', () => {
    const { anchor, record, retired } = scene();
    expect(judge(retired, [record], lookup(anchor))).toBe('accepted');
  });
  test('a thief of the old key cannot backdate: what is not anchored is refused', () => {
    const { record, retired } = scene();
    expect(judge(retired, [record])).toBe('issuer-key-retired');
    const without = createAnchor([recordDigest(1, 1, 'other')], randomBytes);
    expect(judge(retired, [{ ...record, root: without.root }], lookup(without))).toBe('issuer-key-retired');
  });
  test('a revocation counts as soon as it is seen, whatever the clock says', () => {
    const { number } = scene();
    expect(outcome(honest.text, { trust: retire({ untilBlock: number, until: issuer.now + 50 }) })).toBe('issuer-key-retired');
  });
  test('refuses an anchor of the block of retirement, or after it', () => {
    const { anchor, record, retired, number } = scene();
    for (const block of [number + 1, number + 2]) expect(judge(retired, [{ ...record, block }], lookup(anchor))).toBe('issuer-key-retired');
  });
  test('refuses an anchor that is not final', () => {
    const { anchor, record, retired, number } = scene();
    expect(outcome(honest.text, { trust: { ...retired, anchors: [{ ...record, block: number + 1 }] }, anchorProof: lookup(anchor) })).toBe('issuer-key-retired');
  });
  test('refuses an anchor of another issuer', () => {
    const { anchor, record, retired } = scene();
    expect(judge(retired, [{ ...record, list: 2 }], lookup(anchor))).toBe('issuer-key-retired');
  });
  test('refuses a root that no anchor on chain has, and a proof that does not lead to it', () => {
    const { anchor, record, retired } = scene();
    expect(judge(retired, [], lookup(anchor))).toBe('issuer-key-retired');
    const other = createAnchor([digest()], randomBytes);
    expect(judge(retired, [record], () => ({ root: anchor.root, proof: anchorProof(other.leaves, digest()) }))).toBe('issuer-key-retired');
  });
  test('refuses an anchor from before the key was listed', () => {
    const { anchor, record, retired } = scene();
    expect(judge(retired, [{ ...record, time: (issuer.keys[0]!.since - 1) as UnixSeconds }], lookup(anchor))).toBe('issuer-key-retired');
  });
  test('refuses an anchor of the same text under another status entry', () => {
    const { record, retired } = scene();
    const moved = createAnchor([recordDigest(STATUS.list, STATUS.index + 1, honest.signingInput)], randomBytes);
    expect(judge(retired, [{ ...record, root: moved.root }], lookup(moved))).toBe('issuer-key-retired');
  });
  test('a key that ran out is judged by time', () => {
    const { anchor, record, time } = scene();
    const ran = retire({ untilBlock: null, until: issuer.now });
    expect(judge(ran, [])).toBe('issuer-key-retired');
    expect(judge(ran, [record], lookup(anchor))).toBe('accepted');
    expect(judge(retire({ untilBlock: null, until: time }), [record], lookup(anchor))).toBe('issuer-key-retired');
    expect(judge(retire({ untilBlock: null, until: issuer.now + 1 }), [])).toBe('accepted');
  });
});

describe('verifyVcJwt: properties', () => {
  test('accepts no text with one character changed, dropped or added', () => {
    fc.assert(fc.property(fc.nat(honest.text.length - 1), fc.constantFrom(...'Aa0-_.~='), fc.constantFrom('change', 'drop', 'add'), (at, char, what) => {
      const text = honest.text.slice(0, at) + (what === 'drop' ? '' : char) + honest.text.slice(what === 'add' ? at : at + 1);
      fc.pre(text !== honest.text);
      expect(outcome(text)).not.toBe('accepted');
    }), { numRuns: 500 });
  });
  test('answers any text with a verdict or a coded error', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.tuple(fc.json(), fc.json()).map(([h, p]) => `${b64(h)}.${b64(p)}.${b64('x')}`)), (text) => {
      expect(outcome(text)).not.toBe('accepted');
    }), { numRuns: 500 });
  });
  test('shows every kind of event as it was given', async () => {
    const events = [
      EVENT,
      { ...EVENT, kind: 'test', product: 0, dose: 0, series: 0, lot: undefined, test: 1, result: 'notDetected' },
      { ...EVENT, kind: 'recovery', product: 0, dose: 0, series: 0, lot: undefined, result: 'detected', person: undefined },
    ] as const;
    for (const event of events) {
      const { text } = await issuer.issueVc({ event });
      expect(verifyVcJwt(text, context())).toMatchObject({ outcome: 'accepted', shown: { claims: { kind: event.kind } } });
    }
  });
  test('names the contract in any case of its letters', async () => {
    const { text } = await issuer.issueVc({ status: { ...STATUS, contract: CONTRACT.toLowerCase() } });
    expect(outcome(text)).toBe('accepted');
  });
});
