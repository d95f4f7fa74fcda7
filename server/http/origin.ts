// Who may be behind a request that a browser sends: pages of this service, and no others (CSRF); by the name of this service, and no
// other (DNS rebinding).
import { isIP } from 'node:net';
import type { Context } from 'hono';
import { HealthpassError } from '#passport';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

export type OwnNames = {
  /** URL under which people reach the service; behind a proxy that is the proxy's. */
  readonly publicUrl?: string | undefined;
  /** Host names, without ports, that it answers to besides: those of a container network. */
  readonly hosts?: readonly string[] | undefined;
};

/** A page whose name an attacker points at this machine sends that name; an address cannot be pointed elsewhere. @throws HealthpassError `request-invalid` */
export function assertHost(context: Context, { publicUrl, hosts = [] }: OwnNames): void {
  const { hostname } = new URL(context.req.url);
  if (isIP(hostname.replace(/^\[|\]$/g, ''))) return;
  const known = ['localhost', ...hosts, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  if (!known.includes(hostname)) throw new HealthpassError('request-invalid', 'this service does not go by that name', { field: 'host' });
}

/**
 * Refuses what a page of another origin makes a browser send; another port of this machine is another origin. Programs send neither header.
 * @throws HealthpassError `forbidden`
 */
export function assertSameOrigin(context: Context, { publicUrl }: OwnNames): void {
  if (SAFE.includes(context.req.method)) return;
  const site = context.req.header('sec-fetch-site');
  const origin = context.req.header('origin');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite('sec-fetch-site');
  if (origin !== undefined && !isOwn(origin, context, publicUrl)) throw crossSite('origin');
}

function isOwn(origin: string, context: Context, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false; // "null": a sandboxed frame or a file
  const { host, protocol } = new URL(origin);
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  return host === new URL(context.req.url).host && protocol === (publicUrl === undefined ? 'http:' : new URL(publicUrl).protocol);
}

const crossSite = (field: string) => new HealthpassError('forbidden', 'the request comes from a page of another origin', { field });
