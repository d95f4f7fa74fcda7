// What the groups measure on: a chain of its own on a random port, its contracts, an accredited issuer with its keys in its DID document,
// and a wallet that holds what that issuer made of a FHIR record. Nothing of it is a stand-in; the databases are in memory.
import { Wallet as Account, type JsonRpcProvider } from 'ethers';
import type { IssuedCredential, TrustState, UnixSeconds } from '#passport';
import { addIssuer, connect, createChainIndex, createMemoryJournal, createSender, deploySystem, startAnvil, type Deployment, type Sender } from '#contracts';
import { createIssuerAgent, createSealedStore, type KeyValue } from '#issuer/agent/index.ts';
import { createClaimsKeys, createIssuerStore, issue, ISSUER_MIGRATIONS, openPatientBook } from '#issuer';
import type { RecordingDeps } from '#issuer/issue.ts';
import { sampleBundle } from '#network/samples/index.ts';
import { createLocalKeyProvider, newDataKey, openDatabase, OPERATOR } from '#server';
import { createBindings, createMemoryStorage, createWallet, receiveCredential, type Wallet } from '#wallet';

export type Scene = {
  readonly now: () => UnixSeconds;
  readonly rpc: string;
  readonly deployment: Deployment;
  /** Signs with the issuer's account. */
  readonly sender: Sender;
  readonly issuer: RecordingDeps;
  /** What the chain says now, once everything sent so far is final. */
  readonly trust: () => Promise<TrustState>;
  readonly wallet: Wallet;
  readonly credentials: readonly IssuedCredential[];
  readonly close: () => Promise<void>;
};

const ETHER = 10n ** 18n;
/** Events of the sample record. */
const BINDINGS = 20;
const now = (): UnixSeconds => Math.floor(Date.now() / 1000) as UnixSeconds;

export async function openScene(): Promise<Scene> {
  const anvil = await startAnvil();
  const provider = connect(anvil.url, anvil.chainId);
  const closers: (() => unknown)[] = [() => anvil.stop(), () => provider.destroy()];
  const close = async () => {
    for (const end of closers.splice(0).toReversed()) await end();
  };
  try {
    const governance = await fundedAccount(provider);
    const deployment = await deploySystem(governance);
    const index = createChainIndex({ endpoints: [anvil.url], deployment });
    const trust = async () => {
      await provider.send('anvil_mine', ['0x4']); // `finalized` trails the newest block
      await index.sync();
      return index.snapshot();
    };
    const { issuer, sender, closeStore } = await accreditedIssuer({ rpc: anvil.url, provider, deployment, governance, trust });
    closers.push(closeStore);
    const held = await walletWithRecord(issuer, await trust());
    return { now, rpc: anvil.url, deployment, sender, issuer, trust, ...held, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Place = {
  readonly rpc: string;
  readonly provider: JsonRpcProvider;
  readonly deployment: Deployment;
  readonly governance: Account;
  readonly trust: () => Promise<TrustState>;
};

async function accreditedIssuer({ rpc, provider, deployment, governance, trust }: Place) {
  const keyStore = await createSealedStore(memoryKeyValue(), crypto.getRandomValues(new Uint8Array(32)));
  const agent = createIssuerAgent({
    rpc, chainId: deployment.chainId, didRegistry: deployment.contracts.EthereumDIDRegistry, deployBlock: deployment.block, keyStore,
  });
  const { did, account } = await agent.createIdentity();
  await fund(provider, account.address);
  const sender = createSender({ provider, wallet: account, journal: createMemoryJournal() });
  const { id, calls } = await agent.listNewKeys();
  for (const [i, call] of calls.entries()) await sender.send(call, { id: `${id}:${i}` });

  const claimsKeys = createClaimsKeys(keyStore);
  const { publicKey: claimsKey } = await claimsKeys.create();
  const governor = createSender({ provider, wallet: governance as Pick<Account, 'address' | 'signTransaction'>, journal: createMemoryJournal() });
  await governor.send(addIssuer(deployment, { identity: account.address, claimsKey, name: 'Sample Health Centre', accreditedBy: 'Sample Health Authority', lists: 1 }), { id: 'accredit' });

  const known = await trust();
  const keys = await agent.signingKeys();
  const database = await openDatabase(undefined, ISSUER_MIGRATIONS);
  const issuer: RecordingDeps = {
    did, chainId: deployment.chainId, statusRegistry: deployment.contracts.StatusRegistry, listUrl: (list) => `https://issuer.example/status-lists/${list}`,
    store: createIssuerStore(database), trust: async () => known, agent: agent.credentials, signingKeys: async () => keys, claimsKey: claimsKeys.current, now,
    patients: await openPatientBook({ database, provider: createLocalKeyProvider([newDataKey()]), now }),
  };
  return { issuer, sender, closeStore: () => database.close() };
}

async function walletWithRecord(issuer: RecordingDeps, trust: TrustState): Promise<Pick<Scene, 'wallet' | 'credentials'>> {
  const wallet = await createWallet(createMemoryStorage(), [{ kind: 'raw', key: crypto.getRandomValues(new Uint8Array(32)) }], now());
  const { credentials } = await issue(issuer, { fhir: sampleBundle(now()), bindings: await createBindings(wallet, BINDINGS, now()) }, OPERATOR);
  for (const credential of credentials) await receiveCredential(wallet, credential, { trust, now: now(), maxTrustAge: 86_400 });
  return { wallet, credentials };
}

async function fundedAccount(provider: JsonRpcProvider): Promise<Account> {
  const account = new Account(Account.createRandom().privateKey, provider);
  await fund(provider, account.address);
  return account;
}

const fund = (provider: JsonRpcProvider, address: string): Promise<unknown> => provider.send('anvil_setBalance', [address, `0x${(10_000n * ETHER).toString(16)}`]);

/** The issuer's keys, sealed, for as long as the run takes. */
function memoryKeyValue(): KeyValue {
  const values = new Map<string, Uint8Array>();
  return {
    get: async (name) => values.get(name),
    set: async (name, value) => void values.set(name, value),
    delete: async (name) => void values.delete(name),
    names: async () => [...values.keys()],
  };
}
