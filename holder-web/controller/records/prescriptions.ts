// Prescriptions: what is left of each by the chain's word, and handing one use to the pharmacy whose code was scanned.
import { HealthpassError, isHealthpassError } from '#passport';
import { createPatientPrescriptions, type HeldPrescription, type OpenPrescription, type PharmacyDesk } from '#records/client/prescriptions/patient.ts';
import type { Member } from '#records/client/members.ts';
import type { PatientClient } from '#records/client/patient.ts';
import type { FhirResource } from '#records/model/fhir/index.ts';
import type { Address } from '#records/model/members.ts';
import type { PrescriptionRefusal } from '#records/model/prescription/verify.ts';
import { failureOf, type Failure } from '../failure.ts';
import { createCell, type Observable } from '../observable.ts';
import type { Connection } from './connection.ts';
import { createLoading } from './loading.ts';
import type { Members } from './members.ts';
import type { KnownMember, Loaded } from './states.ts';

export type PrescriptionsView = { readonly prescriptions: readonly HeldPrescription[]; readonly named: ReadonlyMap<Address, Member> };
export const isOpened = (prescription: HeldPrescription): prescription is OpenPrescription => 'state' in prescription;

export type HandingState =
  | { readonly name: 'idle' }
  | { readonly name: 'reading' }
  | { readonly name: 'choosing'; readonly pharmacy: KnownMember; readonly desk: PharmacyDesk }
  | { readonly name: 'handing'; readonly pharmacy: KnownMember }
  /** The pharmacy has it, and decides. */
  | { readonly name: 'waiting'; readonly pharmacy: KnownMember }
  | { readonly name: 'dispensed'; readonly pharmacy: KnownMember; /** What the pharmacy could not write itself, kept as taken in. */ readonly isKept: boolean }
  | { readonly name: 'refused'; readonly pharmacy: KnownMember; readonly reason: PrescriptionRefusal }
  | { readonly name: 'expired' }
  | { readonly name: 'failed'; readonly failure: Failure };

export type PrescriptionsApp = Observable<Loaded<PrescriptionsView>> & {
  readonly reload: () => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  readonly handing: Observable<HandingState> & {
    /** The link or code of a pharmacy's desk. */
    readonly read: (link: string) => Promise<void>;
    /** choosing -> handing -> waiting -> dispensed or refused. `tellsName`: the pharmacy is told the person's name and date of birth. */
    readonly handOver: (prescription: string, tellsName: boolean) => Promise<void>;
    readonly close: () => void;
  };
};
export type PrescriptionsDeps = {
  readonly open: () => { readonly connection: Connection; readonly members: Members } | undefined;
  readonly connected: () => Promise<{ readonly connection: Connection; readonly members: Members }>;
  /** Told when something was added to the records. */
  readonly onKept: () => Promise<void>;
};

export function createPrescriptions({ open, connected, onKept }: PrescriptionsDeps): PrescriptionsApp & { readonly clear: () => void } {
  const cell = createCell<HandingState>({ name: 'idle' });
  let stop = new AbortController();
  const loading = createLoading<PrescriptionsView>(() => {
    const here = open();
    return here && readPrescriptions(here);
  });

  async function attempt(work: (signal: AbortSignal) => Promise<HandingState>): Promise<void> {
    const { signal } = stop;
    try {
      const next = await work(signal);
      if (!signal.aborted) cell.set(next);
    } catch (error) {
      const failure = failureOf(error, () => cell.set({ name: 'idle' }));
      if (!signal.aborted) cell.set({ name: 'failed', failure });
    }
  }
  const close = (): void => {
    stop.abort();
    stop = new AbortController();
    cell.set({ name: 'idle' });
  };

  return {
    ...loading,
    clear() {
      close();
      loading.clear();
    },
    async remove(id) {
      const { connection: { deps } } = await connected();
      await createPatientPrescriptions(deps).remove(id);
      await loading.reload();
    },
    handing: {
      ...cell, close,
      async read(link) {
        close();
        cell.set({ name: 'reading' });
        await attempt(async () => {
          const { connection: { deps }, members } = await connected();
          const desk = await createPatientPrescriptions(deps).readDesk(link);
          return { name: 'choosing', desk, pharmacy: await members.verified(desk.pharmacy) };
        });
      },
      async handOver(prescription, tellsName) {
        const state = cell.get();
        if (state.name !== 'choosing') return;
        const { pharmacy, desk } = state;
        cell.set({ name: 'handing', pharmacy });
        await attempt(async (signal) => {
          const { connection: { deps, patient, care: { card: { name, birthDate } } } } = await connected();
          const client = createPatientPrescriptions(deps);
          const handed = await client.handOver(prescription, desk, tellsName ? { name, ...(birthDate !== undefined && { birthDate }) } : undefined);
          if (!signal.aborted) cell.set({ name: 'waiting', pharmacy });
          const reply = await client.outcome(handed, signal);
          await loading.reload();
          if (reply.outcome === 'expired') return { name: 'expired' };
          if (reply.outcome === 'refused') return { name: 'refused', pharmacy, reason: reply.reason };
          return { name: 'dispensed', pharmacy, isKept: reply.dispense !== undefined && (await keeps(patient, reply.dispense as FhirResource, onKept)) }; // validated where it is kept
        });
      },
    },
  };
}

/** That the medicine was given stands on the chain whatever becomes of this. */
async function keeps(patient: Pick<PatientClient, 'addRecord'>, dispense: FhirResource, onKept: () => Promise<void>): Promise<boolean> {
  try {
    await patient.addRecord(dispense);
    await onKept();
    return true;
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    return false;
  }
}

const ORDER: readonly OpenPrescription['state'][] = ['open', 'expired', 'used-up', 'void'];

async function readPrescriptions({ connection: { deps, chain }, members }: { readonly connection: Connection; readonly members: Members }): Promise<PrescriptionsView> {
  if (!chain) throw new HealthpassError('chain-unavailable', 'the site of the wallet names no way to the chain', { field: 'rpc' });
  const prescriptions = await createPatientPrescriptions(deps).list();
  // The newest first, and before them all those that can still be filled.
  const place = (each: HeldPrescription) => (isOpened(each) ? ORDER.indexOf(each.state) : ORDER.length);
  return { prescriptions: prescriptions.toReversed().toSorted((a, b) => place(a) - place(b)), named: await members.named(prescriptions.filter(isOpened).map(({ prescriber }) => prescriber)) };
}
