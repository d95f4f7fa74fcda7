// Turns what ethers throws into coded errors. Browser-safe.
import { isCallException, isError } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import { CARE_INTERFACES } from './care/deployment.ts';
import { ISSUER_REGISTRY, PASS_VERIFIER, REGISTRY_TREE_CONTRACT, STATUS_REGISTRY } from './deployment.ts';

/** Name of the contract error in revert data, of whichever of our contracts it is. */
export function revertName(data: string | null | undefined): string | undefined {
  if (!data || data.length < 10) return undefined;
  for (const contract of [STATUS_REGISTRY, REGISTRY_TREE_CONTRACT, ISSUER_REGISTRY, PASS_VERIFIER, ...Object.values(CARE_INTERFACES)]) {
    const found = contract.getError(data.slice(0, 10));
    if (found) return found.name;
  }
  return undefined;
}

/**
 * The coded error for something that ethers threw.
 * @returns `transaction-failed` with the contract's error as its field when the chain refused, else `chain-unavailable`
 */
export function chainError(cause: unknown): HealthpassError {
  if (cause instanceof HealthpassError) return cause;
  if (isCallException(cause)) {
    const name = revertName(cause.data);
    return new HealthpassError('transaction-failed', `the contract refuses: ${name ?? 'no reason given'}`, { ...(name && { field: name }), cause });
  }
  if (isError(cause, 'INSUFFICIENT_FUNDS')) return new HealthpassError('transaction-failed', 'the account cannot pay for the transaction', { field: 'balance', cause });
  return new HealthpassError('chain-unavailable', 'the chain does not answer', { cause });
}
