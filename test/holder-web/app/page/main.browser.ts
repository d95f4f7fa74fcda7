// The wallet without its pages: what tests of the browser side drive, through the same verbs as pages.
import '#faces/strict.ts';
import { keepOffline, onUpdate } from '#faces/offline/register.ts';
import { openWalletApp } from '../../../../holder-web/app/wallet.ts';
import { createIndexedDbStorage } from '#faces/vault/indexed-db.ts';
import { createTabs } from '#faces/vault/tabs.ts';
import manifest from '../../../../circuits/artifacts/manifest.json' with { type: 'json' };
import { loadProvingArtifacts } from '../../../../holder-web/app/platform/artifacts.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';

declare global {
  var wallet: WalletApp;
  var parts: { createIndexedDbStorage: typeof createIndexedDbStorage; createTabs: typeof createTabs; loadArtifacts: (onDownload: () => void) => ReturnType<typeof loadProvingArtifacts> };
  var trail: string[];
  /** Takes the new version, once there is one. */
  var takeOver: (() => void) | undefined;
}

const URLS = {
  'pass.wasm': new URL('../../../../circuits/artifacts/pass.wasm', import.meta.url).href, 'pass.zkey': new URL('../../../../circuits/artifacts/pass.zkey', import.meta.url).href,
};
globalThis.parts = { createIndexedDbStorage, createTabs, loadArtifacts: (onDownload) => loadProvingArtifacts(manifest, URLS, onDownload) };
globalThis.trail = [];
globalThis.takeOver = undefined; // there to be asked for from the first moment
onUpdate((take) => void (globalThis.takeOver = take));
await keepOffline();
globalThis.wallet = await openWalletApp();
for (const name of ['door', 'making', 'receiving', 'showing', 'answering', 'restoring'] as const) {
  wallet[name].subscribe((state: { readonly name: string }) => void trail.push(`${name}:${state.name}`));
}
document.documentElement.dataset['ready'] = 'yes';
