// DID documents of did:ethr through ethr-did-resolver, with what it takes from callers and nodes kept in bounds: the version is ours to
// choose, never the caller's; a deactivated DID stays so although its first key gets control of it back; blocks are read once.
import { Resolver, type DIDDocument, type ResolverRegistry } from 'did-resolver';
import { getResolver } from 'ethr-did-resolver';
import type { Block, BlockTag, Filter, FilterByBlockHash, Log, Provider } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import { DID_MAX_EVENTS, parseDidEthr } from './did/index.ts';
import type { Deployment } from './deployment.ts';

export type ResolvedDid = {
  /** Without keys when the DID is deactivated. */
  readonly document: DIDDocument;
  readonly deactivated: boolean;
  /** The block that the document is as of. */
  readonly block: number;
  /** Blocks of the change that made the document, and of the one that ended it; none where there was none. */
  readonly versionId: number | undefined;
  readonly nextVersionId: number | undefined;
};

/** Blocks of events that are remembered, of all DIDs together. */
const MOST_REMEMBERED = 20_000;

export type DidResolver = {
  /**
   * @param blockTag as of which block: the finalised one unless said otherwise; a number for the document as it was then
   * @throws HealthpassError `request-invalid` (another method or chain, a version in the DID), `chain-unavailable`, `chain-inconsistent`
   */
  readonly resolve: (did: string, blockTag?: 'finalized' | 'latest' | number) => Promise<ResolvedDid>;
};

/** A resolver that remembers what is final: while a DID does not change, resolving it again asks the chain three questions. */
export function createDidResolver({ provider, deployment, now = () => Date.now() / 1000 }: {
  provider: Provider; deployment: Deployment; now?: () => number;
}): DidResolver {
  const remembered = new Map<string, readonly Log[]>();
  return {
    async resolve(did, blockTag = 'finalized') {
      const { address } = parseDidEthr(did, deployment.chainId);
      const [block, final] = await reaching(() => Promise.all([provider.getBlock(blockTag), provider.getBlock('finalized')]));
      if (!block) throw new HealthpassError('chain-unavailable', 'the chain does not have the block yet');
      // Time goes on where no block does: what has run out by the clock is out, except in a document of the past.
      const time = typeof blockTag === 'number' ? block.timestamp : Math.max(block.timestamp, Math.floor(now()));
      const bounded = boundedProvider(provider, { time, final: final?.number ?? -1, remembered, address });
      const networks = [{ chainId: deployment.chainId, registry: deployment.contracts.EthereumDIDRegistry, provider: bounded }];
      // It is typed against another build of ethers and another did-resolver; the objects are the same.
      const methods = getResolver({ networks } as unknown as Parameters<typeof getResolver>[0]) as unknown as ResolverRegistry;
      const { didDocument, didDocumentMetadata } = await new Resolver(methods).resolve(did, { blockTag: block.number } as object);
      if (!didDocument) throw new HealthpassError('chain-unavailable', 'the DID could not be resolved');
      const { deactivated, versionId, nextVersionId } = didDocumentMetadata;
      return { document: didDocument, deactivated: deactivated === true, block: block.number, versionId: blockNumber(versionId), nextVersionId: blockNumber(nextVersionId) };
    },
  };
}

/** It gives numbers where the type says text. */
const blockNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));

/** One document, nothing remembered. */
export const resolveDid = (did: string, { provider, deployment, blockTag }: { provider: Provider; deployment: Deployment; blockTag?: 'finalized' | 'latest' | number }) =>
  createDidResolver({ provider, deployment }).resolve(did, blockTag);

type Bounds = { readonly time: number; readonly final: number; readonly remembered: Map<string, readonly Log[]>; readonly address: string };

/** The provider as the resolver sees it: our clock, remembered logs, and an end to the reading. */
function boundedProvider(provider: Provider, { time, final, remembered, address }: Bounds): Provider {
  let reads = 0;
  const getLogs = async (filter: Filter | FilterByBlockHash): Promise<readonly Log[]> => {
    if (++reads > DID_MAX_EVENTS) throw new HealthpassError('chain-inconsistent', 'the DID has more events than are read');
    const { fromBlock } = filter as Filter; // the resolver asks block by block
    const key = `${address} ${String(fromBlock)}`;
    const known = remembered.get(key);
    if (known) return known;
    const logs = await provider.getLogs(filter);
    if (Number(fromBlock) <= final) {
      if (remembered.size >= MOST_REMEMBERED) remembered.clear(); // whoever asks for many DIDs makes it read again, and no more
      remembered.set(key, logs);
    }
    return logs;
  };
  const getBlock = async (tag: BlockTag) => ({ number: Number(tag), timestamp: time }) as Block; // all that is read of it
  const own = { getLogs, getBlock } as const;
  const bounded: Provider = new Proxy(provider, {
    get(target, name) {
      if (name === 'provider') return bounded; // contracts ask their provider for its provider
      if (name === 'getLogs' || name === 'getBlock') return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
  return bounded;
}

async function reaching<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new HealthpassError('chain-unavailable', 'the chain does not answer', { cause });
  }
}
