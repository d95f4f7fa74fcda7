// An issuer with an identity and listed keys on a chain of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIssuerKeys } from '#contracts/did/index.ts';
import { createFolderKeyValue, createIssuerAgent, createSealedStore, type DidChange, type Identity, type IssuerAgent, type SealedStore } from '#issuer/agent/index.ts';
import type { ListedKey } from '#passport';
import { startDidChain, type DidChain } from '../../contracts/did/chain.ts';

export type AgentFixture = {
  readonly chain: DidChain;
  readonly folder: string;
  readonly keyStore: SealedStore;
  readonly agent: IssuerAgent;
  readonly me: Identity;
  send(change: DidChange): Promise<number[]>;
  /** The keys of the document as of the latest block. */
  listed(): Promise<ListedKey[]>;
  /** An agent over the same folder, as after a restart. */
  reopen(): Promise<IssuerAgent>;
  /** Secret of a signing key, from the fixture's own store. */
  secretOf(publicKey: string): Promise<Uint8Array>;
  stop(): Promise<void>;
};

const STORE_KEY = new Uint8Array(32).fill(7);

export async function startAgent(): Promise<AgentFixture> {
  const chain = await startDidChain();
  const folder = await mkdtemp(join(tmpdir(), 'issuer-agent-'));
  const openStore = () => createSealedStore(createFolderKeyValue(folder), STORE_KEY);
  const agentOver = (keyStore: SealedStore) => createIssuerAgent({ rpc: chain.rpc, ...chain.deployment, keyStore });
  const keyStore = await openStore();
  const agent = agentOver(keyStore);
  const me = await agent.createIdentity();
  await chain.fund(me.account.address);
  return {
    chain, folder, keyStore, agent, me,
    async send({ calls }) {
      const blocks: number[] = [];
      for (const call of calls) {
        const nonce = await chain.provider.getTransactionCount(me.account.address);
        const raw = await me.account.signTransaction({ ...call, nonce, chainId: 31337, type: 2, gasLimit: 200_000, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n });
        blocks.push((await (await chain.provider.broadcastTransaction(raw)).wait())!.blockNumber);
      }
      return blocks;
    },
    listed: async () => readIssuerKeys(chain.provider, chain.deployment, me.did, { toBlock: await chain.provider.getBlockNumber() }),
    reopen: async () => agentOver(await openStore()),
    async secretOf(publicKey) {
      const all = await keyStore.all('key') as { kid: string; publicKeyHex: string }[];
      const { kid } = all.find(({ publicKeyHex }) => publicKeyHex === publicKey || publicKeyHex.slice(2, 66) === publicKey.slice(2))!;
      const { privateKeyHex } = await keyStore.get(`private-key/${kid}`) as { privateKeyHex: string };
      return Uint8Array.from(Buffer.from(privateKeyHex, 'hex'));
    },
    async stop() {
      await chain.stop();
      await rm(folder, { recursive: true });
    },
  };
}
