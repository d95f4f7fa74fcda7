// Making a record: valid, signed by its author, sealed, stored, and filed under the key that the patient published.
import { bytesToHex, hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { NewRecord } from '#records/model/exchange/wire.ts';
import { contentOf, createAuthor, createProvenance, encodeRecordContent, metaOf, type Author, type FhirResource } from '#records/model/fhir/index.ts';
import { sealRecord } from '#records/model/keys/container.ts';
import type { SigningKey } from '#records/model/keys/derive.ts';
import { epochFor, type PublishedEpoch } from '#records/model/keys/epochs.ts';
import { sealRecordKey } from '#records/model/keys/wraps.ts';
import type { Address } from '#records/model/members.ts';
import type { Category, FhirDay, RecordId, Reference } from '#records/model/record.ts';
import { createSigner, type Signer } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import type { Storage } from './storage.ts';

export type Authoring = {
  readonly chainId: number;
  readonly storage: Pick<Storage, 'upload'>;
  readonly author: SigningKey;
  readonly by: 'member' | 'patient';
  /** Account of the patient whose record it becomes. */
  readonly patient: Address;
  /** did:ethr of the organisation that the author acts for. */
  readonly organisation?: string | undefined;
  readonly now: UnixSeconds;
};
/** A record that is stored, and can be filed under any epoch. */
export type StoredRecord = { readonly id: RecordId; readonly category: Category; readonly date: FhirDay; readonly reference: Reference; readonly file: (epochs: readonly PublishedEpoch[], now: UnixSeconds) => Promise<NewRecord> };

/**
 * @param given a resource, or its exact text: decimals keep their digits
 * @throws HealthpassError `fhir-invalid` naming element and rule, `text-too-long`; of the storage
 */
export async function storeRecord(given: FhirResource | string, { chainId, storage, author, by, patient, organisation, now }: Authoring): Promise<StoredRecord> {
  const { text, resource, digest } = contentOf(typeof given === 'string' ? given : JSON.stringify(given));
  const { asAuthor, signer } = signersOf(author, chainId);
  const id = bytesToHex(randomBytes(16)) as RecordId;
  const { category, date } = metaOf(resource, new Date(now * 1000).toISOString().slice(0, 10));
  const provenance = await createProvenance({ text, id, patient, by, author: asAuthor, now, ...(organisation !== undefined && { organisation }) });
  const meta = { id, category, date, author: by === 'patient' ? 'patient' : author.address } as const;
  const { key, container } = await sealRecord(meta, encodeRecordContent({ text, provenance }));
  const reference = await storage.upload(container);
  return {
    id, category, date, reference,
    async file(epochs, time) {
      const epoch = epochFor(epochs, category, time);
      if (!epoch) throw new HealthpassError('key-unknown', 'the patient has published no key for this category', { field: 'category' });
      const sealedKey = await sealRecordKey(epoch.key, key, { record: id, category, epoch: epoch.epoch, reference });
      const entry = { id: `0x${id}`, category, date, epoch: epoch.epoch, reference: `0x${reference}`, content: digest, time } as const;
      return { id, category, date, epoch: epoch.epoch, reference, sealedKey, content: digest, time, signature: signer.sign(offChain(chainId), 'RecordEntry', entry) };
    },
  };
}

type Signers = { readonly chainId: number; readonly asAuthor: Author; readonly signer: Signer };
const signers = new WeakMap<SigningKey, Signers>();
/** Made once for each key: each begins with its public key. */
function signersOf(key: SigningKey, chainId: number): Signers {
  const known = signers.get(key);
  if (known?.chainId === chainId) return known;
  const secret = hexToBytes(key.secretKey.slice(2));
  const made = { chainId, asAuthor: createAuthor(secret, chainId), signer: createSigner(secret) };
  signers.set(key, made);
  return made;
}

export const didOf = (chainId: number, address: Address): string => `did:ethr:0x${chainId.toString(16)}:${address}`;
