// The browser's fetch, as the wallet uses it: no cookies, no referrer, nothing kept on the way, an end to waiting and to what is read.
import { HealthpassError } from '#passport/errors.ts';
import type { Fetch as RecordsFetch } from '#records/client/fetch.ts';
import type { Fetch } from '#wallet/openid4vp/platform.ts';

/** Milliseconds. */
const PATIENCE = 30_000;
/** Trust data are the longest that is read. */
const MAX_BYTES = 50_000_000;

export const createFetch = ({ patience = PATIENCE, maxBytes = MAX_BYTES } = {}): Fetch => async (url, init) => {
  const signal = AbortSignal.timeout(patience);
  const response = await answered(() => fetch(url, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal }));
  return { status: response.status, headers: response.headers, text: () => answered(() => readText(response, maxBytes)) };
};

async function readText({ body }: Response, maxBytes: number): Promise<string> {
  if (!body) return '';
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    if ((length += next.value.length) <= maxBytes) continue;
    await reader.cancel();
    throw new HealthpassError('text-too-long', 'the answer is longer than anything that is expected', { field: 'network' });
  }
  return new Blob(chunks).text();
}

/** A network that is not there, a name that does not exist, a redirect, an answer that other origins may not read, too long a wait: browsers tell none of them apart. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HealthpassError) throw error;
    throw new HealthpassError('service-unavailable', 'there is no answer from the network', { field: 'network' });
  }
}

/** For records: bytes both ways, and streams without an end. Who calls says how long to wait. */
export const requestBytes: RecordsFetch = (url, { body, ...init } = {}) =>
  fetch(url, { ...init, ...(body !== undefined && { body: body as Uint8Array<ArrayBuffer> | string }), credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error' }); // made here, shared with nobody
