// Under which name people sign in, from the URL under which they reach the service. Passkeys hang on that name, cookies on its scheme.
export type RelyingParty = {
  /** Shown by authenticators. */
  readonly name: string;
  /** The domain that passkeys are bound to. */
  readonly id: string;
  readonly origin: string;
  readonly cookie: string;
  readonly isHttps: boolean;
  /** Whether browsers let people sign in there: over https, or on this machine. */
  readonly isSecure: boolean;
};

/** Browsers know no passkeys of addresses, so on one machine the service is reached as `localhost`. */
export function createRelyingParty(publicUrl: string, name: string): RelyingParty {
  const url = new URL(publicUrl);
  if (['127.0.0.1', '[::1]'].includes(url.hostname)) url.hostname = 'localhost';
  const isHttps = url.protocol === 'https:';
  const isSecure = isHttps || /(?:^|\.)localhost$/.test(url.hostname);
  // Cookies know no ports: two services of one machine would overwrite each other's.
  return { name, id: url.hostname, origin: url.origin, isHttps, isSecure, cookie: isHttps ? '__Host-session' : `session-${url.port || '80'}` };
}
