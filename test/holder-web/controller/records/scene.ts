// Wallets of people, each on a device of its own, at the gateway of an exchange scene.
import type { ExchangeScene } from '../../../records/exchange/scene.ts';
import type { RecordsApp } from '#wallet-app/records/records-app.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import { createByPassphrase, createSurroundings, until } from '../surroundings.ts';

/** The name that the clients of an exchange scene call the gateway by. */
export const GATEWAY = 'http://gateway.test';

/** A wallet that is open and has no records yet. @param hold what is asked of the gateway waits for it */
export async function openWallet(scene: ExchangeScene, hold: (path: string) => Promise<void> | undefined = () => undefined): Promise<{ readonly app: WalletApp; readonly records: RecordsApp }> {
  const { app: service } = scene.records;
  const app = await createSurroundings().openTab({
    now: scene.clock.now, config: async () => ({ mirrors: ['https://verifier.example'], verifierAuthorities: [], development: true, records: GATEWAY, rpc: [...scene.parts.config.rpc], care: scene.care }),
    request: async (url, init) => {
      if (!url.startsWith(GATEWAY)) return fetch(url, init as RequestInit); // the same shape
      await hold(url.slice(GATEWAY.length));
      return service.request(url.slice(GATEWAY.length), init as RequestInit);
    },
  });
  await createByPassphrase(app);
  const records = await app.records.load();
  await until(records.state, ({ name }) => name === 'absent');
  return { app, records };
}

export async function openRecords(scene: ExchangeScene, name: string): Promise<{ readonly app: WalletApp; readonly records: RecordsApp }> {
  const wallet = await openWallet(scene);
  await wallet.records.state.begin({ name, birthDate: '1980-02-01' });
  await until(wallet.records.state, (state) => state.name === 'open');
  return wallet;
}
