// Whether a service can do its work now: named checks, each bounded in time. What is told is which check fails, and nothing of why.
import { z } from 'zod';
import type { Route } from '../http/route.ts';

/** Whether one thing that the service needs is there. What it throws counts as no. */
export type Check = () => Promise<boolean> | boolean;
export type Checks = Readonly<Record<string, Check>>;
export type Readiness = { readonly status: 'ready' | 'unready'; readonly checks: Readonly<Record<string, 'ok' | 'failed'>> };

/** Milliseconds after which a check that does not answer has failed. */
const PATIENCE = 2000;

export async function readinessOf(checks: Checks, patience = PATIENCE): Promise<Readiness> {
  const outcomes = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, (await holds(check, patience)) ? 'ok' : 'failed'] as const));
  return { status: outcomes.every(([, outcome]) => outcome === 'ok') ? 'ready' : 'unready', checks: Object.fromEntries(outcomes) };
}

async function holds(check: Check, patience: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => { timer = setTimeout(resolve, patience, false); });
  try {
    return await Promise.race([Promise.resolve().then(check), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const schema = z.strictObject({ status: z.enum(['ready', 'unready']), checks: z.record(z.string(), z.enum(['ok', 'failed'])) })
  .meta({ id: 'Readiness', description: 'Each check by its name' });

/** `GET /ready`: for balancers, which send nobody to a service that answers 503. */
export const readyRoute = (checks: Checks): Route => ({
  method: 'get', path: '/ready', summary: 'Say whether the service can do its work now', tag: 'operations', permission: null,
  answers: { 200: { description: 'It can', schema }, 503: { description: 'It cannot: the checks that failed say what is missing', schema } },
  async run({ context }) {
    const readiness = await readinessOf(checks);
    return context.json(readiness, readiness.status === 'ready' ? 200 : 503, { 'cache-control': 'no-store' });
  },
});
