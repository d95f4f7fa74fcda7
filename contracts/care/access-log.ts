// What gateways send to AccessLog. Browser-safe.
import type { Call } from '../deployment.ts';
import { careCall, type CareDeployment } from './deployment.ts';

/** By a gateway. @param sequence one more than that of its last root; the first is 1 */
export const appendAnchor = (deployment: CareDeployment, sequence: number | bigint, root: `0x${string}`): Call => careCall(deployment, 'AccessLog', 'append', [sequence, root]);
