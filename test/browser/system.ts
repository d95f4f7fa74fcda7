// A whole system for one browser test file: the chain, the services, and the apps as they are shipped, each at its own address; that of records where
// `records` asks for it.
import { startNetwork, type Network } from '../journeys/network.ts';
import type { SystemOptions } from '#network/system.ts';
import { builtFaces } from './faces.ts';

export type FacesSystem = Network & { readonly urls: { readonly wallet: string; readonly console: string; readonly scanner: string; /** Console of members, where there is one. */ readonly records?: string } };

export async function startFaces(options: SystemOptions = {}): Promise<FacesSystem> {
  await builtFaces();
  const network = await startNetwork(options);
  const { issuer, verifier, wallet, records } = network.endpoints;
  if (wallet === undefined) throw new Error('the wallet is not served');
  // Passkeys, and service workers over http, belong to a name: an address has neither.
  const named = (url: string) => url.replace('127.0.0.1', 'localhost');
  return { ...network, urls: { wallet: `${named(wallet)}/`, console: `${named(issuer)}/console/`, scanner: `${named(verifier)}/scanner/`, ...(records !== undefined && { records: `${named(records)}/console/` }) } };
}
