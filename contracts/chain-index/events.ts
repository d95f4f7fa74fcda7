// Logs of the three contracts as typed events. A log that our contracts cannot have emitted is a lie, not an event. Browser-safe.
import { type Interface, type LogDescription } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import { isFieldElement, type FieldElement } from '#passport/field.ts';
import { LIST_WORDS, REGISTRY_DEPTH, WORD_BITS } from '#passport/limits.ts';
import type { IssuerStatus } from '#passport/trust.ts';
import type { StatusAction } from '../status.ts';
import { ISSUER_REGISTRY, REGISTRY_TREE_CONTRACT, STATUS_REGISTRY, type Deployment } from '../deployment.ts';

/** A log as endpoints give it, checked for form. */
export type RawLog = {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly block: number;
  readonly blockHash: string;
  readonly index: number;
};

export type SystemEvent =
  | { readonly kind: 'issuer-added'; readonly issuer: number; readonly identity: string }
  | { readonly kind: 'issuer-described'; readonly issuer: number; readonly name: string; readonly accreditedBy: string }
  | { readonly kind: 'standing'; readonly issuer: number; readonly status: IssuerStatus }
  | { readonly kind: 'key'; readonly issuer: number; readonly x: FieldElement; readonly y: FieldElement }
  | { readonly kind: 'list-assigned'; readonly issuer: number; readonly list: number }
  | { readonly kind: 'leaf'; readonly slot: number; readonly leaf: FieldElement }
  | { readonly kind: 'root'; readonly root: FieldElement; readonly epoch: number; readonly time: number }
  | { readonly kind: 'status'; readonly action: StatusAction; readonly list: number; readonly root: FieldElement; readonly masks: readonly (readonly [number, bigint])[] }
  | { readonly kind: 'root-corrected'; readonly list: number; readonly root: FieldElement }
  | { readonly kind: 'anchored'; readonly list: number; readonly root: string };

/** Bytes of a name; the contract allows no more. */
const MAX_TEXT = 200;
/** Hex digits of the data of one log: more than the fullest batch that fits a transaction. */
const MAX_DATA = 1_000_000;
const STANDINGS: readonly (IssuerStatus | undefined)[] = [undefined, 'active', 'suspended', 'removed'];
const HASH = /^0x[0-9a-f]{64}$/;
const QUANTITY = /^0x(?:0|[1-9a-f][0-9a-f]{0,12})$/;

/**
 * Checks the form of an answer to `eth_getLogs`.
 * @throws HealthpassError `chain-inconsistent`
 */
export function parseLogs(answer: unknown, { from, to, limit }: { from: number; to: number; limit: number }): RawLog[] {
  if (!Array.isArray(answer) || answer.length > limit) throw lie('a list of logs has no usable form');
  const logs = answer.map(parseLog);
  logs.forEach((log, i) => {
    const before = logs[i - 1];
    if (log.block < from || log.block > to) throw lie('a log lies outside the blocks asked for');
    if (before && (log.block < before.block || (log.block === before.block && (log.index <= before.index || log.blockHash !== before.blockHash)))) {
      throw lie('logs are out of order');
    }
  });
  return logs;
}

function parseLog(answer: unknown): RawLog {
  const { address, topics, data, blockNumber, blockHash, logIndex, removed } = (answer ?? {}) as Record<string, unknown>;
  const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);
  if (
    removed === true || !isText(address, /^0x[0-9a-fA-F]{40}$/) || !isText(blockHash, HASH) || !isText(blockNumber, QUANTITY) || !isText(logIndex, QUANTITY)
    || typeof data !== 'string' || data.length > MAX_DATA || !/^0x(?:[0-9a-f]{2})*$/.test(data)
    || !Array.isArray(topics) || topics.length > 4 || !topics.every((topic) => isText(topic, HASH))
  ) throw lie('a log has no usable form');
  return { address: address.toLowerCase(), topics: topics as string[], data, block: Number(blockNumber), blockHash, index: Number(logIndex) };
}

/** Reads the logs of one system. Undefined for events that readers do not need. */
export function createEventReader({ contracts }: Deployment): (log: RawLog) => SystemEvent | undefined {
  const readers = new Map<string, readonly [Interface, Readonly<Record<string, Decoder>>]>([
    [contracts.IssuerRegistry.toLowerCase(), [ISSUER_REGISTRY, ISSUER_EVENTS]],
    [contracts.RegistryTree.toLowerCase(), [REGISTRY_TREE_CONTRACT, TREE_EVENTS]],
    [contracts.StatusRegistry.toLowerCase(), [STATUS_REGISTRY, STATUS_EVENTS]],
  ]);
  return (log) => {
    const reader = readers.get(log.address);
    if (!reader) throw lie('a log is of another contract');
    const [contract, decoders] = reader;
    let parsed: LogDescription | null;
    try {
      parsed = contract.parseLog(log);
    } catch (cause) {
      throw new HealthpassError('chain-inconsistent', 'a log cannot be decoded', { cause });
    }
    if (!parsed) throw lie('a log is of no event of its contract');
    return decoders[parsed.name]?.(parsed.args as unknown as Arguments); // named arguments, read one by one below
  };
}

type Arguments = Readonly<Record<string, unknown>>;
type Decoder = (args: Arguments) => SystemEvent;

const ISSUER_EVENTS: Readonly<Record<string, Decoder>> = {
  IssuerAdded: (a) => ({ kind: 'issuer-added', issuer: small(a.issuer), identity: String(a.identity) }),
  IssuerDescribed: (a) => ({ kind: 'issuer-described', issuer: small(a.issuer), name: text(a.name), accreditedBy: text(a.accreditedBy) }),
  StandingSet: (a) => ({ kind: 'standing', issuer: small(a.issuer), status: STANDINGS[small(a.standing)] ?? refuse('a standing is of no known kind') }),
  KeySet: (a) => ({ kind: 'key', issuer: small(a.issuer), x: field(a.x), y: field(a.y) }),
  ListAssigned: (a) => ({ kind: 'list-assigned', issuer: small(a.issuer), list: small(a.list) }),
};

const TREE_EVENTS: Readonly<Record<string, Decoder>> = {
  LeafSet: (a) => ({ kind: 'leaf', slot: small(a.slot, 2 ** REGISTRY_DEPTH), leaf: field(a.leaf) }),
  RootSet: (a) => ({ kind: 'root', root: field(a.root), epoch: small(a.epoch), time: small(a.time) }),
};

const status = (action: StatusAction): Decoder => (a) => ({ kind: 'status', action, list: small(a.list), root: field(a.root), masks: masks(a.changes) });

const STATUS_EVENTS: Readonly<Record<string, Decoder>> = {
  Revoked: status('revoke'),
  Suspended: status('suspend'),
  Reinstated: status('reinstate'),
  RootCorrected: (a) => ({ kind: 'root-corrected', list: small(a.list), root: field(a.root) }),
  Anchored: (a) => ({ kind: 'anchored', list: small(a.list), root: String(a.root) }),
};

const field = (value: unknown): FieldElement => (isFieldElement(value) ? value : refuse('a number in a log is not below r'));
const small = (value: unknown, limit = Number.MAX_SAFE_INTEGER): number => (Number(value) < limit ? Number(value) : refuse('a number in a log is out of range'));

function masks(changes: unknown): [number, bigint][] {
  // ethers decodes an array of structures as such, each with its named members
  return (changes as readonly { word: bigint; mask: bigint }[]).map(({ word, mask }) => {
    if (mask === 0n || mask >> BigInt(WORD_BITS) !== 0n) throw lie('a mask in a log is out of range');
    return [small(word, LIST_WORDS), mask];
  });
}

function text(value: unknown): string {
  if (typeof value !== 'string' || new TextEncoder().encode(value).length > MAX_TEXT) throw lie('a name in a log is too long');
  return value;
}

const lie = (message: string) => new HealthpassError('chain-inconsistent', message);
function refuse(message: string): never {
  throw lie(message);
}
