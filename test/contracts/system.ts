// A whole system on a chain of its own for one test file, and the accounts that act on it.
import { HDNodeWallet, Mnemonic, type JsonRpcProvider, type TransactionReceipt } from 'ethers';
import {
  addIssuer, changeStatus, connect, createMemoryJournal, createSender, deploySystem, startAnvil, statusRootOnChain,
  type Anvil, type AnvilOptions, type Call, type Deployment, type Sender, type StatusAction,
} from '#contracts';
import { createClaimsKeyPair, masksOf, statusRoot, type ClaimsKey, type FieldElement } from '#passport';

/** Anvil's own words: its first accounts are funded, their keys public knowledge. */
const WORDS = Mnemonic.fromPhrase('test test test test test test test test test test test junk');
export const account = (index: number): HDNodeWallet => HDNodeWallet.fromMnemonic(WORDS, `m/44'/60'/0'/0/${index}`);

export const GOVERNANCE = account(0);

/** A key from a number, so that failures can be repeated. */
export function claimsKey(seed: number): ClaimsKey {
  const secret = new Uint8Array(32).fill(seed % 256);
  secret[0] = Math.floor(seed / 256);
  return createClaimsKeyPair(secret).publicKey;
}

export type System = {
  readonly anvil: Anvil;
  readonly provider: JsonRpcProvider;
  readonly deployment: Deployment;
  readonly send: (wallet: HDNodeWallet, call: Call) => Promise<TransactionReceipt>;
  /** Accredits the account as an issuer with some lists. */
  readonly accredit: (wallet: HDNodeWallet, options?: { key?: ClaimsKey; lists?: number; name?: string }) => Promise<void>;
  /** Changes entries and publishes the root that follows, as an issuer that remembers its words does. */
  readonly change: (wallet: HDNodeWallet, action: StatusAction, list: number, indices: readonly number[]) => Promise<TransactionReceipt>;
  readonly mine: (blocks: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function startSystem(options: AnvilOptions = {}): Promise<System> {
  const anvil = await startAnvil(options);
  const provider = connect(anvil.url, anvil.chainId);
  const deployment = await deploySystem(GOVERNANCE.connect(provider));
  const senders = new Map<string, Sender>();
  const words = new Map<number, Map<number, bigint>>();
  let calls = 0;

  const send = async (wallet: HDNodeWallet, call: Call) => {
    const sender = senders.get(wallet.address) ?? createSender({ provider, wallet, journal: createMemoryJournal(), poll: 20 });
    senders.set(wallet.address, sender);
    return sender.send(call, { id: `call ${calls++}` });
  };

  return {
    anvil, provider, deployment, send,
    async accredit(wallet, { key = claimsKey(calls + 1), lists = 1, name = 'Clinic' } = {}) {
      await send(GOVERNANCE, addIssuer(deployment, { identity: wallet.address, claimsKey: key, name, accreditedBy: 'Ministry of Health', lists }));
    },
    async change(wallet, action, list, indices) {
      const masks = masksOf(indices);
      const next = new Map(words.get(list));
      for (const [word, mask] of masks) next.set(word, action === 'reinstate' ? (next.get(word) ?? 0n) & ~mask : (next.get(word) ?? 0n) | mask);
      const previousRoot = await statusRootOnChain(provider, deployment, list);
      const receipt = await send(wallet, changeStatus(deployment, action, { list, masks, previousRoot, newRoot: statusRoot(next) as FieldElement }));
      words.set(list, next);
      return receipt;
    },
    mine: (blocks) => provider.send('anvil_mine', [`0x${blocks.toString(16)}`]) as Promise<void>,
    async stop() {
      provider.destroy();
      await anvil.stop();
    },
  };
}

/** The code of what a promise is rejected with, and the field after it where there is one. */
export async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { code, field } = error as { code?: string; field?: string };
    return field ? `${code} ${field}` : String(code);
  }
  return 'no failure';
}
