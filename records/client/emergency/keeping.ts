// What is laid ready for an emergency follows the epochs: a key that is published is wrapped for it too, or what is written from then on would be missing
// when it is needed.
import { isHealthpassError, type UnixSeconds } from '#passport';
import { accessesSchema, type EmergencyWrap, type KeptSetting } from '#records/model/emergency/wire.ts';
import { wrapForEmergency } from '#records/model/emergency/wraps.ts';
import { usefulEpochs } from '#records/model/exchange/plan.ts';
import { consentsSchema, type Consents } from '#records/model/exchange/wire.ts';
import type { Root } from '#records/model/keys/root.ts';
import type { Category } from '#records/model/record.ts';
import { read } from '../answer.ts';
import type { GatewayClient } from '../http.ts';
import type { Wrapping } from '../wrapping.ts';
import { fetchSetting } from './own-setting.ts';

export const fetchAccesses = async (gateway: GatewayClient) => read(accessesSchema, await gateway.get('/emergency-accesses')).accesses;
export const isRunning = ({ state }: { readonly state: string }): boolean => state === 'asked' || state === 'released';

/** Wraps of what counts in these categories, for a key of emergencies. */
export const wrapEpochs = ({ secretOf }: Pick<Wrapping, 'secretOf'>, head: KeptSetting['head'], epochs: Consents['epochs']): Promise<EmergencyWrap[]> =>
  Promise.all(epochs.map(async (epoch) => ({ category: epoch.category, epoch: epoch.epoch, wrap: await wrapForEmergency(head, await secretOf(epoch), epoch) })));

export const epochsIn = (categories: readonly Category[], { epochs, now }: Pick<Consents, 'epochs' | 'now'>): Consents['epochs'] => {
  const useful = new Set(usefulEpochs({ epochs, now: now as UnixSeconds }).map(({ category, epoch }) => `${category}/${epoch}`));
  return epochs.filter(({ category, epoch }) => categories.includes(category) && useful.has(`${category}/${epoch}`));
};

export function createEmergencyKeeping({ gateway, root }: { readonly gateway: GatewayClient; readonly root: Root }, wrapping: Pick<Wrapping, 'secretOf'>) {
  /** @returns how many keys were added */
  async function keep(): Promise<number> {
    const setting = await fetchSetting(gateway, root);
    if (!setting) return 0;
    // A key that was opened is not given anything more once the access is over: it is about to be replaced.
    if (setting.isUsed && !(await fetchAccesses(gateway)).some(isRunning)) return 0;
    const known = new Set(setting.wrapped.map(({ category, epoch }) => `${category}/${epoch}`));
    const missing = epochsIn(setting.categories, read(consentsSchema, await gateway.get('/relationships'))).filter(({ category, epoch }) => !known.has(`${category}/${epoch}`));
    if (missing.length > 0) await gateway.post('/emergency-setting/wraps', { id: setting.head.id, wraps: await wrapEpochs(wrapping, setting.head, missing) });
    return missing.length;
  }
  return {
    keep,
    /** The same, with what is laid ready brought up to date afterwards. What was done stands, whatever becomes of that: the wallet catches up when it next opens. */
    followed: <A extends readonly unknown[], R>(work: (...given: A) => Promise<R>) => async (...given: A): Promise<R> => {
      const done = await work(...given);
      await keep().catch((error: unknown) => {
        if (!isHealthpassError(error)) throw error;
      });
      return done;
    },
  };
}
