// The leaves of issuance anchors, for signatures by keys that were retired since. Leaves come from anywhere, the issuer as a rule; whether
// they are those of a root on chain is checked here, so their source can withhold and not forge.
import { z } from 'zod';
import type { TrustState } from '#passport';
import { anchorProof, isAnchor, type RecordDigest } from '#passport/anchor.ts';
import type { AnchorLookup } from '#formats/credential/index.ts';

/** The JSON that an issuer publishes for the root of an anchor; undefined when it cannot be had. */
export type AnchorSource = (root: string) => Promise<unknown>;

export type AnchorBook = {
  readonly lookup: AnchorLookup;
  /** Fetches the leaves of the anchors that are not known yet. @returns whether there are new ones */
  readonly load: (trust: TrustState) => Promise<boolean>;
};

const leavesSchema = z.object({ leaves: z.array(z.string().max(66)).max(2 ** 17) });

export function createAnchorBook(source: AnchorSource): AnchorBook {
  const known = new Map<string, readonly string[]>();
  const rootOf = new Map<string, string>();
  let loading: Promise<boolean> | undefined;

  async function fetchMissing({ anchors }: TrustState): Promise<boolean> {
    let found = false;
    for (const { root } of anchors) {
      if (known.has(root)) continue;
      const answer = await source(root).then((json) => ({ json }), () => undefined);
      if (!answer) return found; // a source that is out of reach is not asked for the rest
      const parsed = leavesSchema.safeParse(answer.json);
      if (!parsed.success || !isAnchor({ root, leaves: parsed.data.leaves as RecordDigest[] })) continue; // isAnchor looks at their form
      known.set(root, parsed.data.leaves);
      // The earliest anchor counts: a record that a later one holds too was there before.
      for (const leaf of parsed.data.leaves) if (!rootOf.has(leaf)) rootOf.set(leaf, root);
      found = true;
    }
    return found;
  }

  return {
    lookup(digest: RecordDigest) {
      const root = rootOf.get(digest);
      return root === undefined ? undefined : { root, proof: anchorProof(known.get(root)!, digest) };
    },
    /** However many present at the same time, the source is asked by one of them. */
    load: (trust) => (loading ??= fetchMissing(trust).finally(() => (loading = undefined))),
  };
}
