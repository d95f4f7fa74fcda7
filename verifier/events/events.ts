// Events with one entry a person: a name, its days, the rule that is asked, and how many entries there were. Marks of people (nullifiers) say
// nothing outside of their event and day, and go when it is over; what stays is counts.
import { randomBytes } from 'node:crypto';
import { HealthpassError, scopeOf, type FieldElement, type UnixSeconds } from '#passport';
import { recordAudit, type Database, type Migration, type Principal, type Queryable } from '#server';

export const EVENT_MIGRATION: Migration = {
  name: 'events',
  sql: `CREATE TABLE event (
     id text PRIMARY KEY, organisation text NOT NULL, name text NOT NULL, audience text NOT NULL, rule text NOT NULL, days text NOT NULL, capacity integer,
     created_at bigint NOT NULL, ends_at bigint NOT NULL, emptied boolean NOT NULL DEFAULT false
   );
   CREATE INDEX event_end ON event (ends_at);
   CREATE TABLE event_lane (event text NOT NULL REFERENCES event ON DELETE CASCADE, id text NOT NULL, owner text NOT NULL, name text NOT NULL, seen_at bigint NOT NULL, PRIMARY KEY (event, id));
   CREATE TABLE event_entry (
     position bigserial PRIMARY KEY, event text NOT NULL REFERENCES event ON DELETE CASCADE, lane text NOT NULL, sequence integer NOT NULL, scope text NOT NULL, nullifier text NOT NULL,
     at bigint NOT NULL, first boolean NOT NULL, UNIQUE (event, lane, sequence)
   );
   CREATE UNIQUE INDEX event_entry_once ON event_entry (event, scope, nullifier) WHERE first;
   CREATE INDEX event_entry_pull ON event_entry (event, position);
   CREATE TABLE event_count (event text NOT NULL REFERENCES event ON DELETE CASCADE, lane text NOT NULL, slot bigint NOT NULL, entries integer NOT NULL, doubles integer NOT NULL, PRIMARY KEY (event, lane, slot));`,
};

/** Which events a scope is one of, so that whoever the service itself lets in counts there too. */
export const EVENT_SCOPE_MIGRATION: Migration = {
  name: 'event-scopes', sql: 'CREATE TABLE event_scope (scope text NOT NULL, event text NOT NULL REFERENCES event ON DELETE CASCADE, PRIMARY KEY (scope, event));',
};

/** Who was let in twice is known to the lane alone: whom it turned away in time is none of them. */
export const EVENT_DOUBLE_MIGRATION: Migration = { name: 'event-doubles', sql: 'ALTER TABLE event_lane ADD COLUMN doubles integer NOT NULL DEFAULT 0;' };

/** Seconds of one step of the counts. */
export const COUNT_STEP = 300;
/** It is a day somewhere on Earth until noon UTC of the next. */
const DAY_ENDS = 36 * 3600;
/** How long counts are kept after the last day. */
export const COUNTS_KEPT = 30 * 86_400;
const MOST_EVENTS = 1000;

export type Event = {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  /** Who asks, as wallets show it; part of every scope. */
  readonly audience: string;
  /** `id@version` */
  readonly rule: string;
  readonly days: readonly string[];
  readonly capacity: number | null;
  readonly createdAt: UnixSeconds;
  readonly endsAt: UnixSeconds;
};
type Row = Omit<Event, 'days' | 'createdAt' | 'endsAt'> & { readonly days: string; readonly created_at: number; readonly ends_at: number };
const COLUMNS = 'id, organisation, name, audience, rule, days, capacity, created_at::int8 AS created_at, ends_at::int8 AS ends_at';

export type NewEvent = Pick<Event, 'name' | 'audience' | 'rule' | 'days'> & { readonly capacity?: number | undefined };
type Counted = { readonly at: number; readonly entries: number };
export type EventCounts = {
  readonly entries: number;
  /** Entries of people who were in already, as the lanes have told. */
  readonly doubles: number;
  readonly steps: readonly Counted[];
  readonly lanes: readonly { readonly name: string; readonly seenAt: number; readonly entries: number; readonly doubles: number }[];
};

export const dayEnds = (day: string): UnixSeconds => (Date.parse(`${day}T00:00:00Z`) / 1000 + DAY_ENDS) as UnixSeconds;
/** What a wallet is shown and binds: the name carries the one day. */
export const eventOfDay = ({ name }: Pick<Event, 'name'>, day: string): string => `${name} ${day}`;
/** Scopes of an event, in hex as entries carry them. */
export const scopesOf = (event: Event): readonly string[] => event.days.map((day) => scopeText(scopeOf(event.audience, eventOfDay(event, day))));
export const scopeText = (scope: FieldElement): string => scope.toString(16);

export function createEventBook(database: Database, now: () => UnixSeconds) {
  const find = async (id: string, organisation: string): Promise<Event> => {
    const [row] = await database.query<Row>(`SELECT ${COLUMNS} FROM event WHERE id = $1 AND organisation = $2`, [id, organisation]);
    if (!row) throw new HealthpassError('event-unknown', 'there is no such event', { field: 'event' });
    return toEvent(row);
  };
  return {
    /** @throws HealthpassError `event-unknown`, also for those of others */
    find,
    list: async (organisation: string): Promise<Event[]> => (await database.query<Row>(`SELECT ${COLUMNS} FROM event WHERE organisation = $1 ORDER BY ends_at DESC, id`, [organisation])).map(toEvent),
    /** @throws HealthpassError `service-unavailable` when there are too many */
    async create({ name, audience, rule, days, capacity }: NewEvent, principal: Principal): Promise<Event> {
      const event: Event = {
        id: randomBytes(12).toString('base64url'), organisation: principal.organisation, name, audience, rule, days, capacity: capacity ?? null,
        createdAt: now(), endsAt: Math.max(...days.map(dayEnds)) as UnixSeconds, // the greatest of them
      };
      await database.transaction(async (tx) => {
        const inserted = await tx.query(
          `INSERT INTO event (id, organisation, name, audience, rule, days, capacity, created_at, ends_at) SELECT $1, $2, $3, $4, $5, $6, $7::integer, $8::bigint, $9::bigint
           WHERE (SELECT count(*) FROM event WHERE organisation = $2) < ${MOST_EVENTS} RETURNING 1`,
          [event.id, event.organisation, name, audience, rule, JSON.stringify(days), event.capacity, event.createdAt, event.endsAt],
        );
        if (inserted.length === 0) throw new HealthpassError('service-unavailable', 'there are too many events', { field: 'events' });
        for (const scope of scopesOf(event)) await tx.query('INSERT INTO event_scope VALUES ($1, $2)', [scope, event.id]);
        await recordAudit(tx, principal, { action: 'event.create', target: event.id, detail: { days: days.length } }, now());
      });
      return event;
    },
    async counts({ id }: Event): Promise<EventCounts> {
      const steps = await database.query<Counted>('SELECT slot::int8 AS at, sum(entries)::int4 AS entries FROM event_count WHERE event = $1 GROUP BY slot ORDER BY slot', [id]);
      const lanes = await database.query<EventCounts['lanes'][number]>(
        `SELECT name, seen_at::int8 AS "seenAt", coalesce((SELECT sum(entries) FROM event_count WHERE event = $1 AND lane = event_lane.id), 0)::int4 AS entries, doubles
         FROM event_lane WHERE event = $1 ORDER BY name, id`, [id]);
      const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
      return { entries: sum(steps.map(({ entries }) => entries)), doubles: sum(lanes.map(({ doubles }) => doubles)), steps: steps.filter(({ entries }) => entries > 0), lanes };
    },
    /** With all that is kept of it. @throws HealthpassError `event-unknown` */
    async remove(id: string, principal: Principal): Promise<void> {
      const event = await find(id, principal.organisation);
      await database.transaction(async (tx) => {
        await forgetEntries(tx, event, now());
        await tx.query('DELETE FROM event WHERE id = $1', [id]);
        await recordAudit(tx, principal, { action: 'event.delete', target: id }, now());
      });
    },
  };
}

/** Marks of events that are over go; later their counts too. */
export async function deleteOver(tx: Queryable, now: UnixSeconds): Promise<void> {
  for (const row of await tx.query<Row>(`SELECT ${COLUMNS} FROM event WHERE ends_at <= $1 AND NOT emptied`, [now])) await forgetEntries(tx, toEvent(row), now);
  await tx.query('UPDATE event SET emptied = true WHERE ends_at <= $1 AND NOT emptied', [now]);
  await tx.query('DELETE FROM event WHERE ends_at <= $1', [now - COUNTS_KEPT]);
}

/** A scope is made of names, which two events may have alike: as long as the other one goes on, who entered stays known. */
async function forgetEntries(tx: Queryable, event: Event, now: UnixSeconds): Promise<void> {
  await tx.query('DELETE FROM event_entry WHERE event = $1', [event.id]);
  for (const scope of scopesOf(event)) {
    await tx.query(
      'DELETE FROM entry WHERE scope = $1 AND NOT EXISTS (SELECT 1 FROM event_scope s JOIN event e ON e.id = s.event WHERE s.scope = $1 AND e.id <> $2 AND e.ends_at > $3)', [scope, event.id, now]);
  }
}

const toEvent = ({ days, created_at: createdAt, ends_at: endsAt, ...row }: Row): Event => ({ ...row, days: JSON.parse(days) as string[], createdAt: createdAt as UnixSeconds, endsAt: endsAt as UnixSeconds });
