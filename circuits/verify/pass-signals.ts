// Which public signals of a pass a verifier sees again and again.
import { SIGNAL_NAMES, type SignalName } from '#passport/signals.ts';

/** The same for every pass of a window, a policy and an event; nullifier, identity tag and device key are not. */
const REPEATING: readonly SignalName[] = ['registryRoot', 'policyRoot', 'windowStart', 'windowEnd', 'today', 'scope'];

/** Their positions, for `repeatingSignals` of `createProofVerifier`. */
export const REPEATING_PASS_SIGNALS: readonly number[] = REPEATING.map((name) => SIGNAL_NAMES.indexOf(name));
