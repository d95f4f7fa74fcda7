// Entries of several lanes of one event. Each lane numbers its own; what it sends twice is told the same again, and of two lanes that let the same
// person in, the one that told first keeps the entry. A lane pulls what others told since it last asked.
import { HealthpassError, type UnixSeconds } from '#passport';
import { recordAudit, type Database, type Principal, type Queryable } from '#server';
import { COUNT_STEP, scopesOf, type Event } from './events.ts';

/** Entries in one request. */
export const MOST_AT_ONCE = 100;
/** Foreign entries in one answer. */
const PAGE = 500;
const MOST_LANES = 100;
/** Entries of an event: more than any place holds, and no more than the database bears. */
const MOST_ENTRIES = 500_000;
/** Clocks of lanes may be wrong by this much; what is farther off is noted as now. */
const CLOCK_SKEW = 86_400;

export type LaneEntry = { readonly sequence: number; readonly scope: string; readonly nullifier: string; readonly at: number };
export type LaneReport = { readonly lane: string; readonly name: string; readonly after: number; /** People whom this lane has let in though another had. */ readonly doubles: number; readonly entries: readonly LaneEntry[] };
export type Told = { readonly sequence: number; readonly first: boolean; readonly earlier?: { readonly lane: string; readonly at: number } | undefined };
export type LaneAnswer = {
  /** Of each entry sent, whether it is the first of this person; else when and where the first was. */
  readonly told: readonly Told[];
  /** Entries of the other lanes after `after`. */
  readonly others: readonly { readonly scope: string; readonly nullifier: string; readonly at: number }[];
  /** What to ask after next time. */
  readonly cursor: number;
  /** Whether there is more to pull at once. */
  readonly more: boolean;
};

type EntryRow = { readonly position: number; readonly lane: string; readonly scope: string; readonly nullifier: string; readonly at: number; readonly first: boolean };
const COLUMNS = 'position::int8 AS position, lane, scope, nullifier, at::int8 AS at, first';

export function createLaneBook(database: Database, now: () => UnixSeconds) {
  return {
    /** @throws HealthpassError `event-over`, `lane-foreign`, `entry-conflict`, `request-invalid` (scope), `service-unavailable` */
    report: (event: Event, report: LaneReport, principal: Principal): Promise<LaneAnswer> =>
      database.transaction(async (tx) => {
        if (event.endsAt <= now()) throw new HealthpassError('event-over', 'the event is over', { field: 'event' });
        await lock(tx, event.id);
        await enterLane(tx, event, report, principal, now());
        const told: Told[] = [];
        for (const entry of report.entries) told.push(await note(tx, event, report.lane, entry, now()));
        return { told, ...await pull(tx, event, report) };
      }),
  };
}

/** The lane of those whom the service itself let in, by a pass that it verified. It has no name: pages say what it is. */
const SERVICE = 'the-service-itself';

/** Tells the lanes of the events of a scope that somebody has entered there, who was not there before. */
export async function noteByService(tx: Queryable, scope: string, nullifier: string, now: UnixSeconds): Promise<void> {
  for (const { event } of await tx.query<{ event: string }>('SELECT event FROM event_scope WHERE scope = $1 ORDER BY event', [scope])) {
    await lock(tx, event);
    await tx.query("INSERT INTO event_lane VALUES ($1, $2, 'service', '', $3) ON CONFLICT (event, id) DO UPDATE SET seen_at = excluded.seen_at", [event, SERVICE, now]);
    const [last] = await tx.query<{ sequence: number }>('SELECT coalesce(max(sequence), 0)::int4 AS sequence FROM event_entry WHERE event = $1 AND lane = $2', [event, SERVICE]);
    await write(tx, event, SERVICE, { sequence: last!.sequence + 1, scope, nullifier, at: now }, true); // an aggregate has one row
  }
}

/** One at a time for each event: positions are then seen in the order in which they were given, and no pull misses one. */
const lock = (tx: Queryable, event: string): Promise<unknown> => tx.query("SELECT pg_advisory_xact_lock(hashtext('event/' || $1))", [event]);

async function write(tx: Queryable, event: string, lane: string, { sequence, scope, nullifier, at }: LaneEntry, first: boolean): Promise<void> {
  await tx.query('INSERT INTO event_entry (event, lane, sequence, scope, nullifier, at, first) VALUES ($1, $2, $3, $4, $5, $6, $7)', [event, lane, sequence, scope, nullifier, at, first]);
  await tx.query(
    'INSERT INTO event_count VALUES ($1, $2, $3, $4, $5) ON CONFLICT (event, lane, slot) DO UPDATE SET entries = event_count.entries + excluded.entries, doubles = event_count.doubles + excluded.doubles',
    [event, lane, Math.floor(at / COUNT_STEP) * COUNT_STEP, first ? 1 : 0, first ? 0 : 1]);
}

/** A lane belongs to whoever opened it: nobody else speaks for it. */
async function enterLane(tx: Queryable, event: Event, { lane, name, doubles }: LaneReport, principal: Principal, now: UnixSeconds): Promise<void> {
  const owner = `${principal.kind}:${principal.id}`;
  const [known] = await tx.query<{ owner: string }>('SELECT owner FROM event_lane WHERE event = $1 AND id = $2', [event.id, lane]);
  if (known && known.owner !== owner) throw new HealthpassError('lane-foreign', 'the lane is somebody else’s', { field: 'lane' });
  if (known) {
    await tx.query('UPDATE event_lane SET name = $3, seen_at = $4, doubles = $5 WHERE event = $1 AND id = $2', [event.id, lane, name, now, doubles]);
    return;
  }
  const inserted = await tx.query(
    `INSERT INTO event_lane (event, id, owner, name, seen_at, doubles) SELECT $1, $2, $3, $4, $5::bigint, $6::integer WHERE (SELECT count(*) FROM event_lane WHERE event = $1) < ${MOST_LANES} RETURNING 1`,
    [event.id, lane, owner, name, now, doubles]);
  if (inserted.length === 0) throw new HealthpassError('service-unavailable', 'the event has too many lanes', { field: 'lane' });
  // Who may speak for a lane is noted once; who it lets in is nobody's to read later.
  await recordAudit(tx, principal, { action: 'event.lane', target: event.id }, now);
}

async function note(tx: Queryable, event: Event, lane: string, entry: LaneEntry, now: UnixSeconds): Promise<Told> {
  const { sequence, scope, nullifier } = entry;
  if (!scopesOf(event).includes(scope)) throw new HealthpassError('request-invalid', 'the entry is of another event', { field: 'scope' });
  const [known] = await tx.query<EntryRow>(`SELECT ${COLUMNS} FROM event_entry WHERE event = $1 AND lane = $2 AND sequence = $3`, [event.id, lane, sequence]);
  if (known && (known.scope !== scope || known.nullifier !== nullifier)) throw new HealthpassError('entry-conflict', 'the lane told another entry under this number before', { field: 'sequence' });
  const first = known?.first ?? await enter(tx, event, lane, entry, now);
  return { sequence, first, ...(!first && { earlier: await earlierOf(tx, event, entry) }) };
}

/** @returns whether it is the first entry of this person, wherever it was asked: the book is also that of passes which the service itself verifies */
async function enter(tx: Queryable, event: Event, lane: string, { sequence, scope, nullifier, at: told }: LaneEntry, now: UnixSeconds): Promise<boolean> {
  const [row] = await tx.query<{ count: number }>('SELECT coalesce(sum(entries + doubles), 0)::int4 AS count FROM event_count WHERE event = $1', [event.id]);
  if (row!.count >= MOST_ENTRIES) throw new HealthpassError('service-unavailable', 'the event has too many entries', { field: 'entries' }); // an aggregate has one row
  const at = Math.abs(told - now) > CLOCK_SKEW ? now : told;
  const claimed = await tx.query('INSERT INTO entry VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [scope, nullifier]);
  const first = claimed.length === 1;
  await write(tx, event.id, lane, { sequence, scope, nullifier, at }, first);
  return first;
}

/** Undefined where the service had let the person in before there was the event. */
async function earlierOf(tx: Queryable, event: Event, { scope, nullifier }: LaneEntry): Promise<{ lane: string; at: number } | undefined> {
  const [row] = await tx.query<{ name: string; at: number }>(
    'SELECT name, at::int8 AS at FROM event_entry JOIN event_lane ON event_lane.event = event_entry.event AND event_lane.id = lane WHERE event_entry.event = $1 AND scope = $2 AND nullifier = $3 AND first',
    [event.id, scope, nullifier]);
  return row && { lane: row.name, at: row.at };
}

async function pull(tx: Queryable, event: Event, { lane, after }: LaneReport): Promise<Pick<LaneAnswer, 'others' | 'cursor' | 'more'>> {
  const rows = await tx.query<EntryRow>(`SELECT ${COLUMNS} FROM event_entry WHERE event = $1 AND position > $2 ORDER BY position LIMIT ${PAGE + 1}`, [event.id, after]);
  const page = rows.slice(0, PAGE);
  return {
    others: page.filter((row) => row.lane !== lane).map(({ scope, nullifier, at }) => ({ scope, nullifier, at })),
    cursor: page.at(-1)?.position ?? after, more: rows.length > page.length,
  };
}
