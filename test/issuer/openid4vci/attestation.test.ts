// Wallets that somebody attests, and an issuer that gives tokens to DPoP alone.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner, type HolderSigner } from '#formats/credential/index.ts';
import { createJws } from '#formats/credential/jws.ts';
import { call, rawWallet, staff, startScene, wrong, type RawWallet, type Scene } from './scene.ts';

const ATTESTER = 'https://wallets.example';
const CLIENT = 'attested-wallet';
const attester = createHolderSigner();
let scene: Scene;
let wallet: RawWallet;
beforeAll(async () => {
  scene = await startScene({ requireDpop: true, attesters: new Map([[ATTESTER, { ...attester.key }]]) });
  wallet = rawWallet(scene);
});
afterAll(() => scene.stop());

type Change = { attestation?: object; pop?: object; by?: HolderSigner; popBy?: HolderSigner };
async function headers({ attestation = {}, pop = {}, by = attester, popBy }: Change = {}): Promise<Record<string, string>> {
  const instance = createHolderSigner();
  const at = scene.now();
  return {
    'oauth-client-attestation': await createJws({ typ: 'oauth-client-attestation+jwt', alg: 'ES256', jwk: by.key }, { iss: ATTESTER, sub: CLIENT, iat: at, exp: at + 300, cnf: { jwk: instance.key }, ...attestation }, by.sign),
    'oauth-client-attestation-pop': await createJws({ typ: 'oauth-client-attestation-pop+jwt', alg: 'ES256' }, { iss: CLIENT, aud: scene.url, iat: at, exp: at + 60, jti: randomBytes(8).toString('hex'), ...pop }, (popBy ?? instance).sign),
  };
}
async function dpop(): Promise<{ dpop: string }> {
  const nonce = (await call(`${scene.url}/nonce`)).headers.get('dpop-nonce')!;
  return { dpop: await wallet.dpopProof({ signer: createHolderSigner(), nonce }, 'POST', '/token') };
}
const token = async (change: Record<string, string>, fields = {}) => wallet.token(await staff(scene).offer(), fields, { ...(await dpop()), ...change });

describe('a wallet attestation', () => {
  test('is advertised, and not required', async () => {
    expect((await call(`${scene.url}/.well-known/oauth-authorization-server`, { method: 'GET' })).body).toMatchObject({ token_endpoint_auth_methods_supported: ['none', 'attest_jwt_client_auth'] });
    expect((await token({})).status).toBe(200);
  });
  test('is taken from a known attester, and names the client', async () => {
    const answer = await token(await headers());
    expect(answer.status).toBe(200);
    expect((await scene.database.query<{ grants: string }>('SELECT grants FROM offer_token')).some(({ grants }) => grants.includes(CLIENT))).toBe(true);
  });
  test.each<[string, Change]>([
    ['of an attester that nobody named', { attestation: { iss: 'https://other.example' } }],
    ['signed by somebody else in the name of an attester', { by: createHolderSigner() }],
    ['that has expired', { attestation: { exp: 1 } }],
    ['with a proof by another key', { popBy: createHolderSigner() }],
    ['with a proof for another server', { pop: { aud: 'https://other.example' } }],
    ['with a proof of another client', { pop: { iss: 'another' } }],
    ['with a proof that has expired', { pop: { exp: 1 } }],
    ['with a proof that lasts a year', { pop: { exp: 4_000_000_000 } }],
  ])('%s is refused', async (_name, change) => {
    expect(wrong(await token(await headers(change)))).toBe('401 invalid_client');
  });
  test('without its proof, for another client than the one that asks, or used again is refused', async () => {
    const { 'oauth-client-attestation': attestation, 'oauth-client-attestation-pop': pop } = await headers();
    expect(wrong(await token({ 'oauth-client-attestation': attestation! }))).toBe('401 invalid_client');
    expect(wrong(await token(await headers(), { client_id: 'another' }))).toBe('401 invalid_client');
    const both = { 'oauth-client-attestation': attestation!, 'oauth-client-attestation-pop': pop! };
    expect((await token(both)).status).toBe(200);
    expect(wrong(await token(both))).toBe('401 invalid_client');
  });
});

test('an issuer that demands DPoP gives no token without it', async () => {
  const made = await staff(scene).offer();
  expect(wrong(await wallet.token(made))).toBe('400 invalid_dpop_proof');
  expect((await wallet.token(made, {}, await dpop())).body).toMatchObject({ token_type: 'DPoP' });
});
