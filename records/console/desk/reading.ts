// One patient's record as this member reads it: for a purpose, kept in memory only while the keys are open, gone when the patient ends it.
import type { OpenedRecord } from '#records/client/open-record.ts';
import { PURPOSES, type Purpose } from '#records/model/purposes.ts';
import { createValue, type Followed } from '#faces/value.ts';
import { failureOf, type Failure } from './failure.ts';
import type { Gateway } from './gateway.ts';
import type { Kept } from './kept.ts';
import type { Patient, Patients } from './patients.ts';

export type ReadingState =
  | { readonly name: 'unread' }
  | { readonly name: 'reading'; readonly purpose: Purpose; readonly before?: Read | undefined }
  | { readonly name: 'read'; readonly read: Read; /** Something was written since. */ readonly hasNews: boolean }
  | { readonly name: 'failed'; readonly failure: Failure }
  /** The patient ended it, or its time is over. */
  | { readonly name: 'over' };
export type Read = { readonly purpose: Purpose; readonly at: number; readonly records: readonly OpenedRecord[] };

export const purposesOf = ({ terms: { purposes } }: Patient): readonly Purpose[] => purposes ?? PURPOSES;
export const mayDo = ({ terms: { actions } }: Patient, action: 'read' | 'write'): boolean => actions.includes(action);
/** Most that a gateway gives at once. */
const PAGE = 200;

export function createReadings({ gateway, patients, kept, now }: { readonly gateway: Gateway; readonly patients: Patients; readonly kept: Kept; readonly now: () => number }) {
  const cells = new Map<string, ReturnType<typeof createValue<ReadingState>>>();
  const cell = (id: string) => {
    const known = cells.get(id) ?? createValue<ReadingState>({ name: 'unread' });
    cells.set(id, known);
    return known;
  };

  patients.onRecords((relationship) => {
    const state = cell(relationship).get();
    if (state.name === 'read') cell(relationship).set({ ...state, hasNews: true });
  });
  // Whoever is not among those who share any more has ended it, whatever else was told.
  patients.state.subscribe((state) => {
    if (state.name !== 'here') return;
    const here = new Set(state.patients.map(({ id }) => id as string));
    for (const [id, known] of cells) if (!here.has(id) && known.get().name !== 'unread') known.set({ name: 'over' });
  });
  gateway.state.subscribe(({ name }) => {
    if (name === 'in' || name === 'signing-in') return;
    for (const known of cells.values()) known.set({ name: 'unread' }); // with the keys, what they opened is gone
  });

  return {
    state: (id: string): Followed<ReadingState> => cell(id),
    /** Reads everything that may be read, for one purpose; each page is entered in the patient's account. */
    async read(id: string, purpose: Purpose): Promise<void> {
      const own = cell(id);
      const before = own.get();
      if (before.name === 'reading') return;
      own.set({ name: 'reading', purpose, before: before.name === 'read' ? before.read : undefined });
      try {
        const member = await patients.member();
        const [records, receipts]: [OpenedRecord[], unknown[]] = [[], []];
        for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
          const page = await member.read(id, { purpose, limit: PAGE, ...(cursor !== undefined && { cursor }) });
          records.push(...page.records);
          receipts.push(page.receipt);
          cursor = page.next;
        }
        await kept.putReading({ relationship: id, at: now(), purpose, count: records.length, receipts });
        own.set({ name: 'read', read: { purpose, at: now(), records }, hasNews: false });
      } catch (error) {
        const failure = failureOf(error);
        own.set(failure.code === 'record-unknown' ? { name: 'over' } : { name: 'failed', failure });
      }
    },
    history: kept.readings,
  };
}
