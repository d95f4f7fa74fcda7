// The questions that the index asks of the chain, and the form that answers must have. Browser-safe.
import { toQuantity } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { BlockRef } from '#passport/trust.ts';
import { REGISTRY_TREE_CONTRACT, type Deployment } from '../deployment.ts';
import type { RpcRequest } from './endpoint.ts';
import { isRefusal } from './endpoint.ts';
import { parseLogs, type RawLog } from './events.ts';
import type { Quorum } from './quorum.ts';

export type Header = BlockRef & { readonly parent: string };

/** What reading the events of some contracts takes. */
export type BlockReader = {
  /** Numbers of the finalised and of the newest block. */
  readonly heads: (signal?: AbortSignal) => Promise<{ readonly finalized: number; readonly latest: number }>;
  readonly headers: (numbers: readonly number[], signal?: AbortSignal) => Promise<Header[]>;
  /** All logs of the contracts in a range, in pages. */
  readonly logs: (from: number, to: number, signal?: AbortSignal) => AsyncGenerator<{ readonly to: number; readonly logs: RawLog[] }>;
};

export type ChainReader = BlockReader & {
  /** The root of the registry tree as the contract itself has it. */
  readonly treeRoot: (block: number, signal?: AbortSignal) => Promise<{ readonly root: bigint; readonly epoch: number }>;
};

const HEADERS_AT_ONCE = 100;
const PAGE_BLOCKS = 10_000;
/** Logs on a page; more make the page smaller. */
const PAGE_LOGS = 20_000;
const HASH = /^0x[0-9a-f]{64}$/;
const QUANTITY = /^0x(?:0|[1-9a-f][0-9a-f]{0,12})$/;

export type LogFilter = {
  readonly chainId: number;
  readonly addresses: readonly string[];
  /** What the topics must be, as `eth_getLogs` takes it; any when absent. */
  readonly topics?: readonly (string | null)[];
};

export function createReader(quorum: Quorum, { chainId, contracts }: Deployment): ChainReader {
  return {
    ...createBlockReader(quorum, { chainId, addresses: [contracts.IssuerRegistry, contracts.RegistryTree, contracts.StatusRegistry] }),
    treeRoot: (block, signal) => quorum.agree(
      [{ method: 'eth_call', params: [{ to: contracts.RegistryTree, data: REGISTRY_TREE_CONTRACT.encodeFunctionData('root') }, toQuantity(block)] }],
      ([answer]) => {
        if (typeof answer !== 'string' || !/^0x[0-9a-f]{128}$/.test(answer)) throw inconsistent('no registry tree answers at its address');
        const [root, epoch] = REGISTRY_TREE_CONTRACT.decodeFunctionResult('root', answer);
        return { root: root as bigint, epoch: Number(epoch) };
      }, signal,
    ),
  };
}

export function createBlockReader(quorum: Quorum, { chainId: expected, addresses, topics }: LogFilter): BlockReader {
  const headers: BlockReader['headers'] = async (numbers, signal) => {
    const found: Header[] = [];
    for (let i = 0; i < numbers.length; i += HEADERS_AT_ONCE) {
      const part = numbers.slice(i, i + HEADERS_AT_ONCE);
      found.push(...(await quorum.agree(part.map(blockRequest), (answers) => answers.map((answer, j) => parseHeader(answer, part[j])), signal)));
    }
    return found;
  };
  const page = (from: number, to: number, signal?: AbortSignal) => quorum.agree(
    [{ method: 'eth_getLogs', params: [{ address: addresses, ...(topics && { topics }), fromBlock: toQuantity(from), toBlock: toQuantity(to) }] }],
    ([answer]) => parseLogs(answer, { from, to, limit: PAGE_LOGS }), signal,
  );

  return {
    headers,
    async heads(signal) {
      const requests = [{ method: 'eth_chainId', params: [] }, blockRequest('finalized'), blockRequest('latest')];
      const [finalized, latest] = await quorum.reached(requests, ([chainId, final, newest]) => {
        if (chainId !== toQuantity(expected)) throw new HealthpassError('chain-inconsistent', 'an endpoint serves another chain');
        return [final === null ? 0 : parseHeader(final).number, parseHeader(newest).number];
      }, signal);
      return { finalized: Math.min(finalized!, latest!), latest: latest! };
    },
    async *logs(from, to, signal) {
      for (let size = PAGE_BLOCKS; from <= to;) {
        const end = Math.min(to, from + size - 1);
        try {
          yield { to: end, logs: await page(from, end, signal) };
          from = end + 1;
          size = Math.min(2 * size, PAGE_BLOCKS);
        } catch (error) {
          if (!isRefusal(error) || end === from) throw error;
          size = Math.max(1, Math.floor((end - from) / 4));
        }
      }
    },
  };
}

const blockRequest = (block: number | string): RpcRequest => ({
  method: 'eth_getBlockByNumber', params: [typeof block === 'number' ? toQuantity(block) : block, false],
});

function parseHeader(answer: unknown, expected?: number): Header {
  if (answer === null) throw new HealthpassError('chain-unavailable', 'an endpoint does not have the block yet');
  const { number, hash, parentHash, timestamp } = (answer ?? {}) as Record<string, unknown>;
  const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);
  if (!isText(number, QUANTITY) || !isText(hash, HASH) || !isText(parentHash, HASH) || !isText(timestamp, QUANTITY)) throw inconsistent('a block has no usable form');
  if (expected !== undefined && Number(number) !== expected) throw inconsistent('a block is not the one asked for');
  return { number: Number(number), hash, parent: parentHash, time: Number(timestamp) as UnixSeconds };
}

const inconsistent = (message: string) => new HealthpassError('chain-inconsistent', message);
