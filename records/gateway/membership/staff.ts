// Who acts for an organisation: those of whom it said so itself, by its signature. A body can write any organisation into a role on chain, and without
// that word nobody is let to what patients allow the organisation.
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import type { Address } from '#records/model/members.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import type { GatewayDeps } from '../deps.ts';

export type StaffWord = { readonly since: number; readonly signature: `0x${string}` };

/** Seconds: that the organisation's clock may differ; that a row may come to light after later ones. */
const [MOST_APART, LATE] = [300, 600];

export function createStaff({ database, roles, config, now }: Pick<GatewayDeps, 'database' | 'roles' | 'config' | 'now'>) {
  let readUpTo = 0;
  return {
    /** Keeps the word. It counts from the next `refresh`. @throws HealthpassError `request-invalid` (of another time), `signature-invalid` */
    async confirm(tx: Queryable, organisation: Address, person: Address, { since, signature }: StaffWord): Promise<void> {
      if (Math.abs(since - now()) > MOST_APART) throw new HealthpassError('request-invalid', 'the time is not now', { field: 'since' });
      if (recoverSigner(offChain(config.chainId), 'StaffMember', { organisation, person, since }, signature) !== organisation) throw new HealthpassError('signature-invalid', 'the organisation did not sign this', { field: 'signature' });
      await tx.query(
        `INSERT INTO staff_member (organisation, person, since, signature, recorded_at) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (organisation, person) DO UPDATE SET since = excluded.since, signature = excluded.signature, recorded_at = excluded.recorded_at`, [organisation, person, since, signature, now()]);
    },
    /** Also what other workers have kept. */
    async refresh(): Promise<void> {
      const from = now();
      const rows = await database.query<{ organisation: Address; person: Address }>('SELECT organisation, person FROM staff_member WHERE recorded_at >= $1', [readUpTo - LATE]);
      for (const { organisation, person } of rows) roles.confirm(organisation, person);
      readUpTo = from;
    },
  };
}
export type Staff = ReturnType<typeof createStaff>;
