// Records on their way to a storage and back: what their addresses, their keys and the storage itself take.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MerkleTree } from '@ethersphere/bee-js';
import { createStorage } from '#records/client/storage.ts';
import { openRecord, sealRecord } from '#records/model/keys/container.ts';
import { epochKeys, readingKeys, relationshipKey } from '#records/model/keys/derive.ts';
import { createRoot } from '#records/model/keys/root.ts';
import { openRecordKey, sealRecordKey, unwrapEpochKey, wrapEpochKey, type GrantBinding, type RecordPlace } from '#records/model/keys/wraps.ts';
import type { Address } from '#records/model/members.ts';
import type { RecordId, RecordMeta } from '#records/model/record.ts';
import { CHUNK_BYTES, createBmt } from '#records/model/swarm/bmt.ts';
import { createPlainKeccak } from '#records/model/swarm/keccak.ts';
import { referenceOf } from '#records/model/swarm/split.ts';
import { assembleStore } from '#records/store/assemble.ts';
import { listen } from '#server';
import { medians, timed, type Row } from './measure.ts';

const ROUNDS = 5;
const MIB = 1024 * 1024;
const MANY = 100;
const RECORD_BYTES = 3000;

export const storageRows = async (): Promise<Row[]> => [...await addressRows(), ...await keyRows(), ...await storeRows()];

/** MiB a second, of data at random. */
async function addressRows(): Promise<Row[]> {
  const group = 'storage: Swarm addresses';
  const data = randomBytes(MIB);
  const plain = createBmt(createPlainKeccak());
  const times = await medians({
    ours: () => {
      for (let i = 0; i < 16; i++) referenceOf(data);
    },
    plain: () => {
      for (let from = 0; from < MIB; from += CHUNK_BYTES) plain(CHUNK_BYTES, data.subarray(from, from + CHUNK_BYTES));
    },
    bee: () => MerkleTree.root(data),
  }, ROUNDS, { ours: 16 });
  const [ours, inJavaScript, bee] = (['ours', 'plain', 'bee'] as const).map((name) => 1000 / times[name]!.cpu) as [number, number, number];
  return [
    { group, name: 'ours', value: ours, unit: 'MiB a CPU-second' },
    { group, name: 'ours, where a page may not use WebAssembly', value: inJavaScript, unit: 'MiB a CPU-second' },
    { group, name: 'bee-js 12.1.0', value: bee, unit: 'MiB a CPU-second' },
    { group, name: 'ours to bee-js', value: ours / bee, unit: 'x' },
  ];
}

async function keyRows(): Promise<Row[]> {
  const group = 'storage: keys of records';
  const [root, reader] = [createRoot(), readingKeys(createRoot())];
  const meta: RecordMeta = { id: '0123456789abcdef0123456789abcdef' as RecordId, category: 'results', date: '2026-03-01', author: 'patient' };
  const { address: owner } = relationshipKey(root, 0, `0x${'44'.repeat(20)}` as Address);
  const binding: GrantBinding = { chainId: 1, registry: owner, owner, grant: `0x${'22'.repeat(32)}`, word: `0x${'33'.repeat(32)}`, category: 'results', epoch: 1 };
  const epoch = epochKeys(root, 'results', 1);
  const text = randomBytes(RECORD_BYTES);
  const { key, container } = await sealRecord(meta, text);
  const place: RecordPlace = { record: meta.id, category: 'results', epoch: 1, reference: referenceOf(container) };
  const [sealedKey, wrap] = [await sealRecordKey(epoch.publicKey, key, place), await wrapEpochKey(reader.publicKey, epoch, binding)];
  const many = (step: () => Promise<unknown>) => async () => {
    for (let i = 0; i < MANY; i++) await step();
  };
  const steps = {
    'a record of 3,000 bytes sealed': many(() => sealRecord(meta, text)), 'opened': many(() => openRecord(key, meta, container)),
    'its key sealed to an epoch (HPKE)': many(() => sealRecordKey(epoch.publicKey, key, place)), 'opened by who has the epoch': many(() => openRecordKey(epoch, sealedKey, place)),
    'an epoch wrapped for a reader (HPKE)': many(() => wrapEpochKey(reader.publicKey, epoch, binding)), 'unwrapped and checked': many(() => unwrapEpochKey(reader, wrap, binding, epoch.publicKey)),
  };
  const times = await medians(steps, ROUNDS);
  return Object.keys(steps).map((name) => ({ group, name, value: (MANY * 1000) / times[name]!.cpu, unit: 'a CPU-second' }));
}

/** One client, one request after the other, over HTTP, each chunk flushed to the disk. */
async function storeRows(): Promise<Row[]> {
  const group = 'storage: over HTTP, on disk';
  const folder = await mkdtemp(join(tmpdir(), 'storage-'));
  const { app, close } = await assembleStore({ folder, limits: 'off', onTrouble: () => {} });
  const service = await listen(app, 0);
  try {
    const storage = createStorage({ url: service.url, fetch: (url, init) => fetch(url, init as RequestInit) });
    const records = Array.from({ length: 2 * MANY }, () => randomBytes(CHUNK_BYTES));
    const references = records.map(referenceOf);
    const kept = await timed(async () => {
      for (const record of records) await storage.upload(record);
    });
    const fetched = await timed(async () => {
      for (const reference of references) await storage.download(reference, { maxBytes: CHUNK_BYTES });
    });
    const large = randomBytes(8 * MIB);
    const upload = await timed(() => storage.upload(large));
    const download = await timed(() => storage.download(referenceOf(large), { maxBytes: large.length }));
    return [
      { group, name: 'records of one chunk kept', value: (records.length * 1000) / kept.wall, unit: 'a second' },
      { group, name: 'records of one chunk fetched and checked', value: (records.length * 1000) / fetched.wall, unit: 'a second' },
      { group, name: '8 MiB kept', value: 8000 / upload.wall, unit: 'MiB a second' },
      { group, name: '8 MiB fetched and checked', value: 8000 / download.wall, unit: 'MiB a second' },
    ];
  } finally {
    await service.stop(0);
    close();
    await rm(folder, { recursive: true });
  }
}

function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let from = 0; from < length; from += 65_536) crypto.getRandomValues(bytes.subarray(from, from + 65_536));
  return bytes;
}
