// Governance of a network on one machine: deploys the contracts and accredits the issuer. Its key is made on first start.
import { Wallet, type JsonRpcProvider } from 'ethers';
import { HealthpassError } from '#passport';
import { assertWired, createFileJournal, createSender, deploySystem, parseDeployment, type Deployment, type Sender } from '#contracts';
import { readJsonFile, secretFile, writeFileAtomic } from '#server';
import { untilCopied } from './chain-state.ts';
import type { DataFolder } from './folder.ts';

const ONE_ETHER = 10n ** 18n;

/** A wallet from a key file; on this chain money is there for the asking. */
export async function fundedWallet(provider: JsonRpcProvider, keyFile: string): Promise<Wallet> {
  const key = await secretFile(keyFile);
  const wallet = new Wallet(`0x${Buffer.from(key).toString('hex')}`, provider);
  await fund(provider, wallet.address);
  return wallet;
}

export async function fund(provider: JsonRpcProvider, address: string): Promise<void> {
  if ((await provider.getBalance(address)) < 100n * ONE_ETHER) {
    await provider.send('anvil_setBalance', [address, `0x${(10_000n * ONE_ETHER).toString(16)}`]);
  }
}

/** The deployment of this folder, made on first start. @throws HealthpassError `configuration-invalid` when the chain no longer has it */
export async function ensureDeployment(folder: DataFolder, provider: JsonRpcProvider, governance: Wallet): Promise<Deployment> {
  const known = await readJsonFile(folder.deployment);
  if (known !== undefined) {
    const deployment = parseDeployment(known);
    await assertWired(provider, deployment).catch((cause: unknown) => {
      throw new HealthpassError('configuration-invalid', `the chain of ${folder.root} does not have its contracts any more; remove the folder to start anew`, { field: 'deployment.json', cause });
    });
    return deployment;
  }
  const deployer = Wallet.createRandom(provider);
  await fund(provider, deployer.address);
  const deployment = await deploySystem(deployer, { governance: governance.address });
  // A deployment that is noted but lost with the last second of blocks could not be mended.
  await untilCopied(folder.chainState, provider);
  await writeFileAtomic(folder.deployment, `${JSON.stringify(deployment, null, 2)}\n`);
  return deployment;
}

export const governanceSender = (folder: DataFolder, provider: JsonRpcProvider, wallet: Wallet, deployment: Deployment): Sender =>
  createSender({ provider, chain: deployment.contracts.IssuerRegistry, wallet: { address: wallet.address, signTransaction: (tx) => wallet.signTransaction(tx) }, journal: createFileJournal(folder.governanceJournal) });
