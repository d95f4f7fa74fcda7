// What was shown to whom: for the holder alone, and theirs to erase. Erasing it makes no pass showable again.
import { HISTORY, type Showing } from './records.ts';
import type { VaultChange } from '#vault/vault.ts';
import type { Wallet } from './wallet.ts';

/** Older entries make room. */
const HISTORY_MAX = 5000;

/** Oldest first. */
export const history = (wallet: Wallet): Promise<readonly Showing[]> => wallet.read(HISTORY);

export async function remember(change: VaultChange, showing: Showing): Promise<void> {
  change.write(HISTORY, [...(await change.read(HISTORY)), showing].slice(-HISTORY_MAX));
}

/** Forgets what was shown before a time; all of it without one. */
export const eraseHistory = (wallet: Wallet, before: number = Infinity): Promise<void> =>
  wallet.change(async (change) => change.write(HISTORY, (await change.read(HISTORY)).filter(({ at }) => at >= before)));
