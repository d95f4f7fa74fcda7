// A chain of its own for one test file, with the DID registry on it.
import { ContractFactory, Wallet, type JsonRpcProvider } from 'ethers';
import { EthereumDIDRegistry } from 'ethr-did-resolver';
import { connect, startAnvil } from '#contracts';
import type { DidDeployment } from '#contracts/did/index.ts';

// The account that anvil funds first; its key is public knowledge.
const DEV_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

export type DidChain = {
  readonly rpc: string;
  readonly provider: JsonRpcProvider;
  readonly deployment: DidDeployment;
  fund(address: string): Promise<void>;
  /** A funded account. */
  newAccount(): Promise<Wallet>;
  stop(): Promise<void>;
};

export async function startDidChain(): Promise<DidChain> {
  const anvil = await startAnvil();
  const provider = connect(anvil.url, anvil.chainId);
  provider.pollingInterval = 20;
  const contract = await ContractFactory.fromSolidity(EthereumDIDRegistry).connect(new Wallet(DEV_KEY, provider)).deploy();
  const receipt = (await contract.deploymentTransaction()!.wait())!; // it was just deployed, with one confirmation
  const fund = (address: string) => provider.send('anvil_setBalance', [address, '0x8ac7230489e80000']) as Promise<void>;
  return {
    rpc: anvil.url, provider, fund,
    deployment: { didRegistry: await contract.getAddress(), chainId: anvil.chainId, deployBlock: receipt.blockNumber },
    async newAccount() {
      const { address, privateKey } = Wallet.createRandom();
      await fund(address);
      return new Wallet(privateKey, provider);
    },
    async stop() {
      provider.destroy();
      await anvil.stop();
    },
  };
}
