// The part of an issuer that writes to the chain, started before there is a service: the first thing it writes is the issuer's own keys.
import { join } from 'node:path';
import type { JsonRpcProvider } from 'ethers';
import type { TrustState } from '#passport';
import type { Deployment } from '#contracts';
import type { Closers, Database } from '#server';
import { createIssuerChain, type IssuerChain } from './chain.ts';
import type { IssuerIdentity } from './identity.ts';
import { createAdvisoryLock, createFileLock, createOutbox, type Outbox, type OutboxDeps } from './outbox/index.ts';

export type ChainWriterParts = Pick<OutboxDeps, 'maxHeadAge'> & {
  /** The issuer's folder, for its lock. */
  readonly folder: string;
  readonly identity: Pick<IssuerIdentity, 'did' | 'account'>;
  readonly database: Database;
  readonly provider: JsonRpcProvider;
  readonly deployment: Deployment;
  /** What the chain shows, read again now. */
  readonly sync: () => Promise<TrustState>;
  /** Told what goes wrong, in words without values. */
  readonly onTrouble: (says: string) => void;
};

export type ChainWriter = { readonly outbox: Outbox; readonly chain: IssuerChain };

/** Starts it; ended by `closers`, before the database that was opened earlier. */
export function startChainWriter({ folder, identity: { did, account }, onTrouble, ...parts }: ChainWriterParts, closers: Closers): ChainWriter {
  const { database, deployment, sync } = parts;
  const outbox = createOutbox({
    ...parts, account, now: () => Math.floor(Date.now() / 1000),
    lock: database.kind === 'postgres' ? createAdvisoryLock(database, account.address) : createFileLock(join(folder, 'chain-writer.lock')),
    onTrouble: (says) => onTrouble(`writing to the chain is held up (${says})`),
  });
  closers.add(outbox.stop);
  outbox.start();
  return { outbox, chain: createIssuerChain({ deployment, did, database, outbox, sync }) };
}
