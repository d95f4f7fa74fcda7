// Keys that sign credentials: those that are their own name, and those that the documents of issuers in the registry list now. And whether an
// issuer is accredited, which is another question than whether its signature holds.
import { hexToBytes } from '@noble/hashes/utils.js';
import { findSelfKey, type FindKey } from '#formats/w3c/index.ts';
import { standingOf, type TrustState } from '#passport';
import { isListedAt } from '#passport/trust.ts';

/** Keys of the did:ethr of issuers come from the trust data, as everywhere else; an old version of a document is never asked. */
export const findKeyIn = (trust: TrustState | undefined, now: number): FindKey => async (url) => {
  const own = await findSelfKey(url);
  if (own) return own;
  const issuer = trust?.issuers.find(({ did }) => url.startsWith(`${did}#`));
  const key = issuer?.keys?.find(({ kid }) => kid === url);
  return issuer && key && isListedAt(key, now) && key.untilBlock === null ? { controller: issuer.did, kind: key.type, publicKey: hexToBytes(key.publicKey) } : undefined;
};

export type Accredited = true | false | 'unknown';

/** A DID of another kind than the registry knows may be anybody's. */
export function isAccredited(trust: TrustState | undefined, did: string): Accredited {
  if (!trust || !did.startsWith('did:ethr:')) return 'unknown';
  const issuer = trust.issuers.find((candidate) => candidate.did === did);
  return issuer !== undefined && standingOf(issuer) === 'active';
}
