// Whether a trust bundle is the chain's own: what it claims, against what was just read of the chain. The words of lists need no look:
// parseTrustBundle made sure that they lead to its registry root, which is compared here. Nor is it enough that all it says is true: a
// mirror that leaves out the newest roots and puts a younger block above the rest would make an old bundle look fresh.
import type { IssuerRecord, ListedKey, TrustState } from './trust.ts';

/** Names of what a bundle says and the chain does not, or withholds. Empty when it is merely older; a renamed issuer counts as a difference. */
export function differencesOf(bundle: TrustState, chain: TrustState): string[] {
  const checks: [string, boolean][] = [
    ['chainId', bundle.chainId === chain.chainId],
    ['contracts', Object.entries(chain.contracts).every(([name, address]) => bundle.contracts[name] === address)],
    ['finalized', bundle.finalized.number <= chain.finalized.number && bundle.finalized.time <= chain.finalized.time],
    ['roots', hasRootsOf(chain, bundle)],
    ['issuers', bundle.issuers.every((issuer) => isOfChain(issuer, bundle, chain))],
    ['names', bundle.issuers.every(({ id, name, accreditedBy }) => chain.issuers.every((known) => known.id !== id || (known.name === name && known.accreditedBy === accreditedBy)))],
    ['anchors', bundle.anchors.every(({ list, root, block, time }) => chain.anchors.some((known) => known.root === root && known.list === list && known.block === block && known.time === time))],
  ];
  return checks.filter(([, holds]) => !holds).map(([name]) => name);
}

/**
 * From its first root up to the block that it claims to be as of, the bundle has the roots of the chain: all of them, and no others. Roots
 * older than any that the reader of the chain keeps count nowhere.
 */
function hasRootsOf(chain: TrustState, { roots, finalized }: TrustState): boolean {
  const from = Math.max(roots[0]?.since ?? Infinity, chain.roots[0]?.since ?? Infinity);
  const claimed = roots.filter(({ since, final }) => final && since >= from);
  const due = chain.roots.filter(({ since }) => since >= from && since <= finalized.time);
  return due.length > 0 && due.length === claimed.length && due.every(({ root, since }, i) => claimed[i]!.root === root && claimed[i]!.since === since);
}

/** Same identity, no key that the DID document never listed, and none that had been taken off it. */
function isOfChain({ id, did, keys = [], lists }: IssuerRecord, { finalized }: TrustState, chain: TrustState): boolean {
  const known = chain.issuers.find((issuer) => issuer.id === id);
  if (known?.did !== did || !lists.every((list) => known.lists.includes(list))) return false;
  return keys.every((key) => known.keys?.some((listed) => isSameListing(key, listed) && isSameEnd(key, listed, finalized.time)));
}

const isSameListing = (a: ListedKey, b: ListedKey): boolean => a.kid === b.kid && a.type === b.type && a.publicKey === b.publicKey && a.since === b.since;

/** What ended after the bundle was made it cannot know; a bundle that was read up to a later block than its final one may. */
const isSameEnd = (key: ListedKey, listed: ListedKey, asOf: number): boolean =>
  (key.until === listed.until && key.untilBlock === listed.untilBlock) || (listed.untilBlock !== null && listed.until !== null && listed.until > asOf && key.untilBlock === null);
