// Several endpoints as one: an answer counts when enough of them give the same one. Browser-safe.
import { HealthpassError } from '#passport/errors.ts';
import { createEndpoint, isRefusal, RpcRefusal, type Endpoint, type RpcRequest } from './endpoint.ts';

export type Quorum = {
  /**
   * The results of some requests, when enough endpoints agree on what `read` makes of them.
   * @throws HealthpassError `chain-unavailable` when too few answer, `chain-inconsistent` when those that answer disagree or give nonsense
   */
  readonly agree: <T>(requests: readonly RpcRequest[], read: (results: readonly unknown[]) => T, signal?: AbortSignal) => Promise<T>;
  /** One number of each endpoint: the highest that enough of them have reached. */
  readonly reached: (requests: readonly RpcRequest[], read: (results: readonly unknown[]) => number[], signal?: AbortSignal) => Promise<number[]>;
};

export type EndpointsOptions = {
  /** JSON-RPC URLs, each of another operator. */
  readonly endpoints: readonly string[];
  /** How many endpoints must agree; more than half unless said otherwise. */
  readonly quorum?: number;
  /** Milliseconds a request may take. */
  readonly timeout?: number;
};

const MAX_BYTES = 64 * 1024 * 1024;

/** @throws HealthpassError `configuration-invalid` */
export function quorumOf({ endpoints, quorum, timeout = 10_000 }: EndpointsOptions): Quorum {
  const urls = [...new Set(endpoints)];
  const needed = quorum ?? Math.floor(urls.length / 2) + 1;
  if (urls.length === 0 || !Number.isInteger(needed) || needed < 1 || needed > urls.length) {
    throw new HealthpassError('configuration-invalid', 'the quorum does not fit the number of chain endpoints', { field: 'endpoints' });
  }
  return createQuorum(urls.map((url) => createEndpoint(url, { timeout, maxBytes: MAX_BYTES })), needed);
}

/** Milliseconds that are granted to the slower endpoints, so that a fast laggard does not decide how new the newest block is. */
const GRACE = 1_000;

/** @param needed how many must agree */
function createQuorum(endpoints: readonly Endpoint[], needed: number): Quorum {
  return {
    agree: (requests, read, signal) => new Promise((resolve, reject) => {
      const failures: unknown[] = [];
      const votes = new Map<string, number>();
      const askOne = async (endpoint: Endpoint) => {
        try {
          const value = read(await endpoint.ask(requests, signal));
          const vote = fingerprint(value);
          const count = (votes.get(vote) ?? 0) + 1;
          votes.set(vote, count);
          if (count >= needed) resolve(value);
        } catch (error) {
          failures.push(error);
        }
        const given = [...votes.values()];
        const open = endpoints.length - failures.length - given.reduce((sum, count) => sum + count, 0);
        if (Math.max(0, ...given) + open < needed) reject(disagreement(failures, votes.size));
      };
      for (const endpoint of endpoints) void askOne(endpoint);
    }),

    async reached(requests, read, signal) {
      const answers: number[][] = [];
      const failures: unknown[] = [];
      const all = endpoints.map(async (endpoint) => {
        try {
          answers.push(read(await endpoint.ask(requests, signal)));
        } catch (error) {
          failures.push(error);
        }
      });
      await enough(all, () => answers.length >= needed);
      if (answers.length < needed) throw disagreement(failures, 0);
      return answers[0]!.map((_, i) => answers.map((row) => row[i]!).sort((a, b) => b - a)[needed - 1]!);
    },
  };
}

/** Waits for all, or for the grace once there are enough. */
async function enough(all: readonly Promise<void>[], isEnough: () => boolean): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const grace = new Promise<void>((resolve) => {
    const look = async (one: Promise<void>) => {
      await one;
      if (isEnough()) timer ??= setTimeout(resolve, GRACE);
    };
    for (const one of all) void look(one);
  });
  await Promise.race([Promise.all(all), grace]);
  clearTimeout(timer);
}

function disagreement(failures: readonly unknown[], answers: number): HealthpassError {
  const nonsense = failures.find((error) => error instanceof HealthpassError && error.code === 'chain-inconsistent');
  if (nonsense) return nonsense as HealthpassError; // found as one
  if (answers > 1) return new HealthpassError('chain-inconsistent', 'the chain endpoints disagree');
  // A refusal is passed on: asking for less may help.
  return new HealthpassError('chain-unavailable', 'too few chain endpoints answer', { cause: failures.some(isRefusal) ? new RpcRefusal() : failures[0] });
}

const fingerprint = (value: unknown): string => JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
