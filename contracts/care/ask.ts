// A number that a care contract says, asked through endpoints that are not trusted. Browser-safe.
import { toQuantity } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { CareContract } from '#records/model/typed-data.ts';
import type { Quorum } from '../chain-index/quorum.ts';
import { CARE_INTERFACES, careCall, type CareDeployment } from './deployment.ts';

/** The first result of a view. @throws HealthpassError `chain-unavailable`, `chain-inconsistent` */
export function ask(
  quorum: Quorum, deployment: CareDeployment, contract: CareContract, method: string, values: readonly unknown[], block: number | 'latest', signal?: AbortSignal,
): Promise<bigint> {
  const request = { method: 'eth_call', params: [careCall(deployment, contract, method, values), typeof block === 'number' ? toQuantity(block) : block] };
  return quorum.agree([request], ([answer]) => {
    try {
      return CARE_INTERFACES[contract].decodeFunctionResult(method, answer as string)[0] as bigint; // only views that begin with a number are asked
    } catch (cause) {
      throw new HealthpassError('chain-inconsistent', `no ${contract} answers at its address`, { cause });
    }
  }, signal);
}
