// Speaking to a gateway: JSON over HTTP, errors as the gateway names them, and the few things that are worth trying again.
import { ERROR_CODES, HealthpassError, type ErrorCode } from '#passport/errors.ts';
import type { Fetch } from './fetch.ts';

export type GatewayClient = {
  /** Without a slash at its end. */
  readonly url: string;
  readonly get: (path: string, query?: Query, options?: CallOptions) => Promise<unknown>;
  readonly post: (path: string, body: unknown, options?: CallOptions) => Promise<unknown>;
  readonly put: (path: string, body: unknown, options?: CallOptions) => Promise<unknown>;
  readonly delete: (path: string, options?: CallOptions) => Promise<unknown>;
  /** Events as the server sends them, until it ends the stream. */
  readonly stream: (path: string, options?: StreamOptions) => AsyncGenerator<ServerEvent, void, undefined>;
  /** The same, for whoever has this token; without one for nobody in particular. */
  readonly as: (token: string | undefined) => GatewayClient;
};
export type CallOptions = { readonly signal?: AbortSignal | undefined };
/** `lastEventId`: of the event after which a stream goes on. */
export type StreamOptions = CallOptions & { readonly lastEventId?: string | undefined };
export type Query = Readonly<Record<string, string | number | undefined>>;
export type ServerEvent = { readonly event: string; readonly data: string; readonly id: string | undefined };

export type GatewayClientOptions = {
  readonly url: string;
  readonly fetch: Fetch;
  readonly token?: string | undefined;
  /** Milliseconds; tests wait in another way. */
  readonly pause?: ((milliseconds: number) => Promise<void>) | undefined;
};

/** Seconds that are waited for, once, where the gateway asks to. */
const MOST_PATIENCE = 10;
/** Milliseconds before what only reads is asked again. */
const RETRIES = [200, 1000];

/** All calls throw HealthpassError: with the gateway's code, or `service-unavailable` when it does not answer; `cancelled` when the signal says so. */
export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  const { fetch, token, pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) } = options;
  const url = options.url.replace(/\/+$/, '');

  /** The error is given, not thrown: whether it is the end is decided by who asks. */
  async function ask(method: string, path: string, body: unknown, { signal, lastEventId }: StreamOptions = {}): Promise<Response | HealthpassError> {
    try {
      return await fetch(url + path, {
        method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(signal && { signal }),
      });
    } catch (cause) {
      if (signal?.aborted) throw new HealthpassError('cancelled', 'the call was cancelled', { cause });
      return new HealthpassError('service-unavailable', 'the gateway does not answer', { field: 'gateway', cause });
    }
  }

  /** What changes something is sent once: whether it took effect is for the caller to find out. What was refused for asking too often was not done. */
  async function answered(method: string, path: string, body: unknown, call?: StreamOptions): Promise<Response> {
    const retries = method === 'GET' ? [...RETRIES] : [];
    for (let waited = false; ;) {
      const response = await ask(method, path, body, call);
      const failed = response instanceof HealthpassError;
      if (!failed && response.ok) return response;
      const after = failed || response.status !== 429 || waited ? Number.NaN : Number(response.headers.get('retry-after') ?? Number.NaN);
      if (after <= MOST_PATIENCE) {
        waited = true;
        await pause(after * 1000);
        continue;
      }
      const next = failed || response.status === 503 ? retries.shift() : undefined;
      if (next === undefined) throw failed ? response : await problemOf(response);
      await pause(next);
    }
  }

  const call = async (method: string, path: string, body?: unknown, options?: CallOptions): Promise<unknown> => bodyOf(await answered(method, path, body, options));
  return {
    url,
    get: (path, query = {}, options) => call('GET', path + textOf(query), undefined, options),
    post: (path, body, options) => call('POST', path, body, options),
    put: (path, body, options) => call('PUT', path, body, options),
    delete: (path, options) => call('DELETE', path, undefined, options),
    async *stream(path, options) {
      const { body } = await answered('GET', path, undefined, options);
      if (body) yield* eventsOf(body);
    },
    as: (other) => createGatewayClient({ ...options, token: other }),
  };
}

function textOf(query: Query): string {
  const set = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  return response.json().catch((cause: unknown) => { throw new HealthpassError('service-unavailable', 'the gateway answers in another form', { field: 'gateway', cause }); });
}

const CODES: ReadonlySet<unknown> = new Set(ERROR_CODES);
const isCode = (code: unknown): code is ErrorCode => CODES.has(code);

/** Words of the gateway are not shown to people: the code is told in theirs. */
async function problemOf(response: Response): Promise<HealthpassError> {
  const { code, field } = ((await response.json().catch(() => undefined)) ?? {}) as { code?: unknown; field?: unknown };
  return new HealthpassError(isCode(code) ? code : 'service-unavailable', `the gateway answered ${response.status}`, { field: typeof field === 'string' ? field.slice(0, 100) : 'gateway' });
}

/** Server-sent events (HTML, 9.2.6): lines, gathered up to an empty one. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let [rest, event, id] = ['', 'message', undefined as string | undefined];
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop()!; // split gives one at least
      for (const line of lines.map((text) => text.replace(/\r$/, ''))) {
        if (line === '') {
          if (data.length > 0) yield { event, data: data.join('\n'), id };
          [event, data] = ['message', []];
        } else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
        else if (line.startsWith('event:')) event = line.slice(6).trim();
        else if (line.startsWith('id:')) id = line.slice(3).trim();
      }
    }
  } finally {
    await reader.cancel();
  }
}
