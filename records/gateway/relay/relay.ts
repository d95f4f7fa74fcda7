// Carries signed statements to the chain with the gateway's money, as far as the budget of the day goes.
import type { Provider } from 'ethers';
import { chainError, type Call, type Sender } from '#contracts';
import { HealthpassError } from '#passport';
import { accountIndex } from '../account-index.ts';
import type { CoreDeps, Relay } from '../deps.ts';
import type { Budget } from './budget.ts';

type RelayDeps = Pick<CoreDeps, 'database'> & { readonly budget: Budget; readonly provider: Provider; readonly sender: Sender };

export function createRelay({ database, budget, provider, sender }: RelayDeps): Relay {
  /** What would fail on chain fails here, before it is paid for. */
  async function estimate(call: Call): Promise<number> {
    try {
      return Number(await provider.estimateGas({ ...call, from: sender.address }));
    } catch (error) {
      throw chainError(error);
    }
  }

  /** What is kept for revocations pays for no grant. @throws HealthpassError `service-unavailable`, `chain-unavailable` */
  async function assertAffordable(): Promise<void> {
    const asked = Promise.all([provider.getBalance(sender.address), provider.getFeeData()]);
    const [balance, { maxFeePerGas }] = await asked.catch((error: unknown) => { throw chainError(error); });
    if (balance < BigInt(budget.limits.reserve) * (maxFeePerGas ?? 0n)) throw new HealthpassError('service-unavailable', 'what is left on the account is kept for revocations', { field: 'balance' });
  }

  return async (call, id, { account, pot = 'patients' } = {}) => {
    const isPaid = await budget.isPaid(database, id);
    if (pot === 'patients') await assertAffordable();
    if (!isPaid) {
      const gas = await estimate(call);
      await database.transaction((tx) => budget.reserve(tx, id, gas, { pot, payer: account && accountIndex(account) }));
    }
    const receipt = await sender.send(call, { id });
    await budget.spent(database, id, Number(receipt.gasUsed));
    return receipt;
  };
}
