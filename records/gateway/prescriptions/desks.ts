// From the patient to a pharmacy of the patient's choice: a letter box that is open for a while. Whoever has the link may put one letter in, without
// signing in: the gateway does not learn whose it is.
import type { z } from 'zod';
import { HealthpassError } from '#passport';
import { deskSchema, deskTerms, LONGEST_DESK, type OpenDesk } from '#records/model/prescription/wire.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { accountIndex } from '../account-index.ts';
import type { Caller } from '../caller.ts';
import type { GatewayDeps } from '../deps.ts';
import type { Notices } from '../notifications/notices.ts';
import { recordUnknown } from '../unknown.ts';

type Hex = `0x${string}`;
/** Open ones of a pharmacy at once. */
const MOST_OPEN = 200;

export function createDesks({ database, blind, config, now, notices }: Pick<GatewayDeps, 'database' | 'blind' | 'config' | 'now'> & { readonly notices: Pick<Notices, 'addLetter'> }) {
  const pharmacyOf = ({ account }: Pick<Caller, 'account'>): Uint8Array => blind(accountIndex(account));
  const found = <T>([row]: readonly T[]): T => {
    if (row === undefined) throw recordUnknown();
    return row;
  };
  return {
    /** @throws HealthpassError `forbidden`, `request-invalid`, `signature-invalid`, `service-unavailable` */
    async open(caller: Caller, desk: OpenDesk): Promise<void> {
      const { id, pharmacy, expires, signature } = desk;
      if (pharmacy !== caller.account) throw new HealthpassError('forbidden', 'a pharmacy opens desks of its own', { field: 'pharmacy' });
      if (expires <= now() || expires > now() + LONGEST_DESK) throw new HealthpassError('request-invalid', 'it would be open for too short or too long a time', { field: 'expires' });
      if (recoverSigner(offChain(config.chainId), 'AccessRequest', { id, member: pharmacy, terms: deskTerms(pharmacy), expires }, signature) !== pharmacy) {
        throw new HealthpassError('signature-invalid', 'it is signed by somebody else, or something else was signed', { field: 'signature' });
      }
      await database.transaction(async (tx) => {
        await tx.query('DELETE FROM pharmacy_desk WHERE expires_at <= $1', [now()]);
        const [open] = await tx.query<{ count: number }>('SELECT count(*)::int8 AS count FROM pharmacy_desk WHERE pharmacy = $1', [pharmacyOf(caller)]);
        if (open!.count >= MOST_OPEN) throw new HealthpassError('service-unavailable', 'too many desks are open', { field: 'desks' });
        const added = await tx.query('INSERT INTO pharmacy_desk (id, pharmacy, asked, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1', [id, pharmacyOf(caller), JSON.stringify(desk), expires]);
        if (added.length === 0) throw new HealthpassError('request-invalid', 'the id is that of another desk', { field: 'id' });
      });
    },
    /** @throws HealthpassError `record-unknown`, as do all below for a desk that is closed */
    async show(id: Hex): Promise<z.infer<typeof deskSchema>> {
      const { asked } = found(await database.query<{ asked: string }>('SELECT asked FROM pharmacy_desk WHERE id = $1 AND expires_at > $2', [id, now()]));
      return deskSchema.parse(JSON.parse(asked));
    },
    /** One letter: the second finds the desk as if it were closed. The pharmacy is told that it is there. */
    handOver: (id: Hex, sealed: string): Promise<void> => database.transaction(async (tx) => {
      const { asked } = found(await tx.query<{ asked: string }>('UPDATE pharmacy_desk SET handed = $2 WHERE id = $1 AND expires_at > $3 AND handed IS NULL RETURNING asked', [id, sealed, now()]));
      await notices.addLetter(tx, deskSchema.parse(JSON.parse(asked)).pharmacy, id);
    }),
    async handed(caller: Caller, id: Hex): Promise<{ sealed?: string }> {
      const { handed } = found(await database.query<{ handed: string | null }>('SELECT handed FROM pharmacy_desk WHERE id = $1 AND pharmacy = $2 AND expires_at > $3', [id, pharmacyOf(caller), now()]));
      return handed === null ? {} : { sealed: handed };
    },
    /** With the reply the letter goes: it was read. */
    reply: async (caller: Caller, id: Hex, sealed: string): Promise<void> =>
      void found(await database.query("UPDATE pharmacy_desk SET reply = $3, handed = '' WHERE id = $1 AND pharmacy = $2 AND expires_at > $4 AND handed IS NOT NULL RETURNING 1", [id, pharmacyOf(caller), sealed, now()])),
    async replied(id: Hex): Promise<{ sealed?: string }> {
      const { reply } = found(await database.query<{ reply: string | null }>('SELECT reply FROM pharmacy_desk WHERE id = $1 AND expires_at > $2', [id, now()]));
      return reply === null ? {} : { sealed: reply };
    },
    close: async (caller: Caller, id: Hex): Promise<void> => void (await database.query('DELETE FROM pharmacy_desk WHERE id = $1 AND pharmacy = $2', [id, pharmacyOf(caller)])),
    forget: () => database.query('DELETE FROM pharmacy_desk WHERE expires_at <= $1', [now()]),
  };
}
