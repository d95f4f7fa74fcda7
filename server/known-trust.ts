// What the chain index knows, as services take it.
import type { ChainIndex } from '#contracts';
import { isHealthpassError, type TrustState } from '#passport';

/** What was known at the last sync; undefined before the first, or while the chain contradicts itself: then nothing is decided. */
export function knownTrust(index: Pick<ChainIndex, 'snapshot'>): TrustState | undefined {
  try {
    return index.snapshot();
  } catch (error) {
    if (isHealthpassError(error)) return undefined;
    throw error;
  }
}
