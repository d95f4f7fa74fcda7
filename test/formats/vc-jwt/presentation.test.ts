import { secp256k1 } from '@noble/curves/secp256k1.js';
import { p256 } from '@noble/curves/nist.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner, didOfHolder } from '#formats/credential/index.ts';
import { createVpJwt, verifyVpJwt, VP_MAX_CREDENTIALS, type VpContext } from '#formats/vc-jwt/index.ts';
import type { UnixSeconds } from '#passport';
import { answer, b64, blocking, forge, holder, jsonOf, order, startIssuer, STATUS, twin, withIssuer, withList, type Issuer } from '../fixture.ts';

const CHALLENGE = 'q7Zk0b1r5w3u';
const AUDIENCE = 'https://venue.example';
const did = didOfHolder(holder.key);
let issuer: Issuer;
let credential: string;
let honest: string;
const present = (change: Partial<Parameters<typeof createVpJwt>[1]> = {}, by = holder) =>
  createVpJwt(by, { credentials: [credential], challenge: CHALLENGE, audience: AUDIENCE, now: issuer.now, ...change });
beforeAll(async () => {
  issuer = await startIssuer();
  credential = (await issuer.issueVc()).text;
  honest = await present();
});
afterAll(() => issuer.stop());

const context = (change: Partial<VpContext> = {}): VpContext => ({ trust: issuer.trust, now: issuer.now, maxTrustAge: 3600, challenge: CHALLENGE, audience: AUDIENCE, ...change });
const outcome = (text: string, change: Partial<VpContext> = {}) => answer(() => verifyVpJwt(text, context(change)));
const parts = () => { const [h, p] = honest.split('.') as [string, string]; return { header: jsonOf(h), payload: jsonOf(p) as { vp: object } & Record<string, unknown> }; };
const signed = (header: object, payload: object | string, secret = holder.secretKey) => forge(header, payload, secret, p256);
const withHeader = (change: object) => signed({ ...parts().header, ...change }, parts().payload);
const withPayload = (change: object) => signed(parts().header, { ...parts().payload, ...change });

describe('verifyVpJwt', () => {
  test('accepts a presentation of the holder, and shows every credential in it as bound to the holder', async () => {
    const second = (await issuer.issueVc({ status: { ...STATUS, index: 5 } })).text;
    expect(verifyVpJwt(await present({ credentials: [credential, second] }), context())).toMatchObject({
      outcome: 'accepted',
      shown: { form: 'vp-jwt', holder: did, credentials: [{ form: 'vc-jwt', issuer: issuer.me.did, holderBound: true }, { form: 'vc-jwt', holderBound: true }] },
      freshness: { finalizedAt: issuer.trust.finalized.time },
    });
  });

  describe('binding', () => {
    test('refuses another challenge, another audience, and none', () => {
      expect(outcome(honest, { challenge: 'another' })).toBe('challenge-wrong');
      expect(outcome(honest, { challenge: '' })).toBe('challenge-wrong');
      expect(outcome(honest, { audience: 'https://other.example' })).toBe('audience-wrong');
      expect(outcome(honest, { audience: '' })).toBe('audience-wrong');
      expect(outcome(withPayload({ aud: [AUDIENCE] }))).toBe('throws jwt-malformed');
      expect(outcome(withPayload({ nonce: undefined }))).toBe('throws jwt-malformed');
      expect(outcome(withPayload({ aud: undefined }))).toBe('throws jwt-malformed');
    });
    test('refuses a replay after five minutes, and an answer from the future', () => {
      const at = (offset: number) => outcome(honest, { now: issuer.now + offset as UnixSeconds });
      expect([at(360), at(361), at(-60), at(-61)]).toEqual(['accepted', 'code-expired', 'accepted', 'code-from-future']);
    });
    test('reads what other wallets write besides, and holds them to it', () => {
      const { payload: { vp, ...claims } } = parts();
      expect(outcome(withPayload({ jti: 'urn:uuid:x', nbf: issuer.now, exp: issuer.now + 60, vp: { ...vp, '@context': ['https://www.w3.org/2018/credentials/v1', 'https://other.example/v1'], id: 'urn:x', holder: did, type: 'VerifiablePresentation' } }))).toBe('accepted');
      expect(outcome(signed(parts().header, { ...claims, iat: undefined, vp }))).toBe('accepted');
      expect(outcome(signed(parts().header, { ...claims, iat: undefined, vp }), { challenge: 'another' })).toBe('challenge-wrong');
      expect(outcome(withPayload({ nbf: issuer.now + 61 }))).toBe('code-from-future');
      expect(outcome(withPayload({ exp: issuer.now - 60 }))).toBe('code-expired');
      expect(outcome(withPayload({ vp: { ...vp, holder: didOfHolder(createHolderSigner().key) } }))).toBe('holder-binding-invalid');
      expect(outcome(withPayload({ vp: { ...vp, '@context': ['https://other.example/v1'] } }))).toBe('throws jwt-malformed');
      expect(outcome(withPayload({ vp: { ...vp, type: ['Other'] } }))).toBe('throws jwt-malformed');
    });
    test('refuses a credential of another holder: a stolen one', async () => {
      expect(outcome(await present({}, createHolderSigner()))).toBe('holder-binding-invalid');
    });
    test('refuses a credential of another holder beside one’s own', async () => {
      const other = (await issuer.issueVc({ holderKey: createHolderSigner().key })).text;
      expect(outcome(await present({ credentials: [credential, other] }))).toBe('holder-binding-invalid');
    });
    test('refuses a holder who is not the one that signed', () => {
      const other = createHolderSigner();
      expect(outcome(withPayload({ iss: didOfHolder(other.key) }))).toBe('holder-binding-invalid');
      expect(outcome(signed(parts().header, parts().payload, other.secretKey))).toBe('holder-binding-invalid');
    });
    test('refuses a presentation of no credential', async () => {
      expect(outcome(await present({ credentials: [] }))).toBe('nothing-presented');
    });
    test('refuses a credential shown bare, and a presentation shown as a credential', async () => {
      expect(outcome(credential)).toBe('algorithm-refused');
      expect(outcome(await present({ credentials: [honest] }))).toBe('algorithm-refused');
    });
  });

  describe('credentials inside, which Veramo does not verify', () => {
    test('refuses a credential with another signature', async () => {
      const forged = forge(jsonOf(credential.split('.')[0]!), jsonOf(credential.split('.')[1]!), secp256k1.utils.randomSecretKey(), secp256k1);
      expect(outcome(await present({ credentials: [forged] }))).toBe('signature-invalid');
      expect(outcome(await present({ credentials: [credential, forged] }))).toBe('signature-invalid');
    });
    test('refuses one that is revoked, of a suspended issuer, or expired', () => {
      expect(outcome(honest, { trust: withList(issuer.trust, { latestWords: blocking(STATUS.index) }) })).toBe('credential-revoked');
      expect(outcome(honest, { trust: withIssuer(issuer.trust, { latestStatus: 'suspended' }) })).toBe('issuer-suspended');
      expect(outcome(signed(parts().header, { ...parts().payload, iat: issuer.now + 2e7 }), { now: issuer.now + 2e7 as UnixSeconds, maxTrustAge: Infinity })).toBe('credential-expired');
    });
    test('decides nothing without trust data', () => {
      expect(outcome(honest, { trust: undefined })).toBe('trust-missing');
      expect(outcome(honest, { maxTrustAge: 99 })).toBe('trust-stale');
    });
    test('does not read a credential that is an object, or no token', () => {
      const inside = (verifiableCredential: unknown) => withPayload({ vp: { ...parts().payload.vp, verifiableCredential } });
      expect(outcome(inside([{ '@context': [], type: [], proof: { jwt: credential } }]))).toBe('throws jwt-malformed');
      expect(outcome(inside(credential))).toBe('throws jwt-malformed');
      expect(outcome(inside(['x']))).toBe('throws jwt-malformed');
    });
    test('does not read more credentials than fit', () => {
      const many = Array(VP_MAX_CREDENTIALS + 1).fill('a.a.a');
      expect(outcome(withPayload({ vp: { ...parts().payload.vp, verifiableCredential: many } }))).toBe('throws jwt-malformed');
      expect(outcome(withPayload({ vp: { ...parts().payload.vp, verifiableCredential: ['a'.repeat(250_000)] } }))).toBe('throws text-too-long');
    });
  });

  describe('signature and header', () => {
    test.each(['none', 'HS256', 'ES256K', 'EdDSA', ['ES256'], null])('refuses alg %j', (alg) => expect(outcome(withHeader({ alg }))).toBe('algorithm-refused'));
    test.each([{ jwk: holder.key }, { crit: [] }, { b64: false }, { jku: 'https://x' }, { x5c: [] }])('refuses %j', (extra) => expect(outcome(withHeader(extra))).toBe('algorithm-refused'));
    test.each([did, `${did}#1`, `${did}#0#0`, `${did}#00`, '#0', undefined, `${didOfHolder(createHolderSigner().key)}#0`])('refuses kid %j', (kid) => {
      expect(outcome(withHeader({ kid }))).toBe('holder-binding-invalid');
    });
    test('refuses another type of token', () => expect(outcome(withHeader({ typ: 'kb+jwt' }))).toBe('holder-binding-invalid'));
    test('refuses a signature that is empty, truncated or of zeros', () => {
      const input = honest.slice(0, honest.lastIndexOf('.') + 1);
      for (const signature of ['', b64(new Uint8Array(64)), honest.split('.')[2]!.slice(0, 84)]) expect(outcome(input + signature)).toBe('holder-binding-invalid');
    });
    test('takes the high-S twin: WebCrypto signs with either, and nothing hangs on the bytes of a presentation', () => {
      const input = honest.slice(0, honest.lastIndexOf('.') + 1);
      expect(outcome(input + b64(twin(Buffer.from(honest.split('.')[2]!, 'base64url'), order.p256)))).toBe('accepted');
    });
    test('does not read a payload with a key twice, or with too much in it', () => {
      expect(outcome(signed(parts().header, JSON.stringify(parts().payload).replace('{', '{"aud":"x",')))).toBe('throws json-duplicate-key');
      expect(outcome(withPayload({ sub: 'x' }))).toBe('throws jwt-malformed');
      expect(outcome(withPayload({ iat: '1' }))).toBe('throws jwt-malformed');
    });
  });
});

describe('createVpJwt', () => {
  test.each([['challenge', { challenge: '' }], ['audience', { audience: '' }], ['time', { now: -1 as UnixSeconds }], ['credentials', { credentials: Array(9).fill('a.a.a') }]])('refuses to sign without a fit %s', async (_, change) => {
    await expect(present(change)).rejects.toMatchObject({ code: 'request-invalid' });
  });
});
