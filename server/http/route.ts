// A route says what it takes, what it answers and who may call it; the same schemas read requests and describe the service (OpenAPI).
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import type { ErrorCode } from '#passport';
import type { Access, Permission, Principal } from '../access/access.ts';
import { readForm, readJson } from './body.ts';
import { describingRoutes } from './docs.ts';
import { createGuard, onSurface, type GuardOptions } from './guard.ts';
import { parseInput } from './input.ts';
import type { ApiInfo } from './openapi.ts';
import { problemResponse, type Report } from './problem.ts';
import type { LimitName } from './limiter.ts';
import { ProtocolError, protocolResponse } from './protocol-error.ts';
import { readyRoute, type Checks } from '../operations/readiness.ts';
import type { SecurityScheme } from './security-schemes.ts';
import { guardStream } from './stream-body.ts';
import { mountSite, type Site } from './site.ts';
import { isOpen, preflight, type Surface } from './surface.ts';

/** What one status of a route carries. Without a schema the response has no body, or one that is no JSON. */
export type Answer = { readonly description: string; readonly schema?: z.ZodType; readonly mediaType?: string };

export type RouteInput<P, Q, B> = {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Who calls, where the route asks for a permission. */
  readonly principal: Principal;
  /** For what the schemas do not cover: headers. */
  readonly context: Context;
};

export type Route<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> = {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As Hono writes it: `/offers/:id`. */
  readonly path: string;
  /** What it does, in a sentence without a full stop. */
  readonly summary: string;
  readonly tag: string;
  /** What the caller must be allowed to do; `null` lets anybody call, or the route itself decides by a protocol of its own. */
  readonly permission: Permission | null;
  /** What browsers may do with it; `staff`, the strictest, where nothing is said. */
  readonly surface?: Surface;
  /** Which limit its requests count for; that of its surface where nothing is said. */
  readonly limit?: LimitName;
  readonly params?: P;
  readonly query?: Q;
  /** Absent where the route takes none. */
  readonly body?: { readonly schema: B; readonly form?: boolean; readonly maxBytes?: number };
  readonly answers: Readonly<Record<number, Answer>>;
  /** Errors as OAuth and OpenID write them, `{error, error_description}`, instead of problem details. */
  readonly errors?: 'protocol';
  /** With them: the code that the specification has for a body that cannot be read. */
  readonly malformed?: string;
  /** Codes that this route in particular can answer with, for its description. */
  readonly problems?: readonly ErrorCode[];
  /** Instead of a permission: who calls is known by a protocol of its own, before anything of the body is read. @throws HealthpassError `not-authorised`, `forbidden` */
  readonly authorise?: (context: Context) => Promise<Principal>;
  /** How the caller is known where a protocol of its own decides that, for the description. */
  readonly schemes?: readonly SecurityScheme[];
  /** @returns a value for the first of `answers` as JSON, or a response of its own */
  readonly run: (input: RouteInput<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<unknown> | unknown;
};

/** Types a route by its schemas. */
export const route = <P extends z.ZodType = z.ZodUndefined, Q extends z.ZodType = z.ZodUndefined, B extends z.ZodType = z.ZodUndefined>(
  definition: Route<P, Q, B>,
): Route => definition as unknown as Route; // what runs is given what its own schemas have read

export type RouterOptions = GuardOptions & {
  readonly access: Access;
  readonly report?: Report | undefined;
  /** With it the service describes itself, at `/openapi.json` and `/docs`. */
  readonly info?: ApiInfo | undefined;
  /** What the service needs to do its work, told by name at `/ready`. */
  readonly checks?: Checks | undefined;
  /** Apps that the service serves to people. */
  readonly sites?: readonly Site[] | undefined;
  /** Around every request, outermost first. */
  readonly around?: readonly MiddlewareHandler[] | undefined;
};

/** A service of these routes. Whatever fails is told in the form of the route, and in problem details where there is none. */
export function createRouter(routes: readonly Route[], { access, report, info, checks = {}, sites = [], around = [], ...options }: RouterOptions): Hono {
  const app = new Hono();
  const guard = createGuard(options, (error, context) => problemResponse(error, context, report));
  for (const middleware of [...around, guard.around]) app.use(middleware);
  app.onError((error, context) => problemResponse(error, context, report));
  app.notFound((context) => context.json({ type: 'about:blank', title: 'There is nothing here.', status: 404, code: 'not-found' }, 404, { 'content-type': 'application/problem+json' }));
  const own = [...routes, ...(access.routes ?? []), readyRoute(checks)];
  const all = info ? [...own, ...describingRoutes(own, info, access.schemes ?? [])] : own;
  for (const entry of all) app.on(entry.method.toUpperCase(), entry.path, (context) => answer(entry, context, { access, report, guard }));
  allowOtherOrigins(app, all);
  for (const site of sites) mountSite(app, site);
  return app;
}

/** Browsers ask first before they call an open route from another origin. */
function allowOtherOrigins(app: Hono, routes: readonly Route[]): void {
  const open = routes.filter(({ surface = 'staff' }) => isOpen(surface));
  for (const path of new Set(open.map((entry) => entry.path))) {
    app.on('OPTIONS', path, (context) => {
      onSurface(context, 'wallet');
      return preflight(context, open.filter((entry) => entry.path === path).map(({ method }) => method));
    });
  }
}

type Answering = Pick<RouterOptions, 'access' | 'report'> & { readonly guard: ReturnType<typeof createGuard> };

async function answer(entry: Route, context: Context, { access, report, guard }: Answering): Promise<Response> {
  try {
    const principal = await guard.enter(entry, context, access);
    const value = await entry.run({
      params: entry.params ? parseInput(entry.params, context.req.param()) : undefined,
      query: entry.query ? parseInput(entry.query, context.req.query()) : undefined,
      body: await bodyOf(entry, context),
      principal,
      context,
    });
    if (value instanceof Response) return guardStream(value, context, report);
    const status = Number(Object.keys(entry.answers)[0]);
    return value === undefined ? context.body(null, status as 204) : context.json(value as object, status as ContentfulStatusCode);
  } catch (error) {
    await guard.note(error, context);
    if (error instanceof ProtocolError || entry.errors === 'protocol') return protocolResponse(error, context, report, entry.malformed);
    throw error;
  }
}

async function bodyOf({ body }: Route, context: Context): Promise<unknown> {
  if (!body) return undefined;
  const read = body.form ? await readForm(context, body.maxBytes) : await readJson(context, body.maxBytes);
  return parseInput(body.schema, read);
}
