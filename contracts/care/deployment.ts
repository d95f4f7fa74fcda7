// Where the care contracts of one system are, and how to read them. Browser-safe.
import { Interface, type InterfaceAbi } from 'ethers';
import type { Address } from '#records/model/members.ts';
import { CARE_CONTRACTS, onChain, type CareContract, type TypedDomain } from '#records/model/typed-data.ts';
import type { Call } from '../deployment.ts';
import { asAddress, asInteger, asRecord } from '../deployment-fields.ts';
import { AccessLogAbi, ConsentRegistryAbi, DispenseRegistryAbi, EmergencyAccessAbi, RoleRegistryAbi } from '../generated/care-abi.ts';

export type CareDeployment = {
  readonly chainId: number;
  /** No event of these contracts is older. */
  readonly block: number;
  readonly contracts: Readonly<Record<CareContract, Address>>;
};

const ABIS: Readonly<Record<CareContract, InterfaceAbi>> = {
  RoleRegistry: RoleRegistryAbi, ConsentRegistry: ConsentRegistryAbi, AccessLog: AccessLogAbi, EmergencyAccess: EmergencyAccessAbi, DispenseRegistry: DispenseRegistryAbi,
};
export const CARE_INTERFACES = Object.fromEntries(CARE_CONTRACTS.map((name) => [name, new Interface(ABIS[name])])) as Readonly<Record<CareContract, Interface>>; // every name of the table

/**
 * Reads a deployment from configuration.
 * @throws HealthpassError `configuration-invalid`, naming the field
 */
export function parseCareDeployment(input: unknown): CareDeployment {
  const { chainId, block, contracts } = asRecord(input, 'care');
  const addresses = asRecord(contracts, 'care.contracts');
  return {
    chainId: asInteger(chainId, 1, 'care.chainId'),
    block: asInteger(block, 0, 'care.block'),
    contracts: Object.fromEntries(CARE_CONTRACTS.map((name) => [name, asAddress(addresses[name], `care.contracts.${name}`)])) as CareDeployment['contracts'], // every name of the table
  };
}

/** What statements to a contract are bound to. */
export const careDomain = ({ chainId, contracts }: CareDeployment, name: CareContract): TypedDomain => onChain(name, chainId, contracts[name]);

/** An unsigned call of a contract, for whoever sends transactions. */
export const careCall = ({ contracts }: CareDeployment, name: CareContract, method: string, values: readonly unknown[]): Call =>
  ({ to: contracts[name], data: CARE_INTERFACES[name].encodeFunctionData(method, values) });
