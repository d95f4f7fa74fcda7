// What the issuer needs of the chain: what is known, and its own kinds of transaction besides those of status lists. Each goes through the outbox
// and answers when its block is mined.
import { HealthpassError, type ClaimsKey, type TrustState } from '#passport';
import { publishAnchor, rotateClaimsKey, type Call, type Deployment } from '#contracts';
import type { Database, Queryable } from '#server';
import { anchorName, claimsKeyName, ITSELF, type Actor, type Outbox } from './outbox/index.ts';

export type IssuerChain = {
  /** The state of the chain, read again now. */
  readonly trust: () => Promise<TrustState>;
  /** Writes down within `tx` that a root is to be anchored, unless that was done. */
  readonly writeAnchor: (tx: Queryable, list: number, root: string, actor?: Actor) => Promise<number>;
  readonly anchor: (list: number, root: string, actor?: Actor) => Promise<void>;
  readonly rotateClaimsKey: (key: ClaimsKey, actor?: Actor) => Promise<void>;
  /** Changes of the issuer's DID document, in order. `id` names the intent, so that a repetition sends nothing twice. */
  readonly sendDidCalls: (id: string, calls: readonly Call[], actor?: Actor) => Promise<void>;
};

export type IssuerChainDeps = {
  readonly deployment: Deployment;
  readonly did: string;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly sync: () => Promise<TrustState>;
};

/** The chain as one issuer writes it. */
export function createIssuerChain({ deployment, did, database, outbox, sync }: IssuerChainDeps): IssuerChain {
  const make = async (write: (tx: Queryable) => Promise<number>) => {
    const id = await database.transaction(write);
    outbox.nudge();
    await outbox.settled(id);
  };
  const writeAnchor: IssuerChain['writeAnchor'] = (tx, list, root, actor = ITSELF) => outbox.writeCalls(
    tx, actor, { name: anchorName(root), kind: 'anchor', calls: [publishAnchor(deployment, list, root)] }, { action: 'anchor.publish', target: root });
  return {
    trust: sync,
    writeAnchor,
    anchor: (list, root, actor) => make((tx) => writeAnchor(tx, list, root, actor)),
    async rotateClaimsKey(key, actor = ITSELF) {
      const issuer = (await sync()).issuers.find((record) => record.did === did);
      if (!issuer) throw new HealthpassError('issuer-not-accredited', 'the issuer is not in the registry', { field: 'issuer' });
      const calls = [rotateClaimsKey(deployment, issuer.id, key)];
      await make((tx) => outbox.writeCalls(tx, actor, { name: claimsKeyName(key), kind: 'claims-key', calls }, { action: 'claims-key.rotate', target: did }));
    },
    sendDidCalls: (id, calls, actor = ITSELF) => make((tx) => outbox.writeCalls(tx, actor, { name: id, kind: 'did-keys', calls }, { action: 'did-keys.change', target: did })),
  };
}
