// The first start of an issuer: it has an identity, and needs money for its transactions and the accreditation of governance, both of which come from elsewhere.
import type { Provider } from 'ethers';
import { HealthpassError, type IssuerRecord, type TrustState } from '#passport';
import { pauseFor } from '#contracts/chain-index/repeating.ts';
import { accreditationIn, type IssuerIdentity } from './identity.ts';

export type Waiting = {
  /** Milliseconds between looks at the chain. */
  readonly every: number;
  /** How many looks; without end where nothing is said. */
  readonly tries?: number;
  readonly signal?: AbortSignal;
  /** Told once, when there is something to wait for. */
  readonly onWait?: () => Promise<void> | void;
};

/** Waits until the issuer's account has something to pay with. @throws HealthpassError `cancelled`, `chain-unavailable` after so many tries */
export const untilFunded = (provider: Provider, { account }: Pick<IssuerIdentity, 'account'>, waiting: Waiting): Promise<true> =>
  until(async () => ((await provider.getBalance(account.address)) > 0n ? true : undefined), waiting, 'the account of the issuer has nothing to pay with');

/** Waits for the issuer's record: its accreditation and its keys are final. @throws HealthpassError `cancelled`, `chain-unavailable` after so many tries */
export const untilAccredited = ({ did }: Pick<IssuerIdentity, 'did'>, sync: () => Promise<TrustState>, waiting: Waiting): Promise<IssuerRecord> =>
  until(async () => accreditationIn(await sync(), did), waiting, 'the accreditation of the issuer does not become final');

async function until<T>(look: () => Promise<T | undefined>, { every, tries = Infinity, signal, onWait }: Waiting, failure: string): Promise<T> {
  for (let i = 0; i < tries; i++) {
    if (signal?.aborted) throw new HealthpassError('cancelled', 'told to stop while waiting', { field: 'signal' });
    const found = await look();
    if (found !== undefined) return found;
    if (i === 0) await onWait?.();
    await pauseFor(every, signal);
  }
  throw new HealthpassError('chain-unavailable', failure, { field: 'chain' });
}

/** What governance needs to know of an issuer to accredit it, as JSON. None of it is secret. */
export async function accreditationRequest({ did, account, claimsKeys }: Pick<IssuerIdentity, 'did' | 'account' | 'claimsKeys'>): Promise<{ did: string; identity: string; claimsKey: { x: string; y: string } }> {
  const { publicKey } = await claimsKeys.current();
  return { did, identity: account.address, claimsKey: { x: publicKey.x.toString(), y: publicKey.y.toString() } };
}
