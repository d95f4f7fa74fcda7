// After an issuer has rotated its claims key: the signature of the new key over the same claims. Whole blocks are fetched, never one
// entry, and a signature is taken only if it holds under the key that the registry has now.
import {
  blockOf, hashClaims, HealthpassError, isHealthpassError, parseResignatureBlock, standingOf, verifyClaimsSignature,
  type ClaimsSignature, type IssuerRecord, type TrustState,
} from '#passport';
import { CREDENTIALS, type HeldCredential } from './records.ts';
import { isSignedBy, issuerOfList } from './standing.ts';
import { heldCredentials, type Wallet } from './wallet.ts';

/** Fetches what issuers publish. */
export type IssuerSource = {
  /** The block's JSON; the caller knows where an issuer publishes. Rejects when it cannot be had. */
  readonly resignatures: (issuer: string, list: number, block: number) => Promise<unknown>;
};

export type Refreshed = {
  readonly replaced: readonly string[];
  /** Credentials whose new signature was not to be had, with the code of the reason. */
  readonly failed: readonly { readonly credential: string; readonly code: string }[];
};

/** Renews what the trust data show to be superseded. @throws HealthpassError `wallet-locked`, `wallet-corrupt` */
export async function refreshSignatures(wallet: Wallet, source: IssuerSource, trust: TrustState): Promise<Refreshed> {
  const superseded = (await heldCredentials(wallet)).flatMap((held) => {
    const issuer = issuerOfList(trust, held.issued.claims.list);
    return issuer && standingOf(issuer) === 'active' && !isSignedBy(held.issued, issuer) ? [{ held, issuer }] : [];
  });
  const blocks = new Map<string, Promise<ReadonlyMap<number, ClaimsSignature>>>();
  const renewed = new Map<string, IssuerRecord & { readonly signature: ClaimsSignature }>();
  const failed: { credential: string; code: string }[] = [];
  for (const { held, issuer } of superseded) {
    const { list, index } = held.issued.claims;
    const name = `${list}/${blockOf(index)}`;
    const block = blocks.get(name) ?? fetchBlock(source, issuer, list, blockOf(index));
    blocks.set(name, block);
    try {
      renewed.set(held.issued.id, { ...issuer, signature: signatureFor(held, issuer, await block) });
    } catch (error) {
      failed.push({ credential: held.issued.id, code: isHealthpassError(error) ? error.code : 'service-unavailable' });
    }
  }
  if (renewed.size > 0) await store(wallet, renewed);
  return { replaced: [...renewed.keys()], failed };
}

async function fetchBlock(source: IssuerSource, { did, claimsKey }: IssuerRecord, list: number, block: number): Promise<ReadonlyMap<number, ClaimsSignature>> {
  const read = parseResignatureBlock(await source.resignatures(did, list, block));
  if (read.list !== list || read.block !== block) throw new HealthpassError('request-invalid', 'the issuer answers with another block', { field: 'block' });
  if (read.key.x !== claimsKey.x || read.key.y !== claimsKey.y) throw new HealthpassError('key-unknown', 'the block is signed with another key than the registry has', { field: 'key' });
  return read.signatures;
}

function signatureFor({ issued }: HeldCredential, { claimsKey }: IssuerRecord, signatures: ReadonlyMap<number, ClaimsSignature>): ClaimsSignature {
  const signature = signatures.get(issued.claims.index);
  if (!signature) throw new HealthpassError('credential-unknown', 'the block does not have the entry', { field: 'signatures' });
  if (!verifyClaimsSignature(hashClaims(issued.claims), signature, claimsKey)) throw new HealthpassError('credential-rejected', 'the new signature does not hold', { field: 'signatures' });
  return signature;
}

const store = (wallet: Wallet, renewed: ReadonlyMap<string, IssuerRecord & { readonly signature: ClaimsSignature }>): Promise<void> =>
  wallet.change(async (change) => {
    const credentials = await change.read(CREDENTIALS);
    const held = credentials.held.map((entry) => {
      const fresh = renewed.get(entry.issued.id);
      return fresh ? { ...entry, issued: { ...entry.issued, claimsKey: fresh.claimsKey, signature: fresh.signature } } : entry;
    });
    change.write(CREDENTIALS, { ...credentials, held });
  });
