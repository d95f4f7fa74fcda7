// The chain that scenes of one process stand on, one after the other: started and given its contracts once, and as new for each.
import { randomBytes } from 'node:crypto';
import { Wallet, type JsonRpcProvider } from 'ethers';
import { connect, startAnvil } from '#contracts';
import { deployCare } from '#contracts/care/deploy.ts';
import type { CareDeployment } from '#contracts/care/index.ts';

export type SceneChain = {
  readonly url: string;
  readonly chainId: number;
  readonly care: CareDeployment;
  readonly provider: JsonRpcProvider;
  /** An account with ether. */
  readonly walletOf: (secret: Uint8Array) => Promise<Wallet>;
  readonly governor: Wallet;
  /** Leaves it to the next scene. */
  readonly leave: () => void;
};
type Chain = Pick<SceneChain, 'url' | 'chainId' | 'care'> & { readonly governor: Uint8Array; snapshot: string };

/** Those that nobody stands on. They end with the process. */
const free: Chain[] = [];

/** A chain with the contracts of care on which nothing has happened. */
export async function takeChain(): Promise<SceneChain> {
  const chain = free.pop() ?? (await startChain());
  const provider = connect(chain.url, chain.chainId);
  await provider.send('evm_revert', [chain.snapshot]);
  chain.snapshot = (await provider.send('evm_snapshot', [])) as string;
  await provider.send('evm_setTime', [Math.floor(Date.now() / 1000)]); // its clock was set back too
  const walletOf = (secret: Uint8Array) => fundedWallet(secret, provider);
  return { ...chain, provider, walletOf, governor: await walletOf(chain.governor), leave: () => (provider.destroy(), void free.push(chain)) };
}

async function startChain(): Promise<Chain> {
  const { url, chainId } = await startAnvil();
  const provider = connect(url, chainId);
  const governor = new Uint8Array(randomBytes(32));
  const care = await deployCare(await fundedWallet(governor, provider));
  const snapshot = (await provider.send('evm_snapshot', [])) as string;
  provider.destroy();
  return { url, chainId, care, governor, snapshot };
}

async function fundedWallet(secret: Uint8Array, provider: JsonRpcProvider): Promise<Wallet> {
  const wallet = new Wallet(`0x${Buffer.from(secret).toString('hex')}`, provider);
  await provider.send('anvil_setBalance', [wallet.address, `0x${(10n ** 22n).toString(16)}`]);
  return wallet;
}
