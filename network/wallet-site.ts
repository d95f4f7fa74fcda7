// The wallet's pages, on an origin of their own: what a wallet keeps belongs to that origin, and no service shares it. Beside its files the site
// says where a wallet learns what the chain says; it takes nothing and remembers nobody.
import type { Hono } from 'hono';
import { z } from 'zod';
import { buildFolder } from '#faces/build/apps.ts';
import { builtSites, createRouter, freePort, listen, NO_ACCESS, route, type Closers, type GuardOptions } from '#server';

export type WalletSite = {
  /** URLs of services that give the trust bundle and the rules. Wallets check what they get, so a mirror can withhold but not forge. */
  readonly mirrors: readonly string[];
  /** Certificates that those of verifiers have to lead to, PEM or base64: wallets name nobody else. */
  readonly verifierAuthorities?: readonly string[];
  /** Whether wallets may talk to issuers without TLS. */
  readonly development: boolean;
  /** Folder of the built wallet. */
  readonly folder?: string;
  readonly guard?: GuardOptions;
};

const siteSchema = z.object({ mirrors: z.array(z.string()).meta({ description: 'Services that give the trust bundle and the rules' }), verifierAuthorities: z.array(z.string()).meta({ description: 'Certificates that those of verifiers have to lead to' }), development: z.boolean() });

/** @returns undefined when the wallet is not built */
export function createWalletSite({ mirrors, verifierAuthorities = [], development, folder = buildFolder('wallet'), guard }: WalletSite): Hono | undefined {
  const sites = builtSites({ base: '', folder, surface: 'holder-app' });
  if (sites.length === 0) return undefined;
  const about = route({
    method: 'get', path: '/config.json', summary: 'Say where wallets learn what the chain says', tag: 'wallet', permission: null, surface: 'holder-app',
    answers: { 200: { description: 'The services', schema: siteSchema } },
    run({ context }) {
      context.header('cache-control', 'no-cache');
      return { mirrors, verifierAuthorities: [...verifierAuthorities], development };
    },
  });
  const health = route({
    method: 'get', path: '/health', summary: 'Say that the site is up', tag: 'operations', permission: null, surface: 'public',
    answers: { 200: { description: 'It is' } }, run: () => ({ status: 'ok' }),
  });
  return createRouter([about, health], { access: NO_ACCESS, sites, ...guard });
}

/** For a network on one machine. @returns where it is, undefined when the wallet is not built */
export async function startWalletSite(wanted: number, site: WalletSite, closers: Closers): Promise<string | undefined> {
  const app = createWalletSite(site);
  if (!app) return undefined;
  const port = await freePort(wanted, { orAny: true });
  closers.add((await listen(app, port)).stop);
  return `http://localhost:${port}`;
}
