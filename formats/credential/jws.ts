// Compact JWS (RFC 7515) read strictly: three parts of canonical base64url, a JSON header. The payload stays bytes until its
// signature is checked, so that nothing unverified is ever interpreted.
import { base64urlnopad } from '@scure/base';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError, type ErrorCode } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';

export type Jws = {
  readonly header: Readonly<Record<string, unknown>>;
  /** As it stands in the text; not to be read before the signature is verified. */
  readonly payload: Uint8Array;
  /** `header.payload`, what the signature is over. */
  readonly signingInput: string;
  readonly signature: Uint8Array;
};

export type JwsForm = { readonly code: ErrorCode; readonly maxLength: number };

const PARTS = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)$/;

/** @throws HealthpassError the code of the form, `text-too-long`, `json-malformed`, `json-duplicate-key` */
export function readJws(text: unknown, { code, maxLength }: JwsForm): Jws {
  if (typeof text !== 'string') throw new HealthpassError(code, 'the token is no text');
  if (text.length > maxLength) throw new HealthpassError('text-too-long', `the token is longer than ${maxLength} characters`);
  const parts = PARTS.exec(text);
  if (!parts) throw new HealthpassError(code, 'the token is not three parts of base64url');
  const [, header, payload, signature] = parts as unknown as [string, string, string, string]; // the pattern has three groups
  return {
    header: readObject(decodeBase64url(header, code), code),
    payload: decodeBase64url(payload, code),
    signingInput: `${header}.${payload}`,
    signature: decodeBase64url(signature, code),
  };
}

/** @throws HealthpassError for bytes that are not one strict JSON object */
export function readObject(bytes: Uint8Array, code: ErrorCode, maxDepth = 8): Record<string, unknown> {
  const value = parseJson(bytes, { maxDepth });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new HealthpassError(code, 'a part of the token is no JSON object');
  return value as Record<string, unknown>; // an object that came from JSON
}

/** @throws HealthpassError unless the text is the one base64url spelling of its bytes (no padding, no stray bits) */
export function decodeBase64url(text: string, code: ErrorCode): Uint8Array {
  try {
    return base64urlnopad.decode(text);
  } catch {
    // the library quotes the text in its message, so its error is not passed on
    throw new HealthpassError(code, 'a part of the token is not canonical base64url');
  }
}

export const encodeBase64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** Signs a compact JWS. `sign` gives 64 bytes r ‖ s over the message it is given. */
export async function createJws(header: object, payload: object, sign: (message: Uint8Array) => Promise<Uint8Array> | Uint8Array): Promise<string> {
  const signingInput = [header, payload].map((part) => encodeBase64url(utf8ToBytes(JSON.stringify(part)))).join('.');
  return `${signingInput}.${encodeBase64url(await sign(utf8ToBytes(signingInput)))}`;
}
