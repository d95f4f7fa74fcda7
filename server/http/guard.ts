// What stands before every route and after every answer: overload, names, origins, limits, and the headers of the surface.
import type { Context, MiddlewareHandler } from 'hono';
import { HealthpassError, isHealthpassError } from '#passport';
import type { Access, Permission, Principal } from '../access/access.ts';
import { addressOf } from './address.ts';
import { RateLimited, rateHeaders, type Allowance, type Limiter, type LimitName } from './limiter.ts';
import { assertHost, assertSameOrigin, type OwnNames } from './origin.ts';
import { ProtocolError } from './protocol-error.ts';
import { dress, isOpen, type Surface } from './surface.ts';

/** Requests under way at once, beyond which new ones are sent away. */
export const MOST_IN_FLIGHT = 512;

export type GuardOptions = OwnNames & {
  readonly limiter?: Limiter | undefined;
  /** How many proxies of ours stand before the service. */
  readonly trustedProxies?: number | undefined;
  readonly maxInFlight?: number | undefined;
};

/** What the guard needs to know of a route. */
export type Guarded = { readonly permission: Permission | null; readonly surface?: Surface | undefined; readonly limit?: LimitName | undefined; readonly authorise?: ((context: Context) => Promise<Principal>) | undefined };

const SURFACE = 'surface';
const ALLOWANCE = 'allowance';
const LIMIT_OF_SURFACE = { staff: 'staff', page: 'staff', app: 'public', 'holder-app': 'public', wallet: 'wallet', public: 'public' } as const satisfies Record<Surface, LimitName>;
const NOBODY: Principal = { kind: 'nobody', id: '', organisation: '', permissions: new Set() };

export function createGuard(options: GuardOptions, refuse: (error: unknown, context: Context) => Response) {
  const { limiter, trustedProxies = 0, maxInFlight = MOST_IN_FLIGHT } = options;
  const isHttps = options.publicUrl?.startsWith('https:') ?? false;
  let inFlight = 0;

  /** Around everything, so that errors and unknown paths are dressed too. */
  const around: MiddlewareHandler = async (context, next) => {
    inFlight++;
    try {
      const refused = admit(context);
      if (refused) context.res = refused;
      else await next();
    } finally {
      inFlight--;
    }
    const allowance = context.get(ALLOWANCE) as Allowance | undefined;
    if (allowance) for (const [name, value] of Object.entries(rateHeaders(allowance))) context.header(name, value);
    dress(context, (context.get(SURFACE) as Surface | undefined) ?? 'staff', isHttps);
  };

  function admit(context: Context): Response | undefined {
    try {
      if (inFlight > maxInFlight) {
        context.header('retry-after', '1');
        throw new HealthpassError('service-unavailable', 'too many requests are under way', { field: 'load' });
      }
      assertHost(context, options);
      return undefined;
    } catch (error) {
      return refuse(error, context);
    }
  }

  async function spend(context: Context, name: LimitName, caller: string): Promise<void> {
    if (limiter) context.set(ALLOWANCE, await limiter.spend(name, caller));
  }

  /** Lets a request in to a route, and says who sent it. @throws HealthpassError `forbidden`, `not-authorised`, `rate-limited` */
  async function enter(entry: Guarded, context: Context, access: Access): Promise<Principal> {
    const surface = entry.surface ?? 'staff';
    context.set(SURFACE, surface);
    if (!isOpen(surface)) assertSameOrigin(context, options);
    const address = addressOf(context, trustedProxies);
    const limit = entry.limit ?? LIMIT_OF_SURFACE[surface];
    await limiter?.assertLeft('failures', address);
    const { permission } = entry;
    const authorise = permission === null ? entry.authorise : (from: Context) => access.authorise(from, permission);
    if (!authorise) {
      await spend(context, limit, address);
      return NOBODY;
    }
    const principal = await authorise(context);
    await spend(context, limit, `${principal.kind}:${principal.id}`);
    return principal;
  }

  /** Whatever a route refuses comes by here: whoever guesses secrets has few guesses, whatever he asks for. */
  async function note(error: unknown, context: Context): Promise<void> {
    if (error instanceof RateLimited) {
      context.set(ALLOWANCE, error.allowance);
      context.header('retry-after', String(error.allowance.reset));
    } else if (isGuess(error)) {
      await limiter?.spend('failures', addressOf(context, trustedProxies), { anyway: true });
    }
  }

  return { around, enter, note };
}

const GUESSES = ['invalid_client', 'invalid_grant', 'invalid_token'];
const isGuess = (error: unknown): boolean => (error instanceof ProtocolError ? GUESSES.includes(error.error) : isHealthpassError(error) && error.code === 'not-authorised');

/** Marks a response that no route gives, so that it is dressed as its surface asks. */
export const onSurface = (context: Context, surface: Surface): void => context.set(SURFACE, surface);
