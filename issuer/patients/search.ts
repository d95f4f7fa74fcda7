// Finding people by a part of what is known of them: keyed digests of the birth date and of how each word of the name begins. They narrow down whom
// to open; what was opened is compared in full.
import type { Person } from '#passport';
import { createSealer, type BlindIndex, type Database, type DataKeys, type Queryable } from '#server';
import { parsePerson, plain } from './person.ts';
import { keyName, organisationOf, type Scope } from './schema.ts';

export type PersonSearch = { /** Beginnings of words of the name, in any order. */ readonly name?: string | undefined; readonly birthDate?: string | undefined };

/** Letters that a word is found by: as many of these as are asked for. Shorter words are found whole. */
const BEGINNINGS = [3, 5, 8] as const;
const MARKED_AT_ONCE = 200;

const wordsOf = (name: string): string[] => [...new Set(plain(name).split(/[\s.,'’-]+/u).filter(Boolean))];
/** The beginnings that a word of a name is marked with, the shortest first. */
function beginningsOf(word: string): string[] {
  const letters = [...word];
  return letters.length < BEGINNINGS[0] ? [word] : BEGINNINGS.filter((length) => length <= letters.length).map((length) => letters.slice(0, length).join(''));
}
const namesOf = ({ family, given }: Person): string[] => wordsOf([...given, family].join(' '));

const birthMark = (index: BlindIndex, organisation: string, date: string): Uint8Array => index(`birth-date\0${organisation}\0${date}`);
const wordMark = (index: BlindIndex, organisation: string, word: string): Uint8Array => index(`name\0${organisation}\0${word}`);

function marksOf(index: BlindIndex, organisation: string, person: Person | undefined): Uint8Array[] {
  if (!person) return [];
  const beginnings = new Set(namesOf(person).flatMap(beginningsOf));
  return [...[...beginnings].map((word) => wordMark(index, organisation, word)), ...(person.birthDate === undefined ? [] : [birthMark(index, organisation, person.birthDate)])];
}

export type ToMark = { readonly id: string; readonly organisation: string; readonly person: Person | undefined };

export async function markPeople(index: BlindIndex, tx: Queryable, people: readonly ToMark[]): Promise<void> {
  const marks = people.flatMap(({ id, organisation, person }) => marksOf(index, organisation, person).map((mark) => ({ id, mark })));
  await tx.query('INSERT INTO patient_mark (mark, patient) SELECT * FROM unnest($1::bytea[], $2::text[]) ON CONFLICT DO NOTHING', [marks.map(({ mark }) => Buffer.from(mark)), marks.map(({ id }) => id)]);
  await tx.query('UPDATE patient SET marked = true WHERE id = ANY($1::text[])', [people.map(({ id }) => id)]);
}

/** Marks whom an earlier version recorded. May be interrupted. @returns how many */
export async function markFormerPeople(database: Database, keys: DataKeys, index: BlindIndex): Promise<number> {
  for (let count = 0; ;) {
    const marked = await database.transaction(async (tx) => {
      const rows = await tx.query<{ id: string; organisation: string; person: Uint8Array }>(
        `SELECT id, organisation, person FROM patient WHERE NOT marked ORDER BY number LIMIT ${MARKED_AT_ONCE} FOR UPDATE`);
      const known = await keys.read(tx, rows.map(({ id }) => keyName(id)));
      const people = await Promise.all(rows.map(async ({ person, ...row }): Promise<ToMark> => {
        const key = known.get(keyName(row.id))!; // a patient has a key as long as it is there
        return { ...row, person: parsePerson(await createSealer(key).open(`patient/${row.id}`, person)) };
      }));
      if (people.length > 0) await markPeople(index, tx, people);
      return people.length;
    });
    if (marked === 0) return count;
    count += marked;
  }
}

/** Ids of people who may be meant, the newest first. */
export async function candidates(index: BlindIndex, on: Queryable, organisations: readonly string[], { name, birthDate }: PersonSearch, limit: number): Promise<string[]> {
  const found = await Promise.all(organisations.map((organisation) => {
    const beginnings = new Set(wordsOf(name ?? '').map((word) => beginningsOf(word).at(-1)!)); // the longest narrows down most
    const marks = [...[...beginnings].map((word) => wordMark(index, organisation, word)), ...(birthDate === undefined ? [] : [birthMark(index, organisation, birthDate)])];
    return on.query<{ id: string }>(
      `SELECT p.id FROM patient p WHERE p.id IN (SELECT patient FROM patient_mark WHERE mark = ANY($1::bytea[]) GROUP BY patient HAVING count(*) = $2) ORDER BY number DESC LIMIT $3`,
      [marks.map((mark) => Buffer.from(mark)), marks.length, limit]);
  }));
  return found.flat().map(({ id }) => id);
}

export function isMeant({ name, birthDate }: PersonSearch, person: Person | undefined): boolean {
  if (!person || (birthDate !== undefined && person.birthDate !== birthDate)) return false;
  const names = namesOf(person);
  return wordsOf(name ?? '').every((word) => names.some((own) => own.startsWith(word)));
}

/** Whether there is something to search by. */
export const isSearch = ({ name, birthDate }: PersonSearch): boolean => birthDate !== undefined || wordsOf(name ?? '').length > 0;

/** Those who were issued something last, each once. */
export async function recentPatients(on: Queryable, scope: Scope, limit: number): Promise<string[]> {
  const rows = await on.query<{ patient: string }>(
    `SELECT patient FROM (SELECT patient, number FROM issuance WHERE patient IS NOT NULL AND ($1::text IS NULL OR organisation = $1) ORDER BY number DESC LIMIT 1000) AS newest
      GROUP BY patient ORDER BY max(number) DESC LIMIT $2`, [organisationOf(scope), limit]);
  return rows.map(({ patient }) => patient);
}
