// The anchors of one gateway, and when it had its role: what checking an account of accesses takes of the chain, without following the rest. Browser-safe.
import { zeroPadValue } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { BlockRef } from '#passport/trust.ts';
import type { Address } from '#records/model/members.ts';
import type { RawLog } from '../chain-index/events.ts';
import { quorumOf, type EndpointsOptions } from '../chain-index/quorum.ts';
import { createBlockReader, type BlockReader } from '../chain-index/reader.ts';
import { ask } from './ask.ts';
import { createBook, stands, writeEvent, type Anchor } from './book.ts';
import type { CareDeployment } from './deployment.ts';
import { createCareEventReader, type CareEvent } from './events.ts';

export type GatewayOptions = EndpointsOptions & {
  readonly deployment: CareDeployment;
  readonly gateway: Address;
  /** Where to begin reading anchors, and how many there are before it: the deployment and none, unless those before are known. */
  readonly since?: { readonly block: number; readonly anchors: number } | undefined;
  readonly signal?: AbortSignal;
};

/** A stretch in which the address was a gateway. */
export type RoleStretch = { readonly from: UnixSeconds; readonly until: UnixSeconds };
export type GatewayOnChain = {
  /** In order, without a gap up to the last that there is; with the number of their blocks. */
  readonly anchors: readonly (Anchor & { readonly block: number })[];
  readonly roles: readonly RoleStretch[];
  /** The newest block, up to which this was read: the next reading may begin after it. */
  readonly block: BlockRef;
};

/**
 * Reads what the chain says of one gateway: for whoever checks it without believing it.
 * @throws HealthpassError `chain-unavailable`; `chain-inconsistent` also when an anchor is missing; `configuration-invalid`
 */
export async function readGateway({ deployment, gateway, since = { block: deployment.block, anchors: 0 }, signal, ...endpoints }: GatewayOptions): Promise<GatewayOnChain> {
  const quorum = quorumOf(endpoints);
  const { chainId, contracts } = deployment;
  // Both kinds of event name the gateway first.
  const readerOf = (contract: Address) => createBlockReader(quorum, { chainId, addresses: [contract], topics: [null, zeroPadValue(gateway, 32)] });
  const [log, registry] = [readerOf(contracts.AccessLog), readerOf(contracts.RoleRegistry)];
  const { latest } = await log.heads(signal);
  const [head] = await log.headers([latest], signal);
  const readEvent = createCareEventReader(deployment);
  const anchored = await allLogs(log, since.block, latest, signal);
  const changes = await allLogs(registry, deployment.block, latest, signal);
  const headers = await registry.headers([...new Set(changes.map(({ block }) => block))], signal);
  const times = new Map(headers.map((header) => [header.number, header.time]));
  const count = Number(await ask(quorum, deployment, 'AccessLog', 'headOf', [gateway], latest, signal));
  return {
    anchors: anchorsIn(anchored.map((raw) => [readEvent(raw), raw.block]), count, since.anchors),
    roles: stretchesOf(gateway, changes.map((change) => [readEvent(change), times.get(change.block)!])), // asked for above
    block: { number: latest, hash: head!.hash, time: head!.time }, // one number, one header
  };
}

/** A block by its number. @throws HealthpassError as `readGateway` */
export async function readBlock({ deployment: { chainId }, number, signal, ...endpoints }: Omit<GatewayOptions, 'gateway' | 'since'> & { readonly number: number }): Promise<BlockRef> {
  const [block] = await createBlockReader(quorumOf(endpoints), { chainId, addresses: [] }).headers([number], signal);
  return block!; // one number, one header
}

async function allLogs(reader: BlockReader, from: number, to: number, signal?: AbortSignal): Promise<RawLog[]> {
  const all: RawLog[] = [];
  for await (const { logs } of reader.logs(from, to, signal)) all.push(...logs);
  return all;
}

function anchorsIn(events: readonly (readonly [event: CareEvent | undefined, block: number])[], count: number, before: number): GatewayOnChain['anchors'] {
  const anchors = events.flatMap(([event, block]) => (event?.kind === 'anchored' ? [{ sequence: event.sequence, root: event.root, time: event.time, block }] : []));
  if (anchors.length !== count - before || anchors.some(({ sequence }, i) => sequence !== before + 1 + i)) {
    throw new HealthpassError('chain-inconsistent', 'an anchor is missing', { field: 'anchors' });
  }
  return anchors;
}

function stretchesOf(gateway: Address, events: readonly (readonly [event: CareEvent | undefined, time: UnixSeconds])[]): RoleStretch[] {
  const book = createBook();
  const stretches: RoleStretch[] = [];
  let open: { readonly from: UnixSeconds; readonly until: UnixSeconds } | undefined;
  for (const [event, time] of events) {
    if (event?.kind !== 'role-granted' && event?.kind !== 'role-withdrawn' && event?.kind !== 'suspension') continue;
    writeEvent(book, event);
    const member = book.members.get(gateway);
    const until = member && stands(member, 'gateway', time) ? member.roles.get('gateway')!.until : undefined;
    if (open?.until === until) continue;
    if (open && open.from < time) stretches.push({ from: open.from, until: Math.min(open.until, time) as UnixSeconds });
    open = until === undefined ? undefined : { from: time, until };
  }
  return open ? [...stretches, open] : stretches;
}
