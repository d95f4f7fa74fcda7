// What the page is told of the trust data: whether there are any, how old they are, and whether this device's clock can be relied upon.
import type { UnixSeconds } from '#passport';

export type ClockState =
  /** Compared with the service's within the tolerance, and not turned since. */
  | { readonly name: 'right' }
  /** Nobody has compared it yet. */
  | { readonly name: 'unchecked' }
  /** Seconds that it is ahead (positive) or behind, where known. */
  | { readonly name: 'wrong'; readonly ahead: number | undefined };

export type TrustReport = {
  /** `refused`: what was kept here does not hold together, and was thrown away. */
  readonly data: 'loading' | 'none' | 'ready' | 'refused';
  /** Whether the last attempt to fetch newer data reached the service. */
  readonly connection: 'unknown' | 'online' | 'offline';
  readonly clock: ClockState;
  /** Time of the final block, and when the chain was last read: of the data at hand. */
  readonly finalizedAt?: UnixSeconds | undefined;
  readonly syncedAt?: UnixSeconds | undefined;
};
