// The operator of one machine shows a bearer token from the data folder; the service keeps its SHA-256 only.
import { createHash, timingSafeEqual } from 'node:crypto';
import { HealthpassError } from '#passport';
import { PERMISSIONS, type Access, type Principal } from './access.ts';

export const tokenDigest = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whoever runs the machine: everything, in every organisation. */
export const OPERATOR: Principal = { kind: 'operator', id: 'operator', organisation: '', permissions: new Set(PERMISSIONS) };

/** Lets in whoever has the token whose digest is given, with every permission. */
export function createOperatorAccess(digest: Buffer): Access {
  return {
    schemes: ['operator'],
    async authorise(context) {
      const token = /^Bearer ([\x21-\x7e]{16,200})$/.exec(context.req.header('authorization') ?? '')?.[1];
      if (token === undefined || !timingSafeEqual(tokenDigest(token), digest)) {
        throw new HealthpassError('not-authorised', 'the request carries no valid token', { field: 'authorization' });
      }
      return OPERATOR;
    },
  };
}

/** For a service on which nothing is done that needs a permission. */
export const NO_ACCESS: Access = {
  authorise: () => Promise.reject(new HealthpassError('not-authorised', 'nobody may do this here', { field: 'authorization' })),
};
