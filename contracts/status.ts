// What an issuer sends to change the status of credentials, and the plain reads of the status registry.
import type { Provider } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { FieldElement } from '#passport/field.ts';
import { REGISTRY_TREE_CONTRACT, STATUS_REGISTRY, type Call, type Deployment } from './deployment.ts';
import { chainError } from './revert.ts';

export const STATUS_ACTIONS = ['revoke', 'suspend', 'reinstate'] as const;
export type StatusAction = (typeof STATUS_ACTIONS)[number];

/** A change to a list together with the root that follows from it. */
export type StatusUpdate = {
  readonly list: number;
  /** Bits by word, as `masksOf` makes them. */
  readonly masks: ReadonlyMap<number, bigint>;
  /** The root that the change was worked out on: when another writer was faster, the call fails. */
  readonly previousRoot: FieldElement;
  readonly newRoot: FieldElement;
};

const call = ({ contracts }: Deployment, method: string, values: readonly unknown[]): Call => ({
  to: contracts.StatusRegistry, data: STATUS_REGISTRY.encodeFunctionData(method, values),
});

/** By the list's controller or delegate. `reinstate` only while the issuer is active. */
export const changeStatus = (deployment: Deployment, action: StatusAction, { list, masks, previousRoot, newRoot }: StatusUpdate): Call =>
  call(deployment, action, [list, [...masks].map(([word, mask]) => ({ word, mask })), previousRoot, newRoot]);

/** Replaces a root that does not match the words. */
export const correctRoot = (deployment: Deployment, list: number, previousRoot: FieldElement, newRoot: FieldElement): Call =>
  call(deployment, 'correctRoot', [list, previousRoot, newRoot]);

/** Publishes an issuance anchor: 32 bytes as `0x` and hex. */
export const publishAnchor = (deployment: Deployment, list: number, root: string): Call => call(deployment, 'anchor', [list, root]);

/**
 * One entry as the contract has it: what a reader without an index asks.
 * @throws HealthpassError `chain-unavailable`, `transaction-failed` (no such list or index)
 */
export async function isRevokedOnChain(provider: Provider, deployment: Deployment, list: number, index: number): Promise<boolean> {
  const to = deployment.contracts.StatusRegistry;
  return await read(provider, to, 'isRevoked', [list, index], STATUS_REGISTRY) as boolean;
}

/** The status root that the chain has for a list now: what the next change builds on. */
export async function statusRootOnChain(provider: Provider, deployment: Deployment, list: number): Promise<FieldElement> {
  return await read(provider, deployment.contracts.RegistryTree, 'statusRoot', [list], REGISTRY_TREE_CONTRACT) as FieldElement; // the contract keeps it below r
}

async function read(provider: Provider, to: string, method: string, values: readonly unknown[], contract: typeof STATUS_REGISTRY): Promise<unknown> {
  let data: string;
  try {
    data = await provider.call({ to, data: contract.encodeFunctionData(method, values) });
  } catch (error) {
    throw chainError(error);
  }
  try {
    return contract.decodeFunctionResult(method, data)[0];
  } catch (cause) {
    throw new HealthpassError('chain-inconsistent', 'no contract of this system answers at its address', { cause });
  }
}
