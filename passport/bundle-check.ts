// Whether a trust bundle is the chain's own: what it claims, against what was just read of the chain. The words of lists need no look:
// parseTrustBundle made sure that they lead to its registry root, which is compared here.
import type { IssuerRecord, TrustState } from './trust.ts';

/** Names of what a bundle says and the chain does not. Empty when it is merely older. */
export function differencesOf(bundle: TrustState, chain: TrustState): string[] {
  const checks: [string, boolean][] = [
    ['chainId', bundle.chainId === chain.chainId],
    ['contracts', Object.entries(chain.contracts).every(([name, address]) => bundle.contracts[name] === address)],
    ['finalized', bundle.finalized.number <= chain.finalized.number && bundle.finalized.time <= chain.finalized.time],
    ['roots', bundle.roots.filter(({ final }) => final).every(({ root, since }) => chain.roots.some((known) => known.root === root && known.since === since))],
    ['issuers', bundle.issuers.every((issuer) => isOfChain(issuer, chain))],
    ['anchors', bundle.anchors.every(({ list, root, block }) => chain.anchors.some((known) => known.root === root && known.list === list && known.block === block))],
  ];
  return checks.filter(([, holds]) => !holds).map(([name]) => name);
}

/** Same identity, and no key that the DID document never listed. */
function isOfChain({ id, did, keys = [], lists }: IssuerRecord, chain: TrustState): boolean {
  const known = chain.issuers.find((issuer) => issuer.id === id);
  if (known?.did !== did || !lists.every((list) => known.lists.includes(list))) return false;
  return keys.every(({ kid, type, publicKey, since }) => known.keys?.some((key) => key.kid === kid && key.type === type && key.publicKey === publicKey && key.since === since));
}
