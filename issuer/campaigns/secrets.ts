// What keeps the rows of a campaign unreadable: a key of that campaign alone, destroyed when nothing personal is needed any more, and digests by
// which equal rows are found without being kept.
import { HealthpassError } from '#passport';
import { createSealer, type BlindIndex, type Database, type DataKeys, type Queryable, type Sealer } from '#server';

export type Digest = (label: string, value: string) => Uint8Array;

export type Secrets = {
  readonly digest: Digest;
  /** Makes the key of a new campaign. */
  readonly create: (on: Queryable, campaign: string) => Promise<void>;
  /** @throws HealthpassError `campaign-conflict` when the campaign was erased */
  readonly sealerOf: (campaign: string) => Promise<Sealer>;
  readonly destroy: (on: Queryable, campaign: string) => Promise<void>;
};

const nameOf = (campaign: string) => `campaign/${campaign}`;
/** Sealers kept at hand: a page would otherwise ask the provider of keys. */
const KEPT = 8;

export function createSecrets({ database, keys, index }: { readonly database: Database; readonly keys: DataKeys; readonly index: BlindIndex }): Secrets {
  const kept = new Map<string, Sealer>();
  return {
    digest: (label, value) => index(`${label}\0${value}`),
    create: async (on, campaign) => void (await keys.add(on, [nameOf(campaign)])),
    async sealerOf(campaign) {
      const known = kept.get(campaign);
      if (known) return known;
      const key = (await keys.read(database, [nameOf(campaign)])).get(nameOf(campaign));
      if (!key) throw new HealthpassError('campaign-conflict', 'nothing is left of what the rows of this campaign said', { field: 'state' });
      const sealer = createSealer(key);
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value!); // it is not empty
      kept.set(campaign, sealer);
      return sealer;
    },
    async destroy(on, campaign) {
      kept.delete(campaign);
      await keys.destroy(on, [nameOf(campaign)]);
    },
  };
}
