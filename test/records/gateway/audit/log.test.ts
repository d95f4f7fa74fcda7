// Entries of one patient follow one another without gap or fork, however many connections write at once, and are there or not with what they are for.
import { beforeAll, expect, test } from 'vitest';
import type { PatientId } from '#records/gateway/patient-keys.ts';
import { entryHash, FIRST_PREVIOUS, parseAccessReceipt, readAuditEvent, verifyLog, type LogToVerify } from '#records/model/audit/index.ts';
import { describeOnDatabases } from '../../../server/databases.ts';
import { at, CHAIN, newLog, reading, REQUEST, START } from '../../model/audit/ledger.ts';
import { createDesk, DESK_MIGRATIONS } from './desk.ts';

const WRITERS = 8;
const EACH = 25;

describeOnDatabases('the log of accesses', DESK_MIGRATIONS, (on) => {
  const { audit, signer, patientKeys, newPatient } = createDesk(on.database);
  let patient: PatientId;
  beforeAll(async () => { patient = await newPatient(); });
  const entriesOf = (of: PatientId) => audit.read(on.database(), of, { after: 0, limit: 1000 });
  const append = (of: PatientId, seconds: number) => on.database().transaction((tx) => audit.append(tx, { patient: of, access: reading, now: at(seconds) }));
  const given = async (of: PatientId): Promise<LogToVerify> => ({
    log: await audit.logOf(on.database(), of), chainId: CHAIN, gateway: signer.address, entries: await entriesOf(of), proofs: [], anchors: [], roles: [{ from: START }], now: at(1000),
  });

  test('an access is entered, signed, and comes back to the patient as it was', async () => {
    const relationship = newLog();
    const { entry, receipt } = await on.database().transaction((tx) => audit.append(tx, { patient, access: reading, relationship, now: at(5) }));
    expect(entry).toMatchObject({ sequence: 1, previous: FIRST_PREVIOUS, time: at(5) });
    const [kept] = await entriesOf(patient);
    expect(readAuditEvent(kept!.document)).toEqual({ access: reading, place: { gateway: { address: signer.address, url: signer.did }, chainId: CHAIN, patient: relationship, time: at(5) } });
    expect(parseAccessReceipt(receipt, { chainId: CHAIN, gateway: signer.address, relationship, request: REQUEST, since: at(0), until: at(10) }).event).toBe(kept!.event);
    expect(verifyLog(await given(patient))).toMatchObject({ outcome: 'complete', unanchored: 1 });
  });

  test('a receipt of another relationship, request, gateway or hour, or one that was changed, opens nothing', async () => {
    const relationship = newLog();
    const { receipt } = await on.database().transaction((tx) => audit.append(tx, { patient, access: reading, relationship, now: at(6) }));
    const asked = { chainId: CHAIN, gateway: signer.address, relationship, request: REQUEST, since: at(0), until: at(10) };
    const parses = (json: unknown, by = asked) => () => parseAccessReceipt(json, by);
    for (const refused of [
      parses(receipt, { ...asked, relationship: newLog() }), parses(receipt, { ...asked, request: newLog() }), parses(receipt, { ...asked, since: at(7) }), parses(receipt, { ...asked, until: at(5) }), parses(receipt, { ...asked, chainId: 1 }),
      parses({ ...receipt, event: newLog() }), parses({ ...receipt, time: at(7) }), parses({ ...receipt, log: newLog() }), parses(undefined), parses({}),
    ]) expect(refused).toThrow(expect.objectContaining({ code: 'receipt-invalid' }));
    expect(Object.keys(receipt).toSorted()).toEqual(['event', 'relationship', 'request', 'signature', 'time']); // neither log nor place in it
  });

  test('what is rolled back has no entry, and the next takes its place', async () => {
    const of = await newPatient();
    await append(of, 1);
    await expect(on.database().transaction(async (tx) => {
      await audit.append(tx, { patient: of, access: reading, now: at(2) });
      throw new Error('the keys could not be read');
    })).rejects.toThrow('the keys could not be read');
    expect((await append(of, 3)).entry.sequence).toBe(2);
    expect(verifyLog(await given(of))).toMatchObject({ outcome: 'complete', unanchored: 2 });
  });

  test(`${WRITERS * EACH} entries by ${WRITERS} writers at once are one chain a patient`, async () => {
    const [one, other] = [await newPatient(), await newPatient()];
    await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = 0; i < EACH; i++) await append(i % 5 === 0 ? other : one, writer * 3 + i); // their clocks differ
    }));
    for (const [of, entries] of [[one, 160], [other, 40]] as const) {
      const log = await given(of);
      expect(log.entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: entries }, (_, i) => i + 1));
      let previous = FIRST_PREVIOUS;
      for (const entry of log.entries) {
        expect(entry.previous).toBe(previous);
        previous = entryHash({ log: log.log, ...entry }, CHAIN);
      }
    }
  });

  // PGlite has one connection, so that there everybody waits for everybody.
  test.runIf(on.kind === 'PostgreSQL')('whoever appends waits for the same patient’s log, and for no other', async () => {
    const [one, other] = [await newPatient(), await newPatient()];
    let waiting: Promise<unknown> | undefined;
    await on.database().transaction(async (tx) => {
      await audit.append(tx, { patient: one, access: reading, now: at(1) });
      waiting = append(one, 2);
      expect((await append(other, 2)).entry.sequence).toBe(1);
      expect(await entriesOf(one)).toEqual([]);
    });
    expect(await waiting).toMatchObject({ entry: { sequence: 2 } });
  });

  test('a clock that is set back makes no entry older than the one before', async () => {
    const of = await newPatient();
    await append(of, 100);
    expect((await append(of, 50)).entry.time).toBe(at(100));
  });

  test('the database changes no entry and takes none away', async () => {
    for (const attack of ['UPDATE access_entry SET sealed = $1', 'DELETE FROM access_entry WHERE sealed <> $1', 'TRUNCATE access_entry CASCADE']) {
      await expect(on.database().query(attack, attack.includes('$1') ? [new Uint8Array()] : [])).rejects.toThrow('final');
    }
  });

  test('nothing of an event stands in the database in clear', async () => {
    await append(patient, 20);
    const rows = Buffer.concat((await on.database().query<{ sealed: Uint8Array }>('SELECT sealed FROM access_entry')).map(({ sealed }) => sealed)).toString('latin1');
    // Words too long to come about by chance.
    for (const word of ['AuditEvent', 'Dr Ada Ahmadi', 'allergies', '1111111111']) expect(rows).not.toContain(word);
  });

  test('of an erased patient nothing can be read any more, nor entered', async () => {
    const of = await newPatient();
    await append(of, 1);
    await patientKeys.destroy(on.database(), of);
    await expect(entriesOf(of)).rejects.toMatchObject({ code: 'patient-erased' });
    await expect(append(of, 2)).rejects.toMatchObject({ code: 'patient-erased' });
  });
});
