// What owners and delegates send to ConsentRegistry themselves; signed statements are in statements.ts. Browser-safe.
import type { Address } from '#records/model/members.ts';
import type { Call } from '../deployment.ts';
import { careCall, type CareDeployment } from './deployment.ts';

type Bytes32 = `0x${string}`;
/** Bits of what a delegate may do. */
export const DELEGATE_SCOPES = { grant: 1, revoke: 2 } as const;

const call = (deployment: CareDeployment, method: string, values: readonly unknown[]): Call => careCall(deployment, 'ConsentRegistry', method, values);

/** By the owner; changes what was granted under the same id. */
export const grant = (deployment: CareDeployment, id: Bytes32, word: Bytes32): Call => call(deployment, 'grant', [id, word]);
/** By a delegate. */
export const grantFor = (deployment: CareDeployment, owner: Address, id: Bytes32, word: Bytes32): Call => call(deployment, 'grantFor', [owner, id, word]);
export const revoke = (deployment: CareDeployment, id: Bytes32): Call => call(deployment, 'revoke', [id]);
export const revokeFor = (deployment: CareDeployment, owner: Address, id: Bytes32): Call => call(deployment, 'revokeFor', [owner, id]);

/** @param scope sum of `DELEGATE_SCOPES`; 0 ends it @param until Unix seconds */
export const setDelegate = (deployment: CareDeployment, delegate: Address, scope: number, until: number): Call => call(deployment, 'setDelegate', [delegate, scope, until]);
