// Request bodies: bounded; strict JSON, or the form encoding where a protocol asks for it.
import { HealthpassError, parseJson } from '#passport';
import type { Context } from 'hono';

/**
 * The JSON body of a request, at most `maxBytes` long; a body that is longer is not read to its end.
 * @throws HealthpassError `text-too-long`, `json-malformed`, `json-duplicate-key`
 */
export async function readJson(context: Context, maxBytes = 1_000_000): Promise<unknown> {
  return parseJson(await readBytes(context, maxBytes), { maxBytes });
}

/**
 * The parameters of an `application/x-www-form-urlencoded` body, each of which may stand once (RFC 6749, 3.1).
 * @throws HealthpassError `text-too-long`, `request-invalid`
 */
export async function readForm(context: Context, maxBytes = 200_000): Promise<Record<string, string>> {
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(context.req.header('content-type') ?? '')) {
    throw new HealthpassError('request-invalid', 'the body is not application/x-www-form-urlencoded', { field: 'content-type' });
  }
  const entries = [...new URLSearchParams((await readBytes(context, maxBytes)).toString('utf8'))];
  if (new Set(entries.map(([name]) => name)).size !== entries.length) throw new HealthpassError('request-invalid', 'a parameter stands twice', { field: 'body' });
  return Object.fromEntries(entries);
}

async function readBytes(context: Context, maxBytes: number): Promise<Buffer> {
  const declared = Number(context.req.header('content-length') ?? 0);
  if (declared > maxBytes) throw tooLong(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw tooLong(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLong = (maxBytes: number) => new HealthpassError('text-too-long', `the body is longer than ${maxBytes} bytes`, { field: 'body' });
