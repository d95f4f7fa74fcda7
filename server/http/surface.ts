// What browsers may do with a route, by the surface it belongs to. A route that names none is on the strictest, so that nobody can forget it.
import type { Context } from 'hono';

/**
 * `staff`: for this service's own pages and for programs; pages of other origins get nothing.
 * `wallet`: endpoints of open protocols that wallets call from pages of any origin, never with cookies.
 * `public`: what anybody may read, from any page, and keep.
 * `page`: what is shown to people.
 * `app`: an installable app that talks to its own origin. `holder-app`: one that talks to whichever issuer and verifier its holder chooses.
 */
export const SURFACES = ['staff', 'wallet', 'public', 'page', 'app', 'holder-app'] as const;
export type Surface = (typeof SURFACES)[number];

const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/** `wasm-unsafe-eval` lets an app compile WebAssembly, to prove and to read codes; it lets nothing make code of strings. */
const app = (connect: string) => `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src ${connect}; `
  + "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types healthpass";
/** Issuers and verifiers anywhere, over TLS; on this machine without. */
const ANYWHERE = "'self' https: http://localhost:* http://127.0.0.1:*";
const NO_SENSORS = 'accelerometer=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()';
const HIDDEN = { 'cache-control': 'no-store', 'content-security-policy': NOTHING, 'cross-origin-resource-policy': 'same-origin' };
const OPEN = { 'content-security-policy': NOTHING, 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*', 'access-control-expose-headers': 'dpop-nonce, www-authenticate, location, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset' };

const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
const APP = { ...ISOLATED, 'cross-origin-resource-policy': 'same-origin', 'permissions-policy': `${NO_SENSORS}, camera=(self), screen-wake-lock=(self), publickey-credentials-get=(self), publickey-credentials-create=(self)` };

const HEADERS: Readonly<Record<Surface, Readonly<Record<string, string>>>> = {
  staff: HIDDEN,
  wallet: { ...OPEN, 'cache-control': 'no-store' },
  public: OPEN,
  page: {
    ...HIDDEN, ...ISOLATED, 'content-security-policy': PAGE,
    'permissions-policy': `${NO_SENSORS}, camera=()`,
  },
  app: { ...APP, 'content-security-policy': app("'self'") },
  'holder-app': { ...APP, 'content-security-policy': app(ANYWHERE) },
};
const ALWAYS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
/** Two years, as browsers' lists ask for. */
const HSTS = 'max-age=63072000; includeSubDomains';

export const isOpen = (surface: Surface): boolean => surface === 'wallet' || surface === 'public';

/** Puts the headers of a surface on the response of a request; what the route has set itself stays. */
export function dress(context: Context, surface: Surface, isHttps: boolean): void {
  for (const [name, value] of Object.entries({ ...ALWAYS, ...HEADERS[surface], ...(isHttps ? { 'strict-transport-security': HSTS } : {}) })) {
    if (!context.res.headers.has(name)) context.header(name, value);
  }
}

/** The last of these are those that clients of Ethereum Swarm Bee send. */
const ALLOWED = 'authorization, content-type, dpop, last-event-id, range, if-range, if-none-match, swarm-postage-batch-id, swarm-postage-stamp, swarm-redundancy-level, swarm-redundancy-strategy, swarm-redundancy-fallback-mode, '
  + 'swarm-chunk-retrieval-timeout, swarm-deferred-upload, swarm-encrypt, swarm-pin, swarm-tag, swarm-act';

/** The answer to a browser that asks before it calls an open route from another origin. */
export function preflight(context: Context, methods: readonly string[]): Response {
  context.header('access-control-allow-methods', methods.map((method) => method.toUpperCase()).join(', '));
  context.header('access-control-allow-headers', ALLOWED);
  context.header('access-control-max-age', '600');
  return context.body(null, 204);
}
