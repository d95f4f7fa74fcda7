// A machine client shows a bearer token; the service keeps its SHA-256 only.
import { createHash, timingSafeEqual } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { MiddlewareHandler } from 'hono';

export const tokenDigest = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Refuses requests without the token whose digest is given: `not-authorised`. */
export function requireBearer(digest: Buffer): MiddlewareHandler {
  return async (context, next) => {
    const token = /^Bearer ([\x21-\x7e]{16,200})$/.exec(context.req.header('authorization') ?? '')?.[1];
    if (token === undefined || !timingSafeEqual(tokenDigest(token), digest)) {
      throw new HealthpassError('not-authorised', 'the request carries no valid token', { field: 'authorization' });
    }
    await next();
  };
}
