// Patients: an account that becomes one, with a key of its own under which the gateway keeps what names its people. Nothing of it goes on chain.
import { randomUUID } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { Address } from '#records/model/members.ts';
import { accountIndex } from '../account-index.ts';
import type { Caller } from '../caller.ts';
import type { GatewayDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';
import { createSessions } from '../sessions/sessions.ts';
import { createRoleCredential } from './credential.ts';
import type { Applications } from './applications.ts';
import type { Deciding } from './deciding.ts';

/** Seconds that a patient's credential lasts. */
const YEAR = 366 * 86_400;

export function createPatients(deps: GatewayDeps, { keepCredential }: Pick<Deciding, 'keepCredential'>, applications: Pick<Applications, 'isOpen'>) {
  const { database, sealer, blind, patientKeys, careIndex, now } = deps;
  const sessions = createSessions(deps);

  async function add(account: Address): Promise<void> {
    const [id, text] = [randomUUID() as PatientId, await createRoleCredential(deps, { account, role: 'patient', until: now() + YEAR })];
    const sealed = await sealer.seal(`patient/${id}`, account);
    await database.transaction(async (tx) => {
      const added = await tx.query('INSERT INTO patient (id, account, sealed, recorded_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id', [id, blind(accountIndex(account)), sealed, now()]);
      if (added.length === 0) return; // at the same moment by another of its devices
      await patientKeys.add(tx, id);
      await keepCredential(tx, account, 'patient', text);
    });
  }

  return {
    /** @throws HealthpassError `forbidden` for an account that stands on chain, or once did, or has applied to: what a patient signs with must not */
    async become({ account, patient, decides }: Caller): Promise<void> {
      if (patient !== undefined) return;
      if (careIndex.memberOf(account) !== undefined || decides.length > 0 || (await applications.isOpen(account))) throw new HealthpassError('forbidden', 'an account that stands on chain, or has applied to, cannot be a patient’s', { field: 'account' });
      await add(account);
    },

    /** Forgets a patient: the key goes, and with it all that was sealed under it; the account is found no more, and nothing of it is looked at again. */
    async erase({ account, patient }: Caller): Promise<void> {
      if (patient === undefined) return;
      await database.transaction(async (tx) => {
        await patientKeys.destroy(tx, patient);
        await tx.query('DELETE FROM patient WHERE id = $1', [patient]); // whoever lists or follows joins it: a row that is left would stop at what opens no more
        await tx.query('DELETE FROM role_credential WHERE account = $1', [blind(accountIndex(account))]);
        await sessions.endAll(account, tx);
      });
    },
  };
}
export type Patients = ReturnType<typeof createPatients>;
