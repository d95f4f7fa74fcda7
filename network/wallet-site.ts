// The wallet's pages, on an origin of their own: what a wallet keeps belongs to that origin, and no service shares it.
import { buildFolder } from '#faces/build/apps.ts';
import { builtSites, createRouter, freePort, listen, NO_ACCESS, type Closers } from '#server';

/** @returns where they are, undefined when the wallet is not built */
export async function startWalletSite(wanted: number, closers: Closers): Promise<string | undefined> {
  const sites = builtSites({ base: '', folder: buildFolder('wallet'), surface: 'holder-app' });
  if (sites.length === 0) return undefined;
  const port = await freePort(wanted, { orAny: true });
  closers.add((await listen(createRouter([], { access: NO_ACCESS, sites }), port)).stop);
  return `http://localhost:${port}`;
}
