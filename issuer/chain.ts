// What the issuer needs of the chain: what is known, and its own kinds of transaction. Each write answers when its block is mined.
import { randomUUID } from 'node:crypto';
import type { ClaimsKey, TrustState } from '#passport';
import {
  changeStatus, publishAnchor, rotateClaimsKey, type Call, type Deployment, type Sender, type StatusAction, type StatusUpdate,
} from '#contracts';

export type IssuerChain = {
  /** The state of the chain, read again now. */
  readonly trust: () => Promise<TrustState>;
  readonly changeStatus: (action: StatusAction, update: StatusUpdate) => Promise<void>;
  readonly anchor: (list: number, root: string) => Promise<void>;
  readonly rotateClaimsKey: (key: ClaimsKey) => Promise<void>;
  /** Changes of the issuer's DID document, in order. `id` names the intent, so that a repetition sends nothing twice. */
  readonly sendDidCalls: (id: string, calls: readonly Call[]) => Promise<void>;
};

export type IssuerChainDeps = {
  readonly deployment: Deployment;
  /** Number of the issuer in the IssuerRegistry. */
  readonly issuer: number;
  readonly sender: Sender;
  readonly sync: () => Promise<TrustState>;
};

/** The chain as one issuer writes it: each call goes through its journalled sender. */
export function createIssuerChain({ deployment, issuer, sender, sync }: IssuerChainDeps): IssuerChain {
  return {
    trust: sync,
    async changeStatus(action, update) {
      // A repetition after a crash is a change of its own: it starts from what the chain shows then, and the contract refuses any root but the current one.
      await sender.send(changeStatus(deployment, action, update), { id: `${action}:${randomUUID()}` });
    },
    anchor: async (list, root) => void (await sender.send(publishAnchor(deployment, list, root), { id: `anchor:${root}` })),
    rotateClaimsKey: async (key) => void (await sender.send(rotateClaimsKey(deployment, issuer, key), { id: `rotate:${key.x.toString(16)}` })),
    async sendDidCalls(id, calls) {
      for (const [i, call] of calls.entries()) await sender.send(call, { id: `${id}:${i}` });
    },
  };
}
