// Passes for contracts: what to send to PassVerifier, and asking it without sending. Browser-safe.
import type { Provider } from 'ethers';
import { signalsToArray, type PassSignals } from '#passport/signals.ts';
import { PASS_VERIFIER, type Call, type Deployment } from './deployment.ts';
import { chainError } from './revert.ts';

type Pair = readonly [bigint, bigint];
/** A proof and what it is about; points as circuits/ has them, elements of Fp2 as [c0, c1]. */
export type ProvenStatement = {
  readonly proof: { readonly a: Pair; readonly b: readonly [Pair, Pair]; readonly c: Pair };
  readonly signals: PassSignals;
};

/** What a consumer asks; see IPassVerifier. Times in seconds. */
export type PassTerms = {
  /** Who may use the pass: its device key is this address. */
  readonly account: string;
  readonly policyRoot: bigint;
  readonly windowLength: number;
  readonly windowGrid: number;
  readonly maxRootAge: number;
  /** 0n: no limit on entries. */
  readonly scope: bigint;
  /** 0n: no match asked. */
  readonly identityTag: bigint;
};

/** The device key of a pass that an account may use on chain. */
export const deviceKeyOfAccount = (account: string): bigint => BigInt(account);

/** Checks the pass and uses up its nullifier for whoever sends the call. */
export const consumePass = ({ contracts }: Deployment, pass: ProvenStatement, terms: PassTerms): Call =>
  ({ to: contracts.PassVerifier, data: PASS_VERIFIER.encodeFunctionData('consume', [passOf(pass), terms]) });

/**
 * Asks the contract whether a pass meets the terms of a consumer now.
 * @throws HealthpassError `transaction-failed` with the contract's error as field when not; `chain-unavailable`
 */
export async function checkPass(provider: Provider, { contracts }: Deployment, pass: ProvenStatement, terms: PassTerms, consumer: string): Promise<void> {
  try {
    await provider.call({ to: contracts.PassVerifier, data: PASS_VERIFIER.encodeFunctionData('check', [passOf(pass), terms, consumer]) });
  } catch (error) {
    throw chainError(error);
  }
}

/** The precompiles of the chain take the parts of Fp2 in the other order. */
const passOf = ({ proof: { a, b: [x, y], c }, signals }: ProvenStatement) =>
  ({ a, b: [[x[1], x[0]], [y[1], y[0]]], c, signals: signalsToArray(signals) });
