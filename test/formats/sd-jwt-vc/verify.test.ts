import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { createHash, randomBytes } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner, type TrustContext } from '#formats/credential/index.ts';
import { holderPublicKey } from '#formats/credential/holder.ts';
import { verifyEcdsa } from '#formats/credential/signature.ts';
import { disclosableClaims, presentSdJwtVc, verifySdJwtVc, type SdJwtContext } from '#formats/sd-jwt-vc/index.ts';
import type { UnixSeconds } from '#passport';
import { anchorProof, createAnchor, recordDigest } from '#passport/anchor.ts';
import { answer, b64, blocking, EVENT, forge, holder, ID, jsonOf, order, startIssuer, STATUS, twin, withIssuer, withList, type Issuer } from '../fixture.ts';

const NONCE = 'n-0S6_WzA2Mj';
const AUDIENCE = 'https://venue.example';
let issuer: Issuer;
let whole: string;
let signingInput: string;
let presented: string;
const present = (change: Partial<Parameters<typeof presentSdJwtVc>[1]> = {}, text = whole) =>
  presentSdJwtVc(text, { disclose: ['product', 'occurred'], nonce: NONCE, audience: AUDIENCE, holder, now: issuer.now, ...change });
beforeAll(async () => {
  issuer = await startIssuer();
  ({ text: whole, signingInput } = await issuer.issueSd());
  presented = await present();
});
afterAll(() => issuer.stop());

const asked = { requireKeyBinding: true, nonce: NONCE, audience: AUDIENCE } as const;
const context = (change: Partial<TrustContext> = {}): TrustContext => ({ trust: issuer.trust, now: issuer.now, maxTrustAge: 3600, ...change });
const outcome = (text: string, change: Partial<TrustContext> = {}) => answer(() => verifySdJwtVc(text, { ...context(change), ...asked }));
const received = (text: string, change: Partial<SdJwtContext> = {}) => answer(() => verifySdJwtVc(text, { ...context(), requireKeyBinding: false, ...change } as SdJwtContext));

const split = (text: string) => { const [jwt, ...rest] = text.split('~') as [string, ...string[]]; return { jwt, disclosures: rest.slice(0, -1), kb: rest.at(-1)! }; };
const header = () => jsonOf(whole.split('.')[0]!);
const payload = () => jsonOf(whole.split('.')[1]!) as Record<string, unknown> & { _sd: string[]; cnf: object };
const digestOf = (disclosure: string) => createHash('sha256').update(disclosure).digest('base64url');
const disclosure = (...parts: unknown[]) => b64(JSON.stringify(parts));
const SALT = 'AAAAAAAAAAAAAAAAAAAAAA';
/** Signed by the issuer's own key, with disclosures as they come. */
const issued = (change: object, disclosures: readonly string[] = [], head: object = {}) =>
  `${[forge({ ...header(), ...head }, { ...payload(), ...change }, issuer.sdSecret, p256), ...disclosures].join('~')}~`;
/** A credential with one more disclosure that the issuer did sign a digest of. */
const alsoSays = (extra: string, copies = [extra]) => issued({ _sd: [...payload()._sd.slice(1), digestOf(extra)] }, copies);
/** A presentation whose key binding is right for whatever stands before it. */
function bind(text: string, change: object = {}, head: object = {}, secret = holder.secretKey): string {
  const hash = createHash('sha256').update(text).digest('base64url');
  return text + forge({ alg: 'ES256', typ: 'kb+jwt', ...head }, { iat: issuer.now, aud: AUDIENCE, nonce: NONCE, sd_hash: hash, ...change }, secret, p256);
}

describe('verifySdJwtVc', () => {
  test('accepts a presentation and shows exactly what was disclosed', () => {
    expect(verifySdJwtVc(presented, { ...context(), ...asked })).toEqual({
      outcome: 'accepted',
      shown: {
        form: 'sd-jwt-vc', issuer: issuer.me.did, issuerName: 'City Clinic', holderBound: true,
        claims: { kind: 'vaccination', event: { product: expect.objectContaining({ code: expect.any(String) }), occurred: '2021-05-03T00:00:00Z' }, person: {} },
      },
      freshness: { syncedAt: issuer.trust.syncedAt, finalizedAt: issuer.trust.finalized.time },
    });
  });
  test('accepts the whole credential for a wallet, bound to its own key and to no other', () => {
    const verdict = verifySdJwtVc(whole, { ...context(), requireKeyBinding: false, holderKey: holder.key });
    expect(verdict).toMatchObject({ outcome: 'accepted', shown: { holderBound: false, claims: { person: { familyName: 'Müller', givenName: 'Anna Maria', birthDate: '1980-01-02' }, event: { lotNumber: 'AB12' } } } });
    expect(received(whole, { holderKey: createHolderSigner().key })).toBe('holder-binding-invalid');
  });
  test('is what @sd-jwt verifies too, with its nonce', async () => {
    const key = issuer.keys.find(({ type }) => type === 'P-256')!.publicKey;
    const check = (publicKey: string) => (data: string, signature: string) => verifyEcdsa('P-256', publicKey, Buffer.from(data), Buffer.from(signature, 'base64url'));
    const library = new SDJwtVcInstance({
      hasher: (data) => createHash('sha256').update(data as string).digest(), verifier: check(key), kbVerifier: check(holderPublicKey(holder.key)),
    });
    const { payload: claims } = await library.verify(presented, { keyBindingNonce: NONCE, currentDate: issuer.now });
    expect(claims).toMatchObject({ vct: 'urn:healthpass:vaccination:1', iss: issuer.me.did, occurred: '2021-05-03T00:00:00Z' });
    expect(claims).not.toHaveProperty('family_name');
  });
});

describe('presentSdJwtVc', () => {
  const names = () => Object.keys(disclosableClaims(whole));
  test('knows every claim about health and person as one of its own, and the id', () => {
    expect(names().sort()).toEqual([
      'birthdate', 'country', 'disease', 'dose_number', 'family_name', 'given_name', 'jti', 'lot_number', 'occurred', 'performer', 'product', 'series_doses',
    ]);
    expect(disclosableClaims(whole)).toMatchObject({ jti: ID, family_name: 'Müller' });
  });
  test('discloses any choice exactly: none of the other values is in the text', async () => {
    const all = disclosableClaims(whole);
    for (const disclose of [[], ['country'], ['jti'], ['family_name', 'birthdate'], names()]) {
      const text = await present({ disclose });
      const decoded = text.split(/[~.]/).map((part) => Buffer.from(part, 'base64url').toString()).join('\n');
      expect(Object.keys(disclosableClaims(text)).sort()).toEqual([...disclose].sort());
      for (const [name, value] of Object.entries(all)) {
        if (!disclose.includes(name)) expect(decoded).not.toContain(JSON.stringify(typeof value === 'string' ? value : name)); // quoted, as "DE" alone may be part of an address
      }
      expect(outcome(text)).toBe('accepted');
    }
  });
  test('hides how many claims there are: each credential has sixteen digests', async () => {
    const { text } = await issuer.issueSd({ event: { ...EVENT, kind: 'recovery', product: 0, dose: 0, series: 0, country: '', lot: undefined, performer: undefined, person: undefined } });
    for (const credential of [whole, text]) expect((jsonOf(credential.split('.')[1]!) as { _sd: string[] })._sd).toHaveLength(16);
  });
  test('of two credentials of one event no digest and no salt is the same', async () => {
    const other = (await issuer.issueSd()).text;
    const salts = (text: string) => split(text).disclosures.map((part) => (JSON.parse(Buffer.from(part, 'base64url').toString()) as string[])[0]);
    expect(new Set([...salts(whole), ...salts(other)]).size).toBe(24);
    expect(payload()._sd.filter((digest) => (jsonOf(other.split('.')[1]!) as { _sd: string[] })._sd.includes(digest))).toEqual([]);
  });
  test.each([['an unknown claim', { disclose: ['shoe_size'] }], ['a registered claim', { disclose: ['iss'] }], ['no nonce', { nonce: '' }], ['no audience', { audience: '' }]])('refuses %s', async (_, change) => {
    await expect(present(change)).rejects.toMatchObject({ code: 'request-invalid' });
  });
});

describe('verifySdJwtVc: key binding', () => {
  const bare = () => presented.slice(0, presented.lastIndexOf('~') + 1);
  test('refuses a presentation without one', () => expect(outcome(bare())).toBe('holder-binding-missing'));
  test('is no credential for a wallet', () => expect(received(presented)).toBe('audience-wrong'));
  test('refuses another nonce or audience', () => {
    expect(answer(() => verifySdJwtVc(presented, { ...context(), ...asked, nonce: 'other' }))).toBe('challenge-wrong');
    expect(answer(() => verifySdJwtVc(presented, { ...context(), ...asked, nonce: '' }))).toBe('challenge-wrong');
    expect(answer(() => verifySdJwtVc(presented, { ...context(), ...asked, audience: 'https://evil.example' }))).toBe('audience-wrong');
  });
  test('refuses a replay after five minutes, and one from the future', () => {
    const at = (offset: number) => outcome(presented, { now: issuer.now + offset as UnixSeconds });
    expect([at(360), at(361), at(-60), at(-61)]).toEqual(['accepted', 'code-expired', 'accepted', 'code-from-future']);
  });
  test('refuses the key of somebody else', () => expect(outcome(bind(bare(), {}, {}, createHolderSigner().secretKey))).toBe('holder-binding-invalid'));
  test('refuses a binding to another choice of disclosures: one added, one taken away, two changed round', () => {
    const { jwt, disclosures, kb } = split(presented);
    const extra = split(whole).disclosures.find((one) => !disclosures.includes(one))!;
    for (const parts of [[...disclosures, extra], disclosures.slice(1), disclosures.toReversed()]) {
      expect(outcome([jwt, ...parts, kb].join('~'))).toBe('holder-binding-invalid');
    }
  });
  test('refuses a binding taken from another credential', async () => {
    const other = await present({}, (await issuer.issueSd()).text);
    expect(outcome(bare() + split(other).kb)).toBe('holder-binding-invalid');
  });
  test.each(['none', 'HS256', 'ES256K', ['ES256']])('refuses alg %j', (alg) => expect(outcome(bind(bare(), {}, { alg }))).toBe('algorithm-refused'));
  test.each([{ kid: 'x' }, { jwk: holder.key }, { crit: [] }, { b64: false }])('refuses a header with %j', (extra) => expect(outcome(bind(bare(), {}, extra))).toBe('algorithm-refused'));
  test.each(['JWT', 'kb-jwt', undefined])('refuses a token of type %j', (typ) => expect(outcome(bind(bare(), {}, { typ }))).toBe('holder-binding-invalid'));
  test.each([{ nonce: undefined }, { aud: undefined }, { aud: [AUDIENCE] }, { iat: undefined }, { iat: '1' }, { iat: 1.5 }, { sd_hash: undefined }, { sd_hash: 1 }, { iss: 'x' }])('does not read a binding with %j', (change) => {
    expect(outcome(bind(bare(), change))).toBe('throws sd-jwt-malformed');
  });
  test('refuses sd_hash of the text without its last ~, of the issuer’s token alone, and none', () => {
    const { jwt } = split(presented);
    for (const text of [bare().slice(0, -1), jwt, '']) expect(outcome(bind(bare(), { sd_hash: createHash('sha256').update(text).digest('base64url') }))).toBe('holder-binding-invalid');
  });
  test('takes what it made itself', () => expect(outcome(bind(bare()))).toBe('accepted'));
});

describe('verifySdJwtVc: disclosures', () => {
  test('takes one that the issuer signed', () => {
    expect(received(alsoSays(disclosure(SALT, 'country', 'FR')))).toBe('accepted');
  });
  test('refuses one that nobody signed', () => {
    const { jwt, disclosures } = split(whole);
    expect(received(`${[jwt, ...disclosures.slice(1), disclosure(SALT, 'country', 'FR')].join('~')}~`)).toBe('disclosure-invalid');
  });
  test('refuses one that was changed in value, name or salt', () => {
    const { jwt, disclosures } = split(whole);
    const [salt, name] = JSON.parse(Buffer.from(disclosures[1]!, 'base64url').toString()) as string[];
    for (const changed of [disclosure(salt, name, 'other'), disclosure(salt, 'result', 'x'), disclosure(SALT, name, 'x')]) {
      expect(received(`${[jwt, changed].join('~')}~`)).toBe('disclosure-invalid');
    }
  });
  test('refuses one shown twice', () => {
    const { jwt, disclosures } = split(whole);
    expect(received(`${[jwt, disclosures[0], disclosures[0]].join('~')}~`)).toBe('disclosure-invalid');
  });
  test('refuses two signed ones for the same claim', () => {
    const [one, two] = [disclosure(SALT, 'country', 'FR'), disclosure(SALT, 'country', 'DE')];
    const text = issued({ _sd: [...payload()._sd.slice(2), digestOf(one), digestOf(two)] }, [one, two]);
    expect(received(text)).toBe('disclosure-invalid');
  });
  test.each(['iss', 'exp', 'nbf', 'iat', 'cnf', 'vct', 'status', 'sub', 'aud', 'credentialStatus', '_sd', '_sd_alg', '...', '__proto__', 'constructor', 'toString', ''])('refuses one named %j, which @sd-jwt lets overwrite the signed claim', (name) => {
    expect(received(alsoSays(disclosure(SALT, name, 'x')))).toBe('disclosure-invalid');
  });
  test.each([
    ['a claim that the type does not have', 'result', { system: 'http://snomed.info/sct', code: '260373001' }], ['a claim nobody knows', 'shoe_size', 42],
    ['a claim out of its form', 'dose_number', '2'], ['an unknown code', 'product', { system: 'http://hl7.org/fhir/sid/cvx', code: '9999' }],
    ['another day that is none', 'occurred', '2021-02-30T00:00:00Z'], ['digests inside', 'product', { _sd: [] }], ['an array item inside', 'performer', [{ '...': 'x' }]],
  ])('refuses %s', (_, name, value) => expect(received(alsoSays(disclosure(SALT, name, value)))).toBe('disclosure-invalid'));
  test.each([
    ['two elements, as for an array', () => disclosure(SALT, 'x')], ['four elements', () => disclosure(SALT, 'country', 'FR', 1)], ['an object', () => b64('{"0":1}')],
    ['a name that is no text', () => disclosure(SALT, 1, 'x')], ['a salt that is no text', () => disclosure(1, 'country', 'FR')], ['a salt too short', () => disclosure('abc', 'country', 'FR')],
  ])('does not read one with %s', (_, make) => expect(received(alsoSays(make()))).toBe('throws sd-jwt-malformed'));
  test('does not read one with a key twice, or in another spelling', () => {
    expect(received(alsoSays(b64(`["${SALT}","product",{"system":"a","system":"b"}]`)))).toBe('throws json-duplicate-key');
    const { jwt, disclosures } = split(whole);
    expect(received(`${jwt}~${disclosures[0]}=~`)).toBe('throws sd-jwt-malformed');
    expect(received(`${jwt}~${disclosures[0]!.replace(/.$/, '+')}~`)).toBe('throws sd-jwt-malformed');
  });
  test('does not read more of them than a credential has claims', () => {
    expect(received(`${split(whole).jwt}~${Array(17).fill(disclosure(SALT, 'country', 'FR')).join('~')}~`)).toBe('throws sd-jwt-malformed');
  });
  test('refuses a digest that stands twice', () => {
    const [first] = payload()._sd;
    expect(received(issued({ _sd: [...payload()._sd.slice(1), payload()._sd[1]] }))).toBe('credential-malformed');
    expect(received(issued({ _sd: [first, first] }))).toBe('credential-malformed');
  });
});

describe('verifySdJwtVc: issuer-signed token', () => {
  test.each(['none', 'None', 'HS256', 'ES256K', 'RS256', 'ES384', ['ES256'], null])('refuses alg %j', (alg) => expect(received(issued({}, [], { alg }))).toBe('algorithm-refused'));
  test.each([{ jwk: holder.key }, { jku: 'https://x' }, { x5c: [] }, { x5u: 'x' }, { crit: [] }, { b64: false }, { zip: 'DEF' }])('refuses a header with %j', (extra) => {
    expect(received(issued({}, [], extra))).toBe('algorithm-refused');
  });
  test.each(['JWT', 'vc+sd-jwt', 'kb+jwt', 'dc+sd-jwt ', undefined])('refuses a token of type %j', (typ) => expect(received(issued({}, [], { typ }))).toBe('credential-malformed'));
  test('refuses the ES256K key of the same issuer, by either name', () => {
    const vc = issuer.keys.find(({ type }) => type === 'secp256k1')!;
    expect(received(`${forge({ ...header(), kid: vc.kid }, payload(), issuer.vcSecret, secp256k1)}~`)).toBe('algorithm-refused');
    expect(received(`${forge(header(), payload(), issuer.vcSecret, secp256k1)}~`)).toBe('signature-invalid');
  });
  test('refuses any other key, empty, zero and truncated signatures', () => {
    const jwt = split(whole).jwt;
    const input = jwt.slice(0, jwt.lastIndexOf('.') + 1);
    for (const signature of ['', b64(new Uint8Array(64)), b64(randomBytes(64)), jwt.split('.')[2]!.slice(0, 84)]) expect(received(`${input}${signature}~`)).toBe('signature-invalid');
    expect(received(`${forge(header(), payload(), createHolderSigner().secretKey, p256)}~`)).toBe('signature-invalid');
  });
  test('its high-S twin is the same record: what was anchored stays anchored', () => {
    const jwt = split(whole).jwt;
    const other = `${signingInput}.${b64(twin(Buffer.from(jwt.split('.')[2]!, 'base64url'), order.p256))}~`;
    expect(received(other)).toBe('accepted');
    expect(other.startsWith(signingInput)).toBe(true);
  });
  test.each([
    ['no hash name', { _sd_alg: undefined }], ['another hash', { _sd_alg: 'sha-512' }], ['a weak hash', { _sd_alg: 'sha-256-32' }], ['no digests', { _sd: undefined }],
    ['a digest that is none', { _sd: ['x'] }], ['too many digests', { _sd: Array.from({ length: 17 }, () => b64(randomBytes(32))) }],
    ['no type', { vct: undefined }], ['no holder', { cnf: undefined }], ['a holder by reference', { cnf: { kid: 'x' } }],
    ['a private key as holder', { cnf: { jwk: { ...holder.key, d: 'x' } } }], ['a holder off the curve', { cnf: { jwk: { ...holder.key, y: holder.key.x } } }],
    ['a secp256k1 holder', { cnf: { jwk: { ...holder.key, crv: 'secp256k1' } } }],
    ['no end', { exp: undefined }], ['an end before the beginning', { exp: 1 }], ['a text as time', { iat: '1' }], ['a fraction as time', { exp: 2e9 + 0.5 }], ['a time after 2444', { exp: 2 ** 34 }],
    ['another issuer', { iss: 'did:ethr:0x7a69:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' }], ['no issuer', { iss: undefined }],
    ['a claim shown in the open', { family_name: 'Müller' }], ['a token status list', { status: { status_list: { idx: 1, uri: 'https://x' } } }],
    ['no status', { credentialStatus: undefined }], ['an audience', { aud: 'x' }],
  ])('refuses %s, even signed by the issuer', (_, change) => expect(received(issued(change))).toBe('credential-malformed'));
  test('refuses a type that nobody knows', () => {
    expect(received(issued({ vct: 'urn:healthpass:driving-licence:1' }))).toBe('credential-malformed');
  });
  test('refuses a claim twice', () => {
    const text = forge(header(), JSON.stringify(payload()).replace('{', '{"vct":"x",'), issuer.sdSecret, p256);
    expect(received(`${text}~`)).toBe('credential-malformed');
  });
  test.each([
    ['not a text', () => 7 as unknown as string, 'sd-jwt-malformed'], ['an empty text', () => '', 'sd-jwt-malformed'], ['a token without ~', () => split(whole).jwt, 'sd-jwt-malformed'],
    ['tildes alone', () => '~~~~', 'sd-jwt-malformed'], ['an empty disclosure', () => `${split(whole).jwt}~~`, 'json-malformed'],
    ['two tokens', () => `${split(whole).jwt}~${split(whole).jwt}~`, 'sd-jwt-malformed'], ['20 kB and more', () => `${whole}${'A'.repeat(20_000)}`, 'text-too-long'],
    ['line feeds', () => `${whole}\n`, 'sd-jwt-malformed'], ['a JSON serialization', () => JSON.stringify({ payload: 'x', signatures: [] }), 'sd-jwt-malformed'],
  ])('does not read %s', (_, make, code) => expect(received(make())).toBe(`throws ${code}`));
});

describe('verifySdJwtVc: trust data', () => {
  test('decides as for a VC-JWT', () => {
    const judge = (change: Partial<TrustContext>) => outcome(presented, change);
    expect(judge({ trust: undefined })).toBe('trust-missing');
    expect(judge({ maxTrustAge: 99 })).toBe('trust-stale');
    expect(judge({ trust: { ...issuer.trust, issuers: [] } })).toBe('issuer-unknown');
    expect(judge({ trust: withIssuer(issuer.trust, { latestStatus: 'suspended' }) })).toBe('issuer-suspended');
    expect(judge({ trust: withIssuer(issuer.trust, { keys: [] }) })).toBe('issuer-key-unlisted');
    expect(judge({ trust: withList(issuer.trust, { latestWords: blocking(STATUS.index) }) })).toBe('credential-revoked');
    expect(judge({ trust: withList(issuer.trust, { issuer: 8 }) })).toBe('list-foreign');
    expect(received(whole, { now: issuer.now + 1e7 + 60 as UnixSeconds, maxTrustAge: Infinity })).toBe('credential-expired');
    expect(received(issued({ iat: issuer.now + 61 }))).toBe('credential-not-yet-valid');
    expect(received(issued({ nbf: issuer.now + 61 }))).toBe('credential-not-yet-valid');
  });
  test('a retired key needs an anchor of the issuer-signed token, not of what was presented', () => {
    const { number, time } = issuer.trust.finalized;
    const retired = withIssuer(issuer.trust, { keys: issuer.keys.map((key) => ({ ...key, until: time, untilBlock: number })) });
    expect(outcome(presented, { trust: retired })).toBe('issuer-key-retired');
    const digest = recordDigest(STATUS.list, STATUS.index, signingInput);
    const { root, leaves } = createAnchor([digest], randomBytes);
    const trust = { ...retired, anchors: [{ list: 1, root, time, block: number - 1 }] };
    expect(outcome(presented, { trust, anchorProof: (wanted) => (wanted === digest ? { root, proof: anchorProof(leaves, digest) } : undefined) })).toBe('accepted');
  });
});

describe('verifySdJwtVc: properties', () => {
  test('accepts no presentation with one character changed, dropped or added', () => {
    fc.assert(fc.property(fc.nat(presented.length - 1), fc.constantFrom(...'Aa0-_.~='), fc.constantFrom('change', 'drop', 'add'), (at, char, what) => {
      const text = presented.slice(0, at) + (what === 'drop' ? '' : char) + presented.slice(what === 'add' ? at : at + 1);
      fc.pre(text !== presented);
      expect(outcome(text)).not.toBe('accepted');
    }), { numRuns: 1000 });
  });
  test('answers any text with a verdict or a coded error', () => {
    const part = fc.oneof(fc.json().map(b64), fc.string());
    fc.assert(fc.property(fc.array(part), fc.constantFrom('~', '.'), (parts, separator) => {
      expect(outcome(parts.join(separator))).not.toBe('accepted');
    }), { numRuns: 500 });
  });
});
