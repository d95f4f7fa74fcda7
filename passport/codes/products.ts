// The product table: vaccines by the index that stands in claim `product` and in policy masks. Append only: an index is never
// used again, a row never changes its meaning; a product that needs telling apart later gets a new row that is a kind of the old one.
import type { DiseaseId } from './diseases.ts';
import type { ProductRow } from './product-row.ts';
import { CHILDHOOD_ROWS } from './rows/childhood.ts';
import { COVID_ROWS } from './rows/covid.ts';
import { TRAVEL_ROWS } from './rows/travel.ts';
import { ATC, codingKey, CVX, EU_PRODUCT_NAME, EU_REGISTER, ICD11, SNOMED, WHO_PREQUAL, type Coding } from './systems.ts';

export type Product = {
  readonly index: number;
  readonly id: string;
  readonly display: string;
  readonly against: readonly DiseaseId[];
  /** Indices of all wider products and classes, near and far. */
  readonly kindOf: readonly number[];
  /** The codes that mean it, the one to write out first. */
  readonly aliases: readonly [Coding, ...Coding[]];
};

const ROWS = [...COVID_ROWS, ...CHILDHOOD_ROWS, ...TRAVEL_ROWS];
const rowById = new Map(ROWS.map((row) => [row.id, row]));

function widerThan(row: ProductRow): number[] {
  const direct = (row.kindOf?.split(' ') ?? []).map((id) => rowById.get(id)!);
  return [...new Set(direct.flatMap((wider) => [wider.index, ...widerThan(wider)]))].sort((a, b) => a - b);
}

function aliasesOf(row: ProductRow): readonly [Coding, ...Coding[]] {
  const columns: [string, string | undefined][] = [
    [CVX, row.cvx], [EU_REGISTER, row.eu], [SNOMED, row.sct], [ATC, row.atc], [ICD11, row.icd11], [EU_PRODUCT_NAME, row.euName], [WHO_PREQUAL, row.prequal],
  ];
  const [first, ...rest] = columns.flatMap(([system, codes]) => (codes?.split(' ') ?? []).map((code) => ({ system, code })));
  return [first!, ...rest]; // every row has a code: test/passport/codes
}

export const PRODUCTS: readonly Product[] = ROWS.map((row) => ({
  index: row.index, id: row.id, display: row.display, against: row.against, kindOf: widerThan(row), aliases: aliasesOf(row),
}));

const byIndex = new Map(PRODUCTS.map((product) => [product.index, product]));
const byId = new Map(PRODUCTS.map((product) => [product.id, product]));
const byCoding = new Map(PRODUCTS.flatMap((product) => product.aliases.map((alias) => [codingKey(alias), product] as const)));

export const productByIndex = (index: number): Product | undefined => byIndex.get(index);
export const productById = (id: string): Product | undefined => byId.get(id);
export const productByCoding = (coding: Coding): Product | undefined => byCoding.get(codingKey(coding));

/**
 * The narrowest product that all known ones of these codings agree on. Codings of other systems say nothing. `ambiguous` when two of
 * them name products of which neither is a kind of the other: then the record contradicts itself.
 */
export function resolveProduct(codings: readonly Coding[]): Product | 'unknown' | 'ambiguous' {
  const named = codings.map(productByCoding).filter((product) => product !== undefined);
  const narrowest = named.find((product) => named.every((other) => other === product || product.kindOf.includes(other.index)));
  return narrowest ?? (named.length === 0 ? 'unknown' : 'ambiguous');
}
