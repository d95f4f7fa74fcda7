// Nonces that the issuer need not store before they are used: each is its own time of expiry, sealed. Nobody can fill the table of them by
// asking, and any process over the same database knows them.
import type { Queryable, Sealer } from '#server';
import { digestOf } from './secrets.ts';

/** `c_nonce` for proofs of possession, `dpop` for DPoP proofs (RFC 9449, 8). */
export type NoncePurpose = 'c_nonce' | 'dpop';
/** Seconds. */
export const NONCE_LIFETIME = 300;

export type Nonces = {
  readonly create: (purpose: NoncePurpose, now: number) => Promise<string>;
  /** When it runs out; undefined for one that was not made here for this purpose, or that has run out. */
  readonly expiryOf: (purpose: NoncePurpose, nonce: string, now: number) => Promise<number | undefined>;
};

export function createNonces(sealer: Sealer): Nonces {
  const context = (purpose: NoncePurpose) => `nonce/${purpose}`;
  return {
    create: async (purpose, now) => Buffer.from(await sealer.seal(context(purpose), now + NONCE_LIFETIME)).toString('base64url'),
    async expiryOf(purpose, nonce, now) {
      if (!/^[A-Za-z0-9_-]{40,100}$/.test(nonce)) return undefined;
      const bytes = Buffer.from(nonce, 'base64url');
      if (bytes.toString('base64url') !== nonce) return undefined; // another spelling would be spent apart
      const expiry = await sealer.open(context(purpose), bytes).catch(() => undefined);
      return typeof expiry === 'number' && now < expiry ? expiry : undefined;
    },
  };
}

/** Marks something as used. @returns false when it was before; of two at once one is first */
export async function spend(tx: Queryable, what: NoncePurpose | 'jti' | 'attestation', value: string, expiresAt: number): Promise<boolean> {
  const rows = await tx.query('INSERT INTO spent VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING what', [what, digestOf(value), expiresAt]);
  return rows.length === 1;
}
