// The health events behind offers. Where there is a book of patients, it keeps them, each under a key of that patient; without one they stand
// here, sealed, until their offer has ended.
import { randomUUID } from 'node:crypto';
import { encodeHealthEvent, HealthpassError, parseHealthEvent, type HealthEvent } from '#passport';
import type { Database, Principal, Queryable, Sealer } from '#server';
import type { PatientBook } from '../patients/index.ts';

export type OfferedEvents = {
  /** Keeps events and names their issuances. */
  readonly record: (tx: Queryable, events: readonly HealthEvent[], principal: Principal) => Promise<readonly string[]>;
  /** @throws HealthpassError when the event is not kept any more */
  readonly eventOf: (issuance: string) => Promise<HealthEvent>;
  /** Forgets events that nothing can be issued from any more, if it keeps them for that alone. */
  readonly forget: (tx: Queryable, issuances: readonly string[]) => Promise<void>;
};

export function createOfferedEvents(database: Database, sealer: Sealer): OfferedEvents {
  const context = (issuance: string) => `offer-event/${issuance}`;
  return {
    async record(tx, events) {
      const issuances = events.map(() => randomUUID());
      for (const [i, event] of events.entries()) {
        await tx.query('INSERT INTO offer_event VALUES ($1, $2)', [issuances[i], await sealer.seal(context(issuances[i]!), encodeHealthEvent(event))]);
      }
      return issuances;
    },
    async eventOf(issuance) {
      const [row] = await database.query<{ sealed: Uint8Array }>('SELECT sealed FROM offer_event WHERE issuance = $1', [issuance]);
      if (!row) throw new HealthpassError('credential-unknown', 'the event of this issuance is not kept any more', { field: 'issuance' });
      return parseHealthEvent(await sealer.open(context(issuance), row.sealed));
    },
    forget: async (tx, issuances) => void (await tx.query('DELETE FROM offer_event WHERE issuance = ANY($1::text[])', [issuances])),
  };
}

/** Events in the book of patients, which keeps them until their person is erased. */
export const eventsOfPatients = ({ recordAll, eventOf }: Pick<PatientBook, 'recordAll' | 'eventOf'>): OfferedEvents => ({
  record: async (tx, events, { organisation }) => (await recordAll(tx, events.map((event) => ({ event, organisation, source: 'offer' })))).map(({ issuance }) => issuance),
  eventOf: (issuance) => eventOf(issuance),
  forget: async () => {},
});
