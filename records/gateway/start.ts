// A gateway at work: its database, its index of the chain, its account, and what it does by itself. For a program of its own and for a network on
// one machine alike.
import { join } from 'node:path';
import { Wallet, type JsonRpcProvider } from 'ethers';
import { createFileJournal, createSender } from '#contracts';
import { createCareReader, type CareDeployment, type CareReader } from '#contracts/care/index.ts';
import { every, nameOfError, openDatabase, openKeyFile, openSealer, secretFile, withPatience, type Closers, type Database, type DatabasePlace } from '#server';
import type { Records } from './app.ts';
import { assembleRecords, type RecordsParts } from './assemble.ts';
import { createCareCheckpoint } from './care-checkpoint/checkpoint.ts';
import type { GatewaySigner } from './deps.ts';
import type { Work } from './part.ts';
import { RECORDS_MIGRATIONS } from './parts.ts';
import { createGatewaySigner } from './signer.ts';

/** Milliseconds between looks at the chain. */
const SYNC_EVERY = 1000;
/** Milliseconds between looks for what the chain has lost of what was sent. */
const RECOVER_EVERY = 60_000;

export type RecordsStart = Omit<RecordsParts, 'database' | 'keys' | 'signer' | 'sender' | 'careIndex' | 'config'> & {
  /** Of the gateway's key, the keys that its database is sealed under, and its journal. */
  readonly folder: string;
  readonly database: DatabasePlace;
  /** The database as traces see it. */
  readonly seen?: ((database: Database) => Database) | undefined;
  readonly care: CareDeployment;
  /** More than half of them must agree on what the chain says. */
  readonly endpoints: readonly string[];
  /** For sending. */
  readonly provider: JsonRpcProvider;
  readonly config: Omit<RecordsParts['config'], 'chainId' | 'contracts' | 'block'>;
};

/** The identity of a gateway's folder, made on first use. */
export async function openGatewayKey(folder: string, chainId: number): Promise<{ readonly key: Uint8Array; readonly signer: GatewaySigner }> {
  const key = await secretFile(join(folder, 'gateway.hex'));
  return { key, signer: createGatewaySigner(key, chainId) };
}

/**
 * Brings a gateway up, with what an earlier one left in the folder. What it does by itself is in `closers`. Without the chain it comes up too: it lets
 * nobody in until the chain was read.
 */
export async function startRecords({ folder, database: place, seen, care, endpoints, provider, config, ...parts }: RecordsStart, closers: Closers): Promise<Records & { readonly careIndex: CareReader }> {
  const { onTrouble } = parts;
  const tell = (says: string) => (error: unknown) => onTrouble(`${says} (${nameOfError(error)})`);
  const repeat = ({ every: milliseconds, run, says }: Work) => closers.add(every(milliseconds, run, tell(says)));
  /** Once before anything else, and from then on. */
  const overAndOver = async (work: Work) => {
    await work.run().catch(tell(work.says));
    repeat(work);
  };
  const { key, signer } = await openGatewayKey(folder, care.chainId);
  const opened = await openDatabase(place, RECORDS_MIGRATIONS);
  const database = seen?.(opened) ?? opened;
  closers.add(() => database.close());
  const keys = withPatience(await openKeyFile(join(folder, 'sealing.hex')));
  const careIndex = createCareReader({ endpoints, deployment: care, store: createCareCheckpoint({ database, sealer: await openSealer(database, keys) }) });
  await overAndOver({ every: SYNC_EVERY, run: () => careIndex.sync(), says: 'the chain of the records cannot be read' });
  const wallet = new Wallet(`0x${Buffer.from(key).toString('hex')}`, provider);
  const sender = createSender({
    provider, chain: care.contracts.RoleRegistry, wallet: { address: wallet.address, signTransaction: (transaction) => wallet.signTransaction(transaction) }, journal: createFileJournal(join(folder, 'transactions.journal')),
  });
  await overAndOver({ every: RECOVER_EVERY, run: () => sender.recover(), says: 'what the chain has lost cannot be sent again' });
  const records = await assembleRecords({
    ...parts, database, careIndex, keys, signer, provider, sender,
    config: { ...config, chainId: care.chainId, contracts: care.contracts, block: care.block },
  });
  for (const work of records.work) repeat(work);
  return { ...records, careIndex };
}
