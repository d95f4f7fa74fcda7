// How things stand this moment: what is out, how far the chain is known, and how long the money lasts.
import type { Provider } from 'ethers';
import type { TrustState } from '#passport';
import type { Queryable } from '#server';
import type { Outbox } from '../outbox/index.ts';
import { blockedEntries, type KnownChain } from '../patients/standing.ts';

/** Gas of revoking one credential, its new root included; contracts/gas.md. */
const GAS_PER_WRITE = 460_000n;
/** Milliseconds that a price of gas is taken for. */
const PRICE_AGE = 15_000;

export type Totals = { readonly issued: number; readonly revoked: number; readonly suspended: number; readonly outstanding: number; readonly patients: number };
export type Gas = { readonly balance: string; /** Wei of one change of status, at the present price. */ readonly perWrite: string; /** How many of them the balance pays for. */ readonly writes: number };
export type ChainFigures = {
  /** Newest block of the endpoint, and the newest that was read. */
  readonly head?: number;
  readonly read?: number;
  readonly finalized?: number;
  readonly readAt?: number;
  readonly headAt?: number;
  readonly pending: number;
  readonly oldestSeconds: number;
  readonly unfinal: number;
  readonly writer: string;
  readonly trouble?: string;
};

export async function totalsOf(on: Queryable, chain: KnownChain, organisation: string | null, now: number): Promise<Totals> {
  const own = '($1::text IS NULL OR organisation = $1)';
  const one = async (sql: string, more: readonly unknown[] = []) => (await on.query<{ count: number }>(sql, [organisation, ...more]))[0]!.count; // aggregates
  const blocked = (status: 'revoked' | 'suspended') => {
    const { lists, indices } = blockedEntries(chain, status);
    return one(`SELECT count(DISTINCT i.id)::int8 AS count FROM unnest($2::bigint[], $3::int[]) AS b (list, index) JOIN credential c ON c.list = b.list AND c.index = b.index JOIN issuance i ON i.id = c.issuance WHERE ${own}`, [lists, indices]);
  };
  return {
    issued: await one(`SELECT count(*)::int8 AS count FROM credential c JOIN issuance i ON i.id = c.issuance WHERE c.copy = 0 AND ${own}`),
    revoked: await blocked('revoked'), suspended: await blocked('suspended'),
    outstanding: await one(`SELECT count(*)::int8 AS count FROM offer WHERE ${own} AND state IN ('created', 'fetched') AND expires_at > $2`, [now]),
    patients: await one(`SELECT count(*)::int8 AS count FROM patient WHERE ${own}`),
  };
}

export async function chainFigures({ state }: Pick<Outbox, 'state'>, trust: TrustState | undefined, provider: Provider | undefined): Promise<ChainFigures> {
  const { lastBlock, pending, oldestSeconds, unfinal, writer, trouble } = await state();
  const head = (await provider?.getBlockNumber().catch(() => undefined)) ?? lastBlock;
  return {
    ...(head !== undefined && { head }), ...(trust && { read: trust.latest.number, finalized: trust.finalized.number, readAt: trust.syncedAt, headAt: trust.latest.time }),
    pending, oldestSeconds, unfinal, writer, ...(trouble !== undefined && { trouble }),
  };
}

/** Asks for the price now and then. Undefined while balance or price is not known. */
export function createGasGauge({ lag }: Pick<Outbox, 'lag'>, provider: Provider | undefined): () => Promise<Gas | undefined> {
  let known: { readonly price: bigint; readonly at: number } | undefined;
  const priceNow = async () => {
    if (known && Date.now() - known.at < PRICE_AGE) return known.price;
    const price = await provider?.getFeeData().then(({ maxFeePerGas, gasPrice }) => maxFeePerGas ?? gasPrice, () => null);
    if (price) known = { price, at: Date.now() };
    return known?.price;
  };
  return async () => {
    const [{ gasBalance }, price] = [await lag(), await priceNow()];
    if (gasBalance === undefined || !price) return undefined;
    const perWrite = price * GAS_PER_WRITE;
    return { balance: gasBalance.toString(), perWrite: perWrite.toString(), writes: Number(gasBalance / perWrite) };
  };
}
