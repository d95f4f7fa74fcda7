// An organisation's reading key in the hands of its staff: sealed to each person by the organisation itself, kept here blind, and given out only
// while the person acts for it.
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Address } from '#records/model/members.ts';
import type { GatewayDeps } from '../deps.ts';

export type StaffKey = {
  readonly person: Address;
  /** X25519 public key of the organisation that what is sealed belongs to. */
  readonly key: string;
  /** As the organisation sealed it; base64url. */
  readonly sealed: string;
};

export function createStaffKeys({ database, roles, now }: Pick<GatewayDeps, 'database' | 'roles' | 'now'>) {
  const actsFor = (person: Address, organisation: Address, at: UnixSeconds) => roles.standing(person, at).organisation === organisation;
  return {
    /** @throws HealthpassError `member-unknown` for somebody who does not act for this organisation */
    async give(organisation: Address, { person, key, sealed }: StaffKey): Promise<void> {
      if (!actsFor(person, organisation, now())) throw new HealthpassError('member-unknown', 'this person does not act for the organisation', { field: 'person' });
      await database.query(
        `INSERT INTO staff_key (organisation, person, key, sealed, recorded_at) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (organisation, person) DO UPDATE SET key = excluded.key, sealed = excluded.sealed, recorded_at = excluded.recorded_at`, [organisation, person, key, sealed, now()]);
    },
    /** What was given to a person by the organisation that it acts for now. */
    async of(person: Address, organisation: Address | undefined): Promise<{ readonly organisation: Address; readonly key: string; readonly sealed: string }[]> {
      if (organisation === undefined) return [];
      const rows = await database.query<{ key: string; sealed: string }>('SELECT key, sealed FROM staff_key WHERE organisation = $1 AND person = $2', [organisation, person]);
      return rows.map((row) => ({ organisation, ...row }));
    },
    /** What the organisation itself signed of its people: its client goes by these words, and not by what a directory says. */
    confirmed: (organisation: Address) => database.query<{ person: string; since: number; signature: string }>('SELECT person, since::int8, signature FROM staff_member WHERE organisation = $1 ORDER BY person', [organisation]),
    /** Who has one, for the organisation. */
    given: (organisation: Address) => database.query<{ person: string; key: string }>('SELECT person, key FROM staff_key WHERE organisation = $1 ORDER BY person', [organisation]),
  };
}
