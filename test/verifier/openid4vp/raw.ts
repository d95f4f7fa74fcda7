// Requests and responses of OpenID4VP as the specification writes them, by hand: for everything that no honest wallet sends.
import { CompactEncrypt, importJWK, type JWK } from 'jose';
import { createHolderSigner, type HolderSigner } from '#formats/credential/index.ts';
import { presentSdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import type { IssuedCredential } from '#passport';
import type { Wallet } from '#wallet';
import { heldCredential } from '#wallet/wallet.ts';
import type { Answer, Link, Scene } from './scene.ts';

export type RawRequest = {
  readonly client_id: string; readonly nonce: string; readonly state: string; readonly response_uri: string; readonly exp: number;
  readonly client_metadata: { readonly jwks?: { readonly keys: readonly JWK[] } };
} & Readonly<Record<string, unknown>>;

export const jsonOf = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
export const partsOf = (jwt: string) => jwt.split('.') as [string, string, string];

/** The payload of the signed request, as it stands. */
export async function rawRequest(scene: Scene, { requestUri }: Pick<Link, 'requestUri'>): Promise<RawRequest> {
  return jsonOf(partsOf((await scene.call(requestUri)).text)[1]) as RawRequest;
}

export type Encrypting = { readonly key?: JWK; readonly header?: Readonly<Record<string, unknown>> };

export async function encrypted({ client_metadata: metadata }: RawRequest, payload: unknown, { key, header = {} }: Encrypting = {}): Promise<string> {
  const own = metadata.jwks!.keys[0]!;
  const text = new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return new CompactEncrypt(text).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM', kid: own.kid!, ...header }).encrypt(await importJWK(key ?? own, 'ECDH-ES'));
}

/** Posts a vp_token the way that the request wants it. */
export async function answerWith(scene: Scene, request: RawRequest, token: unknown, { state = request.state }: { state?: string } = {}): Promise<Answer> {
  if (!request.client_metadata.jwks) return scene.post(request.response_uri, { vp_token: JSON.stringify(token), state });
  return scene.post(request.response_uri, { response: await encrypted(request, { vp_token: token, state }) });
}

export const holderOf = async (wallet: Wallet, credential: IssuedCredential): Promise<HolderSigner> => createHolderSigner((await heldCredential(wallet, credential.id)).holderSecret);

export type Showing = { readonly disclose: readonly string[]; readonly nonce?: string; readonly audience?: string; readonly holder?: HolderSigner };

/** An SD-JWT VC for a request, or for another one. */
export async function shown(scene: Scene, wallet: Wallet, credential: IssuedCredential, request: RawRequest, { disclose, nonce = request.nonce, audience = request.client_id, holder }: Showing): Promise<string> {
  return presentSdJwtVc(credential.sdJwtVc, { disclose, nonce, audience, now: scene.now(), holder: holder ?? (await holderOf(wallet, credential)) });
}
