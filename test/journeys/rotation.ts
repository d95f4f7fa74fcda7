// The issuer changes its keys: everybody who was honest goes on, and a thief of the old keys has nothing.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ES256KSigner } from 'did-jwt';
import { createFolderKeyValue, createSealedStore } from '#issuer/agent/index.ts';
import { sampleBundle } from '#network/samples/index.ts';
import { createClaimsKeyPair, hashClaims, isHealthpassError, signClaims, toSeconds1900, type ClaimsKeyPair, type IssuedCredential, type ListedKey, type TrustState } from '#passport';
import { secretFile } from '#server';
import { heldCredentials, makePass, refreshSignatures, type Wallet } from '#wallet';
import { CREDENTIALS } from '#wallet/records.ts';
import { newWallet, now, ok, type Network } from './network.ts';
import { pass, policy, show } from './showing.ts';

const refusal = (error: unknown): string => (isHealthpassError(error) ? `${error.code} ${error.field}` : String(error));
type Loot = { readonly claims: ClaimsKeyPair; readonly secrets: readonly Uint8Array[] };

/** What a thief finds who had the issuer's whole key store. */
async function steal({ folder }: Network): Promise<Loot> {
  const store = await createSealedStore(createFolderKeyValue(join(folder.issuerFolder, 'keys')), await secretFile(join(folder.issuerFolder, 'key-store.hex')));
  return { claims: createClaimsKeyPair(hexToBytes(await store.get('claims-key/current') as string)), secrets: (await store.all('private-key') as { privateKeyHex: string }[]).map(({ privateKeyHex }) => hexToBytes(privateKeyHex)) };
}

/** The same JWT with another payload, signed by the stolen key that the document lists. */
async function forge(jwt: string, { secrets }: Loot, listed: readonly ListedKey[], change: (payload: Record<string, unknown>) => void): Promise<string> {
  const [header, payload] = jwt.split('.') as [string, string];
  const [{ alg, kid }, json] = [header, payload].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>) as [{ alg: string; kid: string }, Record<string, unknown>];
  change(json);
  const input = `${header}.${Buffer.from(JSON.stringify(json)).toString('base64url')}`;
  const { publicKey } = listed.find((key) => key.kid === kid)!;
  const secret = secrets.find((candidate) => bytesToHex((alg === 'ES256K' ? secp256k1 : p256).getPublicKey(candidate)) === publicKey)!;
  return `${input}.${alg === 'ES256K' ? await ES256KSigner(secret)(input) as string : Buffer.from(p256.sign(Buffer.from(input), secret)).toString('base64url')}`;
}

export const describeRotation = (of: () => Network) => describe('changing the issuer’s keys', () => {
  let wallet: Wallet;
  let booster: IssuedCredential;
  let loot: Loot;
  let before: TrustState;
  let after: TrustState;
  const verdict = async (text: string, ask: object = {}) => ok(await of().verifier('/verify', { text, ...ask }));
  const forgeries = () => Promise.all([booster.vcJwt, booster.sdJwtVc.split('~')[0]!].map(async (jwt) => {
    // A day back, to a time when the key was listed, and for another person.
    const forged = await forge(jwt, loot, before.issuers[0]!.keys!, (payload) => Object.assign(payload, { iat: now() - 10, exp: (payload['exp'] as number) - 5 }, 'nbf' in payload ? { nbf: now() - 10 } : {}));
    return jwt === booster.vcJwt ? forged : `${forged}~`;
  }));

  beforeAll(async () => {
    wallet = await newWallet();
    booster = (await of().issueTo(wallet, sampleBundle(now()))).find(({ claims }) => claims.dose === 4)!;
    loot = await steal(of());
    before = await of().trust();
  });

  test('the stolen keys are the real ones: before the change what they sign is believed', async () => {
    for (const text of await forgeries()) expect(await verdict(text)).toMatchObject({ outcome: 'accepted' });
  });

  test('new keys come in, of both kinds', async () => {
    const listed = (trust: TrustState) => trust.issuers[0]!.keys!.filter(({ until }) => until === null || until > now()).map(({ publicKey }) => publicKey);
    const rotation = ok(await of().issuer('/keys/rotate', { keys: 'all' })) as { claims: { signedAgain: number } };
    expect(rotation.claims.signedAgain).toBeGreaterThanOrEqual(9);
    after = await of().trustWhen((trust) => trust.issuers[0]!.claimsKey.x !== loot.claims.publicKey.x && !listed(trust).some((key) => listed(before).includes(key)));
    expect(listed(after)).toHaveLength(2);
  });

  test('what was issued before is believed as before', async () => {
    for (const text of [booster.vcJwt, booster.sdJwtVc]) expect(await verdict(text, { policy: 'tetanus-booster' })).toMatchObject({ outcome: 'accepted' });
  });

  test('what the thief backdates is not, though it names a key that was listed then', async () => {
    for (const text of await forgeries()) expect(await verdict(text)).toMatchObject({ outcome: 'refused', reason: 'issuer-key-retired' });
  });

  test('a wallet fetches its new signatures by the block, and makes passes again', async () => {
    await expect(pass(of(), wallet, 'tetanus-booster').catch(refusal)).resolves.toBe('nothing-fits signature-superseded');
    const asked: string[] = [];
    const source = { resignatures: async (_did: string, list: number, block: number) => (asked.push(`${list}/${block}`), (await of().issuer(`/resignatures/${list}/${block}`, undefined, null)).body) };
    expect(await refreshSignatures(wallet, source, after)).toMatchObject({ replaced: { length: 9 }, failed: [] });
    expect(new Set(asked).size).toBe(asked.length);
    const ready = await pass(of(), wallet, 'tetanus-booster');
    expect(await verdict(show(ready, now()), { policy: 'tetanus-booster', limits: { root: 0 } })).toMatchObject({ outcome: 'accepted' });
  });

  test('claims that the thief signs give no pass', async () => {
    // A wallet of his own making: claims of his choice under the old key, put past all that the wallet checks on receiving.
    const thief = await newWallet();
    await of().issueTo(thief, sampleBundle(now()));
    await thief.change(async (change) => {
      const credentials = await change.read(CREDENTIALS);
      const held = credentials.held.map((entry) => {
        const claims = { ...entry.issued.claims, eventTime: toSeconds1900(now() - 86_400) };
        return { ...entry, issued: { ...entry.issued, claims, claimsKey: loot.claims.publicKey, signature: signClaims(hashClaims(claims), loot.claims) } };
      });
      change.write(CREDENTIALS, { ...credentials, held });
    });
    await expect(pass(of(), thief, 'tetanus-booster').catch(refusal)).resolves.toBe('nothing-fits signature-superseded');
    // And with a wallet that passes over this: the registry has no leaf for the old key, so there is no proof.
    await thief.change(async (change) => {
      const credentials = await change.read(CREDENTIALS);
      change.write(CREDENTIALS, { ...credentials, held: credentials.held.map((entry) => ({ ...entry, issued: { ...entry.issued, claimsKey: after.issuers[0]!.claimsKey } })) });
    });
    await expect(makePass(thief, policy('tetanus-booster'), { trust: after, now: now(), prover: of().prover }).catch(refusal)).resolves.toMatch(/^nothing-fits/);
    expect(await heldCredentials(thief)).toHaveLength(9);
  });

  test('what is issued from now on is signed by the new keys', async () => {
    const fresh = await of().issueTo(await newWallet(), sampleBundle(now()));
    expect(fresh[0]!.claimsKey).toEqual(after.issuers[0]!.claimsKey);
    for (const text of [fresh[0]!.vcJwt, fresh[0]!.sdJwtVc]) expect(await verdict(text)).toMatchObject({ outcome: 'accepted' });
  });
});
