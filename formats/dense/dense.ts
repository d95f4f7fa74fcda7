// What goes into a QR code as text: bytes compressed, in the characters that a code stores most densely (base45), behind a prefix that says
// what it is. A JWS comes out again byte for byte.
import { decodeBase45, encodeBase45 } from '#passport/base45.ts';
import { HealthpassError, type ErrorCode } from '#passport/errors.ts';
import { decodeBase64url, encodeBase64url } from '../credential/jws.ts';

export type DenseForm = {
  readonly prefix: string;
  readonly code: ErrorCode;
  readonly field: string;
  /** Bytes that may come out. */
  readonly maxBytes: number;
};

const SIGNATURE = 64;
/** Characters that the largest QR code holds. */
export const DENSE_MAX_LENGTH = 4296;

/** A compact JWS: prefix and base45(signature of 64 bytes ‖ deflate(length of the header, 2 bytes ‖ header ‖ payload)). @throws HealthpassError the code of the form, `text-too-long` */
export async function encodeDenseJws(jws: string, form: DenseForm): Promise<string> {
  const [header, payload, signature] = jws.split('.').map((part) => decodeBase64url(part, form.code));
  if (!header || !payload || signature?.length !== SIGNATURE) throw malformed(form, 'is no signed token');
  const content = joined([Uint8Array.of(header.length >> 8, header.length & 0xff), header, payload]);
  return written(joined([signature, await through(content, new CompressionStream('deflate-raw'), form)]), form);
}

/** @throws HealthpassError the code of the form, `text-too-long`, `pass-malformed` (base45) */
export async function decodeDenseJws(text: string, form: DenseForm): Promise<string> {
  const bytes = bytesOf(text, form);
  if (bytes.length <= SIGNATURE) throw malformed(form, 'is too short');
  const content = await through(bytes.slice(SIGNATURE), new DecompressionStream('deflate-raw'), form);
  const end = 2 + (content[0] ?? 0) * 256 + (content[1] ?? 0);
  if (content.length < 2 || end >= content.length) throw malformed(form, 'has a header longer than itself');
  return [content.slice(2, end), content.slice(end), bytes.slice(0, SIGNATURE)].map(encodeBase64url).join('.');
}

/** Bytes, such as those of a JSON text. @throws HealthpassError `text-too-long` */
export async function encodeDense(content: Uint8Array<ArrayBuffer>, form: DenseForm): Promise<string> {
  return written(await through(content, new CompressionStream('deflate-raw'), form), form);
}

/** @throws HealthpassError the code of the form, `text-too-long`, `pass-malformed` (base45) */
export async function decodeDense(text: string, form: DenseForm): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytesOf(text, form), new DecompressionStream('deflate-raw'), form);
}

function written(bytes: Uint8Array, { prefix, field }: DenseForm): string {
  const text = prefix + encodeBase45(bytes);
  if (text.length > DENSE_MAX_LENGTH) throw new HealthpassError('text-too-long', `the ${field} does not fit into a code`, { field });
  return text;
}

function bytesOf(text: string, form: DenseForm): Uint8Array<ArrayBuffer> {
  if (text.length > DENSE_MAX_LENGTH) throw new HealthpassError('text-too-long', 'the text is longer than a code holds', { field: form.field });
  if (!text.startsWith(form.prefix)) throw malformed(form, `does not begin with ${form.prefix}`);
  return new Uint8Array(decodeBase45(text.slice(form.prefix.length)));
}

/** Stops as soon as more comes out than there may be: a few bytes can stand for very many. */
async function through(input: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, form: DenseForm): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  // What goes wrong with writing is told by reading.
  void writer.write(input).catch(() => {});
  void writer.close().catch(() => {});
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => { throw malformed(form, 'is not compressed as it should be', cause); });
    if (done) return joined(parts);
    length += value.length;
    if (length > form.maxBytes) {
      await reader.cancel().catch(() => {});
      throw new HealthpassError('text-too-long', `the text holds more than one ${form.field}`, { field: form.field });
    }
    parts.push(value);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const malformed = ({ code, field }: DenseForm, what: string, cause?: unknown) => new HealthpassError(code, `the text ${what}`, { field, cause });
