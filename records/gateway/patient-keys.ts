// A data key for each patient, under which the gateway keeps what names the patient's people and policies: with the key goes all of it.
import { HealthpassError } from '#passport';
import { createDataKeys, createSealer, type KeyProvider, type Queryable, type Sealer } from '#server';

declare const PATIENT: unique symbol;
/** A patient as the gateway numbers it: a random UUID, which tells nothing and leaves the gateway never. */
export type PatientId = string & { readonly [PATIENT]: true };

/** Keys that are remembered unwrapped. */
const MOST_KEPT = 1000;

export type PatientKeys = {
  /** Makes the key of a new patient. */
  readonly add: (on: Queryable, patient: PatientId) => Promise<void>;
  /** @throws HealthpassError `patient-erased` */
  readonly sealer: (on: Queryable, patient: PatientId) => Promise<Sealer>;
  /** What was sealed under it opens nowhere any more. */
  readonly destroy: (on: Queryable, patient: PatientId) => Promise<void>;
};

export function createPatientKeys(provider: KeyProvider): PatientKeys {
  const keys = createDataKeys(provider);
  const kept = new Map<PatientId, Sealer>();
  const nameOf = (patient: PatientId) => `patient/${patient}`;
  return {
    add: async (on, patient) => void (await keys.add(on, [nameOf(patient)])),
    async sealer(on, patient) {
      const known = kept.get(patient);
      if (known) return known;
      const key = (await keys.read(on, [nameOf(patient)])).get(nameOf(patient));
      if (!key) throw new HealthpassError('patient-erased', 'the patient was erased', { field: 'patient' });
      const sealer = createSealer(key);
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!); // the oldest; there are some
      kept.set(patient, sealer);
      return sealer;
    },
    async destroy(on, patient) {
      kept.delete(patient);
      await keys.destroy(on, [nameOf(patient)]);
    },
  };
}
