// Governance of a network on one machine: deploys the contracts and accredits the issuer. Its key is made on first start.
import { Wallet, type HDNodeWallet, type JsonRpcProvider } from 'ethers';
import { HealthpassError } from '#passport';
import { assertWired, createFileJournal, createSender, deployCare, deploySystem, parseDeployment, type Deployment, type Sender } from '#contracts';
import { parseCareDeployment, type CareDeployment } from '#contracts/care/index.ts';
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

export type Contracts = { readonly deployment: Deployment; /** Undefined where nobody wants records. */ readonly care: CareDeployment | undefined };

/**
 * The contracts of this folder, made on first start; those of care are added to a folder that was made before there were any.
 * @throws HealthpassError `configuration-invalid` when the chain no longer has them
 */
export async function ensureContracts(folder: DataFolder, provider: JsonRpcProvider, governance: Wallet, { records }: { readonly records: boolean }): Promise<Contracts> {
  const [known, knownCare] = await Promise.all([readJsonFile(folder.deployment), readJsonFile(folder.careDeployment)]);
  const [deployment, care] = [known === undefined ? undefined : parseDeployment(known), knownCare === undefined ? undefined : parseCareDeployment(knownCare)];
  if (deployment) await assertWired(provider, deployment).catch((cause: unknown) => { throw lost(folder, 'deployment.json', cause); });
  if (care && (await provider.getCode(care.contracts.RoleRegistry)) === '0x') throw lost(folder, 'care-deployment.json');
  if (deployment && (care || !records)) return { deployment, care };
  // Two accounts, so that neither waits for the other's transactions.
  const [made, madeCare] = await Promise.all([
    deployment ?? freshAccount(provider).then((deployer) => deploySystem(deployer, { governance: governance.address })),
    care ?? (records ? freshAccount(provider).then((deployer) => deployCare(deployer, { governance: governance.address })) : undefined),
  ]);
  // A deployment that is noted but lost with the last second of blocks could not be mended.
  await untilCopied(folder.chainState, provider);
  await writeFileAtomic(folder.deployment, `${JSON.stringify(made, null, 2)}\n`);
  if (madeCare) await writeFileAtomic(folder.careDeployment, `${JSON.stringify(madeCare, null, 2)}\n`);
  return { deployment: made, care: madeCare };
}

async function freshAccount(provider: JsonRpcProvider): Promise<HDNodeWallet> {
  const account = Wallet.createRandom(provider);
  await fund(provider, account.address);
  return account;
}

const lost = ({ root }: DataFolder, field: string, cause?: unknown) =>
  new HealthpassError('configuration-invalid', `the chain of ${root} does not have its contracts any more; remove the folder to start anew`, { field, cause });

export const governanceSender = (folder: DataFolder, provider: JsonRpcProvider, wallet: Wallet, deployment: Deployment): Sender =>
  createSender({ provider, chain: deployment.contracts.IssuerRegistry, wallet: { address: wallet.address, signTransaction: (tx) => wallet.signTransaction(tx) }, journal: createFileJournal(folder.governanceJournal) });
