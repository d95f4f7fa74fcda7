// What an account can pay with, for people: ether from wei, and how many writes that is.
import type { Gas } from '../api.ts';

/** Fewer writes left than this is something to see to. */
export const FEW_WRITES = 50;

/** Four digits after the point at most; of a wei that is no number nothing is said. */
export function ether(wei: string | undefined): number | undefined {
  return wei !== undefined && /^\d{1,40}$/.test(wei) ? Number(BigInt(wei) / 10n ** 12n) / 1e6 : undefined;
}

export const isLow = (gas: Gas | undefined): boolean => gas?.writes !== undefined && gas.writes < FEW_WRITES;
