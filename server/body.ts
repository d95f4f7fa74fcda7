// Request bodies: bounded, strict JSON, and nothing else.
import { HealthpassError, parseJson } from '#passport';
import type { Context } from 'hono';

/**
 * The JSON body of a request, at most `maxBytes` long; a body that is longer is not read to its end.
 * @throws HealthpassError `text-too-long`, `json-malformed`, `json-duplicate-key`
 */
export async function readJson(context: Context, maxBytes = 1_000_000): Promise<unknown> {
  const declared = Number(context.req.header('content-length') ?? 0);
  if (declared > maxBytes) throw tooLong(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw tooLong(maxBytes);
    chunks.push(chunk);
  }
  return parseJson(Buffer.concat(chunks), { maxBytes });
}

const tooLong = (maxBytes: number) => new HealthpassError('text-too-long', `the body is longer than ${maxBytes} bytes`, { field: 'body' });
