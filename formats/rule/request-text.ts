// What a venue asks of wallets, as the text of a code on its wall: the JSON of a presentation request, compressed. Short requests are shorter
// as they are, and wallets read both.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';
import { decodeDense, encodeDense, type DenseForm } from '../dense/dense.ts';

export const REQUEST_PREFIX = 'HPQ1:';
const FORM: DenseForm = { prefix: REQUEST_PREFIX, code: 'request-invalid', field: 'request', maxBytes: 20_000 };

/** @throws HealthpassError `text-too-long` */
export const encodeRequestText = (request: unknown): Promise<string> => encodeDense(new Uint8Array(utf8ToBytes(JSON.stringify(request))), FORM);

/** The JSON of a request from either form; to be parsed by who answers it. @throws HealthpassError `request-invalid`, `text-too-long`, `pass-malformed` (base45), and as parseJson */
export async function decodeRequestText(text: string): Promise<unknown> {
  if (text.length > FORM.maxBytes) throw new HealthpassError('text-too-long', 'the request is too long', { field: 'request' });
  return parseJson(text.startsWith(REQUEST_PREFIX) ? await decodeDense(text, FORM) : text, { maxBytes: FORM.maxBytes, maxDepth: 6 });
}
