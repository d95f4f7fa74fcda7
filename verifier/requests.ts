// Requests of a counter: a challenge that one presentation may answer, once, within a short time.
import { randomBytes } from 'node:crypto';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Ask } from './check-pass.ts';

/** Seconds that a request may be answered. */
export const REQUEST_LIFETIME = 300;
const MOST_OPEN = 100_000;

export type OpenRequest = {
  readonly id: string;
  readonly ask: Ask & { readonly challenge: Uint8Array };
  /** Whether the answer is to be compared with a document. What that reads is told with the answer: nobody's name waits here. */
  readonly match: boolean;
  readonly expiresAt: UnixSeconds;
};

export function createRequestBook() {
  const open = new Map<string, OpenRequest>();
  const dropExpired = (now: UnixSeconds) => {
    for (const [id, request] of open) {
      if (request.expiresAt > now) return; // in the order of their making, so the rest is younger
      open.delete(id);
    }
  };
  const find = (id: string, now: UnixSeconds): OpenRequest => {
    dropExpired(now);
    const request = open.get(id);
    if (!request || request.expiresAt <= now) throw new HealthpassError('request-invalid', 'there is no such request, or it was answered or has run out', { field: 'request' });
    return request;
  };
  return {
    /** @throws HealthpassError `service-unavailable` when too many are open */
    create(ask: Omit<Ask, 'challenge' | 'match'>, match: boolean, now: UnixSeconds): OpenRequest {
      dropExpired(now);
      if (open.size >= MOST_OPEN) throw new HealthpassError('service-unavailable', 'too many requests are open', { field: 'requests' });
      const id = randomBytes(16).toString('base64url');
      const request = { id, ask: { ...ask, challenge: new Uint8Array(randomBytes(16)) }, match, expiresAt: (now + REQUEST_LIFETIME) as UnixSeconds };
      open.set(id, request);
      return request;
    },
    /** @throws HealthpassError `request-invalid` */
    find,
    /** Takes a request out: whatever the answer, it cannot be used again. @throws HealthpassError `request-invalid` */
    take(id: string, now: UnixSeconds): OpenRequest {
      const request = find(id, now);
      open.delete(id);
      return request;
    },
  };
}
export type RequestBook = ReturnType<typeof createRequestBook>;
