// What a process tells of itself while it runs: logs always, metrics and traces where they are asked for.
import { Hono } from 'hono';
import type { Database } from '../database/database.ts';
import { listen } from '../http/listen.ts';
import type { RouterOptions } from '../http/route.ts';
import type { Closers } from './closers.ts';
import { watchEventLoop } from './event-loop.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics, type ServiceMetrics } from './metrics.ts';
import { observeRequests } from './observe.ts';
import { startTraces, tracedDatabase } from './traces.ts';

export type TelemetryOptions = { readonly HEALTHPASS_METRICS_PORT?: number | undefined; readonly HEALTHPASS_TRACES?: string | undefined };

/** What one service of the process is given. */
export type ServiceTelemetry = { readonly around: NonNullable<RouterOptions['around']>; readonly metrics: ServiceMetrics | undefined; readonly onTrouble: (says: string, at?: readonly string[]) => void };
export type Telemetry = {
  readonly of: (service: string) => ServiceTelemetry;
  /** Told when the process is up: while it starts nobody waits, and stalls mean nothing. */
  readonly started: () => void;
  /** The database as the traces see it. */
  readonly database: (database: Database) => Database;
};

/** Starts what is asked for. What runs is added to `closers`: first, so that it ends last. @throws the system's error when the port is taken */
export async function startTelemetry(name: string, { HEALTHPASS_METRICS_PORT: port, HEALTHPASS_TRACES: traces }: TelemetryOptions, log: Log, closers: Closers): Promise<Telemetry> {
  if (traces !== undefined) closers.add(startTraces(traces, `healthpass-${name}`));
  const metrics = port === undefined ? undefined : createMetrics();
  if (metrics) {
    const serving = await listen(metricsApp(metrics), port!);
    closers.add(() => serving.stop(0));
    log.info(`metrics are at ${serving.url}/metrics`);
  }
  return {
    started: () => closers.add(watchEventLoop((seconds) => {
      metrics?.stalled(seconds);
      log.warn('the event loop stood still', { seconds: Math.round(seconds * 10) / 10 });
    })),
    database: traces === undefined ? (database) => database : tracedDatabase,
    of(service) {
      const [own, told] = [metrics?.of(service), log.of(service)];
      return {
        metrics: own, around: observeRequests({ log: told, metrics: own, isTraced: traces !== undefined }),
        onTrouble: (says, at = []) => told.error(says, at.length > 0 ? { at } : {}),
      };
    },
  };
}

const metricsApp = (metrics: Metrics): Hono => new Hono().get('/metrics', async (context) => context.body(await metrics.text(), 200, { 'content-type': metrics.contentType }));
