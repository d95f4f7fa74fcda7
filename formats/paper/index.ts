// A certificate for paper as the text of its QR code: a VC-JWT without a holder, its JSON compressed and the whole in the characters that a code
// stores most densely. What comes out is the JWT, byte for byte. docs/decisions/paper.md.
import { decodeBase45, encodeBase45 } from '#passport/base45.ts';
import { HealthpassError } from '#passport/errors.ts';
import { decodeBase64url, encodeBase64url } from '../credential/jws.ts';

/** `HPC1:` + base45(signature of 64 bytes ‖ deflate(length of the header, 2 bytes ‖ header ‖ payload)). */
export const PAPER_PREFIX = 'HPC1:';
const SIGNATURE = 64;
/** Characters that the largest QR code holds. */
const TEXT_MAX_LENGTH = 4296;
/** Bytes that may come out: the limit of VC-JWTs. */
const MAX_BYTES = 15_000;

/** @throws HealthpassError `jwt-malformed`, `text-too-long` */
export async function encodePaper(jwt: string): Promise<string> {
  const [header, payload, signature] = jwt.split('.').map((part) => decodeBase64url(part, 'jwt-malformed'));
  if (!header || !payload || signature?.length !== SIGNATURE) throw malformed('the text is no JWT');
  const content = joined([Uint8Array.of(header.length >> 8, header.length & 0xff), header, payload]);
  const compressed = await through(content, new CompressionStream('deflate-raw'), MAX_BYTES);
  const text = PAPER_PREFIX + encodeBase45(joined([signature, compressed]));
  if (text.length > TEXT_MAX_LENGTH) throw new HealthpassError('text-too-long', 'the certificate does not fit into a code', { field: 'paper' });
  return text;
}

/** The JWT on a paper. @throws HealthpassError `jwt-malformed`, `text-too-long`, `pass-malformed` (base45) */
export async function decodePaper(text: string): Promise<string> {
  if (text.length > TEXT_MAX_LENGTH) throw new HealthpassError('text-too-long', 'the text is longer than a code holds', { field: 'paper' });
  if (!text.startsWith(PAPER_PREFIX)) throw malformed('the text does not begin as a certificate on paper does');
  const bytes = decodeBase45(text.slice(PAPER_PREFIX.length));
  if (bytes.length <= SIGNATURE) throw malformed('the text is too short');
  const content = await through(bytes.slice(SIGNATURE), new DecompressionStream('deflate-raw'), MAX_BYTES);
  const end = 2 + (content[0] ?? 0) * 256 + (content[1] ?? 0);
  if (content.length < 2 || end >= content.length) throw malformed('the header is longer than the text');
  return [content.slice(2, end), content.slice(end), bytes.slice(0, SIGNATURE)].map(encodeBase64url).join('.');
}

/** Stops as soon as more comes out than a credential has: a few bytes can stand for very many. */
async function through(input: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  // What goes wrong with writing is told by reading.
  void writer.write(input).catch(() => {});
  void writer.close().catch(() => {});
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => { throw malformed('the text is not compressed as it should be', cause); });
    if (done) return joined(parts);
    length += value.length;
    if (length > most) {
      await reader.cancel().catch(() => {});
      throw new HealthpassError('text-too-long', 'the text holds more than a certificate', { field: 'paper' });
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

const malformed = (message: string, cause?: unknown) => new HealthpassError('jwt-malformed', message, { field: 'paper', cause });
