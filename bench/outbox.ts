// Chain writes of an issuer: many credentials revoked in one request, from the request to the last transaction mined. The entries lie at random, so
// nearly every word of the list is touched: the worst spread there is. The chain makes a block a transaction; on one with a block every 12 s each
// of the transactions waits for its own.
import { Wallet } from 'ethers';
import { addIssuer, connect, createChainIndex, createMemoryJournal, createSender, deploySystem, startAnvil, STATUS_REGISTRY, type Deployment } from '#contracts';
import { createIssuerStore, createOutbox, ISSUER_MIGRATIONS } from '#issuer';
import { changeStatus } from '#issuer/revoke.ts';
import { createClaimsKeyPair, LIST_SIZE } from '#passport';
import { openDatabase } from '#server';
import type { JsonRpcProvider } from 'ethers';
import { timed, type Row } from './measure.ts';

const GROUP = 'status: 20,000 credentials revoked in one request';
const MANY = 20_000;
const MOST_SECONDS = 60;
const PRINCIPAL = { kind: 'operator', id: 'bench', organisation: '' } as const;
const now = (): number => Math.floor(Date.now() / 1000);

/** How long it takes to revoke so many, and how often the contract was called. */
export async function outboxRows(count = MANY): Promise<Row[]> {
  const anvil = await startAnvil();
  const provider = connect(anvil.url, anvil.chainId);
  const database = await openDatabase(undefined, ISSUER_MIGRATIONS);
  try {
    const { account, deployment } = await accredited(provider);
    const store = createIssuerStore(database);
    const ids = await issued(store, count);
    const index = createChainIndex({ endpoints: [anvil.url], deployment, keys: false });
    const outbox = createOutbox({ database, deployment, provider, account, now, sync: async () => (await index.sync(), index.snapshot()), patience: 600_000 });
    outbox.start();
    const revoke = (named: readonly string[]) => changeStatus({ database, store, outbox }, 'revoke', named, { principal: PRINCIPAL });
    const whole = await timed(() => revoke(ids));
    const transactions = await countEvents(provider, deployment);
    const again = await timed(() => revoke(ids));
    await outbox.stop();
    return [
      { group: GROUP, name: 'from the request until the last is mined', value: whole.wall / 1000, unit: 's', target: { atMost: MOST_SECONDS }, note: `${(whole.cpu / 1000).toFixed(1)} s of CPU, the chain's not counted` },
      { group: GROUP, name: 'transactions', value: transactions, unit: '' },
      { group: GROUP, name: 'the same request again, nothing to do', value: again.wall / 1000, unit: 's' },
    ];
  } finally {
    await database.close();
    provider.destroy();
    await anvil.stop();
  }
}

async function accredited(provider: JsonRpcProvider): Promise<{ account: Wallet; deployment: Deployment }> {
  const [governance, account] = [new Wallet(Wallet.createRandom().privateKey, provider), new Wallet(Wallet.createRandom().privateKey, provider)];
  for (const { address } of [governance, account]) await provider.send('anvil_setBalance', [address, `0x${(10n ** 22n).toString(16)}`]);
  const deployment = await deploySystem(governance);
  const wallet = { address: governance.address, signTransaction: (transaction: Parameters<Wallet['signTransaction']>[0]) => governance.signTransaction(transaction) };
  const sender = createSender({ provider, wallet, journal: createMemoryJournal() });
  const { publicKey: claimsKey } = createClaimsKeyPair();
  await sender.send(addIssuer(deployment, { identity: account.address, claimsKey, name: 'Sample Health Centre', accreditedBy: 'Sample Health Authority', lists: 1 }), { id: 'accredit' });
  await provider.send('anvil_mine', ['0x4']);
  return { account, deployment };
}

async function issued(store: ReturnType<typeof createIssuerStore>, count: number): Promise<string[]> {
  const indices = new Set<number>();
  while (indices.size < count) for (const value of crypto.getRandomValues(new Uint32Array(4096))) if (indices.size < count) indices.add(value % LIST_SIZE);
  const records = [...indices].map((index) => ({ id: `urn:uuid:${crypto.randomUUID()}`, issuance: crypto.randomUUID(), copy: 0, list: 1, index, issuedAt: now(), securings: [] }));
  await store.remember(records);
  return records.map(({ id }) => id);
}

async function countEvents(provider: JsonRpcProvider, { contracts }: Deployment): Promise<number> {
  const logs = await provider.getLogs({ address: contracts.StatusRegistry, fromBlock: 0, toBlock: 'latest', topics: [STATUS_REGISTRY.getEvent('Revoked')!.topicHash] });
  return logs.length;
}
