// What pages do with records, without a page: what the test of it in a browser drives.
import { createStorage } from '#records/client/storage.ts';
import { openRecord, sealRecord } from '#records/model/keys/container.ts';
import { readingKeys } from '#records/model/keys/derive.ts';
import { openWith, sealTo, type PublicKey } from '#records/model/keys/hpke.ts';
import { parseRoot } from '#records/model/keys/root.ts';
import type { RecordMeta, Reference } from '#records/model/record.ts';
import { createFastKeccak } from '#records/model/swarm/keccak.ts';
import { referenceOf } from '#records/model/swarm/split.ts';

/** Keys of a root of 32 equal bytes. */
const keysOf = (byte: number) => readingKeys(parseRoot(new Uint8Array(32).fill(byte)));
const storageAt = (url: string) => createStorage({ url, fetch: (address, init) => fetch(address, init as RequestInit) });

const records = {
  isFast: () => createFastKeccak() !== undefined,
  publicKey: (byte: number) => keysOf(byte).publicKey as string,
  seal: (recipient: string, text: string) => sealTo(recipient as PublicKey, new TextEncoder().encode(text), { kind: 'test' }) as Promise<string>,
  open: async (byte: number, sealed: string) => new TextDecoder().decode(await openWith(keysOf(byte), sealed, { kind: 'test' })),
  reference: (length: number) => referenceOf(new Uint8Array(length).fill(7)) as string,
  async keepAndFetch(url: string, meta: RecordMeta, text: string) {
    const { key, container } = await sealRecord(meta, new TextEncoder().encode(text));
    const reference = await storageAt(url).upload(container);
    const fetched = await storageAt(url).download(reference, { maxBytes: container.length });
    return { reference: reference as string, key: [...key], text: new TextDecoder().decode(await openRecord(key, meta, fetched)) };
  },
  fetchCode: (url: string, reference: string) => storageAt(url).download(reference as Reference, { maxBytes: 10 }).then(() => 'none', (error: { code: string }) => error.code),
};

declare global {
  // The page's own; a test asks for it by name.
  var testedRecords: typeof records;
}
globalThis.testedRecords = records;
document.documentElement.dataset['ready'] = 'yes';
