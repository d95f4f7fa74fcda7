// The keys of accredited issuers' DID documents, read through the same quorum and read again only when the DID registry says so.
import { toQuantity, type Block, type Log } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { ListedKey } from '#passport/trust.ts';
import { didDeployment, type Deployment } from '../deployment.ts';
import { createDid, DID_REGISTRY, readIssuerKeys, type ChainReader as DidChainReader } from '../did/index.ts';
import { parseLogs } from './events.ts';
import type { Quorum } from './quorum.ts';
import type { ChainReader } from './reader.ts';

export type KeyReader = {
  /** Keys by identity, as of a block; undefined for a DID whose events do not hold together or are too many. */
  readonly read: (identities: readonly string[], block: number, signal?: AbortSignal) => Promise<Map<string, readonly ListedKey[] | undefined>>;
  /** After a reorganisation. */
  readonly forget: () => void;
};

type Known = { readonly changed: number; readonly keys: readonly ListedKey[] | undefined };
const AT_ONCE = 100;
const DID_LOGS = 5_000;

export function createKeyReader(quorum: Quorum, reader: ChainReader, deployment: Deployment): KeyReader {
  const known = new Map<string, Known>();
  const registry = deployment.contracts.EthereumDIDRegistry;

  const lastChanges = async (identities: readonly string[], block: number, signal?: AbortSignal): Promise<number[]> => {
    const found: number[] = [];
    for (let i = 0; i < identities.length; i += AT_ONCE) {
      const requests = identities.slice(i, i + AT_ONCE).map((identity) => callRequest(registry, DID_REGISTRY.encodeFunctionData('changed', [identity]), block));
      found.push(...(await quorum.agree(requests, (answers) => answers.map(parseWord), signal)));
    }
    return found;
  };

  const readOne = async (identity: string, block: number, signal?: AbortSignal) => {
    try {
      const chain = didChainReader(quorum, reader, block, signal);
      return await readIssuerKeys(chain, didDeployment(deployment), createDid(deployment.chainId, identity), { toBlock: block });
    } catch (error) {
      // The other issuers do not suffer for a DID that makes no sense.
      if (error instanceof HealthpassError && error.code === 'chain-inconsistent') return undefined;
      throw error;
    }
  };

  return {
    forget: () => known.clear(),
    async read(identities, block, signal) {
      const changes = await lastChanges(identities, block, signal);
      for (const [i, identity] of identities.entries()) {
        const changed = changes[i]!;
        if (known.get(identity)?.changed !== changed) known.set(identity, { changed, keys: changed === 0 ? [] : await readOne(identity, block, signal) });
      }
      return new Map(identities.map((identity) => [identity, known.get(identity)!.keys]));
    },
  };
}

/** What reading DIDs takes of an ethers provider, on top of the quorum and as of one block. */
function didChainReader(quorum: Quorum, reader: ChainReader, block: number, signal?: AbortSignal): DidChainReader {
  return {
    call: ({ to, data }) => quorum.agree([callRequest(String(to), String(data), block)], ([answer]) => `0x${parseHexWord(answer)}`, signal),
    getBlock: async (number) => {
      const [header] = await reader.headers([Number(number)], signal);
      return { timestamp: header!.time } as unknown as Block; // all that is read of it
    },
    getLogs: (filter) => {
      const { address, topics, fromBlock, toBlock } = filter as { address: string; topics: unknown[]; fromBlock: number; toBlock: number }; // as readDidEvents asks
      const params = [{ address, topics, fromBlock: toQuantity(fromBlock), toBlock: toQuantity(toBlock) }];
      return quorum.agree([{ method: 'eth_getLogs', params }], ([answer]) =>
        parseLogs(answer, { from: fromBlock, to: toBlock, limit: DID_LOGS }).map((log) => ({ ...log, blockNumber: log.block }) as unknown as Log), signal); // all that is read of it
    },
  };
}

const callRequest = (to: string, data: string, block: number) => ({ method: 'eth_call', params: [{ to, data }, toQuantity(block)] });

function parseHexWord(answer: unknown): string {
  if (typeof answer !== 'string' || !/^0x[0-9a-f]{64}$/.test(answer)) throw new HealthpassError('chain-inconsistent', 'no DID registry answers at its address');
  return answer.slice(2);
}

const parseWord = (answer: unknown): number => Number(BigInt(`0x${parseHexWord(answer)}`));
