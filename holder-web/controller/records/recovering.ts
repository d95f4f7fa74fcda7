// Records brought back into a wallet that lost them: a new key asks the guardians, they release their parts, the old wallet has time to object, and the
// root is put together here. It takes days, so what it needs is kept in the vault.
import { hexToBytes } from '@noble/hashes/utils.js';
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import { fetchConfig } from '#records/client/config.ts';
import { createRecovery } from '#records/client/guardians.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { signIn } from '#records/client/session.ts';
import type { RecoveryState } from '#records/model/exchange/guardians.ts';
import { accountKey, readingKeys } from '#records/model/keys/derive.ts';
import { createRoot } from '#records/model/keys/root.ts';
import { createSigner } from '#records/model/signing.ts';
import { CARE, RECOVERY, type Care, type Recovery } from '#wallet/care.ts';
import type { Wallet } from '#wallet/wallet.ts';
import type { Observable } from '../observable.ts';
import { knownOf, type Connecting } from './connection.ts';
import { createLoading } from './loading.ts';
import { opened } from './opened.ts';
import type { Loaded } from './states.ts';

/** `asked` undefined: nothing was asked for. */
export type RecoveringView = { readonly asked: Pick<Recovery, 'link' | 'code' | 'startedAt'> | undefined; readonly progress: RecoveryState | undefined };
/** Verbs reject with coded errors. */
export type RecoveringApp = Observable<Loaded<RecoveringView>> & {
  readonly reload: () => Promise<void>;
  readonly ask: () => Promise<void>;
  /** When it is ready: the person has records again. @throws HealthpassError `share-invalid`, `status-conflict` */
  readonly finish: (card: Care['card']) => Promise<void>;
  readonly cancel: () => Promise<void>;
};
export type RecoveringDeps = Connecting & { readonly gateway: () => Promise<string | undefined>; readonly wallet: () => Wallet | undefined; readonly onFinished: () => Promise<void> };

export function createRecovering({ request, now, gateway, wallet, onFinished }: RecoveringDeps): RecoveringApp & { readonly clear: () => void } {
  const loading = createLoading<RecoveringView>(() => {
    const here = wallet();
    return here && readRecovering(here);
  });
  const here = () => opened(wallet());

  /** By the new key: nobody but who asked sees how it goes. */
  async function client({ root, gateway: known }: Pick<Recovery, 'root' | 'gateway'>) {
    const session = await signIn(createGatewayClient({ url: known.url, fetch: request }), createSigner(hexToBytes(accountKey(root).secretKey.slice(2))), { gateway: known.address, chainId: known.chainId });
    return createRecovery(session.client, readingKeys(root));
  }

  async function readRecovering(here: Wallet): Promise<RecoveringView> {
    const asked = await here.read(RECOVERY);
    if (!asked) return { asked: undefined, progress: undefined };
    try {
      return { asked, progress: await (await client(asked)).progress(asked.id) };
    } catch (error) {
      if (!isHealthpassError(error) || error.code !== 'record-unknown') throw error;
      return { asked, progress: { state: 'over', released: 0 } };
    }
  }

  return {
    ...loading,
    async ask() {
      const own = here(); // another person may be chosen meanwhile
      const url = await gateway();
      if (url === undefined) throw new HealthpassError('service-unavailable', 'there is no gateway', { field: 'gateway' });
      const begun = { root: createRoot(), gateway: knownOf(url, await fetchConfig(createGatewayClient({ url, fetch: request }))) };
      const { recovery, link, code } = await (await client(begun)).ask();
      await own.change(({ write }) => write(RECOVERY, { ...begun, id: recovery, link, code, startedAt: now() }));
      await loading.reload();
    },
    async finish(card) {
      const own = here();
      const kept = await own.read(RECOVERY);
      if (!kept) throw new HealthpassError('record-unknown', 'nothing was asked for', { field: 'recovery' });
      const root = await (await client(kept)).finish(kept.id);
      await own.change(async ({ read, write, remove }) => {
        if (await read(CARE)) throw new HealthpassError('status-conflict', 'the person has records already', { field: 'care' });
        write(CARE, { root, createdAt: now() as UnixSeconds, gateway: kept.gateway, card, seen: 0, names: {}, delegates: 0 });
        remove(RECOVERY);
      });
      await onFinished();
    },
    async cancel() {
      await here().change(({ remove }) => remove(RECOVERY));
      await loading.reload();
    },
  };
}
