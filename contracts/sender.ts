// Sends transactions of one account so that each call takes effect once, through restarts of this process and of the chain. A signed
// transaction is written to the journal before it is sent; what the chain loses (a reorganisation, a node that was killed) is sent again.
import { isError, type Provider, type TransactionReceipt } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { Call } from './deployment.ts';
import { chainError } from './revert.ts';
import { createLedger, type Ledger, type Sending } from './sender-ledger.ts';
import { bumped, signCall, type TransactionSigner } from './signing.ts';
import type { Journal } from './journal.ts';

export type SenderOptions = {
  /** One endpoint, as `connect` gives it. */
  readonly provider: Provider;
  readonly wallet: TransactionSigner;
  readonly journal: Journal;
  /**
   * What tells this chain from others with its number: the hash of its first block, unless the caller knows better. An anvil that loads its
   * state answers now with the old first block, now with the one that it made at its start.
   */
  readonly chain?: string;
  /** Blocks, its own included, after which a transaction counts as done. */
  readonly confirmations?: number;
  /** Milliseconds. */
  readonly poll?: number;
  /** Milliseconds without being mined after which a transaction is sent again with a higher fee. */
  readonly patience?: number;
  /** Milliseconds after which `send` gives up waiting. The transaction stays in the journal and is sent again later. */
  readonly timeout?: number;
  /** Ends all waiting; the journal keeps what is under way. */
  readonly signal?: AbortSignal;
  /** Told after each step, and waited for: a signed transaction is safe, it was sent, it is mined and that is noted. */
  readonly onStep?: (step: 'signed' | 'sent' | 'mined') => Promise<void> | void;
};

export type Sender = {
  readonly address: string;
  /**
   * Sends a call and waits until it is done. `id` names the intent: sending under the same id again, also after a restart, gives the
   * outcome of the first and never sends a second.
   * @throws HealthpassError `transaction-failed`: it has no effect and never will (field: the contract's error; `nonce` when another
   * sender's transaction stands in its place for good), or the account cannot pay (field `balance`), `chain-unavailable`, `chain-inconsistent` (field `nonce`: it stands there, not final yet), `cancelled`
   */
  readonly send: (call: Call, options: { id: string; value?: bigint }) => Promise<TransactionReceipt>;
  /** Sends again what the chain has lost and waits for it. For starts and timers; `send` does it too. @returns how many */
  readonly recover: () => Promise<number>;
};

/** More missing transactions than these are no gap but another chain. */
const MAX_GAP = 64;
/** Milliseconds that a receipt may come after the nonce: nodes count a transaction a moment before they can show it. */
const RECEIPT_GRACE = 3_000;
/** Milliseconds; doubles up to `poll`, so that a chain that mines at once does not make us wait. */
const FIRST_POLL = 10;

/** One sender an account at a time: transactions are sent one after the other. */
export function createSender(options: SenderOptions): Sender {
  const { provider, wallet, journal, confirmations = 1, poll = 200, patience = 20_000, timeout = 120_000, signal, onStep } = options;
  let opening: Promise<Ledger> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const opened = (): Promise<Ledger> => {
    opening ??= createLedger(provider, wallet.address, journal, options.chain).catch((error: unknown) => {
      opening = undefined; // the next who asks opens anew
      throw error;
    });
    return opening;
  };

  const inTurn = <T>(work: (ledger: Ledger) => Promise<T>): Promise<T> => {
    const next = turn.then(async () => {
      try {
        return await work(await opened());
      } catch (error) {
        throw chainError(error);
      }
    });
    turn = next.catch(() => undefined);
    return next;
  };

  const chainNonce = () => provider.getTransactionCount(wallet.address, 'latest');

  const sign = async (ledger: Ledger, id: string, nonce: number, call: Call, value?: bigint): Promise<Sending> => {
    const signed = await signCall(provider, wallet, { ...call, nonce, value: value ?? 0n });
    const sending = await ledger.signed({ type: 'signed', id, nonce, ...signed });
    await onStep?.('signed');
    return sending;
  };

  const replace = async (ledger: Ledger, sending: Sending): Promise<void> => {
    const before = sending.raws.at(-1)!;
    const next = await bumped(provider, wallet, before.raw);
    if (next) await ledger.signed({ ...before, ...next });
  };

  /** Broadcasting may fail in many ways that all end well: it is known already, it is mined, the node is back in a moment. Want of money does not. */
  const broadcast = async (sending: Sending): Promise<void> => {
    try {
      await provider.broadcastTransaction(sending.raws.at(-1)!.raw);
    } catch (error) {
      if (isError(error, 'INSUFFICIENT_FUNDS')) throw error;
    }
  };

  const receiptOf = async ({ raws, mined }: Sending): Promise<TransactionReceipt | null> => {
    const hashes = new Set([...raws.map(({ hash }) => hash), ...(mined ? [mined.hash] : [])]);
    for (const hash of [...hashes].reverse()) {
      const receipt = await provider.getTransactionReceipt(hash);
      if (receipt) return receipt;
    }
    return null;
  };

  /** Sends, waits, sends again with a higher fee, until the call is mined deep enough or never will be. */
  const settle = async (ledger: Ledger, sending: Sending): Promise<TransactionReceipt> => {
    const started = Date.now();
    let sentAt: number | undefined;
    let missingSince: number | undefined;
    for (let wait = FIRST_POLL; ; wait = Math.min(2 * wait, poll)) {
      const nonce = await chainNonce(); // before the receipt: one that is mined in between is seen in the next round
      const receipt = await receiptOf(sending);
      if (receipt && (await provider.getBlockNumber()) - receipt.blockNumber + 1 >= confirmations) {
        await ledger.mined(sending, receipt);
        await onStep?.('mined');
        return receipt;
      }
      const now = Date.now();
      if (!receipt && sending.raws.length === 0) throw new HealthpassError('chain-inconsistent', 'the chain has lost a transaction that was final');
      missingSince = receipt || nonce <= sending.nonce ? undefined : missingSince ?? now;
      if (missingSince !== undefined && now - missingSince > RECEIPT_GRACE) throw await displaced(sending);
      if (!receipt && (sentAt === undefined || now - sentAt >= patience)) {
        if (sentAt !== undefined) await replace(ledger, sending);
        await broadcast(sending);
        sentAt = now;
        await onStep?.('sent');
      }
      if (signal?.aborted) throw new HealthpassError('cancelled', 'the sender was stopped');
      if (now - started > timeout) throw new HealthpassError('chain-unavailable', 'the transaction was not mined in time');
      await pause(wait);
    }
  };

  /** Somebody else's transaction has the nonce. Until that is final a reorganisation may still bring ours in. */
  const displaced = async ({ nonce }: Sending): Promise<HealthpassError> => {
    const isFinal = (await provider.getTransactionCount(wallet.address, 'finalized')) > nonce;
    return new HealthpassError(isFinal ? 'transaction-failed' : 'chain-inconsistent', 'another sender used the account at the same time', { field: 'nonce' });
  };

  /** Everything from the chain's nonce on is not mined, or not any more. */
  const recoverIn = async (ledger: Ledger): Promise<number> => {
    const lost: Sending[] = [];
    let gaps = 0;
    for (let nonce = await chainNonce(); nonce < ledger.nextNonce(); nonce++) {
      const known = ledger.atNonce(nonce);
      if (!known && ++gaps > MAX_GAP) throw new HealthpassError('chain-inconsistent', 'the chain has lost more transactions than are kept');
      // A nonce of which nothing is known blocks the later ones: a transfer of nothing to ourselves takes its place.
      lost.push(known ?? await sign(ledger, `gap ${nonce}`, nonce, { to: wallet.address, data: '0x' }));
    }
    for (const sending of lost) if (sending.raws.length > 0) await broadcast(sending);
    for (const sending of lost) await settle(ledger, sending);
    return lost.length;
  };

  return {
    address: wallet.address,
    send: (call, { id, value }) => inTurn(async (ledger) => {
      await recoverIn(ledger);
      const nonce = Math.max(await chainNonce(), ledger.nextNonce());
      const sending = ledger.byId(id) ?? await sign(ledger, id, nonce, call, value);
      return succeeded(await settle(ledger, sending), call, provider);
    }),
    recover: () => inTurn(recoverIn),
  };
}

async function succeeded(receipt: TransactionReceipt, call: Call, provider: Provider): Promise<TransactionReceipt> {
  if (receipt.status === 1) return receipt;
  // The receipt does not say why; asking again at its block usually does.
  const cause = await provider.call({ ...call, from: receipt.from, blockTag: receipt.blockNumber }).catch((error: unknown) => error);
  const told = cause instanceof Error ? chainError(cause) : undefined;
  throw told?.code === 'transaction-failed' ? told : new HealthpassError('transaction-failed', 'the transaction was mined and failed');
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
