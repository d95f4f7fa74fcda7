// Traces for OpenTelemetry, sent as OTLP over HTTP. Spans carry names of ours, routes as they are declared, statuses and codes: no address, no URL,
// no id of anybody, no message of an error.
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Database } from '../database/database.ts';
import { nameOfError } from './errors.ts';

const TRACER = 'healthpass';
/** Milliseconds that sending may take. */
const PATIENCE = 5000;

/** Lets spans go to `url`. @returns what sends the last ones and ends it */
export function startTraces(url: string, service: string): () => Promise<void> {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: PATIENCE });
  const provider = new NodeTracerProvider({ resource: resourceFromAttributes({ 'service.name': service }), spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: PATIENCE })] });
  provider.register({ propagator: null }); // nothing of ours is told to whom we call
  return async () => {
    await provider.shutdown().catch(() => {}); // who collects may be gone before us
    trace.disable();
    context.disable();
  };
}

/** Runs work in a span, if traces are sent at all. */
export function traced<T>(name: string, work: () => Promise<T>): Promise<T> {
  return trace.getTracer(TRACER).startActiveSpan(name, async (span) => {
    try {
      return await work();
    } catch (error) {
      failed(span, nameOfError(error));
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A database whose work is seen in spans; statements and their values are not. */
export const tracedDatabase = (database: Database): Database => ({
  ...database,
  query: (sql, parameters) => traced('database query', () => database.query(sql, parameters)),
  transaction: (work) => traced('database transaction', () => database.transaction(work)),
});

export function failed(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Runs a request in a span that goes on from the caller's. */
export function inRequestSpan<T>(traceparent: TraceParent | undefined, method: string, work: (span: Span) => Promise<T>): Promise<T> {
  const parent = traceparent ? remote(traceparent) : ROOT_CONTEXT;
  return trace.getTracer(TRACER).startActiveSpan(method, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } }, parent, (span) => work(span).finally(() => span.end()));
}

const remote = ({ traceId, spanId }: TraceParent): Context => trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });

export type TraceParent = { readonly traceId: string; readonly spanId: string };

/** W3C Trace Context, 3.2: undefined for what is not well-formed. */
export function parseTraceParent(header: string | undefined): TraceParent | undefined {
  const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(header ?? '') ?? [];
  return traceId && spanId && !/^0+$/.test(traceId) && !/^0+$/.test(spanId) ? { traceId, spanId } : undefined;
}
