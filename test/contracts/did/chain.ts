// A chain of its own for one test file, with the DID registry on it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContractFactory, JsonRpcProvider, Wallet } from 'ethers';
import { EthereumDIDRegistry } from 'ethr-did-resolver';
import type { DidDeployment } from '#contracts/did/index.ts';

// The account that anvil funds first; its key is public knowledge.
const DEV_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

export type DidChain = {
  readonly rpc: string;
  readonly provider: JsonRpcProvider;
  readonly deployment: DidDeployment;
  readonly deployer: Wallet;
  /** A funded account. */
  newAccount(): Promise<Wallet>;
  stop(): Promise<void>;
};

export async function startDidChain(): Promise<DidChain> {
  const port = await freePort();
  const binary = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/anvil`);
  const child = spawn(binary, ['--port', `${port}`, '--silent', '--slots-in-an-epoch', '1'], { stdio: 'ignore' });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const rpc = `http://127.0.0.1:${port}`;
  const provider = new JsonRpcProvider(rpc, 31337, { staticNetwork: true, batchMaxCount: 1, cacheTimeout: -1 });
  provider.pollingInterval = 20;
  await answering(provider);
  const deployer = new Wallet(DEV_KEY, provider);
  const contract = await ContractFactory.fromSolidity(EthereumDIDRegistry).connect(deployer).deploy();
  const receipt = (await contract.deploymentTransaction()!.wait())!; // it was just deployed, with one confirmation
  return {
    rpc, provider, deployer,
    deployment: { didRegistry: await contract.getAddress(), chainId: 31337, deployBlock: receipt.blockNumber },
    async newAccount() {
      const account = Wallet.createRandom(provider);
      await provider.send('anvil_setBalance', [account.address, '0x8ac7230489e80000']);
      return new Wallet(account.privateKey, provider);
    },
    async stop() {
      process.off('exit', kill);
      provider.destroy();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(provider: JsonRpcProvider): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      return void (await provider.send('eth_chainId', []));
    } catch {
      await sleep(50);
    }
  }
  throw new Error('anvil did not start');
}
