// The credential endpoint: requests written from the specification, each named after its attack or mistake.
import { createHmac } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner, didOfHolder, type HolderSigner } from '#formats/credential/index.ts';
import { createJws } from '#formats/credential/jws.ts';
import { disclosableClaims, verifySdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { verifyVcJwt } from '#formats/vc-jwt/index.ts';
import { FIELD_ORDER } from '#passport';
import { jsonOf } from '../../formats/fixture.ts';
import { call, rawWallet, staff, startScene, wrong, type Made, type RawWallet, type Scene } from './scene.ts';

const SD = 'vaccination_dc_sd_jwt';
const VC = 'vaccination_jwt_vc_json';
const CLAIMS = 'vaccination_healthpass_claims';
let scene: Scene;
let wallet: RawWallet;
beforeAll(async () => {
  scene = await startScene();
  wallet = rawWallet(scene);
});
afterAll(() => scene.stop());

const redeemed = async (made?: Made): Promise<string> => (await wallet.token(made ?? await staff(scene).offer())).body['access_token'] as string;
const credentialsOf = (body: Record<string, unknown>) => (body['credentials'] as { credential: string }[]).map(({ credential }) => credential);

describe('POST /credential', () => {
  test('gives an SD-JWT VC and a VC-JWT that our verifiers take, bound to the key that was proven', async () => {
    const token = await redeemed();
    const holder = createHolderSigner();
    const sd = await wallet.json('/credential', token, { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(await wallet.nonce(), holder)] } });
    expect([sd.status, sd.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const trusting = { trust: scene.trust(), now: scene.now(), maxTrustAge: 3600 };
    expect(verifySdJwtVc(credentialsOf(sd.body)[0]!, { ...trusting, requireKeyBinding: false, holderKey: holder.key, certificateRoots: [scene.authority.root] })).toMatchObject({ outcome: 'accepted', shown: { issuer: scene.issuer.me.did } });
    const vc = await wallet.json('/credential', token, { credential_configuration_id: VC, proofs: { jwt: [await wallet.proof(await wallet.nonce(), holder, { header: { jwk: undefined, kid: `${didOfHolder(holder.key)}#0` } })] } });
    expect(verifyVcJwt(credentialsOf(vc.body)[0]!, { ...trusting, holder: didOfHolder(holder.key) })).toMatchObject({ outcome: 'accepted' });
  });
  test('gives claims for passes to whoever proves a commitment', async () => {
    const token = await redeemed();
    const proof = await wallet.proof(await wallet.nonce(), undefined, { payload: { holder_commitment: '12345' } });
    const { body } = await wallet.json('/credential', token, { credential_configuration_id: CLAIMS, proofs: { jwt: [proof] } });
    const { credential } = (body['credentials'] as { credential: { claims: string[] } }[])[0]!;
    expect(credential.claims).toHaveLength(16);
    expect(credential.claims).toContain('12345');
  });

  type Attempt = { body?: object; proofs?: (nonce: string) => Promise<unknown>; };
  /** What a request is refused with that is right but for one thing. */
  async function refusedWith({ body = {}, proofs }: Attempt): Promise<string> {
    const nonce = await wallet.nonce();
    return wrong(await wallet.json('/credential', await redeemed(), { credential_configuration_id: SD, proofs: proofs ? await proofs(nonce) : { jwt: [await wallet.proof(nonce)] }, ...body }));
  }
  const one = (make: (nonce: string) => Promise<string>) => async (nonce: string) => ({ jwt: [await make(nonce)] });
  const hs256 = async (nonce: string) => {
    const [header, payload] = (await wallet.proof(nonce, undefined, { header: { alg: 'HS256' } })).split('.') as [string, string];
    return `${header}.${payload}.${createHmac('sha256', 'secret').update(`${header}.${payload}`).digest('base64url')}`;
  };
  const es256k = async (nonce: string) => {
    const secret = secp256k1.utils.randomSecretKey();
    const point = secp256k1.getPublicKey(secret, false);
    const jwk = { kty: 'EC', crv: 'secp256k1', x: Buffer.from(point.subarray(1, 33)).toString('base64url'), y: Buffer.from(point.subarray(33)).toString('base64url') };
    return createJws({ alg: 'ES256K', typ: 'openid4vci-proof+jwt', jwk }, { aud: scene.url, iat: scene.now(), nonce }, (message) => secp256k1.sign(message, secret));
  };

  test.each<[string, Attempt, string]>([
    ['no proofs', { body: { proofs: undefined } }, '400 invalid_proof'],
    ['an empty list of proofs', { body: { proofs: { jwt: [] } } }, '400 invalid_proof'],
    ['the one proof of older drafts', { body: { proofs: undefined, proof: { proof_type: 'jwt', jwt: 'a.b.c' } } }, '400 invalid_proof'],
    ['a proof type that no configuration names', { body: { proofs: { ldp_vp: [{}] } } }, '400 invalid_proof'],
    ['a proof that is no JWT', { body: { proofs: { jwt: ['a.b'] } } }, '400 invalid_proof'],
    ['more proofs than a batch has', { proofs: async (nonce) => ({ jwt: await Promise.all(Array.from({ length: 21 }, () => wallet.proof(nonce))) }) }, '400 invalid_proof'],
    ['a proof without algorithm (none)', { proofs: one(async (nonce) => `${(await wallet.proof(nonce, undefined, { header: { alg: 'none' } })).split('.').slice(0, 2).join('.')}.`) }, '400 invalid_proof'],
    ['a proof by a shared secret (HS256)', { proofs: one(hs256) }, '400 invalid_proof'],
    ['a proof by a key of another curve (ES256K)', { proofs: one(es256k) }, '400 invalid_proof'],
    ['a proof signed by another key than the one it names', { proofs: one((nonce) => wallet.proof(nonce, undefined, { signer: createHolderSigner() })) }, '400 invalid_proof'],
    ['a proof that names a key twice', { proofs: one(async (nonce) => { const holder = createHolderSigner(); return wallet.proof(nonce, holder, { header: { kid: `${didOfHolder(holder.key)}#0` } }); }) }, '400 invalid_proof'],
    ['a proof that names no key', { proofs: one((nonce) => wallet.proof(nonce, undefined, { header: { jwk: undefined } })) }, '400 invalid_proof'],
    ['a proof whose key comes from a certificate', { proofs: one((nonce) => wallet.proof(nonce, undefined, { header: { jwk: undefined, x5c: [scene.authority.root] } })) }, '400 invalid_proof'],
    ['a proof with a header to be understood', { proofs: one((nonce) => wallet.proof(nonce, undefined, { header: { crit: ['b64'], b64: false } })) }, '400 invalid_proof'],
    ['a proof with a private key in it', { proofs: one((nonce) => { const holder = createHolderSigner(); return wallet.proof(nonce, holder, { header: { jwk: { ...holder.key, d: 'AAAA' } } }); }) }, '400 invalid_proof'],
    ['a proof of another type of JWT', { proofs: one((nonce) => wallet.proof(nonce, undefined, { header: { typ: 'JWT' } })) }, '400 invalid_proof'],
    ['a proof for another issuer', { proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { aud: 'https://other.example' } })) }, '400 invalid_proof'],
    ['a proof for several issuers', { proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { aud: [scene.url, 'https://other.example'] } })) }, '400 invalid_proof'],
    ['a proof without audience', { proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { aud: undefined } })) }, '400 invalid_proof'],
    ['a proof of another client', { proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { iss: 'another-wallet' } })) }, '400 invalid_proof'],
    ['a proof that is too old', { proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { iat: scene.now() - 400 } })) }, '400 invalid_proof'],
    ['a proof from the future', { proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { iat: scene.now() + 400 } })) }, '400 invalid_proof'],
    ['a proof without nonce', { proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { nonce: undefined } })) }, '400 invalid_proof'],
    ['a nonce of one’s own', { proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { nonce: 'A'.repeat(60) } })) }, '400 invalid_nonce'],
    ['a nonce for DPoP in a proof', { proofs: one(async () => wallet.proof((await call(`${scene.url}/nonce`)).headers.get('dpop-nonce')!)) }, '400 invalid_nonce'],
    ['two proofs with different nonces', { proofs: async (nonce) => ({ jwt: [await wallet.proof(nonce), await wallet.proof(await wallet.nonce())] }) }, '400 invalid_proof'],
    ['two proofs of one key', { proofs: async (nonce) => { const holder = createHolderSigner(); return { jwt: [await wallet.proof(nonce, holder), await wallet.proof(nonce, holder)] }; } }, '400 invalid_proof'],
    ['a configuration that there is not', { body: { credential_configuration_id: 'mdl' } }, '400 unknown_credential_configuration'],
    ['a configuration that was not offered', { body: { credential_configuration_id: 'test_dc_sd_jwt' } }, '403 insufficient_scope'],
    ['a format instead of a configuration, as in older drafts', { body: { credential_configuration_id: undefined, format: 'dc+sd-jwt' } }, '400 invalid_credential_request'],
    ['both identifier and configuration', { body: { credential_identifier: `${SD}.0` } }, '400 invalid_credential_request'],
    ['an identifier that the token response did not give', { body: { credential_configuration_id: undefined, credential_identifier: `${SD}.0` } }, '400 unknown_credential_identifier'],
    ['an encrypted answer, which is not offered', { body: { credential_response_encryption: { jwk: {}, enc: 'A256GCM' } } }, '400 invalid_encryption_parameters'],
    ['claims for passes without a commitment', { body: { credential_configuration_id: CLAIMS } }, '400 invalid_proof'],
    ['claims for passes with a commitment out of the field', { body: { credential_configuration_id: CLAIMS }, proofs: one((nonce) => wallet.proof(nonce, undefined, { payload: { holder_commitment: `${FIELD_ORDER}` } })) }, '400 invalid_proof'],
  ])('refuses %s', async (_name, attempt, code) => {
    expect(await refusedWith(attempt)).toBe(code);
  });

  test('refuses a body that is no JSON, and says so as the specification has it', async () => {
    expect(wrong(await wallet.json('/credential', await redeemed(), '{"credential'))).toBe('400 invalid_credential_request');
  });
  test('refuses a request without a token, with a made-up one, and with one that has expired', async () => {
    const bare = await wallet.json('/credential', undefined, {});
    expect([wrong(bare), bare.headers.get('www-authenticate')]).toEqual(['401 invalid_token', 'DPoP algs="ES256", Bearer']);
    expect(wrong(await wallet.json('/credential', 'A'.repeat(43), {}))).toBe('401 invalid_token');
    const token = await redeemed();
    scene.advance(601);
    expect(wrong(await wallet.json('/credential', token, {}))).toBe('401 invalid_token');
  });
  test('refuses a replayed nonce, with other keys', async () => {
    const [token, nonce] = [await redeemed(), await wallet.nonce()];
    const ask = async (configuration: string) => wallet.json('/credential', token, { credential_configuration_id: configuration, proofs: { jwt: [await wallet.proof(nonce)] } });
    expect((await ask(SD)).status).toBe(200);
    expect(wrong(await ask(VC))).toBe('400 invalid_nonce');
  });
  test('refuses an expired nonce', async () => {
    const nonce = await wallet.nonce();
    scene.advance(301);
    expect(wrong(await wallet.json('/credential', await redeemed(), { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(nonce)] } }))).toBe('400 invalid_nonce');
  });
  test('refuses a key that another credential is bound to, and a commitment too', async () => {
    const holder = createHolderSigner();
    const commitment = { holder_commitment: '777' };
    const ask = async (configuration: string, signer = holder, payload = {}) =>
      wallet.json('/credential', await redeemed(), { credential_configuration_id: configuration, proofs: { jwt: [await wallet.proof(await wallet.nonce(), signer, { payload })] } });
    expect((await ask(SD)).status).toBe(200);
    expect(wrong(await ask(SD))).toBe('400 invalid_proof');
    expect(wrong(await ask(VC))).toBe('400 invalid_proof');
    expect((await ask(CLAIMS, createHolderSigner(), commitment)).status).toBe(200);
    expect(wrong(await ask(CLAIMS, createHolderSigner(), commitment))).toBe('400 invalid_proof');
  });
  test('refuses a key that has the same form already, and more copies than a batch in all', async () => {
    const token = await redeemed();
    const ask = async (signers: readonly HolderSigner[]) => {
      const nonce = await wallet.nonce();
      return wallet.json('/credential', token, { credential_configuration_id: SD, proofs: { jwt: await Promise.all(signers.map((signer) => wallet.proof(nonce, signer))) } });
    };
    const holder = createHolderSigner();
    expect((await ask([holder])).status).toBe(200);
    expect(wrong(await ask([holder]))).toBe('400 invalid_proof');
    expect((await ask(Array.from({ length: 19 }, () => createHolderSigner()))).status).toBe(200);
    expect(wrong(await ask([createHolderSigner()]))).toBe('400 credential_request_denied');
  });

  test('gives a batch of copies that share nothing but what all credentials do, and the forms of one copy one entry', async () => {
    const token = await redeemed();
    const holders = Array.from({ length: 3 }, () => createHolderSigner());
    const ask = async (configuration: string, signers: readonly HolderSigner[]) => {
      const nonce = await wallet.nonce();
      const { status, body } = await wallet.json('/credential', token, { credential_configuration_id: configuration, proofs: { jwt: await Promise.all(signers.map((signer) => wallet.proof(nonce, signer))) } });
      expect(status).toBe(200);
      return credentialsOf(body);
    };
    const sd = await ask(SD, holders);
    const vc = await ask(VC, holders.toReversed());
    const entryOf = (text: string, at: (payload: Record<string, unknown>) => unknown) => (at(jsonOf(text.split('.')[1]!)) as { statusListIndex: string }).statusListIndex;
    const sdEntries = sd.map((text) => entryOf(text, ({ credentialStatus }) => credentialStatus));
    const vcEntries = vc.map((text) => entryOf(text, ({ vc: credential }) => (credential as { credentialStatus: unknown }).credentialStatus));
    expect(new Set(sdEntries).size).toBe(3);
    expect(vcEntries.toReversed()).toEqual(sdEntries);
  });
  test('refuses to give one form of a copy to the holder of another', async () => {
    const token = await redeemed();
    const [first, second] = [createHolderSigner(), createHolderSigner()];
    const ask = async (configuration: string, signers: readonly HolderSigner[]) => {
      const nonce = await wallet.nonce();
      return wallet.json('/credential', token, { credential_configuration_id: configuration, proofs: { jwt: await Promise.all(signers.map((signer) => wallet.proof(nonce, signer))) } });
    };
    expect((await ask(SD, [first, second])).status).toBe(200);
    expect(wrong(await ask(VC, [second]))).toBe('400 invalid_proof');
    expect((await ask(VC, [first, second])).status).toBe(200);
  });

  test('answers the same request the same again, also after a restart, until the wallet says that it has it', async () => {
    const token = await redeemed();
    const request = { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(await wallet.nonce())] } };
    const first = await wallet.json('/credential', token, request);
    await scene.restart();
    const again = await wallet.json('/credential', token, request);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect((await wallet.json('/notification', token, { notification_id: first.body['notification_id'], event: 'credential_accepted' })).status).toBe(204);
    expect(wrong(await wallet.json('/credential', token, request))).toBe('400 invalid_nonce');
  });
  test('issues once when the same request comes twice at once', async () => {
    const token = await redeemed();
    const request = { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(await wallet.nonce())] } };
    const answers = await Promise.all([0, 1].map(() => wallet.json('/credential', token, request)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]!.text).toBe(answers[1]!.text);
  });
  test('leaves nothing of a request that failed: the nonce and the key can be used', async () => {
    const [token, nonce, holder] = [await redeemed(), await wallet.nonce(), createHolderSigner()];
    const used = createHolderSigner();
    await wallet.json('/credential', await redeemed(), { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(await wallet.nonce(), used)] } });
    const before = await scene.database.query('SELECT count(*)::int8 AS n FROM credential');
    expect(wrong(await wallet.json('/credential', token, { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(nonce, holder), await wallet.proof(nonce, used)] } }))).toBe('400 invalid_proof');
    expect(await scene.database.query('SELECT count(*)::int8 AS n FROM credential')).toEqual(before);
    expect((await wallet.json('/credential', token, { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(nonce, holder)] } })).status).toBe(200);
  });
});

describe('several events of one kind', () => {
  test('are told apart by credential_identifier, which has to be used then', async () => {
    const made = await staff(scene).offerOfRecord();
    const { body } = await wallet.token(made);
    const token = body['access_token'] as string;
    const details = body['authorization_details'] as { credential_configuration_id: string; credential_identifiers: string[] }[];
    const identifiers = details.find(({ credential_configuration_id: id }) => id === SD)!.credential_identifiers;
    expect(identifiers.length).toBeGreaterThan(1);
    const ask = async (which: object) => wallet.json('/credential', token, { ...which, proofs: { jwt: [await wallet.proof(await wallet.nonce())] } });
    expect(wrong(await ask({ credential_configuration_id: SD }))).toBe('400 invalid_credential_request');
    const said = await Promise.all(identifiers.map(async (credential_identifier) => disclosableClaims(credentialsOf((await ask({ credential_identifier })).body)[0]!)['occurred']));
    expect(new Set(said).size).toBe(identifiers.length);
    expect(wrong(await ask({ credential_identifier: `${SD}.99` }))).toBe('400 unknown_credential_identifier');
  });
  test('can be asked for by authorization_details, and nothing else is given then', async () => {
    const made = await staff(scene).offerOfRecord();
    const details = JSON.stringify([{ type: 'openid_credential', credential_configuration_id: VC }]);
    const { body } = await wallet.token(made, { authorization_details: details });
    expect((body['authorization_details'] as object[]).length).toBe(1);
    expect(wrong(await wallet.json('/credential', body['access_token'] as string, { credential_identifier: `${SD}.0` }))).toBe('400 unknown_credential_identifier');
  });
});
