// Waiting until the chain shows something for good.
import { HealthpassError, type TrustState } from '#passport';
import type { IssuerChain } from './chain.ts';

/** Seconds; finality takes some thirteen minutes on the largest chain. */
const FINALITY_PATIENCE = 3600;
const POLL = 500;

/** Reads the chain until it `holds`. @throws HealthpassError `chain-unavailable` when it does not in an hour, or cannot be read */
export async function untilFinal({ chain, now }: { readonly chain: IssuerChain; readonly now: () => number }, holds: (trust: TrustState) => boolean): Promise<void> {
  const patience = now() + FINALITY_PATIENCE;
  while (!holds(await chain.trust())) {
    if (now() > patience) throw new HealthpassError('chain-unavailable', 'the change does not become final', { field: 'chain' });
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}
