// The wallet in this browser.
import { settleBeforeUpdate } from '#faces/offline/register.ts';
import { HealthpassError, type UnixSeconds } from '#passport';
import { parseWalletConfig, type WalletConfig } from '#wallet-app/config.ts';
import { createWalletApp } from '#wallet-app/create-wallet-app.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import { createFetch, requestBytes } from './platform/fetch.ts';
import { createIndexedDbStorage } from '#faces/vault/indexed-db.ts';
import { createPasskeys } from '#faces/vault/passkeys.ts';
import { createTabs } from '#faces/vault/tabs.ts';
import { createProver } from './platform/prover-bridge.ts';
import { forgetDrafts } from './parts/draft.ts';

export async function openWalletApp(): Promise<WalletApp> {
  const app = await createWalletApp({
    storage: createIndexedDbStorage(), tabs: createTabs(), passkeys: createPasskeys(), prover: createProver(), fetch: createFetch(), request: requestBytes,
    now: () => Math.floor(Date.now() / 1000) as UnixSeconds, random: Math.random,
    timers: { after(seconds, task) {
      const timer = setTimeout(task, seconds * 1000);
      return () => clearTimeout(timer);
    } },
    config: readConfig,
    verifyingKey: async () => (await import('../../circuits/artifacts/verification_key.json', { with: { type: 'json' } })).default,
  });
  document.addEventListener('visibilitychange', () => app.door.setHidden(document.visibilityState === 'hidden'));
  settleBeforeUpdate(() => whenQuiet(app));
  // What is kept here can be had nowhere else: the browser is asked not to clear it when room is short.
  // An offer gives what it gives once: who loads the page anew before saying yes would lose it.
  addEventListener('beforeunload', (event) => {
    if (['fetching', 'preview', 'storing'].includes(app.receiving.get().name)) event.preventDefault();
  });
  // Where there is no wallet any more, in this tab or another, nothing that was typed for it stays.
  let before = app.door.get().name;
  app.door.subscribe(({ name }) => {
    if (name === 'open') void navigator.storage?.persist?.();
    if (name === 'none' && before !== 'creating') forgetDrafts();
    before = name;
  });
  return app;
}

/** Milliseconds. */
const LOOK_EVERY = 250;

async function whenQuiet(app: WalletApp): Promise<void> {
  while (app.isBusy()) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
}

const CONFIG = 'wallet-config';

/** From the site, or as it was last. */
async function readConfig(): Promise<WalletConfig> {
  try {
    const response = await fetch(new URL('config.json', document.baseURI), { cache: 'no-cache', credentials: 'omit' });
    if (!response.ok) throw new TypeError('no configuration');
    const json: unknown = await response.json();
    const config = parseWalletConfig(json);
    localStorage.setItem(CONFIG, JSON.stringify(json));
    return config;
  } catch (error) {
    const kept = localStorage.getItem(CONFIG);
    if (kept !== null) return parseWalletConfig(JSON.parse(kept));
    throw error instanceof HealthpassError ? error : new HealthpassError('service-unavailable', 'the site of the wallet cannot be reached', { field: 'network' });
  }
}
