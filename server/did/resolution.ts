// Resolving a DID for others (DID Resolution 0.3, 3): did:ethr of our chain, did:key and did:jwk. Versions of the past are given as what they
// are and named so; nothing here verifies with them.
import type { Provider } from 'ethers';
import type { DIDDocument } from 'did-resolver';
import { createDidResolver, type Deployment, type ResolvedDid } from '#contracts';
import { parseSelfDid, selfDocument } from '#formats/w3c/index.ts';
import { isHealthpassError } from '#passport';

/** Errors of DID Resolution, and the HTTP status of each (universal resolver). */
export const RESOLUTION_STATUS = { invalidDid: 400, invalidOptions: 400, notFound: 404, representationNotSupported: 406, internalError: 500, methodNotSupported: 501, featureNotSupported: 501 } as const;
export type ResolutionError = keyof typeof RESOLUTION_STATUS;

export type Resolution = {
  readonly didDocument: { readonly [member: string]: unknown } | null;
  readonly didResolutionMetadata: { readonly contentType?: string; readonly error?: ResolutionError; readonly errorMessage?: string };
  readonly didDocumentMetadata: { readonly deactivated?: true; readonly versionId?: string; readonly updated?: string; readonly nextVersionId?: string; readonly nextUpdate?: string };
};
export type ResolutionOptions = { readonly versionId?: string | undefined; readonly versionTime?: string | undefined };

export type DidResolutionDeps = { readonly deployment: Deployment; readonly provider: Provider };

export const DOCUMENT_TYPE = 'application/did+ld+json';
const MAX_LENGTH = 1000;

/** Without a chain, of the methods that need none only. */
export function createDidResolution(chain: DidResolutionDeps | undefined) {
  const resolver = chain && createDidResolver(chain);

  async function resolveEthr(did: string, versionId: string | undefined): Promise<Resolution> {
    if (!resolver) return failed('methodNotSupported', 'did:ethr is not resolved here');
    const final = await resolver.resolve(did, versionId === undefined ? 'finalized' : Number(versionId));
    const resolved = versionId === undefined ? withLatest(final, await resolver.resolve(did, 'latest')) : final;
    const timeOf = async (block: number | undefined) => (block === undefined ? undefined : dateOf((await chain!.provider.getBlock(block))?.timestamp)); // there is a chain where there is a resolver
    return {
      didDocument: resolved.document,
      didResolutionMetadata: { contentType: DOCUMENT_TYPE },
      didDocumentMetadata: {
        ...(resolved.deactivated ? { deactivated: true as const } : {}),
        ...version('versionId', 'updated', resolved.versionId, await timeOf(resolved.versionId)), ...version('nextVersionId', 'nextUpdate', resolved.nextVersionId, await timeOf(resolved.nextVersionId)),
      },
    };
  }

  return async function resolve(did: string, { versionId, versionTime }: ResolutionOptions = {}): Promise<Resolution> {
    const method = did.length <= MAX_LENGTH ? /^did:([a-z0-9]+):[A-Za-z0-9._:%-]+$/.exec(did)?.[1] : undefined;
    if (method === undefined) return failed('invalidDid', 'this is no DID');
    if (versionTime !== undefined) return failed('featureNotSupported', 'versions are named by block here (versionId), not by time');
    if (versionId !== undefined && !/^(0|[1-9]\d{0,14})$/.test(versionId)) return failed('invalidOptions', 'versionId is no number of a block');
    if (method === 'key' || method === 'jwk') return versionId === undefined ? resolveSelf(did) : failed('invalidOptions', 'this method has no versions');
    if (method !== 'ethr') return failed('methodNotSupported', 'this method is not resolved here');
    return resolveEthr(did, versionId).catch(explained);
  };
}
export type DidResolution = ReturnType<typeof createDidResolution>;

function resolveSelf(did: string): Resolution {
  const key = parseSelfDid(did);
  if (!key) return failed('invalidDid', 'the DID is not the name of an Ed25519 or P-256 key');
  return { didDocument: selfDocument(key), didResolutionMetadata: { contentType: DOCUMENT_TYPE }, didDocumentMetadata: {} };
}

/** A key counts once it is final, and no more as soon as the latest block has taken it out. */
function withLatest(final: ResolvedDid, latest: ResolvedDid): ResolvedDid {
  if (latest.deactivated) return { ...latest, document: { ...latest.document } };
  const kept = new Set(latest.document.verificationMethod?.map(({ id }) => id));
  const isKept = (one: unknown) => kept.has(typeof one === 'string' ? one : (one as { id: string }).id); // methods, or their ids
  const document = Object.fromEntries(Object.entries(final.document).map(([member, value]) =>
    [member, Array.isArray(value) && RELATIONS.has(member) ? value.filter(isKept) : value])) as unknown as DIDDocument; // only methods were left out
  return { ...final, document };
}
const RELATIONS = new Set(['verificationMethod', 'authentication', 'assertionMethod', 'keyAgreement', 'capabilityInvocation', 'capabilityDelegation']);

function explained(error: unknown): Resolution {
  if (!isHealthpassError(error)) throw error;
  if (error.code === 'request-invalid') return error.message.includes('another chain') ? failed('notFound', error.message) : failed('invalidDid', error.message);
  if (error.code === 'chain-unavailable' && error.message.includes('does not have the block')) return failed('notFound', 'there is no such version');
  return failed('internalError', error.message);
}

const failed = (error: ResolutionError, errorMessage: string): Resolution => ({ didDocument: null, didResolutionMetadata: { error, errorMessage }, didDocumentMetadata: {} });
const dateOf = (seconds: number | undefined): string | undefined => (seconds === undefined ? undefined : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`);
const version = (name: string, date: string, block: number | undefined, time: string | undefined): object => (block === undefined ? {} : { [name]: String(block), ...(time === undefined ? {} : { [date]: time }) });
