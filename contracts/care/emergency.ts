// What hospitals and professional bodies send to EmergencyAccess themselves; signed statements are in statements.ts. Browser-safe.
import type { Call } from '../deployment.ts';
import { careCall, type CareDeployment } from './deployment.ts';

type Bytes32 = `0x${string}`;
const call = (deployment: CareDeployment, method: string, values: readonly unknown[]): Call => careCall(deployment, 'EmergencyAccess', method, values);

/** By a hospital. @param until Unix seconds, at most 72 hours ahead */
export const openEmergency = (deployment: CareDeployment, id: Bytes32, commitment: Bytes32, until: number): Call => call(deployment, 'open', [id, commitment, until]);
/** By another hospital. */
export const approveEmergency = (deployment: CareDeployment, id: Bytes32): Call => call(deployment, 'approve', [id]);
/** By a body that is responsible for hospitals; access ends with it. */
export const reviewEmergency = (deployment: CareDeployment, id: Bytes32, finding: Bytes32): Call => call(deployment, 'review', [id, finding]);
