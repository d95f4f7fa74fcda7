// How things stand with what was issued: by the chain, by our own changes, by the clock; and who may see and search it.
import { beforeEach, expect, test } from 'vitest';
import { createIssuerStore, ISSUER_MIGRATIONS, LIFETIMES, openPatientBook, type PatientBook } from '#issuer';
import { writeStatusChange } from '#issuer/outbox/writes.ts';
import type { TrustState, UnixSeconds } from '#passport';
import type { StatusAction } from '#contracts/status.ts';
import { createLocalKeyProvider, newDataKey, OPERATOR, type Database } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { blocking, trustOf, withList } from '../../formats/fixture.ts';
import { ANA, BEN, clinician, NOW, vaccination } from './people.ts';

const DID = 'did:ethr:0x7a69:0x0000000000000000000000000000000000000001';
const provider = createLocalKeyProvider([newDataKey()]);

describeOnDatabases('the register', ISSUER_MIGRATIONS, ({ database: opened }) => {
  let database: Database;
  let book: PatientBook;
  let now = NOW;
  let trust: TrustState | undefined;
  let index = 0;
  beforeEach(async () => {
    database = opened();
    for (const table of ['status_note', 'status_change', 'chain_write', 'securing', 'credential', 'issuance', 'patient', 'data_key']) await database.query(`DELETE FROM ${table}`);
    [now, index] = [NOW, 0];
    trust = trustOf({ did: DID, keys: [] }, { number: 9, time: NOW as UnixSeconds });
    book = await openPatientBook({ database, provider, now: () => now, chain: { did: DID, trust: () => trust } });
  });
  /** Issued with so many copies. */
  async function issue(person = ANA, copies = 1, validUntil?: number): Promise<{ id: string; credentials: string[]; indices: number[]; patient: string }> {
    const event = vaccination(person);
    const { issuance: id, patient } = await database.transaction((tx) => book.record(tx, { event, organisation: 'a', source: 'test' }));
    const records = Array.from({ length: copies }, (_, copy) => ({ id: `urn:uuid:${id.slice(0, -1)}${copy}`, issuance: id, copy, list: 1, index: index++, issuedAt: NOW, securings: [], ...(validUntil !== undefined && { validUntil }) }));
    expect(await createIssuerStore(database).remember(records)).toBe(true);
    return { id, patient, credentials: records.map((record) => record.id), indices: records.map((record) => record.index) };
  }
  /** A change as it is written down, and as it stands when it is mined. */
  async function change(action: StatusAction, { credentials, indices }: { credentials: string[]; indices: number[] }, { mined = true, at = NOW, reason = 'data-wrong' as const } = {}): Promise<number> {
    const entries = credentials.map((id, i) => ({ id, list: 1, index: indices[i]! }));
    const { id } = await database.transaction((tx) => writeStatusChange(tx, { name: `${action}-${Math.random()}`, action, reason, entries }, at));
    if (mined) {
      await database.query('UPDATE status_change SET moves = true WHERE write = $1', [id]);
      await database.query("UPDATE chain_write SET state = 'done', done_at = $2 WHERE id = $1", [id, at + 5]);
    }
    return id;
  }
  const block = (indices: readonly number[], suspended: readonly number[] = []) => {
    const bits = (all: readonly number[]) => new Map([[0, all.reduce((sum, one) => sum | blocking(one).get(0)!, 0n)]]);
    trust = withList(trust!, { latestWords: bits([...indices, ...suspended]), suspended: bits(suspended) });
  };
  const by = async (filter: Parameters<PatientBook['issuances']>[1]) => {
    const page = await book.issuances(clinician('a'), filter);
    return { ids: page.rows.map(({ id }) => id), total: page.total };
  };

  test('says of each row what the chain shows, since when, why, and until when it is valid', async () => {
    const [valid, revoked, suspended] = [await issue(), await issue(BEN, 2), await issue()];
    await change('revoke', revoked);
    await change('suspend', suspended, { reason: 'data-wrong' });
    block(revoked.indices, suspended.indices);
    expect(await book.issuance(OPERATOR, valid.id)).toMatchObject({ status: 'valid', validUntil: NOW + LIFETIMES.vaccination });
    expect(await book.issuance(OPERATOR, revoked.id)).toMatchObject({ status: 'revoked', statusAt: NOW + 5, reason: 'data-wrong', credentials: [{ index: 1 }, { index: 2 }] });
    expect(await book.issuance(OPERATOR, suspended.id)).toMatchObject({ status: 'suspended' });
    expect(await by({ status: 'revoked' })).toEqual({ ids: [revoked.id], total: 1 });
    expect(await by({ status: 'suspended' })).toEqual({ ids: [suspended.id], total: 1 });
    expect(await by({ status: 'valid' })).toEqual({ ids: [valid.id], total: undefined });
    expect(await by({})).toEqual({ ids: [suspended.id, revoked.id, valid.id], total: 3 });
  });

  test('what is written down and not mined is pending, and counts for nothing yet', async () => {
    const one = await issue();
    await change('revoke', one, { mined: false });
    expect(await book.issuance(OPERATOR, one.id)).toMatchObject({ status: 'valid', pending: 'revoke' });
    expect((await by({ status: 'revoked' })).ids).toEqual([]);
  });

  test('what was revoked since the chain was read is not called valid until then; what was reinstated waits for it', async () => {
    const [one, other] = [await issue(), await issue(BEN)];
    await change('revoke', one);
    expect((await book.issuance(OPERATOR, one.id)).status).toBe('revoked');
    trust = { ...trust!, syncedAt: (NOW + 6) as UnixSeconds };
    expect((await book.issuance(OPERATOR, one.id)).status).toBe('valid'); // the chain has lost it since
    block([], other.indices);
    await change('reinstate', other, { at: NOW + 10 });
    expect((await book.issuance(OPERATOR, other.id)).status).toBe('suspended');
  });

  test('what has run out is expired, what was handed to nobody waits, and without the chain nothing is called valid', async () => {
    const [short, whole] = [await issue(ANA, 1, NOW + 60), await issue()];
    const waiting = await issue(BEN, 0);
    now = NOW + 60;
    expect((await by({ status: 'expired' })).ids).toEqual([short.id]);
    expect((await by({ status: 'valid' })).ids).toEqual([whole.id]);
    expect(await by({ status: 'waiting' })).toEqual({ ids: [waiting.id], total: 1 });
    now = NOW + LIFETIMES.vaccination;
    expect((await by({ status: 'expired' })).ids).toEqual([whole.id, short.id]);
    trust = undefined;
    expect((await book.issuance(OPERATOR, whole.id)).status).toBe('unknown');
  });

  test('a list that is not known leaves the status unknown, not valid', async () => {
    const one = await issue();
    trust = { ...trust!, lists: [] };
    expect((await book.issuance(OPERATOR, one.id)).status).toBe('unknown');
  });

  test('tells what was done, with the note of whoever did it, until the person is erased', async () => {
    const one = await issue();
    const other = await issue(BEN);
    const write = await change('suspend', one);
    await database.transaction((tx) => book.note(tx, one.credentials, write, 'Called; wrong lot.'));
    await change('reinstate', one, { mined: false, at: NOW + 50 });
    expect(await book.history(one.id)).toEqual([
      { action: 'reinstate', at: NOW + 50, state: 'pending', reason: 'data-wrong', copies: 1, changed: false },
      { action: 'suspend', at: NOW + 5, state: 'done', reason: 'data-wrong', copies: 1, changed: true, note: 'Called; wrong lot.' },
    ]);
    const both = await change('suspend', { credentials: [...one.credentials, ...other.credentials], indices: [0, 1] });
    await expect(database.transaction((tx) => book.note(tx, [...one.credentials, ...other.credentials], both, 'x'))).rejects.toMatchObject({ code: 'request-invalid', field: 'note' });
    await book.erase(one.patient, OPERATOR);
    expect(await database.query('SELECT 1 FROM status_note')).toEqual([]);
    expect(await database.query('SELECT 1 FROM patient_mark WHERE patient = $1', [one.patient])).toEqual([]);
    expect((await book.history(one.id)).map(({ note }) => note)).toEqual([undefined, undefined, undefined]);
    await expect(database.transaction((tx) => book.note(tx, one.credentials, both, 'x'))).rejects.toMatchObject({ code: 'request-invalid', field: 'note' });
  });

  test('another organisation finds neither people nor what was issued, whatever it searches for', async () => {
    await issue();
    expect((await book.issuances(clinician('b'), { lot: 'LOT-77' })).rows).toEqual([]);
    expect((await book.issuances(clinician('b'), { status: 'valid' })).rows).toEqual([]);
    expect([(await book.search(clinician('a'), { name: 'ana' })).length, (await book.search(clinician('b'), { name: 'ana' })).length, (await book.search(OPERATOR, { birthDate: ANA.birthDate })).length]).toEqual([1, 0, 1]);
    expect([(await book.recent(clinician('a'), 5)).length, (await book.recent(clinician('b'), 5)).length]).toEqual([1, 0]);
    expect((await book.suggestions(clinician('b'), undefined)).products).toEqual([]);
  });

  test('who was recorded by an earlier version is found after the next start', async () => {
    await issue();
    await database.query('DELETE FROM patient_mark');
    await database.query('UPDATE patient SET marked = false');
    expect(await book.search(OPERATOR, { name: 'ana' })).toEqual([]);
    book = await openPatientBook({ database, provider, now: () => now, chain: { did: DID, trust: () => trust } });
    expect((await book.search(OPERATOR, { name: 'ana' })).map(({ person }) => person)).toEqual([ANA]);
  });

  test('somebody is found among very many whose names begin alike, once enough letters are given', async () => {
    await issue({ ...ANA, family: 'Familieński', given: ['Zo'] });
    await database.transaction((tx) => book.recordAll(tx, Array.from({ length: 600 }, (_, i) => ({ event: vaccination({ ...ANA, family: `Familie${i}`, given: ['Zo'] }), organisation: 'a', source: 'test' }))));
    expect(await book.search(OPERATOR, { name: 'fam zo' })).toHaveLength(50);
    expect((await book.search(OPERATOR, { name: 'zo familień' })).map(({ person }) => person?.family)).toEqual(['Familieński']);
  });

  test('who shares the beginning of a name is not taken for somebody else', async () => {
    await issue({ ...ANA, family: 'Annandale', given: ['Bo'] });
    await issue({ ...ANA, family: 'Annable', given: ['Bo'] });
    expect((await book.search(OPERATOR, { name: 'annab' })).map(({ person }) => person?.family)).toEqual(['Annable']);
    expect((await book.search(OPERATOR, { name: 'ann bo' })).length).toBe(2);
  });
});
