// Reading the events of one DID. The registry links them: `changed` names the block of the last one, and each event the block of
// the one before, so a node that leaves one out or makes one up contradicts itself or the link.
import { toUtf8String, zeroPadValue, type Log, type Provider } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { DidDeployment } from './did.ts';
import { DID_REGISTRY } from './registry.ts';

/** Most events of a DID that are read; an issuer that changes keys daily for a year stays below. */
export const DID_MAX_EVENTS = 1000;

/** The part of an ethers provider that reading takes. */
export type ChainReader = Pick<Provider, 'call' | 'getLogs' | 'getBlock'>;

type Placed = { readonly block: number; readonly time: UnixSeconds };
export type DidEvent = Placed & (
  | { readonly kind: 'owner'; readonly owner: string }
  | { readonly kind: 'delegate' }
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string; readonly validTo: bigint }
);

/** Block of the last change of a DID, 0 without one: what a cache of its keys hangs on. */
export async function readLastChange(provider: ChainReader, deployment: DidDeployment, address: string): Promise<number> {
  const data = DID_REGISTRY.encodeFunctionData('changed', [address]);
  const answer = await reaching(() => provider.call({ to: deployment.didRegistry, data, blockTag: 'latest' }));
  if (!/^0x[0-9a-f]{64}$/.test(answer)) throw inconsistent('no DID registry answers at its address');
  return Number(BigInt(answer));
}

/**
 * All events of a DID up to a block, oldest first.
 * @throws HealthpassError `chain-unavailable`, `chain-inconsistent` (also: too many events)
 */
export async function readDidEvents(provider: ChainReader, deployment: DidDeployment, address: string, toBlock: number): Promise<DidEvent[]> {
  const newestFirst: DidEvent[] = [];
  let seen = 0;
  for (let block = await readLastChange(provider, deployment, address); block !== 0;) {
    const { events, logs, previous } = await readBlock(provider, deployment, address, block);
    seen += logs;
    if (seen > DID_MAX_EVENTS) throw inconsistent('the DID has more events than are read');
    if (block <= toBlock) newestFirst.push(...events.reverse());
    block = previous;
  }
  return newestFirst.reverse();
}

async function readBlock(provider: ChainReader, deployment: DidDeployment, address: string, block: number) {
  if (block < deployment.deployBlock) throw inconsistent('a DID event lies before the registry');
  const filter = { address: deployment.didRegistry, topics: [null, zeroPadValue(address, 32)], fromBlock: block, toBlock: block };
  const [logs, header] = await reaching(() => Promise.all([provider.getLogs(filter), provider.getBlock(block)]));
  if (!header) throw inconsistent('the block of a DID event is not there');
  const own = logs.filter((log) => log.blockNumber === block && isOf(log, deployment, address)).sort((a, b) => a.index - b.index);
  // Within one block the first event links to an earlier block, the others to this one.
  const links = own.map((log) => Number(DID_REGISTRY.parseLog(log)!.args.previousChange as bigint));
  const [previous] = links;
  if (previous === undefined || previous >= block || links.slice(1).some((link) => link !== block)) throw inconsistent('the events of a DID are not linked');
  const place = { block, time: header.timestamp as UnixSeconds };
  return { events: own.flatMap((log) => decodeEvent(log, place) ?? []), logs: own.length, previous };
}

/** Logs of other contracts, identities or kinds are what a careless or lying node adds: they are left out, and the links tell. */
const isOf = (log: Log, deployment: DidDeployment, address: string): boolean =>
  log.address.toLowerCase() === deployment.didRegistry.toLowerCase()
  && log.topics[1] === zeroPadValue(address.toLowerCase(), 32)
  && DID_REGISTRY.parseLog(log) !== null;

/** Undefined for an event whose name is not UTF-8, which resolvers do not count either. */
function decodeEvent(log: Log, place: Placed): DidEvent | undefined {
  const { name: kind, args } = DID_REGISTRY.parseLog(log)!; // isOf has parsed it
  if (kind === 'DIDOwnerChanged') return { ...place, kind: 'owner', owner: args.owner as string };
  const name = nameOf((kind === 'DIDDelegateChanged' ? args.delegateType : args.name) as string);
  if (name === undefined) return undefined;
  if (kind === 'DIDDelegateChanged') return { ...place, kind: 'delegate' };
  return { ...place, kind: 'attribute', name, value: args.value as string, validTo: args.validTo as bigint };
}

function nameOf(bytes32: string): string | undefined {
  try {
    return toUtf8String(bytes32).replace(/\0+$/, '');
  } catch {
    return undefined;
  }
}

async function reaching<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new HealthpassError('chain-unavailable', 'the chain does not answer', { cause });
  }
}

const inconsistent = (message: string) => new HealthpassError('chain-inconsistent', message);
