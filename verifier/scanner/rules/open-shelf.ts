// The shelf of this device, with the names of the service it belongs to; its rules stand beside those of the service.
import { z } from 'zod';
import type { Scanner } from '../state/scanner.ts';
import { createShelf, type Shelf } from './shelf.ts';

const SIGNER_KEPT_AS = 'scanner-signer';
const signerSchema = z.object({ clientIds: z.array(z.string()), root: z.string().optional() });

/** One for each scanner. */
const shelves = new WeakMap<Scanner, Shelf>();

export function shelfOf(scanner: Scanner): Shelf {
  const shelf = shelves.get(scanner) ?? createShelf({ storage: localStorage, own: ownSigner(), now: () => Math.floor(Date.now() / 1000) });
  if (!shelves.has(scanner)) shelf.subscribe((rules) => scanner.addPolicies(rules.map(({ policy }) => policy.document)));
  shelves.set(scanner, shelf);
  return shelf;
}

/** Kept, so that it is known without a network too. */
function ownSigner() {
  type Signer = { readonly clientIds: readonly string[]; readonly root: string | undefined };
  let asked: Promise<Signer> | undefined;
  const fetched = async (): Promise<Signer> => {
    const response = await fetch('/signer');
    const { clientIds, root } = signerSchema.parse(await response.json());
    localStorage.setItem(SIGNER_KEPT_AS, JSON.stringify({ clientIds, root }));
    return { clientIds, root };
  };
  const kept = (): Signer => {
    const { data } = signerSchema.safeParse(JSON.parse(localStorage.getItem(SIGNER_KEPT_AS) ?? 'null'));
    return { clientIds: data?.clientIds ?? [], root: data?.root };
  };
  return () => (asked ??= fetched().catch(() => {
    asked = undefined;
    return kept();
  }));
}
