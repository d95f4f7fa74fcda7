// The way of a lane to the service.
import { ERROR_CODES, HealthpassError, type ErrorCode } from '#passport';
import { z } from 'zod';
import type { LaneAnswer, LaneReport } from './lane.ts';

/** Milliseconds after which the service counts as out of reach. */
const TIMEOUT = 10_000;

const entry = { scope: z.string(), nullifier: z.string(), at: z.int() };
const answerSchema = z.object({
  told: z.array(z.object({ sequence: z.int(), first: z.boolean(), earlier: z.object({ lane: z.string(), at: z.int() }).optional() })),
  others: z.array(z.object(entry)), cursor: z.int(), more: z.boolean(),
});
const problemSchema = z.object({ code: z.enum(ERROR_CODES) });

/** Asks a route of the service. @throws HealthpassError the code of its answer, `service-unavailable` where there is none */
export async function call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const headers = { accept: 'application/json', 'healthpass-csrf': '1', ...(body !== undefined && { 'content-type': 'application/json' }) };
  const response = await fetch(path, { method, headers, credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT), ...(body !== undefined && { body: JSON.stringify(body) }) })
    .catch(() => { throw unavailable(); });
  if (response.status === 204) return undefined;
  const json: unknown = await response.json().catch(() => undefined);
  if (response.ok) return json;
  throw problem(problemSchema.safeParse(json).data?.code);
}

export async function sendReport(event: string, report: LaneReport): Promise<LaneAnswer> {
  const answer = answerSchema.safeParse(await call('POST', `/events/${event}/entries`, report));
  if (!answer.success) throw unavailable();
  return answer.data;
}

const unavailable = () => problem('service-unavailable');
const problem = (code: ErrorCode = 'service-unavailable') => new HealthpassError(code, 'the service answered otherwise', { field: 'service' });
