// A wallet of others, made of @openid4vc/openid4vp and jose: it knows nothing of this project but what the protocol says.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { setGlobalConfig, type CallbackContext } from '@openid4vc/oauth2';
import { Openid4vpClient } from '@openid4vc/openid4vp';
import { CompactEncrypt, importJWK, importX509, jwtVerify } from 'jose';
import type { RawRequest } from './raw.ts';
import type { Link } from './scene.ts';

// The service stands on loopback without TLS.
setGlobalConfig({ allowInsecureUrls: true });

const unused = () => Promise.reject(new Error('not used by a wallet'));

const callbacks: CallbackContext & { getX509CertificateMetadata: (der: string) => { sanDnsNames: string[]; sanUriNames: string[] } } = {
  fetch,
  hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
  generateRandom: (length) => crypto.getRandomValues(new Uint8Array(length)),
  clientAuthentication: unused,
  signJwt: unused,
  decryptJwe: unused,
  async verifyJwt(signer, { compact }) {
    if (signer.method === 'did') return verifyByDid(signer.didUrl, compact);
    if (signer.method !== 'x5c') return { verified: false };
    const certificate = `-----BEGIN CERTIFICATE-----\n${signer.x5c[0]!}\n-----END CERTIFICATE-----`;
    const { publicKey } = new X509Certificate(signer.x5c[0]!);
    await jwtVerify(compact, await importX509(certificate, signer.alg));
    return { verified: true, signerJwk: (await crypto.subtle.exportKey('jwk', await publicKey.export())) as never }; // the library's own type of the same thing
  },
  async encryptJwe({ publicJwk, alg, enc, apu, apv }, text) {
    const parties = { apu: new Uint8Array(Buffer.from(apu!, 'base64url')), apv: new Uint8Array(Buffer.from(apv!, 'base64url')) };
    const jwe = await new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader({ alg, enc, kid: publicJwk.kid! }).setKeyManagementParameters(parties).encrypt(await importJWK(publicJwk as never, alg));
    return { jwe, encryptionJwk: publicJwk };
  },
  getX509CertificateMetadata(der) {
    const names = new X509Certificate(der).getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
    return { sanDnsNames: names.filter(({ type }) => type === 'dns').map(({ value }) => value), sanUriNames: names.filter(({ type }) => type === 'url').map(({ value }) => value) };
  },
};
/** A did:ethr that is made of its key says the key itself. */
function verifyByDid(didUrl: string, compact: string): { verified: true; signerJwk: never } | { verified: false } {
  const point = secp256k1.Point.fromHex(/:0x([0-9a-f]{66})#controllerKey$/.exec(didUrl)![1]!);
  const signature = Buffer.from(compact.slice(compact.lastIndexOf('.') + 1), 'base64url');
  if (!secp256k1.verify(signature, new TextEncoder().encode(compact.slice(0, compact.lastIndexOf('.'))), point.toBytes(true))) return { verified: false };
  const [x, y] = [1, 33].map((at) => Buffer.from(point.toBytes(false).subarray(at, at + 32)).toString('base64url'));
  return { verified: true, signerJwk: { kty: 'EC', crv: 'secp256k1', x, y } as never }; // the library's own type of the same thing
}

const SERVER = { authorization_signing_alg_values_supported: [], authorization_encryption_alg_values_supported: ['ECDH-ES'], authorization_encryption_enc_values_supported: ['A256GCM', 'A128GCM'] };

const client = new Openid4vpClient({ callbacks });

/** Reads the link, fetches the request and lets the library verify it. */
export const resolve = async ({ link }: Link) => client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link }).params });
export type Resolved = Awaited<ReturnType<typeof resolve>>;
/** Lets the library write, encrypt and post the answer. */
export const send = async ({ authorizationRequestPayload }: Resolved, vpToken: Record<string, [string]>) => {
  if (!('response_uri' in authorizationRequestPayload)) throw new Error('the request is not by direct_post');
  const encrypting = authorizationRequestPayload.response_mode === 'direct_post.jwt';
  const response = await client.createOpenid4vpAuthorizationResponse({
    authorizationRequestPayload, authorizationResponsePayload: { vp_token: vpToken }, ...(encrypting && { jarm: { encryption: { nonce: 'of the wallet' }, serverMetadata: SERVER } }),
  });
  return client.submitOpenid4vpAuthorizationResponse({ authorizationRequestPayload: authorizationRequestPayload as { response_uri: string }, authorizationResponsePayload: response.authorizationResponsePayload, ...(response.jarm && { jarm: { responseJwt: response.jarm.responseJwt } }) });
};
/** What a presentation is bound to. */
export const requestOf = ({ authorizationRequestPayload: { client_id: clientId, nonce } }: Resolved) => ({ client_id: clientId!, nonce }) as RawRequest;
