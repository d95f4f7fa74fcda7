// What ties a pass to one request of OpenID4VP: the challenge that its device key signs is made of everything that names the request.
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

export type RequestBinding = { readonly clientId: string; readonly nonce: string; readonly responseUri: string };

/** SHA-256("healthpass/openid4vp/v1" ‖ 0 ‖ client_id ‖ 0 ‖ nonce ‖ 0 ‖ response_uri). None of the three can hold a zero byte. */
export const passChallenge = ({ clientId, nonce, responseUri }: RequestBinding): Uint8Array =>
  sha256(utf8ToBytes(['healthpass/openid4vp/v1', clientId, nonce, responseUri].join('\0')));
