// The public signals of a pass: one order for circom, TypeScript and Solidity.
import { assertFieldElement, type FieldElement } from './field.ts';

/** Order of the public signals. Generated into Solidity and checked against the compiled circuit. */
export const SIGNAL_NAMES = [
  'nullifier', 'identityTag', 'registryRoot', 'policyRoot', 'windowStart', 'windowEnd', 'today', 'scope', 'deviceKey',
] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];
export type PassSignals = Readonly<Record<SignalName, FieldElement>>;

/** @throws HealthpassError `field-not-canonical` for a signal that is not below r. */
export const signalsToArray = (signals: PassSignals): FieldElement[] =>
  SIGNAL_NAMES.map((name) => assertFieldElement(signals[name], name));
