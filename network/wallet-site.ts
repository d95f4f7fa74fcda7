// The wallet's pages, on an origin of their own: what a wallet keeps belongs to that origin, and no service shares it. Beside its files the site
// says where a wallet learns what the chain says; it takes nothing and remembers nobody.
import type { Hono } from 'hono';
import { z } from 'zod';
import type { CareDeployment } from '#contracts/care/index.ts';
import { buildFolder } from '#faces/build/apps.ts';
import { builtSites, createRouter, listen, NO_ACCESS, route, type Closers, type GuardOptions, type HeldPort } from '#server';
import { chainDoor } from './chain-door.ts';

export type WalletSite = {
  /** URLs of services that give the trust bundle and the rules. Wallets check what they get, so a mirror can withhold but not forge. */
  readonly mirrors: readonly string[];
  /** Certificates that those of verifiers have to lead to, PEM or base64: wallets name nobody else. */
  readonly verifierAuthorities?: readonly string[];
  /** URL of the gateway of records, where there is one. */
  readonly records?: string | undefined;
  /** JSON-RPC URLs at which wallets read the chain themselves. */
  readonly rpc?: readonly string[] | undefined;
  /** The contracts of care, which wallets check a gateway against. */
  readonly care?: CareDeployment | undefined;
  /** JSON-RPC URL of a node that only this machine reaches: the site lets pages read the chain there, at `/rpc`. */
  readonly node?: string | undefined;
  /** Whether wallets may talk to issuers without TLS. */
  readonly development: boolean;
  /** Folder of the built wallet. */
  readonly folder?: string;
  readonly guard?: GuardOptions;
};

const siteSchema = z.object({
  mirrors: z.array(z.string()).meta({ description: 'Services that give the trust bundle and the rules' }), verifierAuthorities: z.array(z.string()).meta({ description: 'Certificates that those of verifiers have to lead to' }), development: z.boolean(),
  records: z.string().optional().meta({ description: 'The gateway of records' }), rpc: z.array(z.string()).optional().meta({ description: 'JSON-RPC of the chain, for wallets that check the gateway' }),
  care: z.object({ chainId: z.int(), block: z.int(), contracts: z.record(z.string(), z.string()) }).optional().meta({ description: 'Where the contracts of care are: not taken from the gateway, which is checked against them' }),
});

/** @returns undefined when the wallet is not built */
export function createWalletSite({ mirrors, verifierAuthorities = [], development, records, rpc, care, node, folder = buildFolder('wallet'), guard }: WalletSite): Hono | undefined {
  const sites = builtSites({ base: '', folder, surface: 'holder-app' });
  if (sites.length === 0) return undefined;
  const about = route({
    method: 'get', path: '/config.json', summary: 'Say where wallets learn what the chain says', tag: 'wallet', permission: null, surface: 'holder-app',
    answers: { 200: { description: 'The services', schema: siteSchema } },
    run({ context }) {
      context.header('cache-control', 'no-cache');
      return { mirrors, verifierAuthorities: [...verifierAuthorities], development, ...(records !== undefined && { records }), ...(rpc !== undefined && { rpc: [...rpc] }), ...(care && { care }) };
    },
  });
  const health = route({
    method: 'get', path: '/health', summary: 'Say that the site is up', tag: 'operations', permission: null, surface: 'public',
    answers: { 200: { description: 'It is' } }, run: () => ({ status: 'ok' }),
  });
  return createRouter([about, health, ...(node === undefined ? [] : [chainDoor(node)])], { access: NO_ACCESS, sites, ...guard });
}

export const hasWallet = (folder = buildFolder('wallet')): boolean => builtSites({ base: '', folder, surface: 'holder-app' }).length > 0;

/** For a network on one machine; nothing where the wallet is not built. */
export async function startWalletSite(port: HeldPort, site: WalletSite, closers: Closers): Promise<void> {
  const app = createWalletSite(site);
  if (app) closers.add((await listen(app, port)).stop);
}
