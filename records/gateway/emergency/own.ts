// The patient's side: what is laid ready, what was asked, and an end to it at any moment.
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import type { EmergencyAccessOf, EmergencyWrap, KeptSetting, NewSetting } from '#records/model/emergency/wire.ts';
import type { Owner } from '../relationships/changes.ts';
import { recordUnknown } from '../unknown.ts';
import { enter, type Emergencies } from './emergencies.ts';
import type { PatientId } from '../patient-keys.ts';

type Hex = `0x${string}`;

export function createOwnEmergency(emergencies: Emergencies) {
  const { database, consents, settings, cases } = emergencies;

  /** The parts that hospitals hold open another key from now on. */
  async function endRunning(tx: Queryable, patient: PatientId): Promise<void> {
    for (const one of await cases.list(tx, { column: 'patient', value: patient }, { lock: true, more: "AND state = 'asked'" })) {
      if (await cases.end(tx, one.id)) await enter(emergencies, tx, one, 'ended', { kind: 'patient' });
    }
  }

  /** New keys after an access change nothing that the patient chose, so they end nothing that was asked for meanwhile. @throws HealthpassError `consent-conflict` */
  async function assertNothingRuns(tx: Queryable, patient: PatientId, renewed: string): Promise<void> {
    if ((await settings.find(tx, patient))?.head.id !== renewed) throw conflict('another setting stands now');
    const asked = await cases.list(tx, { column: 'patient', value: patient }, { more: "AND state = 'asked'" });
    if (asked.some(cases.isRunning)) throw conflict('an emergency runs');
  }

  return {
    setting: ({ patient }: Owner): Promise<KeptSetting | undefined> => settings.view(database, patient),
    replace: ({ patient }: Owner, setting: NewSetting): Promise<void> => database.transaction(async (tx) => {
      await consents.lock(tx, patient, 'to change'); // no epoch is published meanwhile, and nothing asked for
      if (setting.renews !== undefined) await assertNothingRuns(tx, patient, setting.renews);
      await settings.replace(tx, patient, setting);
      await endRunning(tx, patient);
    }),
    remove: ({ patient }: Owner): Promise<void> => database.transaction(async (tx) => {
      await consents.lock(tx, patient, 'to change'); // nothing is asked for meanwhile
      await settings.remove(tx, patient);
      await endRunning(tx, patient);
    }),
    wrap: ({ patient }: Owner, { id, wraps }: { readonly id: string; readonly wraps: readonly EmergencyWrap[] }): Promise<void> => database.transaction(async (tx) => {
      await consents.lock(tx, patient, 'to decide');
      await settings.wrap(tx, patient, id, wraps);
    }),
    async accesses({ patient }: Owner): Promise<{ readonly accesses: EmergencyAccessOf[] }> {
      const found = await cases.list(database, { column: 'patient', value: patient });
      return { accesses: await Promise.all(found.map((one) => cases.view(database, one))) };
    },
    stop: ({ patient }: Owner, id: Hex): Promise<void> => database.transaction(async (tx) => {
      const one = await cases.find(tx, id, { lock: true });
      if (one?.patient !== patient) throw recordUnknown();
      if (await cases.end(tx, id)) await enter(emergencies, tx, one, 'ended', { kind: 'patient' });
    }),
  };
}

const conflict = (message: string) => new HealthpassError('consent-conflict', message, { field: 'renews' });
