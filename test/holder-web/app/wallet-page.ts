// Builds the page that these tests drive, as the wallet is built, and serves it as the wallet is served.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { commonConfig, workerConfig } from '#faces/build/build.ts';
import { createWalletSite, type WalletSite } from '#network/wallet-site.ts';
import { freePort, listen } from '#server';

export type WalletPage = { readonly url: string; readonly stop: () => Promise<void> };

export async function buildWalletPage(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'healthpass-wallet-page-'));
  const config = commonConfig({ source: 'test/holder-web/app/page' }, folder);
  await build({ ...config, logLevel: 'error', build: { ...config.build, emptyOutDir: true } });
  await build({ ...workerConfig({ source: 'holder-web/app' }, folder, [{ url: 'index.html', revision: '1' }]), logLevel: 'error' });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export async function serveWalletPage(site: Omit<WalletSite, 'development'>): Promise<WalletPage> {
  const port = await freePort(0);
  const app = createWalletSite({ ...site, ...(site.node !== undefined && { rpc: [`http://localhost:${port.number}/rpc`] }), development: true });
  if (!app) throw new Error('the page was not built');
  const { stop, url } = await listen(app, port);
  return { url: `${url.replace('127.0.0.1', 'localhost')}/`, stop: () => stop(0) };
}
