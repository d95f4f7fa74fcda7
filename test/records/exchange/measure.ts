// What a consented read and write take from end to end, the client's cryptography included, beside the same read of a store that asks nobody. A program of
// its own for the benchmarks: it prints what it measured as JSON.
import { openDatabase, type Database } from '#server';
import { createGatewayClient } from '#records/client/http.ts';
import { createMember } from '#records/client/member.ts';
import { createMemo } from '#records/client/memo.ts';
import { isRead } from '#records/client/open-record.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { parseRecordContent, verifyProvenance } from '#records/model/fhir/index.ts';
import { epochKeys } from '#records/model/keys/derive.ts';
import { openRecord } from '#records/model/keys/container.ts';
import { openRecordKey } from '#records/model/keys/wraps.ts';
import { createStorage } from '#records/client/storage.ts';
import { createExchangeScene, observation, type Json } from './scene.ts';

const RECORDS = 20;
const [AT_ONCE, SECONDS] = [8, 3];
/** One after the other, to tell apart whose time it is. */
const ALONE = 40;

/** Milliseconds of the processor for one, by who spends them. */
type Spent = { readonly client: number; readonly gateway: number; readonly database: number; readonly store: number };
type Load = { readonly perSecond: number; readonly p99: number };

type Side = 'gateway' | 'database' | 'store';
/** With one thing at a time under way, what the process spends while a side is at work is that side's. */
function createMeter() {
  const spent: Record<Side, number> = { gateway: 0, database: 0, store: 0 };
  let [statements, isOn] = [0, false];
  const cpu = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const within = async <T>(side: Side, work: () => Promise<T>): Promise<T> => {
    if (!isOn) return work(); // to look costs time itself
    const before = cpu();
    try {
      return await work();
    } finally {
      spent[side] += cpu() - before;
    }
  };
  return {
    within,
    database: ({ query, transaction, ...rest }: Database): Database => {
      const metered = (run: Database['query']): Database['query'] => (sql, parameters) => (statements++, within('database', () => run(sql, parameters)));
      return { ...rest, query: metered(query), transaction: (work) => transaction((tx) => work({ query: metered(tx.query) })) };
    },
    async each(work: (i: number) => Promise<unknown>): Promise<Spent & { readonly statements: number }> {
      for (let i = 0; i < ALONE; i++) await work(i); // until it is compiled
      [spent.gateway, spent.database, spent.store, statements, isOn] = [0, 0, 0, 0, true];
      const before = cpu();
      for (let i = 0; i < ALONE; i++) await work(i);
      isOn = false;
      const all = cpu() - before;
      const { gateway, database, store } = spent;
      const [one, rounded] = [1 / ALONE, (value: number) => Math.round(value * 100) / 100];
      return { client: rounded((all - gateway - store) * one), gateway: rounded((gateway - database) * one), database: rounded(database * one), store: rounded(store * one), statements: statements * one };
    },
  };
}

/** Workers that begin anew as soon as they are done. */
async function load(work: (i: number) => Promise<unknown>): Promise<Load> {
  const taken: number[] = [];
  let next = 0;
  await work(next++);
  const begun = performance.now();
  const worker = async () => {
    while (performance.now() - begun < SECONDS * 1000) {
      const began = performance.now();
      await work(next++);
      taken.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const sorted = taken.toSorted((a, b) => a - b);
  return { perSecond: (1000 * taken.length) / (performance.now() - begun), p99: sorted[Math.floor(0.99 * sorted.length)]! };
}

const meter = createMeter();
const database = meter.database(await openDatabase(undefined, RECORDS_MIGRATIONS));
const scene = await createExchangeScene(database);
try {
  const [patient, doctor] = [await scene.patient(), await scene.member()];
  const { id } = await patient.client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card });
  const around = (side: 'gateway' | 'store', send: (url: string, init?: RequestInit) => Promise<Response>) => (async (url: string, init?: RequestInit) => meter.within(side, () => send(url, init))) as never;
  const client = createMember({
    ...scene.surroundings(doctor.token), account: doctor.account, readingKeys: [doctor.readingKeys], storage: createStorage({ url: scene.storageUrl, fetch: around('store', fetch) }),
    gateway: createGatewayClient({ url: 'http://gateway.test', token: doctor.token, fetch: around('gateway', async (url, init) => scene.records.app.request(url.replace('http://gateway.test', ''), init)) }),
  });
  const written: string[] = [];
  for (let i = 0; i < RECORDS; i++) written.push((await client.write(id, observation(i + 1))).id);
  const entries = ((await scene.call('POST', '/records/search', {}, patient.token)).body as Json).entries as Json[];
  const readOne = async (i: number) => {
    const { records } = await client.read(id, { purpose: 'TREAT', records: [written[i % RECORDS]! as never], limit: 1 });
    if (records.length !== 1 || !isRead(records[0]!)) throw new Error('the record was not read');
  };
  const keyOf = createMemo();
  // The same record for whoever has its epoch's key: from the store, address checked, decrypted, its author's signature verified.
  const readAlone = async (i: number) => {
    const { meta, epoch, reference, sealedKey } = entries[i % RECORDS];
    const key = await openRecordKey(await keyOf(`${meta.category}/${epoch}`, async () => epochKeys(patient.root, meta.category, epoch)), sealedKey, { record: meta.id, category: meta.category, epoch, reference });
    const content = parseRecordContent(await openRecord(key, meta, await scene.storage.download(reference, { maxBytes: 1_000_000 })));
    if (verifyProvenance(content, { id: meta.id, author: meta.author, patient: patient.account }).outcome !== 'verified') throw new Error('the record was not read');
  };
  const writeOne = (i: number) => client.write(id, observation(i + 1));
  const measured = async (work: (i: number) => Promise<unknown>) => ({ spent: await meter.each(work), ...(await load(work)) });
  process.stdout.write(JSON.stringify({ read: await measured(readOne), alone: await measured(readAlone), write: await measured(writeOne) }));
} finally {
  await scene.stop();
  await database.close();
}
process.exit(0);
