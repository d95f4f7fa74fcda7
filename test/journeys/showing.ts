// Showing one ready pass at a moment and to a verifier of the test's choice: proving takes seconds, signing does not.
import { presentPass as signPass, type Binding, type PassBody } from '#passport';
import { encodePass } from '#passport/pass.ts';
import { policyById } from '#passport/policies/index.ts';
import { bodyOf } from '#wallet/make-pass.ts';
import { makePass, type PassOptions, type ReadyPass, type Wallet } from '#wallet';
import { now, type Network } from './network.ts';

export const policy = (id: string) => policyById(id)!;

/** A pass for a policy by what the chain says now. */
export const pass = async ({ prover, trust }: Network, wallet: Wallet, id: string, options: Partial<PassOptions> = {}): Promise<ReadyPass> =>
  makePass(wallet, policy(id), { trust: await trust(), now: now(), prover, ...options });

/** The text for a moment; `change` is what a forger writes into it before signing. */
export const show = (ready: ReadyPass, at: number, binding: Binding = {}, change: Partial<PassBody> = {}): string =>
  encodePass(signPass({ ...bodyOf(ready), ...change }, ready.deviceSecret, at as Parameters<typeof signPass>[2], binding));
