// A wallet's session with an issuer: one DPoP key made for it, and requests that carry its proofs (RFC 9449).
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { createHolderSigner } from '#formats/credential/index.ts';
import { createJws, encodeBase64url } from '#formats/credential/jws.ts';
import { HealthpassError, parseJson, type UnixSeconds } from '#passport';
import { writeParameters, type Answered, type Fetch } from '../openid4vp/platform.ts';

export type Sent = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };
export type Session = {
  readonly form: (url: string, fields: Readonly<Record<string, string>>) => Promise<Sent>;
  /** With the access token once there is one. */
  readonly json: (url: string, body?: unknown) => Promise<Sent>;
  readonly setToken: (token: string) => void;
};

export function createSession(fetch: Fetch, now: () => UnixSeconds): Session {
  const signer = createHolderSigner();
  let token: string | undefined;
  let nonce: string | undefined;

  const proof = (url: string) => createJws({ typ: 'dpop+jwt', alg: 'ES256', jwk: signer.key }, {
    jti: bytesToHex(randomBytes(16)), htm: 'POST', htu: url, iat: now(),
    ...(nonce !== undefined && { nonce }), ...(token !== undefined && { ath: encodeBase64url(sha256(utf8ToBytes(token))) }),
  }, signer.sign);

  async function send(url: string, type: string, body: string): Promise<Sent> {
    for (let attempt = 0; ; attempt++) {
      const headers = { 'content-type': type, accept: 'application/json', DPoP: await proof(url), ...(token !== undefined && { authorization: `DPoP ${token}` }) };
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'error' });
      nonce = answer.headers.get('dpop-nonce') ?? nonce;
      const sent = await read(answer);
      if (sent.body['error'] !== 'use_dpop_nonce' || attempt > 0) return sent;
    }
  }
  return {
    form: (url, fields) => send(url, 'application/x-www-form-urlencoded', writeParameters(fields)),
    json: (url, body = {}) => send(url, 'application/json', JSON.stringify(body)),
    setToken: (value) => void (token = value),
  };
}

async function read(answer: Answered): Promise<Sent> {
  const text = await answer.text();
  const body = text === '' ? {} : parseJson(text, { maxBytes: 2_000_000 });
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new HealthpassError('service-unavailable', 'the issuer answers something else than it should', { field: 'issuer' });
  return { status: answer.status, body: body as Record<string, unknown> }; // an object that came from JSON
}
