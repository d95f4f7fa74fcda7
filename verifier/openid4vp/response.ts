// What a wallet sends to the response endpoint (OpenID4VP 1.0, 8), read strictly and before anything in it is believed: encrypted to the key
// of this very request by the algorithms that were offered, or plain where that was asked; one object of arrays, for queries that were asked.
import { timingSafeEqual } from 'node:crypto';
import { compactDecrypt, decodeProtectedHeader, importJWK } from 'jose';
import { z } from 'zod';
import { isHealthpassError, parseJson } from '#passport';
import { ProtocolError } from '#server';
import { CONTENT_ENCRYPTION } from './request-object.ts';
import type { Request } from './sessions.ts';

/** Longest body; eight whole credentials fit. */
export const RESPONSE_MAX_BYTES = 400_000;
const PRESENTATIONS_MAX = 8;

/** Presentations by query id, none of them verified. */
export type VpToken = Readonly<Record<string, readonly string[]>>;
export type WalletResponse = { readonly vpToken: VpToken } | { readonly error: string };

const ERRORS = [
  'access_denied', 'invalid_request', 'invalid_client', 'vp_formats_not_supported', 'invalid_request_uri_method', 'invalid_transaction_data', 'wallet_unavailable',
  'unauthorized_client', 'unsupported_response_type', 'invalid_scope', 'server_error', 'temporarily_unavailable',
];
const vpTokenSchema = z.record(z.string(), z.array(z.string().min(1)).min(1).max(PRESENTATIONS_MAX));

/** @throws ProtocolError `invalid_request`; the session stays open */
export async function readResponse(form: Readonly<Record<string, string>>, request: Request): Promise<WalletResponse> {
  const { response, ...plain } = form;
  if (response !== undefined && request.responseMode === 'direct_post') throw refused('an encrypted response was not asked for');
  // A wallet that cannot encrypt may still say that something went wrong (8.3.1), and nothing else.
  if (response === undefined && request.responseMode !== 'direct_post' && plain['error'] === undefined) throw refused('the response has to be encrypted');
  const answer = response === undefined ? plain : await decryptResponse(response, request);
  if (!isSame(answer['state'], request.state)) throw refused('the state is not that of this request');
  if (answer['error'] !== undefined) return { error: ERRORS.find((known) => known === answer['error']) ?? 'other' };
  return { vpToken: readVpToken(response === undefined ? fromText(answer['vp_token']) : answer['vp_token'], request) };
}

async function decryptResponse(jwe: string, { encryptionKey }: Request): Promise<Readonly<Record<string, unknown>>> {
  const payload = await decrypt(jwe, encryptionKey);
  const value = lenient(() => parseJson(payload, { maxBytes: RESPONSE_MAX_BYTES, maxDepth: 16 }));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('the encrypted response is no JSON object');
  return value as Record<string, unknown>; // an object that came from JSON
}

async function decrypt(jwe: string, key: Request['encryptionKey']): Promise<Uint8Array> {
  const failed = refused('the response cannot be decrypted, or not by what was offered');
  try {
    const { alg, enc, kid, zip, crit } = decodeProtectedHeader(jwe);
    // Looked at before anything is computed: another algorithm (RSA1_5, dir), a compressed text or another key is not tried.
    if (jwe.split('.').length !== 5 || alg !== 'ECDH-ES' || !CONTENT_ENCRYPTION.some((offered) => offered === enc) || kid !== key.kid || zip !== undefined || crit !== undefined) throw failed;
    const { plaintext } = await compactDecrypt(jwe, await importJWK(key, 'ECDH-ES'), { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: [...CONTENT_ENCRYPTION] });
    return plaintext;
  } catch {
    throw failed; // what the library says may quote the text
  }
}

function readVpToken(input: unknown, { query }: Request): VpToken {
  const parsed = vpTokenSchema.safeParse(input);
  if (!parsed.success) throw refused('vp_token is no object of arrays of presentations');
  for (const [id, presentations] of Object.entries(parsed.data)) {
    const credential = query.credentials.find((asked) => asked.id === id);
    if (!credential || credential.format === 'other') throw refused('vp_token answers a query that was not asked');
    if (presentations.length > 1 && !credential.multiple) throw refused('vp_token holds several presentations where one was asked');
  }
  return parsed.data;
}

const fromText = (text: unknown): unknown => (typeof text === 'string' ? lenient(() => parseJson(text, { maxBytes: RESPONSE_MAX_BYTES, maxDepth: 4 })) : undefined);

function lenient(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (isHealthpassError(error)) return undefined;
    throw error;
  }
}

function isSame(given: unknown, expected: string): boolean {
  if (typeof given !== 'string' || given.length !== expected.length) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const refused = (description: string) => new ProtocolError('invalid_request', description);
