// The one guard of the gateway: what a route asks of its caller is said beside the route, and checked before anything of the request is read, and
// once more when all of it is: who was suspended meanwhile is stopped.
import type { Context } from 'hono';
import type { z } from 'zod';
import { HealthpassError } from '#passport';
import { route, type Route, type RouteInput } from '#server';
import type { Ability } from '#records/model/members.ts';
import { accountIndex } from './account-index.ts';
import type { Caller, Kind } from './caller.ts';
import type { GatewayDeps } from './deps.ts';

/** Who may call. Both must hold where both are said; without either anybody who is signed in may. */
export type Who = { readonly as?: Exclude<Kind, 'nobody'>; readonly may?: Ability };

type Unguarded<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Omit<Route<P, Q, B>, 'run' | 'permission' | 'surface' | 'schemes' | 'authorise'>;
type Secured<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Unguarded<P, Q, B> & {
  readonly run: (input: Omit<RouteInput<z.infer<P>, z.infer<Q>, z.infer<B>>, 'principal'> & { readonly caller: Caller }) => Promise<unknown> | unknown;
};

/** A route for whom `who` lets in. */
export function secured<P extends z.ZodType = z.ZodUndefined, Q extends z.ZodType = z.ZodUndefined, B extends z.ZodType = z.ZodUndefined>(
  { authorise, current, blind }: Pick<GatewayDeps, 'authorise' | 'current' | 'blind'>, who: Who, { run, problems = [], ...definition }: Secured<P, Q, B>,
): Route {
  const callers = new WeakMap<Context, Caller>();
  return route<P, Q, B>({
    ...definition, permission: null, surface: 'wallet', schemes: ['account'], problems: [...problems, 'forbidden'],
    async authorise(context) {
      const caller = await authorise(context);
      assertMay(caller, who);
      callers.set(context, caller);
      // Limits may be counted in the database, where no account stands in the clear.
      return { kind: 'account', id: Buffer.from(blind(accountIndex(caller.account))).toString('hex'), organisation: '', permissions: new Set() };
    },
    run({ params, query, body, context }) {
      const caller = current(callers.get(context)!); // known: `authorise` came before
      assertMay(caller, who);
      return run({ params, query, body, context, caller });
    },
  });
}

/** A route for anybody. */
export const unsecured = <P extends z.ZodType = z.ZodUndefined, Q extends z.ZodType = z.ZodUndefined, B extends z.ZodType = z.ZodUndefined>(
  definition: Omit<Route<P, Q, B>, 'permission' | 'surface' | 'authorise'> & Pick<Partial<Route>, 'surface'>,
): Route => route<P, Q, B>({ surface: 'wallet', ...definition, permission: null });

/** @throws HealthpassError `forbidden` */
function assertMay(caller: Caller, { as, may }: Who): void {
  if ((as !== undefined && !isKind(caller, as)) || (may !== undefined && !caller.abilities.has(may))) {
    throw new HealthpassError('forbidden', 'this account may not do that', { field: 'account' });
  }
}

/** An administrator may be a member besides. */
function isKind({ patient, roles, decides }: Caller, kind: Exclude<Kind, 'nobody'>): boolean {
  if (kind === 'patient') return patient !== undefined;
  return kind === 'body' ? decides.length > 0 : roles.some((role) => role !== 'patient');
}
