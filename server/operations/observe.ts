// Around every request: one line in the log, one span, one observation. Of the request they know the method and the route as it is declared.
import { randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Log } from './log.ts';
import type { ServiceMetrics } from './metrics.ts';
import { failed, inRequestSpan, parseTraceParent } from './traces.ts';

export type Observing = { readonly log: Log; readonly metrics?: ServiceMetrics | undefined; readonly isTraced: boolean };

/** Nothing where nothing is observed: then it costs nothing. */
export function observeRequests({ log, metrics, isTraced }: Observing): MiddlewareHandler[] {
  if (!log.isLogged('info') && !metrics && !isTraced) return [];
  return [async (context, next) => {
    const begun = performance.now();
    const parent = parseTraceParent(context.req.header('traceparent'));
    const request = parent?.traceId ?? randomBytes(16).toString('hex');
    const note = () => {
      const seen = { route: templateOf(context), method: context.req.method, status: context.res.status, seconds: (performance.now() - begun) / 1000 };
      metrics?.request(seen);
      log[seen.status >= 500 ? 'warn' : 'info']('request', { request, method: methodOf(seen.method), route: seen.route, status: seen.status, ms: Math.round(seen.seconds * 1000) });
      return seen;
    };
    if (!isTraced) {
      await next();
      note();
    } else {
      await inRequestSpan(parent, methodOf(context.req.method), async (span) => {
        await next();
        const { route, status } = note();
        span.updateName(`${methodOf(context.req.method)} ${route}`).setAttributes({ 'http.route': route, 'http.response.status_code': status });
        if (status >= 500) failed(span, String(status));
      });
    }
    context.header('x-request-id', request);
  }];
}

/** The route that answered, as it is declared; `none` where there is none. */
function templateOf(context: Context): string {
  const path = matchedRoutes(context).at(-1)?.path ?? '*';
  return path.endsWith('*') ? 'none' : path;
}

/** A method is any token; what is none of the usual could be anything. */
const methodOf = (method: string): string => (['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'].includes(method) ? method : 'other');
