// Erases a person: the key that everything was sealed under, the sealed columns, and the link between what was issued. What stays are status
// entries, digests and hidden claims, so that it can still be revoked by its id.
import { HealthpassError } from '#passport';
import { recordAudit, type DataKeys, type Principal, type Queryable } from '#server';
import { keyName, organisationOf, type OnErase, type Scope } from './schema.ts';

export type EraseDeps = { readonly keys: DataKeys; readonly now: () => number; readonly onErase: readonly OnErase[] };

/** @returns how many issuances were cut loose @throws HealthpassError `patient-unknown` */
export async function erase({ keys, now, onErase }: EraseDeps, tx: Queryable, patient: string, scope: Scope, principal: Principal): Promise<number> {
  // Waits for whoever records something about this person, and lets nobody begin to.
  const [there] = await tx.query('SELECT 1 FROM patient WHERE id = $1 AND ($2::text IS NULL OR organisation = $2) FOR UPDATE', [patient, organisationOf(scope)]);
  if (!there) throw new HealthpassError('patient-unknown', 'there is no such patient', { field: 'patient' });
  const rows = await tx.query<{ id: string }>('UPDATE issuance SET patient = NULL, event = NULL WHERE patient = $1 RETURNING id', [patient]);
  for (const undo of onErase) await undo(tx, rows.map(({ id }) => id));
  await tx.query('DELETE FROM patient WHERE id = $1', [patient]);
  await keys.destroy(tx, [keyName(patient)]);
  await recordAudit(tx, principal, { action: 'patient.erase', target: patient, detail: { issuances: rows.length } }, now());
  return rows.length;
}
