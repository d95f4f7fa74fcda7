// A wallet with records in it, open in one tab, that knows what the chain says.
import { createBindings, createMemoryStorage, openWallet, receiveCredential, walletOf, type Wallet } from '#wallet';
import type { HealthEvent } from '#passport';
import type { ProverBridge } from '#wallet-app/platform.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import { createTestIssuer, issueTo, NOW, receiving, trustOf, VACCINATION, type TestIssuer } from '../fixture.ts';
import { createByPassphrase, createSurroundings, giving, PASSPHRASE, until, type Surroundings } from './surroundings.ts';

export type Scene = { readonly around: Surroundings; readonly app: WalletApp; readonly issuer: TestIssuer; /** The same wallet, as the library sees it. */ readonly wallet: Wallet; readonly ids: readonly string[] };

export async function walletApp({ events = [VACCINATION], prover }: { readonly events?: readonly HealthEvent[]; readonly prover?: ProverBridge | undefined } = {}): Promise<Scene> {
  const [storage, issuer] = [createMemoryStorage(), createTestIssuer()];
  const trust = trustOf([issuer]);
  const around = createSurroundings({ storage, ...(prover && { prover }) });
  around.answer(giving(trust));
  const app = await around.openTab();
  await createByPassphrase(app);
  await until(app.holdings, (holdings) => holdings?.trust.name === 'fresh');
  const wallet = await openWallet(storage, { kind: 'passphrase', passphrase: PASSPHRASE });
  const ids: string[] = [];
  for (const event of events) {
    const [binding] = await createBindings(wallet, 1, NOW);
    ids.push((await receiveCredential(wallet, await issueTo(issuer, binding!, { event }), receiving(trust))).issued.id);
  }
  await app.holdings.refresh();
  await until(app.holdings, (holdings) => holdings?.cards.length === events.length);
  return { around, app, issuer, wallet: walletOf(wallet, '00000000'), ids };
}
