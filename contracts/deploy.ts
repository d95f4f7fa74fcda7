// Brings a system's contracts up. They name each other in their constructors, by addresses known beforehand from the deployer's nonce,
// so none of them ever has an administrator who could wire it otherwise.
import { getCreateAddress, Interface, type Provider, type Signer, type TransactionReceipt, type TransactionResponse } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import { linkBytecode, readArtifact } from './artifacts.ts';
import { CONTRACT_NAMES, ISSUER_REGISTRY, REGISTRY_TREE_CONTRACT, type ContractName, type Deployment } from './deployment.ts';

type Addresses = Deployment['contracts'];

const constructorArguments = (at: Addresses, governance: string): Partial<Record<ContractName, readonly string[]>> => ({
  RegistryTree: [at.IssuerRegistry, at.StatusRegistry],
  IssuerRegistry: [governance, at.RegistryTree],
  StatusRegistry: [at.IssuerRegistry, at.RegistryTree],
  PassVerifier: [at.RegistryTree, at.Groth16Verifier],
});

/**
 * Deploys a whole system from one account, which nothing else may use meanwhile.
 * @param governance who accredits issuers; the deployer unless said otherwise
 * @throws HealthpassError `transaction-failed`
 */
export async function deploySystem(signer: Signer, { governance }: { governance?: string } = {}): Promise<Deployment> {
  const provider = signer.provider;
  if (!provider) throw new TypeError('the signer has no provider');
  const from = await signer.getAddress();
  const nonce = await provider.getTransactionCount(from, 'latest');
  const entries = CONTRACT_NAMES.map((name, i) => [name, getCreateAddress({ from, nonce: nonce + i })] as const);
  const contracts = Object.fromEntries(entries) as Addresses; // every name of the table
  const values = constructorArguments(contracts, governance ?? from);
  const sent: TransactionResponse[] = [];
  for (const [i, name] of CONTRACT_NAMES.entries()) {
    const data = creationCode(name, contracts, values[name] ?? []);
    sent.push(await signer.sendTransaction({ data, nonce: nonce + i, gasLimit: creationGas(data) }));
  }
  const receipts = await Promise.all(sent.map((transaction) => transaction.wait()));
  CONTRACT_NAMES.forEach((name, i) => assertCreated(name, contracts[name], receipts[i]!));
  const deployment = { chainId: Number((await provider.getNetwork()).chainId), block: receipts[0]!.blockNumber, contracts };
  await assertWired(provider, deployment);
  return deployment;
}

function creationCode(name: ContractName, libraries: Addresses, values: readonly string[]): string {
  const artifact = readArtifact(name);
  return linkBytecode(artifact, libraries) + new Interface(artifact.abi).encodeDeploy(values).slice(2);
}

/** An upper bound: each byte is sent (16 gas), checked and stored (200); constructors write a few words. */
const creationGas = (data: string): number => 500_000 + (data.length / 2) * 230;

function assertCreated(name: string, address: string, receipt: TransactionReceipt | null): void {
  if (receipt?.status !== 1 || receipt.contractAddress !== address) {
    throw new HealthpassError('transaction-failed', `${name} was not deployed where it was expected`, { field: name });
  }
}

/**
 * Makes sure that registries and tree of a deployment name each other.
 * @throws HealthpassError `configuration-invalid`
 */
export async function assertWired(provider: Provider, { contracts }: Deployment): Promise<void> {
  const ask = async (name: ContractName, contract: Interface, method: string): Promise<string> => {
    const data = await provider.call({ to: contracts[name], data: contract.encodeFunctionData(method) });
    return data.length === 66 ? (contract.decodeFunctionResult(method, data)[0] as string) : '';
  };
  const answers = await Promise.all([
    ask('RegistryTree', REGISTRY_TREE_CONTRACT, 'issuerRegistry'),
    ask('RegistryTree', REGISTRY_TREE_CONTRACT, 'statusRegistry'),
    ask('IssuerRegistry', ISSUER_REGISTRY, 'tree'),
    ask('StatusRegistry', ISSUER_REGISTRY, 'tree'),
  ]);
  const expected = [contracts.IssuerRegistry, contracts.StatusRegistry, contracts.RegistryTree, contracts.RegistryTree];
  if (answers.some((answer, i) => answer !== expected[i])) {
    throw new HealthpassError('configuration-invalid', 'the contracts of the deployment do not name each other', { field: 'deployment.contracts' });
  }
}
