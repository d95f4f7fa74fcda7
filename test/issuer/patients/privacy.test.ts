// What the database of an issuer says of a person to whoever gets hold of it: nothing; and after the person was erased nothing to those who have the
// keys either.
import { expect, test } from 'vitest';
import { createIssuerStore, ISSUER_MIGRATIONS, openPatientBook } from '#issuer';
import type { HealthEvent } from '#passport';
import { createDataKeys, createLocalKeyProvider, createSealer, newDataKey, OPERATOR, recordAudit, type Database, type DatabasePlace } from '#server';
import { bytesBelow, foundIn } from '../../journeys/leaks.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { NOW, vaccination } from './people.ts';

const WORDS = { family: 'Zqfamilycanary', given: 'Zqgivencanary', lot: 'ZQLOTCANARY', performer: 'Zqperformercanary', birthDate: '1911-02-03' };
const EVENT: HealthEvent = vaccination({ family: WORDS.family, given: [WORDS.given], birthDate: WORDS.birthDate }, { lot: WORDS.lot, performer: WORDS.performer });
/** Besides the words: how an event is written down, and numbers of this one. */
const CANARIES = [...Object.values(WORDS), '19110203', 'vaccination', '840539006', '"birthDate"'];

const [before, after] = [newDataKey(), newDataKey()];
const old = createLocalKeyProvider([before]);

describeOnDatabases('a database with a person in it', ISSUER_MIGRATIONS, ({ database, place }) => {
  const book = () => openPatientBook({ database: database(), provider: createLocalKeyProvider([after, before]), now: () => NOW });
  let patient: string;

  test('holds not a byte of the person, in tables, logs or anywhere, in any writing', async () => {
    const store = createIssuerStore(database());
    const first = await openPatientBook({ database: database(), provider: old, now: () => NOW });
    const written = await store.remember([{ id: 'urn:uuid:1', issuance: 'canary', copy: 0, list: 1, index: 1, issuedAt: NOW, securings: [{ form: 'claims', message: '1' }] }], async (tx) => {
      ({ patient } = await first.record(tx, { event: EVENT, organisation: 'a', source: 'test', issuance: 'canary' }));
      await recordAudit(tx, OPERATOR, { action: 'credential.issue', target: 'canary' }, NOW);
    });
    expect([written, await first.eventOf('canary')]).toEqual([true, EVENT]);
    const bytes = await everythingOf(database(), place());
    expect(bytes.includes('credential.issue')).toBe(true); // it is where rows are
    expect(foundIn(bytes, CANARIES)).toEqual([]);
  });

  test('after the person was erased and the key replaced, no copy of any age opens', async () => {
    const backup = await sealedOf(database(), patient);
    expect(await opens(backup, old)).toBe(true);
    await createDataKeys(createLocalKeyProvider([after, before])).renew(database());
    const renewed = await sealedOf(database(), patient);
    await (await book()).erase(patient, OPERATOR);
    // With every key that is left, and with the rows of every age.
    await expect(opens(backup, createLocalKeyProvider([after]))).rejects.toMatchObject({ code: 'sealed-invalid' });
    expect(await opens(renewed, createLocalKeyProvider([after]))).toBe(true); // which is why the key has to be replaced after an erasure too
    const last = createLocalKeyProvider([newDataKey()]);
    await expect(opens(renewed, last)).rejects.toMatchObject({ code: 'sealed-invalid' });
    expect(await createDataKeys(createLocalKeyProvider([after, before])).read(database(), [`patient/${patient}`])).toEqual(new Map());
  });

  test('what stays is what is needed to revoke, and leads to nobody', async () => {
    expect(await createIssuerStore(database()).find('urn:uuid:1')).toMatchObject({ issuance: 'canary', list: 1, index: 1 });
    // Of the lot a keyed digest stays, by which a whole lot can be recalled.
    expect(await database().query('SELECT * FROM issuance')).toEqual([
      { id: 'canary', number: expect.any(Number), organisation: 'a', source: 'test', recorded_at: NOW, patient: null, event: null, lot: expect.any(Uint8Array) },
    ]);
    for (const table of ['patient', 'data_key']) expect(JSON.stringify(await database().query(`SELECT * FROM ${table}`))).not.toContain(patient);
  });
});

type Sealed = { readonly keyId: string; readonly wrapped: Uint8Array; readonly event: Uint8Array; readonly patient: string };

async function sealedOf(on: Database, patient: string): Promise<Sealed> {
  const [row] = await on.query<Sealed>('SELECT key_id AS "keyId", wrapped, event, patient FROM data_key JOIN issuance ON name = \'patient/\' || patient WHERE patient = $1', [patient]);
  return row!;
}

/** Whether a copy of rows opens with a provider's keys. */
async function opens({ patient, event, ...key }: Sealed, provider: typeof old): Promise<boolean> {
  const opened = await createSealer(await provider.unwrap(key, `data-key/patient/${patient}`)).open('issuance/canary', event);
  return JSON.stringify(opened).includes(WORDS.family);
}

/** Every file of a folder; of a server, every row of every table as text, with bytes in hex and as they are. */
async function everythingOf(on: Database, place: DatabasePlace): Promise<Buffer> {
  if (typeof place === 'string') {
    await on.query('CHECKPOINT');
    return bytesBelow(place);
  }
  const tables = await on.query<{ name: string }>('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()');
  const rows = await Promise.all(tables.map(({ name }) => on.query<{ text: string }>(`SELECT t::text AS text FROM "${name}" AS t`)));
  const texts = rows.flat().map(({ text }) => text);
  return Buffer.concat([Buffer.from(texts.join('\n')), ...texts.flatMap((text) => [...text.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex!, 'hex')))]);
}
