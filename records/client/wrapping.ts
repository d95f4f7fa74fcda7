// The keys that go with a change of consents: new epochs, signed for each relationship, and wrapped for whoever may read by them from then on.
import type { UnixSeconds } from '#passport';
import type { Agreements, Shown } from './agreement.ts';
import { isNarrow, neededKeys, narrowCategories, type Consented, type EpochHead, type KeyState, type NeededKeys } from '#records/model/exchange/plan.ts';
import type { Consents, Entry, KeyChange } from '#records/model/exchange/wire.ts';
import { parseRecordKey, type RecordKey } from '#records/model/keys/container.ts';
import { epochKeys, relationshipKey } from '#records/model/keys/derive.ts';
import type { PublicKey, SealingKeys } from '#records/model/keys/hpke.ts';
import type { Root } from '#records/model/keys/root.ts';
import { openRecordKey, wrapEpochKey, wrapRecordKey, type GrantBinding } from '#records/model/keys/wraps.ts';
import type { Address } from '#records/model/members.ts';
import type { Category } from '#records/model/record.ts';
import { createSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { HealthpassError, isHealthpassError } from '#passport';

type Hex = `0x${string}`;
/** A relationship as keys are wrapped for it. */
export type Wrapped = Consented & Shown;

export type WrappingDeps = {
  readonly root: Root;
  readonly chainId: number;
  readonly registry: Address;
  readonly keyOf: (recipient: Address) => Promise<PublicKey>;
  readonly agreements: Agreements;
  /** Entries of these categories as their authors signed them, for consents that open them in part: by their days and authors is decided. */
  readonly entriesOf: (categories: readonly Category[]) => Promise<readonly Entry[]>;
};

export type WantedKeys = {
  readonly state: Pick<Consents, 'epochs' | 'now'>;
  readonly before: readonly Wrapped[];
  readonly after: readonly Wrapped[];
  /** Whose wraps are all made anew. */
  readonly changed?: string | undefined;
  readonly epochs: readonly EpochHead[];
};

export type Wrapping = ReturnType<typeof createWrapping>;

export function createWrapping({ root, chainId, registry, keyOf, entriesOf, agreements }: WrappingDeps) {
  /** The secret of a published epoch. @throws HealthpassError `sealed-invalid` for a key that is not the patient's */
  async function secretOf({ category, epoch, key }: Consents['epochs'][number]): Promise<SealingKeys> {
    const keys = epochKeys(root, category, epoch);
    if (keys.publicKey !== key) throw new HealthpassError('sealed-invalid', 'the gateway shows a key that is not the patient’s', { field: 'epochs' });
    return keys;
  }

  const bindingOf = ({ owner, grant, word }: Wrapped, { category, epoch }: { category: Category; epoch: number }): GrantBinding => ({ chainId, registry, owner, grant, word, category, epoch });

  async function keyOfRecord({ meta, epoch, reference, sealedKey }: Entry, epochs: Consents['epochs']): Promise<RecordKey> {
    const published = epochs.find((one) => one.category === meta.category && one.epoch === epoch);
    if (!published) throw new HealthpassError('key-unknown', 'the gateway does not show the key of this record', { field: 'epochs' });
    return openRecordKey(await secretOf(published), sealedKey, { record: meta.id, category: meta.category, epoch, reference });
  }

  async function wrapRecords(one: Wrapped, entries: readonly Entry[], epochs: Consents['epochs']): Promise<KeyChange['records']> {
    if (!(await agreements.mayHaveKeys(one))) return [];
    const reader = await keyOf(one.recipient);
    return Promise.all(entries.map(async (entry) => ({
      relationship: one.id as Hex, record: entry.meta.id,
      wrap: await wrapRecordKey(reader, await keyOfRecord(entry, epochs).catch(unopened), bindingOf(one, { category: entry.meta.category, epoch: entry.epoch }), entry.meta.id),
    })));
  }

  return {
    secretOf, keyOfRecord,
    /** Of records that the gateway says are missing, those that the consent gives: it could name any. @param entries as their authors signed them */
    async wrapMissing(one: Wrapped, entries: readonly Entry[], { live, state }: { readonly live: readonly Wrapped[]; readonly state: WantedKeys['state'] }): Promise<KeyChange['records']> {
      const needed = new Set<string>(neededKeys(one, { consents: live, epochs: state.epochs, records: entries.map(({ meta }) => meta), now: state.now as UnixSeconds }).records);
      return wrapRecords(one, entries.filter(({ meta }) => needed.has(meta.id)), state.epochs);
    },
    async change({ state, before, after, changed, epochs }: WantedKeys): Promise<KeyChange> {
      const made = epochs.map((one) => ({ ...one, key: epochKeys(root, one.category, one.epoch).publicKey }));
      const all = [...state.epochs, ...made.map((one) => ({ ...one, isUsed: false }))];
      const narrow = [...new Set(after.filter((one) => isNarrow(one, after, state.now as UnixSeconds)).flatMap(({ policy }) => narrowCategories(policy, after, state.now as UnixSeconds)))];
      const entries = narrow.length === 0 ? [] : await entriesOf(narrow);
      const records = entries.map(({ meta }) => meta);
      const was: KeyState = { consents: before, epochs: state.epochs, records, now: state.now as UnixSeconds };
      const is: KeyState = { consents: after, epochs: all, records, now: state.now as UnixSeconds };
      const change: KeyChange = { epochs: made, signatures: [], wraps: [], records: [] };
      for (const one of after) {
        const had = before.find(({ id }) => id === one.id);
        const needed = less(neededKeys(one, is), one.id === changed || !had ? undefined : neededKeys(had, was));
        const signer = createSigner(hexToBytes(relationshipKey(root, one.number, one.recipient).secretKey.slice(2)));
        for (const { category, epoch, since } of needed.signatures) {
          // Derived, and compared with what is shown: a key that the gateway put there would open whatever is written from then on.
          const { publicKey } = await secretOf(all.find((other) => other.category === category && other.epoch === epoch)!); // needed, so one of them
          change.signatures.push({ relationship: one.id as Hex, category, epoch, signature: signer.sign(offChain(chainId), 'EpochKey', { owner: one.owner, category, epoch, key: publicKey as string as Hex, since }) });
        }
        if (needed.epochs.length === 0 && needed.records.length === 0) continue;
        if (!(await agreements.mayHaveKeys(one))) continue;
        const reader = await keyOf(one.recipient);
        change.wraps.push(...await Promise.all(needed.epochs.map(async ({ category, epoch }) => ({
          relationship: one.id as Hex, category, epoch, wrap: await wrapEpochKey(reader, await secretOf(all.find((other) => other.category === category && other.epoch === epoch)!), bindingOf(one, { category, epoch })),
        }))));
        const wanted = new Set<string>(needed.records);
        change.records.push(...await wrapRecords(one, entries.filter(({ meta }) => wanted.has(meta.id)), state.epochs));
      }
      return change;
    },
  };
}

/** Whoever filed it sealed no key, or another's: it opens to nobody, and keeps nothing else from being shared. Readers are given a key that opens nothing, and find it damaged. */
function unopened(error: unknown): RecordKey {
  if (isHealthpassError(error) && error.code === 'sealed-invalid') return parseRecordKey(randomBytes(32));
  throw error;
}

/** What is needed now and was not before. */
function less(needed: NeededKeys, had: NeededKeys | undefined): NeededKeys {
  if (!had) return needed;
  const places = (heads: readonly EpochHead[]) => new Set(heads.map(({ category, epoch }) => `${category}/${epoch}`));
  const without = (heads: readonly EpochHead[], known: ReadonlySet<string>) => heads.filter(({ category, epoch }) => !known.has(`${category}/${epoch}`));
  const records = new Set<string>(had.records);
  return { epochs: without(needed.epochs, places(had.epochs)), signatures: without(needed.signatures, places(had.signatures)), records: needed.records.filter((id) => !records.has(id)) };
}

