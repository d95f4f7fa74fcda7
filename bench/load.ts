// Load on one HTTP route: so many connections that ask again as soon as they are answered, for so long. Loopback only, and it ends by itself.
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

export type Ask = { readonly method: 'GET' | 'POST'; readonly url: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: () => string };
export type LoadOptions = { readonly connections: number; readonly seconds: number };
/** Latencies in milliseconds. */
export type Load = { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly answered: number; readonly failed: number };

/** Asks until the time is over. What is answered with another status than 2xx counts as failed. */
export async function load(ask: Ask, { connections, seconds }: LoadOptions): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let failed = 0;
  const begun = performance.now();
  const end = begun + seconds * 1000;
  const worker = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      if (await answered(ask, agent)) latencies.push(performance.now() - sent);
      else failed++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { perSecond: latencies.length / ((performance.now() - begun) / 1000), p50: at(0.5), p99: at(0.99), answered: latencies.length, failed };
}

function answered({ method, url, headers, body }: Ask, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const sending = request(url, { method, agent, headers: { ...(body && { 'content-type': 'application/json' }), ...headers } }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode! >= 200 && response.statusCode! < 300));
      response.once('error', () => resolve(false));
    });
    sending.once('error', () => resolve(false));
    sending.end(body?.());
  });
}
