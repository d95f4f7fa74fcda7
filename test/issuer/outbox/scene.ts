// An issuer's outbox on a real chain and a real database, and what tests look at: events of the contracts, the words of the list, the roots.
import type { JsonRpcProvider } from 'ethers';
import { createChainIndex, STATUS_REGISTRY, type Deployment } from '#contracts';
import type { StatusAction } from '#contracts/status.ts';
import { createIssuerStore, ISSUER_MIGRATIONS, type IssuerStore } from '#issuer/store.ts';
import { createOutbox, ITSELF, type Outbox, type OutboxDeps } from '#issuer/outbox/index.ts';
import { changeStatus, type StatusOptions } from '#issuer/revoke.ts';
import { statusRoot, WORD_BITS, type TrustState } from '#passport';
import type { Database } from '#server';
import { account, startSystem, type System } from '../../contracts/system.ts';
import { openEmptyDatabase } from '../../server/empty-database.ts';

export const ISSUER = account(1);
/** Unix seconds. */
export const now = (): number => Math.floor(Date.now() / 1000);
export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
export const FAST = { idle: 50, retry: 300 };

export type OutboxScene = {
  readonly system: System;
  readonly database: Database;
  readonly store: IssuerStore;
  /** Ids of credentials in list 1. */
  readonly ids: readonly string[];
  /** What a reader with the chain's own endpoint sees now. */
  readonly trust: () => Promise<TrustState>;
  /** Made and started; stopped with the scene. */
  readonly outbox: (options?: Partial<OutboxDeps>) => Outbox;
  readonly change: (outbox: Outbox, action: StatusAction, ids: readonly string[], options?: Partial<StatusOptions>) => ReturnType<typeof changeStatus>;
  /** Names of the events of the status registry, in order. */
  readonly events: () => Promise<string[]>;
  /** Resolves once nothing is pending or not final; makes blocks meanwhile. */
  readonly quiet: (outbox: Outbox) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** @param count credentials, the first 4,096 of them each in a word of its own: the worst spread there is */
export async function openOutboxScene(count: number): Promise<OutboxScene> {
  const system = await startSystem();
  await system.accredit(ISSUER);
  await system.mine(3);
  const database = await openEmptyDatabase(ISSUER_MIGRATIONS);
  const store = createIssuerStore(database);
  const ids = Array.from({ length: count }, (_, i) => `urn:uuid:${i}`);
  await store.remember(ids.map((id, i) => ({ id, issuance: `of ${id}`, copy: 0, list: 1, index: indexOf(i), issuedAt: 1, securings: [] })));
  const trust = trustOf([system.anvil.url], system.deployment);
  const running: Outbox[] = [];
  return {
    system, database, store, ids, trust,
    outbox(options = {}) {
      const outbox = createOutbox({
        database, deployment: system.deployment, provider: system.provider, account: ISSUER, sync: trustOf([system.anvil.url], system.deployment), now,
        pace: FAST, sending: { poll: 20 }, patience: 20_000, ...options,
      });
      running.push(outbox);
      outbox.start();
      return outbox;
    },
    change: (outbox, action, named, options) => changeStatus({ database, store, outbox }, action, named, { principal: ITSELF, ...options }),
    events: () => eventsOf(system.provider, system.deployment),
    quiet: (outbox) => quiet(outbox, () => system.mine(1)),
    async stop() {
      for (const outbox of running) await outbox.stop();
      await database.close();
      await system.stop();
    },
  };
}

/** The i-th credential's entry. */
export const indexOf = (i: number): number => (i % 4096) * WORD_BITS + ((i + Math.floor(i / 4096)) % WORD_BITS);

export function trustOf(endpoints: readonly string[], deployment: Deployment): () => Promise<TrustState> {
  const index = createChainIndex({ endpoints, deployment, keys: false, timeout: 3_000 });
  return async () => (await index.sync(), index.snapshot());
}

export async function eventsOf(provider: JsonRpcProvider, deployment: Deployment): Promise<string[]> {
  const logs = await provider.getLogs({ address: deployment.contracts.StatusRegistry, fromBlock: 0, toBlock: 'latest' });
  return logs.map((log) => STATUS_REGISTRY.parseLog(log)!.name);
}

export async function quiet(outbox: Outbox, mine: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    const { pending, unfinal } = await outbox.state();
    if (pending === 0 && unfinal === 0) return;
    await mine();
    await pause(50);
  }
  const { pending, unfinal, trouble } = await outbox.state();
  throw new Error(`the outbox does not become quiet: ${pending} pending, ${unfinal} not final, ${trouble}`);
}

/** List 1 as the latest block has it, and whether its final root is that of its final words. */
export async function listOf(trust: () => Promise<TrustState>): Promise<{ words: ReadonlyMap<number, bigint>; suspended: ReadonlyMap<number, bigint>; sound: boolean }> {
  const [list] = (await trust()).lists;
  return { words: list!.latestWords, suspended: list!.suspended, sound: statusRoot(list!.words) === list!.root };
}
