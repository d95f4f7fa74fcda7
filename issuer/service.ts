// The issuer as a whole: its verbs over one store, one chain and one set of keys.
import { HealthpassError, LIST_SIZE, parseFieldElement, type TrustState, type UnixSeconds } from '#passport';
import { BLOCK_SIZE, blockOf, type ResignatureBlock } from '#passport/resignature.ts';
import type { Deployment, StatusAction } from '#contracts';
import type { Database, Principal } from '#server';
import { anchorIssued } from './anchor.ts';
import type { IssuerAgent, SigningKeys } from './agent/index.ts';
import type { IssuerChain } from './chain.ts';
import { createGate } from './gate.ts';
import type { IssuerCertificates } from './certificates/index.ts';
import { issue, secure, type Alongside, type IssueRequest, type IssueResult, type RecordingDeps, type SecuredCopy, type SecureRequest } from './issue.ts';
import { ITSELF, type Actor, type Outbox, type StatusOutcome } from './outbox/index.ts';
import { changeStatus, type StatusOptions } from './revoke.ts';
import type { PatientBook } from './patients/index.ts';
import { isSameKey, prepareClaimsKey, rotateClaimsKey, type ClaimsKeys } from './rotate.ts';
import { createGuide, type Guide } from './rotation/guided.ts';
import { isOver, lastRotation, underWay } from './rotation/table.ts';
import type { AnchorRow, IssuerStore } from './store.ts';
import { untilFinal } from './until-final.ts';

export type IssuerDeps = {
  readonly did: string;
  readonly deployment: Deployment;
  readonly lists: readonly number[];
  readonly listUrl: (list: number) => string;
  readonly database: Database;
  readonly store: IssuerStore;
  readonly patients: PatientBook;
  readonly chain: IssuerChain;
  readonly outbox: Outbox;
  /** What is known of the chain, a few seconds old at most. */
  readonly trust: () => Promise<TrustState>;
  readonly agent: IssuerAgent;
  readonly claimsKeys: ClaimsKeys;
  readonly certificates?: IssuerCertificates | undefined;
  readonly now: () => UnixSeconds;
  readonly onStep?: (says: string) => void;
};

export type Rotation = { readonly claims?: { readonly key: { x: string; y: string }; readonly signedAgain: number }; readonly did?: { readonly vc: string; readonly sd: string } };

export type IssuerService = {
  readonly did: string;
  readonly now: () => UnixSeconds;
  readonly issue: (request: IssueRequest, principal: Principal) => Promise<IssueResult>;
  /** Makes credentials in single forms, as `secure` of issue.ts does, and not while a key changes hands. */
  readonly secure: (requests: readonly SecureRequest[], alongside?: Alongside, reserve?: number) => Promise<SecuredCopy[][]>;
  /** The keys that sign now, as anybody may know them. */
  readonly signingKeys: () => Promise<SigningKeys>;
  readonly patients: PatientBook;
  /** Of credentials or of whole issuances. Durable at once, answered when mined. @throws see revoke.ts */
  readonly changeStatus: (action: StatusAction, ids: readonly string[], options: StatusOptions) => Promise<StatusOutcome[]>;
  /** Rotates the claims key, the keys of the DID document, or both. What was issued is anchored first. */
  readonly rotate: (keys: 'claims' | 'did' | 'all', actor?: Actor) => Promise<Rotation>;
  /** The same, step by step, with a way back. */
  readonly guide: Guide;
  /** Ends a rotation that a crash left half done, if there is one; goes on with one that is led step by step. For starts. */
  readonly finishRotation: () => Promise<void>;
  /** Anchors what is not anchored yet. @returns how many anchors went out */
  readonly anchor: (actor?: Actor) => Promise<number>;
  /** What waits to be written to the chain. */
  readonly chainWrites: Outbox['state'];
  readonly lag: Outbox['lag'];
  readonly anchorByRoot: (root: string) => Promise<AnchorRow | undefined>;
  /** Signatures that the last rotation made again, a whole block. @throws HealthpassError `index-out-of-range` */
  readonly resignatures: (list: number, block: number) => Promise<ResignatureBlock>;
};

export function createIssuerService(deps: IssuerDeps): IssuerService {
  const { database, store, chain, outbox, agent, claimsKeys, now, lists } = deps;
  const gate = createGate();
  let signing: Promise<SigningKeys> | undefined;
  const signingKeys = () => (signing ??= agent.signingKeys().catch((error: unknown) => {
    signing = undefined;
    throw error;
  }));
  const anchorDeps = { store, chain, lists, now };

  /** Makes new keys, lists them, and signs with them from then on. What the old ones signed is anchored while they are still listed. */
  async function switchDidKeys(actor?: Actor): Promise<void> {
    deps.onStep?.('listing new keys in the DID document');
    const added = await agent.listNewKeys();
    await chain.sendDidCalls(added.id, added.calls, actor);
    const next = await agent.signingKeys();
    await untilFinal(deps, (trust) => isListed(trust, deps.did, [next.vc.kid, next.sd.kid]));
    await gate.pause(async () => {
      signing = undefined;
      await signingKeys();
      deps.onStep?.('anchoring what was issued');
      await anchorIssued(anchorDeps, actor);
    });
  }
  async function retireDidKeys(actor?: Actor): Promise<void> {
    deps.onStep?.('retiring the old keys');
    const retired = await agent.retireOldKeys();
    await chain.sendDidCalls(retired.id, retired.calls, actor);
    await agent.eraseRetiredKeys();
  }
  /** The old keys, which are listed still, sign again; what the new ones signed is anchored before they go. */
  const withdrawDidKeys = (actor?: Actor): Promise<void> => gate.pause(async () => {
    deps.onStep?.('anchoring what was issued');
    await anchorIssued(anchorDeps, actor);
    deps.onStep?.('taking the new keys back');
    const change = await agent.withdrawNewKeys();
    await chain.sendDidCalls(change.id, change.calls, actor);
    await agent.eraseWithdrawnKeys();
    signing = undefined;
    await signingKeys();
  });
  async function rotateDidKeys(actor?: Actor): Promise<{ vc: string; sd: string }> {
    await switchDidKeys(actor);
    await retireDidKeys(actor);
    const keys = await signingKeys();
    return { vc: keys.vc.kid, sd: keys.sd.kid };
  }
  const rotateClaims = (actor?: Actor) => rotateClaimsKey({
    ...anchorDeps, keys: claimsKeys, pauseIssuing: gate.pause, did: deps.did, ...(deps.onStep ? { onStep: deps.onStep } : {}), ...(actor && { actor }),
  });

  async function rotate(keys: 'claims' | 'did' | 'all', actor?: Actor): Promise<Rotation> {
    const claims = keys === 'did' ? undefined : await rotateClaims(actor);
    const did = keys === 'claims' ? undefined : await rotateDidKeys(actor);
    return {
      ...(claims ? { claims: { key: { x: claims.key.x.toString(), y: claims.key.y.toString() }, signedAgain: claims.signedAgain } } : {}),
      ...(did ? { did } : {}),
    };
  }
  /** A key in use was final before: where the chain shows another, it has lost its last blocks, and gets them again from the outbox. Bounded: then issuing says what is wrong. */
  async function untilKeyIsBack(): Promise<void> {
    const { publicKey } = await claimsKeys.current();
    for (let tries = 0; tries < 60; tries++) {
      const record = (await chain.trust()).issuers.find((issuer) => issuer.did === deps.did);
      if (record && isSameKey(record.claimsKey, publicKey)) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  let rotating: Promise<unknown> = Promise.resolve();
  /** One rotation after the other: the next would retire what the first has just listed. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = rotating.then(work);
    rotating = next.catch(() => {});
    return next;
  };
  async function rotateAtOnce(keys: 'claims' | 'did' | 'all', actor?: Actor): Promise<Rotation> {
    const last = await lastRotation(database);
    if (last && !isOver(last)) throw underWay();
    return rotate(keys, actor);
  }
  const guide = createGuide({
    database, now, inTurn, itself: ITSELF,
    steps: {
      prepareClaims: () => prepareClaimsKey({ ...anchorDeps, keys: claimsKeys }),
      async discardClaims() {
        const pair = await claimsKeys.prepared();
        if (pair) await store.forgetResignatures(pair.publicKey.x.toString());
        await claimsKeys.discardPrepared();
      },
      // A crash after the change leaves nothing to do.
      switchClaims: async (actor) => ((await claimsKeys.next()) ?? (await claimsKeys.prepared()) ? rotateClaims(actor) : undefined),
      switchDid: switchDidKeys, withdrawDid: withdrawDidKeys,
      retireDid: async (actor) => ((await agent.isRotating()) ? retireDidKeys(actor) : undefined),
      signedAhead: async () => {
        const pair = await claimsKeys.prepared();
        return pair ? store.countResignatures(pair.publicKey.x.toString()) : 0;
      },
    },
  });

  const issuing: RecordingDeps = {
    patients: deps.patients,
    did: deps.did, chainId: deps.deployment.chainId, statusRegistry: deps.deployment.contracts.StatusRegistry, listUrl: deps.listUrl,
    store, trust: deps.trust, agent: agent.credentials, signingKeys, claimsKey: claimsKeys.current, certificates: deps.certificates, now,
  };
  return {
    did: deps.did,
    now,
    signingKeys,
    patients: deps.patients,
    issue: (request, principal) => gate.pass(() => issue(issuing, request, principal)),
    secure: (requests, alongside, reserve) => gate.pass(() => secure(issuing, requests, alongside, reserve)),
    changeStatus: (action, ids, options) => changeStatus({ database, store, outbox, patients: deps.patients }, action, ids, options),
    chainWrites: outbox.state,
    lag: outbox.lag,
    rotate: (keys, actor) => inTurn(() => rotateAtOnce(keys, actor)),
    guide,
    async finishRotation() {
      if (await claimsKeys.next()) await inTurn(() => rotate('claims'));
      if (!(await guide.resume()) && await agent.isRotating()) await inTurn(() => rotate('did'));
      await untilKeyIsBack();
    },
    anchor: (actor) => anchorIssued(anchorDeps, actor),
    anchorByRoot: store.anchorByRoot,
    async resignatures(list, block) {
      if (block > blockOf(LIST_SIZE - 1)) throw new HealthpassError('index-out-of-range', 'there is no such block', { field: 'block' });
      const { publicKey: key } = await claimsKeys.current();
      const rows = await store.resignatures(list, key.x.toString(), block * BLOCK_SIZE, (block + 1) * BLOCK_SIZE);
      const signatures = rows.map(({ index, R8x, R8y, S }) => [index, { R8x: parseFieldElement(R8x), R8y: parseFieldElement(R8y), S: BigInt(S) }] as const);
      return { list, block, key, signatures: new Map(signatures) };
    },
  };
}

/** Whether an issuer's document lists keys in a final block: before that nobody takes what they sign. */
function isListed({ issuers, finalized }: TrustState, did: string, kids: readonly string[]): boolean {
  const keys = issuers.find((issuer) => issuer.did === did)?.keys ?? [];
  return kids.every((kid) => keys.some((key) => key.kid === kid && key.since <= finalized.time));
}
