// The local index of the care contracts: follows them through endpoints that are not trusted, answers at once, and says how old what it knows is.
// What newest blocks take away counts at once; what they give counts too, and goes with them when the chain takes them back. Browser-safe.
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { BlockRef } from '#passport/trust.ts';
import { ROLES, roleBit, type Address, type Role } from '#records/model/members.ts';
import type { CareContract } from '#records/model/typed-data.ts';
import type { CheckpointStore } from '../chain-index/chain-index.ts';
import { quorumOf, type EndpointsOptions } from '../chain-index/quorum.ts';
import { createBlockReader } from '../chain-index/reader.ts';
import { repeat, type Repeating } from '../chain-index/repeating.ts';
import { ask } from './ask.ts';
import {
  isSuspended, pairKey, stands, type Anchor, type CareBook, type DelegationOnChain, type EmergencyOnChain, type RoleTermsOnChain, type UseOfPrescription,
} from './book.ts';
import { decodeCareCheckpoint, encodeCareCheckpoint } from './checkpoint.ts';
import type { CareDeployment } from './deployment.ts';
import { createCareEventReader, type Bytes32, type CareEvent } from './events.ts';
import { followCare, followedFrom, newestOf, type Followed, type Outcome } from './follow.ts';

export type CareReaderOptions = EndpointsOptions & {
  readonly deployment: CareDeployment;
  /** Keeps what is final between runs, and lets nobody change it. */
  readonly store?: CheckpointStore;
  /** Unix time. */
  readonly now?: () => number;
};

export type CareSync = { readonly finalized: BlockRef; readonly latest: BlockRef; readonly events: number; readonly reorganised: boolean };
export type MemberOnChain = { readonly roles: readonly (RoleTermsOnChain & { readonly role: Role; readonly suspended: boolean })[] };

/** All but `sync`, `follow`, `onEvents`, `freshness` and `nonceOf` throw HealthpassError `no-trust-data` before the first sync. */
export type CareReader = {
  /** Reads up to the newest block, beginning after it was asked for. On an error what was known stays, and grows old. @throws HealthpassError `chain-unavailable`, `chain-inconsistent` */
  readonly sync: (signal?: AbortSignal) => Promise<CareSync>;
  /** Syncs until aborted. Failures are reported and tried again. */
  readonly follow: (options: Repeating<CareSync>) => Promise<void>;
  /** Told of what was read, and of what the chain took back, once it counts here; not of what was read before. */
  readonly onEvents: (listener: (events: readonly CareEvent[]) => void) => void;
  /** The newest block that was read, and when; undefined before the first sync. */
  readonly freshness: () => { readonly block: BlockRef; readonly readAt: UnixSeconds } | undefined;
  /** Roles that were granted and not withdrawn, over or not; undefined for whoever never had one. */
  readonly memberOf: (member: Address) => MemberOnChain | undefined;
  readonly hasRole: (member: Address, role: Role, now: number) => boolean;
  /** Roles that a body is responsible for; none for whoever is no body. */
  readonly bodyRoles: (body: Address) => readonly Role[];
  readonly bodies: () => readonly { readonly body: Address; readonly roles: readonly Role[] }[];
  /** What counts under an id; undefined for nothing. Its times are in it. */
  readonly grantOf: (owner: Address, id: Bytes32) => Bytes32 | undefined;
  readonly delegateOf: (owner: Address, delegate: Address) => DelegationOnChain | undefined;
  /** Roots of a gateway after a sequence, in order. */
  readonly anchorsOf: (gateway: Address, after?: number) => readonly Anchor[];
  readonly emergencyOf: (id: Bytes32) => EmergencyOnChain | undefined;
  /** Whether access is released: enough approvals, no review yet, not over, and who asked is a hospital still. */
  readonly isReleased: (id: Bytes32, now: number) => boolean;
  /** Institutions that must approve an emergency. */
  readonly quorum: () => number;
  readonly useOf: (nullifier: Bytes32) => UseOfPrescription | undefined;
  readonly isDispensed: (nullifier: Bytes32) => boolean;
  /** The nonce that the signer's next statement to a contract must carry, asked of the chain: no event tells it. @throws HealthpassError `chain-unavailable`, `chain-inconsistent` */
  readonly nonceOf: (contract: CareContract, signer: Address, signal?: AbortSignal) => Promise<bigint>;
};

/** Final blocks after which a checkpoint is written anew: as many as are read one by one in a moment. */
const CHECKPOINT_EVERY = 256;

/** @throws HealthpassError `configuration-invalid` */
export function createCareReader(options: CareReaderOptions): CareReader {
  const { deployment, store, now = () => Date.now() / 1000 } = options;
  const quorum = quorumOf(options);
  const reader = createBlockReader(quorum, { chainId: deployment.chainId, addresses: Object.values(deployment.contracts) });
  const readEvent = createCareEventReader(deployment);
  let known: { readonly followed: Followed; readonly readAt: UnixSeconds; readonly quorum: number } | undefined;
  const inTurn = createTurns();
  const listeners: ((events: readonly CareEvent[]) => void)[] = [];
  let saved: BlockRef | undefined;

  const followFrom = (before: Followed | undefined, signal?: AbortSignal) => followCare(before, { reader, readEvent, origin: Math.max(0, deployment.block - 1), signal });
  /** From what is known, else from the checkpoint. One that leads nowhere is worth nothing: the chain is read from the start then. */
  const advance = async (signal?: AbortSignal): Promise<Outcome> => {
    if (known || !store) return followFrom(known?.followed, signal);
    const final = decodeCareCheckpoint(await store.load(), deployment);
    saved = final?.ref;
    try {
      return await followFrom(final && followedFrom(final), signal);
    } catch (error) {
      if (!final || !(error instanceof HealthpassError) || error.code !== 'chain-inconsistent') throw error;
      saved = undefined;
      return followFrom(undefined, signal);
    }
  };
  const save = async ({ final }: Followed, isAnew: boolean): Promise<void> => {
    if (!store || (saved && !isAnew && final.ref.number < saved.number + CHECKPOINT_EVERY)) return;
    await store.save(encodeCareCheckpoint(final, deployment));
    saved = final.ref;
  };

  const syncOnce = async (signal?: AbortSignal): Promise<CareSync> => {
    const startedAt = Math.floor(now()) as UnixSeconds;
    const { followed, events, undone, reorganised, behind } = await advance(signal);
    const approvals = known?.quorum ?? Number(await ask(quorum, deployment, 'EmergencyAccess', 'quorum', [], newestOf(followed).number, signal));
    known = { followed, readAt: behind && known ? known.readAt : startedAt, quorum: approvals };
    for (const listener of listeners) listener([...undone, ...events]);
    await save(followed, reorganised);
    return { finalized: followed.final.ref, latest: newestOf(followed), events: events.length, reorganised };
  };
  const read = () => known ?? unread();
  const view = (): CareBook => read().followed.view;
  const hasRole: CareReader['hasRole'] = (member, role, at) => {
    const record = view().members.get(member);
    return record !== undefined && stands(record, role, at);
  };

  const care: CareReader = {
    sync: (signal) => inTurn(() => syncOnce(signal), signal),
    onEvents: (listener) => void listeners.push(listener),
    follow: (repeating) => repeat(care.sync, repeating),
    freshness: () => known && { block: newestOf(known.followed), readAt: known.readAt },
    memberOf(member) {
      const record = view().members.get(member);
      return record && { roles: [...record.roles].map(([role, terms]) => ({ role, ...terms, suspended: isSuspended(record, role) })) };
    },
    hasRole,
    bodyRoles: (body) => rolesOf(view().bodies.get(body) ?? 0),
    bodies: () => [...view().bodies.entries()].map(([body, roles]) => ({ body: body as Address, roles: rolesOf(roles) })), // keys are addresses
    grantOf: (owner, id) => view().grants.get(pairKey(owner, id)),
    delegateOf: (owner, delegate) => view().delegates.get(pairKey(owner, delegate)),
    anchorsOf: (gateway, after = 0) => Array.from({ length: Math.max(0, (view().heads.get(gateway) ?? 0) - after) }, (_, i) => view().anchors.get(pairKey(gateway, after + 1 + i))!), // all up to the head are there
    emergencyOf: (id) => view().emergencies.get(id),
    isReleased(id, at) {
      const emergency = view().emergencies.get(id);
      if (emergency === undefined || emergency.review || at >= emergency.until || !hasRole(emergency.institution, 'hospital', at)) return false;
      return emergency.approvals.filter((institution) => hasRole(institution, 'hospital', at)).length >= read().quorum;
    },
    quorum: () => read().quorum,
    useOf: (nullifier) => view().uses.get(nullifier),
    isDispensed: (nullifier) => view().uses.get(nullifier)?.use === 'dispensed',
    nonceOf: (contract, signer, signal) => ask(quorum, deployment, contract, 'nonces', [signer], 'latest', signal),
  };
  return care;
}

const rolesOf = (mask: number): Role[] => ROLES.filter((role) => (mask >> roleBit(role)) & 1);

function unread(): never {
  throw new HealthpassError('no-trust-data', 'the care contracts were not read yet');
}

/** One reading at a time. Who asks while one runs waits for the next, since the one that runs may have passed the block that it is about. */
function createTurns() {
  let running: Promise<unknown> = Promise.resolve();
  let waiting: { readonly signal: AbortSignal | undefined; readonly result: Promise<CareSync> } | undefined;
  return (work: () => Promise<CareSync>, signal: AbortSignal | undefined): Promise<CareSync> => {
    if (waiting && waiting.signal === signal) return waiting.result;
    const mine = { signal, result: running.then(() => { if (waiting === mine) waiting = undefined; return work(); }) };
    waiting = mine;
    running = mine.result.catch(() => undefined);
    return mine.result;
  };
}
