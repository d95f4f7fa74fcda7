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
  return {
    lookup(digest: RecordDigest) {
      const root = rootOf.get(digest);
      return root === undefined ? undefined : { root, proof: anchorProof(known.get(root)!, digest) };
    },
    async load(trust) {
      let found = false;
      for (const { root } of trust.anchors) {
        if (known.has(root)) continue;
        const parsed = leavesSchema.safeParse(await source(root).catch(() => undefined));
        if (!parsed.success || !isAnchor({ root, leaves: parsed.data.leaves as RecordDigest[] })) continue; // isAnchor looks at their form
        known.set(root, parsed.data.leaves);
        // The earliest anchor counts: a record that a later one holds too was there before.
        for (const leaf of parsed.data.leaves) if (!rootOf.has(leaf)) rootOf.set(leaf, root);
        found = true;
      }
      return found;
    },
  };
}
