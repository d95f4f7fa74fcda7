// Where the contracts of one system are, and how to read them. Browser-safe.
import { getAddress, Interface } from 'ethers';
import { asAddress, asInteger, asRecord } from './deployment-fields.ts';
import type { DidDeployment } from './did/index.ts';
import { IssuerRegistryAbi, PassVerifierAbi, RegistryTreeAbi, StatusRegistryAbi } from './generated/abi.ts';

/** Contracts of a system, in the order of their deployment. */
export const CONTRACT_NAMES = [
  'EthereumDIDRegistry', 'PoseidonT3', 'RegistryTree', 'IssuerRegistry', 'StatusRegistry', 'Groth16Verifier', 'PassVerifier',
] as const;
export type ContractName = (typeof CONTRACT_NAMES)[number];

export type Deployment = {
  readonly chainId: number;
  /** No event of the system is older. */
  readonly block: number;
  /** Checksummed addresses. */
  readonly contracts: Readonly<Record<ContractName, string>>;
};

/** What to send: an unsigned call, for whoever sends transactions. */
export type Call = { readonly to: string; readonly data: string };

export const ISSUER_REGISTRY = new Interface(IssuerRegistryAbi);
export const REGISTRY_TREE_CONTRACT = new Interface(RegistryTreeAbi);
export const STATUS_REGISTRY = new Interface(StatusRegistryAbi);
export const PASS_VERIFIER = new Interface(PassVerifierAbi);

/**
 * Reads a deployment from configuration.
 * @throws HealthpassError `configuration-invalid`, naming the field
 */
export function parseDeployment(input: unknown): Deployment {
  const { chainId, block, contracts } = asRecord(input, 'deployment');
  const addresses = asRecord(contracts, 'deployment.contracts');
  return {
    chainId: asInteger(chainId, 1, 'deployment.chainId'),
    block: asInteger(block, 0, 'deployment.block'),
    contracts: Object.fromEntries(CONTRACT_NAMES.map((name) => [name, getAddress(asAddress(addresses[name], `deployment.contracts.${name}`))])) as Deployment['contracts'], // every name of the table
  };
}

/** The part of a deployment that reading DIDs takes. */
export const didDeployment = ({ chainId, block, contracts }: Deployment): DidDeployment => ({
  chainId, didRegistry: contracts.EthereumDIDRegistry, deployBlock: block,
});
