// Metrics for Prometheus. Every label comes from a closed set (routes as they are declared, methods, classes of status, outcomes, reasons, checks):
// nothing that a request brings along can become one. What kind of event a credential attests is not counted: that is health data, if only in sum.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Checks } from './readiness.ts';
import { readinessOf } from './readiness.ts';

export type SeenRequest = { readonly route: string; readonly method: string; readonly status: number; readonly seconds: number };

/** Metrics of one service. */
export type ServiceMetrics = {
  readonly request: (seen: SeenRequest) => void;
  readonly verdict: (verdict: { readonly outcome: string; readonly reason?: string | undefined }) => void;
  readonly issued: (credentials: number) => void;
  /** Read when somebody asks for the metrics; undefined says nothing. */
  readonly gauge: (name: string, help: string, read: () => Promise<number | undefined> | number | undefined) => void;
  /** 1 for a check that holds, 0 for one that does not. */
  readonly checks: (checks: Checks) => void;
};

export type Metrics = {
  readonly of: (service: string) => ServiceMetrics;
  readonly stalled: (seconds: number) => void;
  /** In the text format of Prometheus. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']);

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({ name: 'healthpass_request_seconds', help: 'Time until the head of the answer', labelNames: ['service', 'route', 'method', 'status'], buckets: BUCKETS, registers });
  const verdicts = new Counter({ name: 'healthpass_verdicts_total', help: 'Verdicts by outcome, and the reason of those that are not accepted', labelNames: ['service', 'outcome', 'reason'], registers });
  const issued = new Counter({ name: 'healthpass_credentials_issued_total', help: 'Status entries given out', labelNames: ['service'], registers });
  const stalls = new Counter({ name: 'healthpass_event_loop_stalls_total', help: 'How often the event loop stood still for a second or longer', registers });
  const stalledFor = new Counter({ name: 'healthpass_event_loop_stalled_seconds_total', help: 'How long it stood still then', registers });
  const gauges = new Map<string, { readonly gauge: Gauge; readonly reads: Map<string, () => Promise<number | undefined> | number | undefined> }>();

  const of = (service: string): ServiceMetrics => ({
    request: ({ route, method, status, seconds }) => requests.observe({ service, route, method: METHODS.has(method) ? method : 'other', status: `${Math.floor(status / 100)}xx` }, seconds),
    verdict: ({ outcome, reason = '' }) => verdicts.inc({ service, outcome, reason }),
    issued: (credentials) => issued.inc({ service }, credentials),
    gauge(name, help, read) {
      const known = gauges.get(name) ?? { gauge: gaugeOf(name, help), reads: new Map() };
      gauges.set(name, known);
      known.reads.set(service, read);
    },
    checks(checks) {
      const known = new Gauge({
        name: `healthpass_${service}_check`, help: 'Whether a check of readiness holds', labelNames: ['check'], registers,
        async collect() {
          for (const [check, outcome] of Object.entries((await readinessOf(checks)).checks)) known.set({ check }, outcome === 'ok' ? 1 : 0);
        },
      });
    },
  });

  function gaugeOf(name: string, help: string): Gauge {
    const gauge: Gauge = new Gauge({
      name, help, labelNames: ['service'], registers,
      async collect() {
        gauge.reset();
        for (const [service, read] of gauges.get(name)?.reads ?? []) {
          const value = await Promise.resolve().then(read).catch(() => undefined); // what cannot be read now is left out
          if (value !== undefined) gauge.set({ service }, value);
        }
      },
    });
    return gauge;
  }

  return {
    of, contentType: registry.contentType, text: () => registry.metrics(),
    stalled(seconds) {
      stalls.inc();
      stalledFor.inc(seconds);
    },
  };
}
