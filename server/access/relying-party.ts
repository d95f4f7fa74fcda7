// Under which name people sign in, from the URL under which they reach the service. Passkeys hang on that name, cookies on its scheme.
import { isIP } from 'node:net';
import { HealthpassError } from '#passport';

export type RelyingParty = {
  /** Shown by authenticators. */
  readonly name: string;
  /** The domain that passkeys are bound to. */
  readonly id: string;
  readonly origin: string;
  readonly cookie: string;
  readonly isHttps: boolean;
};

/**
 * Browsers know no passkeys of addresses, so on one machine the service is reached as `localhost`.
 * @throws HealthpassError `configuration-invalid` for an address of a network, or http beyond this machine
 */
export function createRelyingParty(publicUrl: string, name: string): RelyingParty {
  const url = new URL(publicUrl);
  if (['127.0.0.1', '[::1]'].includes(url.hostname)) url.hostname = 'localhost';
  const isHttps = url.protocol === 'https:';
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) || (!isHttps && url.hostname !== 'localhost')) {
    throw new HealthpassError('configuration-invalid', 'people sign in over https under a name, or on this machine', { field: 'publicUrl' });
  }
  // Cookies know no ports: two services of one machine would overwrite each other's.
  return { name, id: url.hostname, origin: url.origin, isHttps, cookie: isHttps ? '__Host-session' : `session-${url.port || '80'}` };
}
