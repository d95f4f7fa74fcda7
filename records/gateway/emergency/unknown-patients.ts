// People whom nobody knows: a hospital makes a patient of its own for them, and keeps that patient's root here, sealed to itself. What was written is
// handed over when it is known who they are, and they agree; then the root goes.
import { HealthpassError } from '#passport';
import { accountIndex } from '../account-index.ts';
import type { Caller } from '../caller.ts';
import type { GatewayDeps } from '../deps.ts';

type Hex = `0x${string}`;
const MOST = 500;

export function createUnknownPatients({ database, blind, now }: Pick<GatewayDeps, 'database' | 'blind' | 'now'>) {
  /** Whoever works for nobody takes people in alone. */
  const institutionOf = ({ account, organisation, roles }: Caller): Uint8Array => blind(accountIndex(roles.includes('hospital') ? account : organisation ?? account));
  return {
    async add(caller: Caller, { id, sealed }: { readonly id: Hex; readonly sealed: string }): Promise<void> {
      const institution = institutionOf(caller);
      const [kept] = await database.query<{ count: number }>('SELECT count(*)::int8 AS count FROM unknown_patient WHERE institution = $1', [institution]);
      if (kept!.count >= MOST) throw new HealthpassError('service-unavailable', 'too many are kept', { field: 'id' });
      const added = await database.query('INSERT INTO unknown_patient (id, institution, sealed, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1', [id, institution, sealed, now()]);
      if (added.length === 0) throw new HealthpassError('request-invalid', 'the id is taken', { field: 'id' });
    },
    list: (caller: Caller) => database.query<{ id: Hex; sealed: string; since: number }>('SELECT id, sealed, at::int8 AS since FROM unknown_patient WHERE institution = $1 ORDER BY at DESC', [institutionOf(caller)]),
    remove: async (caller: Caller, id: Hex): Promise<void> => void (await database.query('DELETE FROM unknown_patient WHERE institution = $1 AND id = $2', [institutionOf(caller), id])),
  };
}
