// What pharmacies and prescribers send to DispenseRegistry themselves; signed statements are in statements.ts. Browser-safe.
import type { Call } from '../deployment.ts';
import { careCall, type CareDeployment } from './deployment.ts';

/** By a pharmacy, once. */
export const dispense = (deployment: CareDeployment, nullifier: `0x${string}`): Call => careCall(deployment, 'DispenseRegistry', 'dispense', [nullifier]);
/** By whoever prescribed it, before it is dispensed: the nullifier is made of the sender and `inner`. */
export const voidPrescription = (deployment: CareDeployment, inner: `0x${string}`): Call => careCall(deployment, 'DispenseRegistry', 'voidPrescription', [inner]);
