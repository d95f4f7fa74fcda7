// Brings the care contracts up, each after those it names. None has an administrator beside governance's account in RoleRegistry.
import { Interface, type Signer } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { Address } from '#records/model/members.ts';
import { CARE_CONTRACTS, type CareContract } from '#records/model/typed-data.ts';
import { readArtifact } from '../artifacts.ts';
import type { CareDeployment } from './deployment.ts';

export type CareOptions = {
  /** Who appoints bodies and gateways; the deployer unless said otherwise. */
  readonly governance?: string;
  /** Approvals of other hospitals that release access in an emergency; 2 unless said otherwise. */
  readonly quorum?: number;
};

/**
 * Deploys the five contracts from one account, which nothing else may use meanwhile.
 * @throws HealthpassError `transaction-failed`, naming the contract
 */
export async function deployCare(signer: Signer, { governance, quorum = 2 }: CareOptions = {}): Promise<CareDeployment> {
  const { provider } = signer;
  if (!provider) throw new TypeError('the signer has no provider');
  const values: Record<CareContract, (at: Partial<Record<CareContract, Address>>) => readonly unknown[]> = {
    RoleRegistry: () => [governance ?? from],
    ConsentRegistry: () => [],
    AccessLog: (at) => [at.RoleRegistry],
    EmergencyAccess: (at) => [at.RoleRegistry, quorum],
    DispenseRegistry: (at) => [at.RoleRegistry],
  };
  const from = await signer.getAddress();
  const contracts: Partial<Record<CareContract, Address>> = {};
  let block: number | undefined;
  for (const name of CARE_CONTRACTS) {
    const { bytecode, abi } = readArtifact(name);
    const sent = await signer.sendTransaction({ data: bytecode + new Interface(abi).encodeDeploy(values[name](contracts)).slice(2) });
    const receipt = await sent.wait();
    if (receipt?.status !== 1 || !receipt.contractAddress) throw new HealthpassError('transaction-failed', `${name} was not deployed`, { field: name });
    contracts[name] = receipt.contractAddress.toLowerCase() as Address; // as the node has it
    block ??= receipt.blockNumber;
  }
  return { chainId: Number((await provider.getNetwork()).chainId), block: block!, contracts: contracts as CareDeployment['contracts'] }; // all were deployed
}
