import { beforeEach, expect, test } from 'vitest';
import { ISSUER_MIGRATIONS, openPatientBook, type PatientBook } from '#issuer';
import type { HealthEvent, Person } from '#passport';
import { createLocalKeyProvider, newDataKey, OPERATOR, type Database, type KeyProvider, type Queryable } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { ANA, BEN, clinician, NOW, vaccination } from './people.ts';

const provider = createLocalKeyProvider([newDataKey()]);
const from = (event: HealthEvent, organisation = 'a') => ({ event, organisation, source: 'test' });
const gone = expect.objectContaining({ code: 'patient-erased', field: 'issuance' });
const unknown = expect.objectContaining({ code: 'patient-unknown', field: 'patient' });

describeOnDatabases('openPatientBook', ISSUER_MIGRATIONS, ({ database: opened, kind }) => {
  let database: Database;
  let book: PatientBook;
  let now = NOW;
  const open = (keys: KeyProvider = provider, onErase: ((tx: Queryable, issuances: readonly string[]) => Promise<unknown>)[] = []) => openPatientBook({ database, provider: keys, now: () => now, onErase });
  const record = (event: HealthEvent, organisation?: string) => database.transaction((tx) => book.record(tx, from(event, organisation)));
  beforeEach(async () => {
    database = opened();
    for (const table of ['securing', 'credential', 'issuance', 'patient', 'data_key']) await database.query(`DELETE FROM ${table}`);
    book = await open();
  });

  test('keeps an event as it was', async () => {
    const { issuance } = await record(vaccination());
    expect(await book.eventOf(issuance)).toEqual(vaccination());
    expect(await (await open()).eventOf(issuance)).toEqual(vaccination());
    await expect(book.eventOf('none')).rejects.toMatchObject({ code: 'credential-unknown', field: 'issuance' });
  });

  test.each<[string, Person]>([['in capitals and other spacing', { ...ANA, family: ' NÚÑEZ', given: ['Ana  María'] }], ['in decomposed letters', { ...ANA, family: ANA.family.normalize('NFD') }]])('knows a person again %s', async (_name, person) => {
    const first = await record(vaccination());
    expect((await record(vaccination(person))).patient).toBe(first.patient);
  });

  test.each<[string, Person, string]>([
    ['of another birth date', { ...ANA, birthDate: '1980-03-01' }, 'a'], ['of another name', { ...ANA, family: 'Nunez' }, 'a'],
    ['whose names are cut elsewhere', { ...ANA, family: 'Núñez Ana', given: ['María'] }, 'a'], ['of another organisation', ANA, 'b'],
  ])('takes nobody for a person %s', async (_name, person, organisation) => {
    const first = await record(vaccination());
    expect((await record(vaccination(person), organisation)).patient).not.toBe(first.patient);
  });

  test.each<[string, Person | undefined]>([['nothing', undefined], ['a year of birth', { ...ANA, birthDate: '1980' }], ['no birth date', { ...ANA, birthDate: undefined }], ['no given name', { ...ANA, given: [] }]])(
    'whoever is known by %s only is somebody of his own', async (_name, person) => {
      const [one, other] = await database.transaction((tx) => book.recordAll(tx, [from({ ...vaccination(), person }), from({ ...vaccination(), person })]));
      expect(one!.patient).not.toBe(other!.patient);
    });

  test('a batch about few people adds each once, and keeps the order', async () => {
    const { patient } = await record(vaccination(BEN));
    const events = [ANA, BEN, undefined, ANA].map((person, dose) => ({ ...vaccination(), person, dose }));
    const recorded = await database.transaction((tx) => book.recordAll(tx, events.map((event) => from(event))));
    expect(await Promise.all(recorded.map(({ issuance }) => book.eventOf(issuance)))).toEqual(events);
    expect(recorded[0]!.patient).toBe(recorded[3]!.patient);
    expect(recorded[1]!.patient).toBe(patient);
    expect(new Set(recorded.map((one) => one.patient)).size).toBe(3);
    expect(await database.transaction((tx) => book.recordAll(tx, []))).toEqual([]);
  });

  test('the same people recorded at the same moment, in any order, are added once', async () => {
    const [forwards, backwards] = [[ANA, BEN], [BEN, ANA]].map((people) => people.map((person) => from(vaccination(person))));
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => database.transaction((tx) => book.recordAll(tx, i % 2 ? forwards! : backwards!))));
    expect(new Set(all.flat().map(({ patient }) => patient)).size).toBe(2);
    expect(await database.query('SELECT count(*)::int8 AS keys FROM data_key WHERE name LIKE \'patient/%\'')).toEqual([{ keys: 2 }]);
  });

  test('what is rolled back leaves neither person nor key', async () => {
    await expect(database.transaction(async (tx) => {
      await book.record(tx, from(vaccination()));
      throw new RangeError('no');
    })).rejects.toThrow(RangeError);
    expect((await book.patients(OPERATOR, {})).rows).toEqual([]);
    expect(await database.query("SELECT 1 FROM data_key WHERE name LIKE 'patient/%'")).toEqual([]);
  });

  test('two events that changed places in the database do not open', async () => {
    const [one, other] = await Promise.all([record(vaccination()), record(vaccination(ANA, { dose: 3 }))]);
    await database.query('UPDATE issuance SET event = (SELECT event FROM issuance WHERE id = $1) WHERE id = $2', [one.issuance, other.issuance]);
    await expect(book.eventOf(other.issuance)).rejects.toMatchObject({ code: 'sealed-invalid', field: 'issuance' });
  });

  test('a database opened with another key file is refused at once', async () => {
    await expect(open(createLocalKeyProvider([newDataKey()]))).rejects.toMatchObject({ code: 'sealed-invalid' });
  });

  test('a service of keys that does not answer writes nothing', async () => {
    book = await open({ ...provider, wrap: () => Promise.reject(new Error('no')) });
    await expect(record(vaccination())).rejects.toThrow();
    expect(await database.query('SELECT 1 FROM patient')).toEqual([]);
  });

  test('erasing takes the event, the name, the key and the link, and nobody else’s', async () => {
    const [ana, again, ben] = [await record(vaccination()), await record(vaccination(ANA, { dose: 3 })), await record(vaccination(BEN))];
    expect(await book.erase(ana.patient, OPERATOR)).toBe(2);
    for (const { issuance } of [ana, again]) await expect(book.eventOf(issuance)).rejects.toEqual(gone);
    expect(await book.eventOf(ben.issuance)).toEqual(vaccination(BEN));
    expect((await book.patients(OPERATOR, {})).rows.map(({ id }) => id)).toEqual([ben.patient]);
    expect(await book.find(OPERATOR, ANA)).toEqual([]);
    expect(await database.query('SELECT patient, event FROM issuance WHERE id = $1', [ana.issuance])).toEqual([{ patient: null, event: null }]);
    expect(await database.query('SELECT 1 FROM data_key WHERE name = $1', [`patient/${ana.patient}`])).toEqual([]);
    await expect(book.erase(ana.patient, OPERATOR)).rejects.toEqual(unknown);
  });

  test('who comes back after being erased is somebody new', async () => {
    const before = await record(vaccination());
    await book.erase(before.patient, OPERATOR);
    const after = await record(vaccination());
    expect(after.patient).not.toBe(before.patient);
    expect(await book.eventOf(after.issuance)).toEqual(vaccination());
  });

  test('erasing is audited, and takes with it what others have written about the person, or nothing happens', async () => {
    const undone: string[] = [];
    book = await open(provider, [async (_tx, issuances) => void undone.push(...issuances)]);
    const { patient, issuance } = await record(vaccination());
    await book.erase(patient, clinician('a'));
    expect(undone).toEqual([issuance]);
    expect(await database.query("SELECT actor, organisation, detail FROM audit WHERE action = 'patient.erase' AND target = $1", [patient])).toEqual([{ actor: 'of-a', organisation: 'a', detail: '{"issuances":1}' }]);
    book = await open(provider, [() => Promise.reject(new RangeError('no'))]);
    const kept = await record(vaccination());
    await expect(book.erase(kept.patient, OPERATOR)).rejects.toThrow(RangeError);
    expect(await book.eventOf(kept.issuance)).toEqual(vaccination());
  });

  test('erasing and recording at the same moment leave no event without a person', async () => {
    const { patient } = await record(vaccination());
    const recording = Array.from({ length: 6 }, () => record(vaccination()));
    const [, ...recorded] = await Promise.all([book.erase(patient, OPERATOR), ...recording]);
    for (const one of recorded) {
      const event = await book.eventOf(one.issuance).catch((error: unknown) => error);
      expect(event).toEqual(one.patient === patient ? gone : vaccination());
    }
    expect((await book.find(OPERATOR, ANA)).length).toBeLessThanOrEqual(1);
  });

  test('an organisation sees, finds and erases its own patients only', async () => {
    const { patient, issuance } = await record(vaccination(), 'a');
    const [mine, other] = [clinician('a'), clinician('b')];
    expect([(await book.patients(mine, {})).rows.length, (await book.patients(other, {})).rows.length]).toEqual([1, 0]);
    expect([(await book.find(mine, ANA)).length, (await book.find(other, ANA)).length, (await book.find(OPERATOR, ANA)).length]).toEqual([1, 0, 1]);
    expect([(await book.issuances(mine, {})).rows.length, (await book.issuances(other, {})).rows.length]).toEqual([1, 0]);
    await expect(book.patient(other, patient)).rejects.toEqual(unknown);
    await expect(book.issuance(other, issuance)).rejects.toMatchObject({ code: 'credential-unknown' });
    await expect(book.erase(patient, other)).rejects.toEqual(unknown);
    await book.erase(patient, mine);
  });

  test('a staff member without an organisation sees nothing of any', async () => {
    await record(vaccination(), 'a');
    expect((await book.patients(clinician(''), {})).rows).toEqual([]);
  });

  test('the register is read page by page, newest first, each row once', async () => {
    for (let i = 0; i < 7; i++) await record(vaccination(ANA, { dose: i }));
    const doses: (number | undefined)[] = [];
    let cursor: number | undefined;
    do {
      const page = await book.issuances(OPERATOR, { limit: 3, cursor });
      doses.push(...page.rows.map(({ event }) => event?.dose));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(doses).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  test('the register is searched by patient, by time and by kind', async () => {
    const ana = await record(vaccination());
    now = NOW + 100;
    const ben = await record(vaccination(BEN, { kind: 'test', result: 'detected' }));
    now = NOW;
    const ids = async (filter: Parameters<PatientBook['issuances']>[1]) => (await book.issuances(OPERATOR, filter)).rows.map(({ id }) => id);
    expect(await ids({ patient: ana.patient })).toEqual([ana.issuance]);
    expect(await ids({ from: NOW + 1 })).toEqual([ben.issuance]);
    expect(await ids({ from: NOW, to: NOW + 1 })).toEqual([ana.issuance]);
    expect(await ids({ kind: 'test' })).toEqual([ben.issuance]);
    expect(await ids({ kind: 'recovery' })).toEqual([]);
    expect(await ids({})).toEqual([ben.issuance, ana.issuance]);
  });

  test('a rare kind among very many is found by going on where an answer ended', async () => {
    const { issuance } = await record(vaccination(ANA, { kind: 'recovery' }));
    await database.transaction((tx) => book.recordAll(tx, Array.from({ length: 1500 }, () => from(vaccination()))));
    const first = await book.issuances(OPERATOR, { kind: 'recovery', limit: 10 });
    expect([first.rows, first.cursor === undefined]).toEqual([[], false]);
    const rest = await book.issuances(OPERATOR, { kind: 'recovery', limit: 10, cursor: first.cursor });
    expect([rest.rows.map(({ id }) => id), rest.cursor]).toEqual([[issuance], undefined]);
  });

  if (kind === 'PostgreSQL') {
    test('another process that erases takes the event from this one too', async () => {
      const { patient, issuance } = await record(vaccination());
      await book.eventOf(issuance);
      await (await open()).erase(patient, OPERATOR);
      await expect(book.eventOf(issuance)).rejects.toEqual(gone);
    });
  }
});
