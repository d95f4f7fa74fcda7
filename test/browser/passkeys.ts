// The passkey of somebody at a browser: Chromium's own virtual authenticator, which verifies its user and derives keys (PRF).
import type { Page } from 'playwright-core';

export type Passkeys = {
  /** Forgets every passkey, as somebody does who deletes them. */
  readonly forget: () => Promise<void>;
  readonly count: () => Promise<number>;
  /** Takes the authenticator away, as before another is added: a page has one at a time. */
  readonly remove: () => Promise<void>;
};

export type Authenticator = {
  /** Whether it can derive keys, as most but not all can. */
  readonly prf?: boolean;
  /** Its user is not the one it knows: every request is refused, and after that for good, as Chromium blocks it. */
  readonly stranger?: boolean;
};

export async function addPasskeys(page: Page, { prf = true, stranger = false }: Authenticator = {}): Promise<Passkeys> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: !stranger, hasPrf: prf, automaticPresenceSimulation: true },
  });
  return {
    forget: async () => { await devtools.send('WebAuthn.clearCredentials', { authenticatorId }); },
    count: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    remove: () => devtools.detach(),
  };
}
