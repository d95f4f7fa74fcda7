// Signs calls as type 2 transactions, with room above the estimate, and signs them again with a higher fee.
import { Transaction, type Provider, type TransactionRequest } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';

/** The part of an ethers wallet that signing takes; a key in hardware fits too. */
export type TransactionSigner = { readonly address: string; readonly signTransaction: (transaction: TransactionRequest) => Promise<string> };
export type SignedTransaction = { readonly raw: string; readonly hash: string };

/**
 * Estimates, prices and signs.
 * @throws what ethers throws when the call would revert: then nothing was signed
 */
export async function signCall(
  provider: Provider, wallet: TransactionSigner, call: { to: string; data: string; nonce: number; value: bigint },
): Promise<SignedTransaction> {
  const [gas, fees, { chainId }] = await Promise.all([
    provider.estimateGas({ ...call, from: wallet.address }), feesNow(provider), provider.getNetwork(),
  ]);
  return signed(wallet, { ...call, ...fees, type: 2, chainId, gasLimit: withRoom(gas) });
}

/**
 * The same transaction with a fee that replaces the first: nodes ask for a tenth more. Its gas is estimated anew, as a limit that is too low is
 * another reason to be stuck. Undefined when the fee is far above the market already: then something else keeps it back.
 */
export async function bumped(provider: Provider, wallet: TransactionSigner, raw: string): Promise<SignedTransaction | undefined> {
  const before = Transaction.from(raw);
  const now = await feesNow(provider);
  if ((before.maxFeePerGas ?? 0n) > MOST_ABOVE_MARKET * now.maxFeePerGas) return undefined;
  const atLeast = (value: bigint, old: bigint | null) => (value > more(old ?? 0n) ? value : more(old ?? 0n));
  const { to, data, nonce, value, chainId } = before;
  // Where the call would fail now, the node says so instead of estimating; what is under way may mend that.
  const gas = await provider.estimateGas({ to, data, value, from: wallet.address }).catch(() => 0n);
  return signed(wallet, {
    to, data, nonce, value, chainId, type: 2,
    gasLimit: atLeastGas(gas, before.gasLimit),
    maxFeePerGas: atLeast(now.maxFeePerGas, before.maxFeePerGas),
    maxPriorityFeePerGas: atLeast(now.maxPriorityFeePerGas, before.maxPriorityFeePerGas),
  });
}

const MOST_ABOVE_MARKET = 10n;
const atLeastGas = (estimate: bigint, old: bigint) => (withRoom(estimate) > old ? withRoom(estimate) : old);
/** A fifth more: between estimate and block the state may change what a write costs. */
const withRoom = (gas: bigint) => gas + gas / 5n;
const more = (fee: bigint) => fee + fee / 8n + 1n;

/** Twice the base fee of the block to come, so that six full blocks in a row do not price the transaction out. */
async function feesNow(provider: Provider): Promise<{ maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }> {
  const [{ maxPriorityFeePerGas }, pending] = await Promise.all([provider.getFeeData(), provider.getBlock('pending')]);
  const block = pending?.baseFeePerGas ? pending : await provider.getBlock('latest');
  if (!block?.baseFeePerGas || maxPriorityFeePerGas === null) throw new HealthpassError('chain-unavailable', 'the chain names no fees');
  return { maxFeePerGas: 2n * block.baseFeePerGas + maxPriorityFeePerGas, maxPriorityFeePerGas };
}

async function signed(wallet: TransactionSigner, request: TransactionRequest): Promise<SignedTransaction> {
  const raw = await wallet.signTransaction(request);
  return { raw, hash: Transaction.from(raw).hash! }; // signed, so it has a hash
}
