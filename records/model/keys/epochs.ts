// Which epoch a writer takes, and which ones a patient publishes when somebody's access ends or is foreseen to end.
import type { Category } from '../record.ts';
import type { PublicKey } from './hpke.ts';

/** As the owner of a relationship signs it (`EpochKey`); `since` in Unix seconds. */
export type PublishedEpoch = { readonly category: Category; readonly epoch: number; readonly key: PublicKey; readonly since: number };

/**
 * The highest epoch that has begun. Not the one that began last: an epoch that was published ahead and then overtaken by a revocation is known
 * to whoever was revoked, and must not come back when its time comes.
 */
export const epochFor = <T extends PublishedEpoch>(published: readonly T[], category: Category, now: number): T | undefined =>
  published.filter((one) => one.category === category && one.since <= now).reduce<T | undefined>((best, one) => (best && best.epoch > one.epoch ? best : one), undefined);

/** `reader` is whatever the caller knows them by; `until` in Unix seconds. */
export type Reader<R> = { readonly reader: R; readonly until: number };
/** An epoch to publish, and whom its secret key is wrapped for. */
export type PlannedEpoch<R> = { readonly epoch: number; readonly since: number; readonly readers: readonly R[] };

/**
 * The epochs of one category after `last`, the highest that is known: one that begins now, and one for each time at which a reader's
 * access ends, so that nobody who lost access holds a key of anything written later, although the patient's wallet sleeps.
 * @param least no number is lower. A number gives its key, and a gateway that was put back from an older copy shows numbers as free that were given:
 * whoever was revoked in between holds their keys. Wallets say their own time, which goes on whatever the gateway has forgotten
 */
export function planEpochs<R>({ last, least, now, readers }: { readonly last: number; readonly least: number; readonly now: number; readonly readers: readonly Reader<R>[] }): PlannedEpoch<R>[] {
  const first = Math.max(last + 1, least);
  const ends = new Set(readers.map(({ until }) => until).filter((until) => until > now));
  return [now, ...[...ends].sort((one, other) => one - other)]
    .map((since, index) => ({ epoch: first + index, since, readers: readers.filter(({ until }) => until > since).map(({ reader }) => reader) }));
}
