// What the wallet hands to an issuer for one credential each: a commitment under a blinding of its own, and a P-256 key of its own.
// Nothing in two of them is alike, so issuers cannot tell that they belong to one person.
import { createHolderSigner } from '#formats/credential/holder.ts';
import { HealthpassError, P2, type HolderBinding, type UnixSeconds } from '#passport';
import { CREDENTIALS, type PendingBinding } from './records.ts';
import { holderOf, randomField, type Wallet } from './wallet.ts';

/** Most bindings made at once. */
export const BINDINGS_MAX = 100;
/** Most bindings that wait for their credential. */
const PENDING_MAX = 1000;
/** A binding that no credential came for in this time is forgotten. */
const PENDING_SECONDS = 90 * 86_400;

/** Forgets bindings that no credential will be kept for. */
export const forgetBindings = (wallet: Wallet, bindings: readonly HolderBinding[]): Promise<void> => wallet.change(async (change) => {
  const credentials = await change.read(CREDENTIALS);
  const pending = credentials.pending.filter(({ commitment }) => !bindings.some((binding) => binding.commitment === commitment));
  if (pending.length < credentials.pending.length) change.write(CREDENTIALS, { ...credentials, pending });
});

/** Fresh bindings, remembered until their credentials arrive. @throws HealthpassError `request-invalid`, `wallet-locked` */
export async function createBindings(wallet: Wallet, count: number, now: UnixSeconds): Promise<HolderBinding[]> {
  if (!Number.isInteger(count) || count < 1 || count > BINDINGS_MAX) {
    throw new HealthpassError('request-invalid', `1 to ${BINDINGS_MAX} bindings can be made at once`, { field: 'count' });
  }
  const { secret } = await holderOf(wallet);
  const made = Array.from({ length: count }, () => {
    const blinding = randomField();
    const { key, secretKey } = createHolderSigner();
    const pending: PendingBinding = { blinding, commitment: P2(secret, blinding), holderSecret: secretKey, createdAt: now };
    return { pending, binding: { commitment: pending.commitment, key } };
  });
  await wallet.change(async (change) => {
    const credentials = await change.read(CREDENTIALS);
    const waiting = credentials.pending.filter(({ createdAt }) => now - createdAt < PENDING_SECONDS);
    if (waiting.length + count > PENDING_MAX) throw new HealthpassError('request-invalid', 'too many bindings wait for a credential', { field: 'count' });
    change.write(CREDENTIALS, { ...credentials, pending: [...waiting, ...made.map(({ pending }) => pending)] });
  });
  return made.map(({ binding }) => binding);
}
