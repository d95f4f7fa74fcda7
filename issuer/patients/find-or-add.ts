// Finds people again by what two records of one person have in common, as a keyed digest, and adds those who are not there yet.
import { randomUUID } from 'node:crypto';
import type { Person } from '#passport';
import { createSealer, type BlindIndex, type DataKeys, type Queryable } from '#server';
import { sameness } from './person.ts';
import { markPeople } from './search.ts';
import { keyName } from './schema.ts';

export type Someone = { readonly person: Person | undefined; readonly organisation: string };
/** A patient, with the key that everything of that patient is sealed under. */
export type KnownPatient = { readonly id: string; readonly key: Uint8Array };
export type PeopleDeps = { readonly keys: DataKeys; readonly index: BlindIndex; readonly now: () => number };

/** `mark`: the digest in hex; undefined for somebody whom nothing identifies. */
type Marked = Someone & { readonly mark: string | undefined };

/** The patient of each of some people, in their order. Nobody of them can be erased before the transaction ends. */
export async function findOrAdd(deps: PeopleDeps, tx: Queryable, people: readonly Someone[]): Promise<KnownPatient[]> {
  const marked = people.map((one): Marked => ({ ...one, mark: markOf(one, deps.index) }));
  const byMark = new Map(marked.flatMap((one) => (one.mark === undefined ? [] : [[one.mark, one] as const])));
  // In one order everywhere, so that two batches about the same people wait for each other instead of locking each other out.
  const marks = [...byMark.keys()].toSorted();
  const found = await find(deps.keys, tx, marks);
  for (let missing = marks; (missing = missing.filter((mark) => !found.has(mark))).length > 0;) {
    for (const [mark, patient] of await add(deps, tx, missing.map((mark) => byMark.get(mark)!))) found.set(mark!, patient); // named by their marks
    // Who is still missing was added by somebody else at the same moment.
    for (const [mark, patient] of await find(deps.keys, tx, missing.filter((mark) => !found.has(mark)))) found.set(mark, patient);
  }
  const strangers = (await add(deps, tx, marked.filter(({ mark }) => mark === undefined))).map(([, patient]) => patient);
  return marked.map(({ mark }) => (mark === undefined ? strangers.shift()! : found.get(mark)!)); // all were found or added
}

function markOf({ person, organisation }: Someone, index: BlindIndex): string | undefined {
  const same = person && sameness(person, organisation);
  return same === undefined ? undefined : Buffer.from(index(same)).toString('hex');
}

async function find(keys: DataKeys, tx: Queryable, marks: readonly string[]): Promise<Map<string, KnownPatient>> {
  if (marks.length === 0) return new Map();
  const rows = await tx.query<{ id: string; mark: string }>(
    "SELECT id, encode(sameness, 'hex') AS mark FROM patient WHERE sameness = ANY($1::bytea[]) ORDER BY sameness FOR KEY SHARE", [marks.map((mark) => Buffer.from(mark, 'hex'))]);
  const known = await keys.read(tx, rows.map(({ id }) => keyName(id)));
  return new Map(rows.map(({ id, mark }) => [mark, { id, key: known.get(keyName(id))! }])); // a patient has a key as long as it is there
}

/** Adds people, but those whom somebody else adds at the same moment. */
async function add({ keys, index, now }: PeopleDeps, tx: Queryable, people: readonly Marked[]): Promise<[string | undefined, KnownPatient][]> {
  if (people.length === 0) return [];
  const ids = people.map(() => randomUUID());
  const made = await keys.add(tx, ids.map(keyName));
  const patients = ids.map((id): KnownPatient => ({ id, key: made.get(keyName(id))! })); // names that are new
  const sealed = await Promise.all(patients.map(({ id, key }, i) => createSealer(key).seal(`patient/${id}`, people[i]!.person ?? null)));
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO patient (id, organisation, sameness, person, recorded_at)
      SELECT *, $5::bigint FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[]) ON CONFLICT (sameness) DO NOTHING RETURNING id`,
    [ids, people.map(({ organisation }) => organisation), people.map(({ mark }) => (mark === undefined ? null : Buffer.from(mark, 'hex'))), sealed, now()],
  );
  const added = new Set(rows.map(({ id }) => id));
  await keys.destroy(tx, ids.filter((id) => !added.has(id)).map(keyName));
  await markPeople(index, tx, ids.flatMap((id, i) => (added.has(id) ? [{ id, organisation: people[i]!.organisation, person: people[i]!.person }] : [])));
  return patients.flatMap((patient, i) => (added.has(patient.id) ? [[people[i]!.mark, patient] as [string | undefined, KnownPatient]] : []));
}
