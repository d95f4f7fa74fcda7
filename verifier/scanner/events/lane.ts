// One lane of an event: who entered here, what the other lanes told, and what is not known while there is no network. An entry is written down
// before anybody is let in, so neither a reload nor a second tab lets the same person in twice here. docs/protocol.md, "Lanes".
import type { LaneChange, LaneTable } from './lane-table.ts';

export type LaneEntry = { readonly sequence: number; readonly scope: string; readonly nullifier: string; readonly at: number };
export type LaneReport = { readonly lane: string; readonly name: string; readonly after: number; readonly doubles: number; readonly entries: readonly LaneEntry[] };
export type LaneAnswer = {
  readonly told: readonly { readonly sequence: number; readonly first: boolean; readonly earlier?: { readonly lane: string; readonly at: number } | undefined }[];
  readonly others: readonly { readonly scope: string; readonly nullifier: string; readonly at: number }[];
  readonly cursor: number;
  readonly more: boolean;
};

export type Claimed =
  /** `sure`: the other lanes were asked. Without it they may have let the same person in. */
  | { readonly first: true; readonly sure: boolean }
  /** When the first entry was, and whether it was here. */
  | { readonly first: false; readonly sure: true; readonly at: number | undefined; readonly here: boolean };

/** Somebody who was let in here while another lane had let the same person in. */
export type Double = { readonly sequence: number; readonly at: number; readonly earlier: { readonly lane: string; readonly at: number } | undefined };

export type LaneState = {
  /** People let in here. */
  readonly entered: number;
  /** Entries that the other lanes have told. */
  readonly others: number;
  /** Entries here that the service has not heard of. */
  readonly unsent: number;
  readonly doubles: readonly Double[];
  /** When the other lanes were last heard; undefined: never. */
  readonly heardAt: number | undefined;
};

export type LaneDeps = {
  readonly table: LaneTable;
  /** The event of the service; what is kept of it stands under this name. */
  readonly event: string;
  /** Shown to who looks after the event. */
  readonly name: string;
  /** Tells the service; rejects while it cannot be reached. Undefined where this lane is the only one. */
  readonly send?: ((report: LaneReport) => Promise<LaneAnswer>) | undefined;
  readonly now: () => number;
  /** Resolves when a claim has waited long enough for the other lanes. */
  readonly patience: () => Promise<void>;
  /** Names this lane, once; what is random belongs to who runs it. */
  readonly newLane: () => string;
};

const BATCH = 100;
const DOUBLES_SHOWN = 100;
const EVERYTHING = 1_000_000;

type Meta = { readonly lane: string; readonly next: number; readonly cursor: number; readonly entered: number; readonly others: number; readonly doubles: number; readonly heardAt: number | undefined };
type Mark = { readonly at: number; readonly here: boolean };

export type Lane = ReturnType<typeof createLane>;

export function createLane({ table, event, name, send, now, patience, newLane }: LaneDeps) {
  const keys = {
    meta: `${event}/meta`, mark: ({ scope, nullifier }: Pick<LaneEntry, 'scope' | 'nullifier'>) => `${event}/mark/${scope}/${nullifier}`,
    unsent: (sequence: number | '') => `${event}/unsent/${padded(sequence)}`, double: (sequence: number | '') => `${event}/double/${padded(sequence)}`,
  };
  /** Claims that still wait for an answer: whoever is found to be double now is not let in. */
  const waiting = new Map<number, (answer: Claimed) => void>();
  let syncing: Promise<void> | undefined;
  let again = false;

  const readMeta = async (change: LaneChange): Promise<Meta> =>
    ((await change.get(keys.meta)) as Meta | undefined) ?? { lane: newLane(), next: 1, cursor: 0, entered: 0, others: 0, doubles: 0, heardAt: undefined };

  /** Writes an entry down, unless the person is known. */
  const enter = (scope: string, nullifier: string): Promise<{ sequence: number } | { known: Mark }> =>
    table.change(async (change) => {
      const known = (await change.get(keys.mark({ scope, nullifier }))) as Mark | undefined;
      if (known) return { known };
      const meta = await readMeta(change);
      const entry: LaneEntry = { sequence: meta.next, scope, nullifier, at: now() };
      await change.put(keys.mark(entry), { at: entry.at, here: true } satisfies Mark);
      if (send) await change.put(keys.unsent(entry.sequence), entry);
      await change.put(keys.meta, { ...meta, next: meta.next + 1, entered: meta.entered + 1 } satisfies Meta);
      return { sequence: entry.sequence };
    });

  /** Takes an answer in, whole. @returns the entries that are the first of their person */
  const settle = (sent: readonly LaneEntry[], { told, others, cursor }: LaneAnswer): Promise<number[]> =>
    table.change(async (change) => {
      let meta = await readMeta(change);
      const firsts: number[] = [];
      for (const { sequence, first, earlier } of told) {
        const entry = sent.find((one) => one.sequence === sequence);
        // Told to another tab meanwhile: then everything about it is written down.
        if (!entry || (await change.get(keys.unsent(sequence))) === undefined) continue;
        await change.remove(keys.unsent(sequence));
        if (first) {
          firsts.push(sequence);
          continue;
        }
        await change.put(keys.mark(entry), { at: earlier?.at ?? entry.at, here: false } satisfies Mark);
        const refuse = waiting.get(sequence);
        // Told at once: whoever has waited too long by then was let in, and is a double.
        refuse?.({ first, sure: true, at: earlier?.at, here: false });
        if (refuse) meta = { ...meta, entered: meta.entered - 1 };
        else {
          meta = { ...meta, doubles: meta.doubles + 1 };
          again = true; // the service hears of it at once
        }
        if (!refuse) await change.put(keys.double(sequence), { sequence, at: entry.at, earlier } satisfies Double);
      }
      for (const other of others) {
        if ((await change.get(keys.mark(other))) === undefined) await change.put(keys.mark(other), { at: other.at, here: false } satisfies Mark);
      }
      // Another tab may be ahead: then its marks are there, and asking again from where it is loses nothing.
      await change.put(keys.meta, { ...meta, cursor: Math.max(meta.cursor, cursor), others: cursor > meta.cursor ? meta.others + others.length : meta.others, heardAt: now() } satisfies Meta);
      return firsts;
    });

  async function exchange(tell: NonNullable<LaneDeps['send']>): Promise<void> {
    for (;;) {
      again = false;
      const { meta, entries } = await table.change(async (change) => {
        const meta = await readMeta(change);
        await change.put(keys.meta, meta);
        return { meta, entries: (await change.list(keys.unsent(''), BATCH)) as LaneEntry[] };
      });
      const answer = await tell({ lane: meta.lane, name, after: meta.cursor, doubles: meta.doubles, entries });
      for (const sequence of await settle(entries, answer)) waiting.get(sequence)?.({ first: true, sure: true });
      if (!answer.more && entries.length < BATCH && !again) return;
    }
  }

  /** What another tab of this device was told of an entry of this one. */
  const found = (sequence: number): Promise<Claimed> =>
    table.change(async (change) => {
      const double = (await change.get(keys.double(sequence))) as Double | undefined;
      if (!waiting.delete(sequence) || !double) return { first: true, sure: (await change.get(keys.unsent(sequence))) === undefined };
      await change.remove(keys.double(sequence));
      const meta = await readMeta(change);
      await change.put(keys.meta, { ...meta, entered: meta.entered - 1, doubles: meta.doubles - 1 } satisfies Meta);
      return { first: false, sure: true, at: double.earlier?.at, here: false };
    });

  /** Tells what is unsent and hears the others. Rejects while the service cannot be reached: nothing is lost. */
  const sync = (): Promise<void> => {
    if (!send) return Promise.resolve();
    again = true;
    return (syncing ??= exchange(send).finally(() => (syncing = undefined)));
  };

  return {
    sync,
    /** Whether a person enters for the first time. What is answered is written down already. */
    async claim(scope: string, nullifier: string): Promise<Claimed> {
      const entered = await enter(scope, nullifier);
      if ('known' in entered) return { first: false, sure: true, ...entered.known };
      if (!send) return { first: true, sure: true };
      const { sequence } = entered;
      const heard = new Promise<Claimed>((resolve) => waiting.set(sequence, resolve));
      const unheard = (): Claimed => {
        waiting.delete(sequence);
        return { first: true, sure: false };
      };
      const told = async (): Promise<Claimed> => (waiting.has(sequence) ? found(sequence) : heard);
      const claimed = await Promise.race([heard, sync().then(told, unheard), patience().then(unheard)]);
      waiting.delete(sequence);
      return claimed;
    },
    state: (): Promise<LaneState> =>
      table.change(async (change) => {
        const { entered, others, heardAt } = await readMeta(change);
        const [unsent, doubles] = [await change.list(keys.unsent(''), EVERYTHING), await change.list(keys.double(''), DOUBLES_SHOWN)];
        return { entered, others, unsent: unsent.length, doubles: doubles as Double[], heardAt };
      }),
  };
}

const padded = (sequence: number | ''): string => (sequence === '' ? '' : String(sequence).padStart(10, '0'));
