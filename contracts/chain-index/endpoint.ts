// One JSON-RPC endpoint, not trusted: bounded in time and size, and whatever it answers is checked by those who asked. Browser-safe.
import { HealthpassError } from '#passport/errors.ts';

export type RpcRequest = { readonly method: string; readonly params: readonly unknown[] };
export type Endpoint = {
  readonly url: string;
  /** The results of several requests, in order. @throws HealthpassError `chain-unavailable` */
  readonly ask: (requests: readonly RpcRequest[], signal?: AbortSignal) => Promise<unknown[]>;
};

/** The endpoint answered that it will not: often a range that is too wide for it. */
export class RpcRefusal extends Error {
  constructor() {
    super('the endpoint refuses the request');
    this.name = 'RpcRefusal';
  }
}

export type EndpointLimits = {
  /** Milliseconds a request may take. */
  readonly timeout: number;
  /** Bytes an answer may have. */
  readonly maxBytes: number;
};

export function createEndpoint(url: string, { timeout, maxBytes }: EndpointLimits): Endpoint {
  return {
    url,
    async ask(requests, signal) {
      const body = JSON.stringify(requests.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params })));
      const limit = AbortSignal.timeout(timeout);
      try {
        const response = await fetch(url, {
          method: 'POST', headers: { 'content-type': 'application/json' }, body, redirect: 'error', credentials: 'omit', referrerPolicy: 'no-referrer',
          signal: signal ? AbortSignal.any([limit, signal]) : limit,
        });
        if (!response.ok) throw new RpcRefusal();
        return resultsOf(JSON.parse(await boundedText(response, maxBytes)), requests.length);
      } catch (cause) {
        throw new HealthpassError('chain-unavailable', 'a chain endpoint gives no usable answer', { cause });
      }
    },
  };
}

export const isRefusal = (error: unknown): boolean => error instanceof HealthpassError && error.cause instanceof RpcRefusal;

async function boundedText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const reader = response.body!.getReader(); // a POST's answer has a body, if an empty one
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new RpcRefusal();
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

type RpcAnswer = { id?: unknown; result?: unknown; error?: unknown };

function resultsOf(answers: unknown, count: number): unknown[] {
  if (!Array.isArray(answers)) throw new RpcRefusal();
  const byId = new Map((answers as RpcAnswer[]).map((answer) => [answer?.id, answer]));
  return Array.from({ length: count }, (_, id) => {
    const answer = byId.get(id);
    if (!answer || answer.error !== undefined || !('result' in answer)) throw new RpcRefusal();
    return answer.result;
  });
}
