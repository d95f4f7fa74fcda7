// The keys that a reader was given for records: wraps of epochs and of single records, each bound to the grant as it stands, and to what the patient signed.
import { HealthpassError, isHealthpassError } from '#passport';
import type { Entry, Received, SignedEpoch, Wrapped } from '#records/model/exchange/wire.ts';
import type { RecordKey } from '#records/model/keys/container.ts';
import type { SealingKeys } from '#records/model/keys/hpke.ts';
import { openRecordKey, unwrapEpochKey, unwrapRecordKey, type GrantBinding } from '#records/model/keys/wraps.ts';
import type { Address } from '#records/model/members.ts';
import type { Category } from '#records/model/record.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import type { Memo } from './memo.ts';
import type { Surroundings } from './surroundings.ts';

/** @throws HealthpassError `not-authorised` for a key that the patient did not sign */
export function assertPublished(chainId: number, owner: Address, { category, epoch, key, since, signature }: SignedEpoch): void {
  if (recoverSigner(offChain(chainId), 'EpochKey', { owner, category, epoch, key: key as string as `0x${string}`, since }, signature, owner) !== owner) {
    throw new HealthpassError('not-authorised', 'the patient did not sign the key that is shown', { field: 'epochs' });
  }
}

/** Opens each epoch once, however many records are under it. */
export function keysOf(
  { config, readingKeys, memo }: Pick<Surroundings, 'config'> & { readonly readingKeys: readonly SealingKeys[]; readonly memo: Memo }, one: Pick<Received, 'owner' | 'grant' | 'word'>, wraps: readonly (SignedEpoch & Wrapped)[],
): (entry: Entry) => Promise<RecordKey | undefined> {
  // A wrap may say that it was made for a word of before: the same patient made it for the same reader, who was given nothing else by it.
  const bindingOf = (category: Category, epoch: number, word = one.word): GrantBinding =>
    ({ chainId: config.chainId, registry: config.contracts.ConsentRegistry, owner: one.owner, grant: one.grant, word, category, epoch });
  const epochs = new Map<string, Promise<SealingKeys | undefined>>();
  const secretOf = (category: Category, epoch: number): Promise<SealingKeys | undefined> => {
    const place = `${category}/${epoch}`;
    const wrapped = wraps.find((other) => other.category === category && other.epoch === epoch);
    const opening = epochs.get(place) ?? (wrapped ? memo(JSON.stringify([one.owner, one.grant, one.word, wrapped]), () => unwrap(wrapped)) : Promise.resolve(undefined));
    epochs.set(place, opening);
    return opening;
  };
  const unwrap = async (wrapped: SignedEpoch & Wrapped): Promise<SealingKeys> => {
    const { wrap, word, ...epoch } = wrapped;
    assertPublished(config.chainId, one.owner, epoch);
    return (await withSome(readingKeys, (keys) => unwrapEpochKey(keys, wrap, bindingOf(epoch.category, epoch.epoch, word), epoch.key))) ?? refuse();
  };
  return async ({ meta, epoch, reference, sealedKey, wrap, word }: Entry): Promise<RecordKey | undefined> => {
    if (wrap !== undefined) return (await withSome(readingKeys, (keys) => unwrapRecordKey(keys, wrap, bindingOf(meta.category, epoch, word), meta.id))) ?? refuse();
    const secret = await secretOf(meta.category, epoch);
    return secret && openRecordKey(secret, sealedKey, { record: meta.id, category: meta.category, epoch, reference });
  };
}

const refuse = (): never => {
  throw new HealthpassError('sealed-invalid', 'what was wrapped does not open with these keys for this grant', { field: 'wrap' });
};

/** What opens with the first key that fits; undefined where none does. */
export async function withSome<T>(keys: readonly SealingKeys[], open: (keys: SealingKeys) => Promise<T>): Promise<T | undefined> {
  for (const one of keys) {
    try {
      return await open(one);
    } catch (error) {
      if (!isHealthpassError(error)) throw error;
    }
  }
  return undefined;
}
