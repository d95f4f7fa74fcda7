// Groups of products that policies name. A policy names a group; its mask holds the indices of the day it was compiled.
import { HealthpassError } from '../errors.ts';
import type { DiseaseId } from './diseases.ts';
import { productById, PRODUCTS } from './products.ts';

/** Indices of everything that protects against a disease, combinations included. */
export const productsAgainst = (disease: DiseaseId): readonly number[] =>
  PRODUCTS.filter((product) => product.against.includes(disease)).map((product) => product.index);

/** Indices of products and of all kinds of them. */
function withKinds(...ids: readonly string[]): readonly number[] {
  const roots = ids.map((id) => productById(id)!.index);
  return PRODUCTS.filter(({ index, kindOf }) => roots.includes(index) || kindOf.some((wider) => roots.includes(wider))).map(({ index }) => index);
}

export const PRODUCT_GROUPS = {
  /** COVID-19 vaccines with a marketing authorisation of the European Union. */
  COVID_EU: withKinds('comirnaty', 'spikevax', 'vaxzevria', 'jcovden', 'nuvaxovid', 'vidprevtyn-beta', 'valneva', 'bimervax'),
  COVID_ANY: productsAgainst('covid-19'),
  YELLOW_FEVER: productsAgainst('yellow-fever'),
  MEASLES_CONTAINING: productsAgainst('measles'),
  MUMPS_CONTAINING: productsAgainst('mumps'),
  RUBELLA_CONTAINING: productsAgainst('rubella'),
  VARICELLA_CONTAINING: productsAgainst('varicella'),
  TETANUS_CONTAINING: productsAgainst('tetanus'),
  DIPHTHERIA_CONTAINING: productsAgainst('diphtheria'),
  PERTUSSIS_CONTAINING: productsAgainst('pertussis'),
  POLIO_CONTAINING: productsAgainst('poliomyelitis'),
  HEPATITIS_A_CONTAINING: productsAgainst('hepatitis-a'),
  HEPATITIS_B_CONTAINING: productsAgainst('hepatitis-b'),
  MENINGOCOCCAL: productsAgainst('meningococcal'),
  MENINGOCOCCAL_ACWY: [...withKinds('meningococcal-acwy'), ...withKinds('meningococcal-abcwy')],
  INFLUENZA: productsAgainst('influenza'),
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type ProductGroup = keyof typeof PRODUCT_GROUPS;

/**
 * Indices for names of products (with all kinds of them) and of groups, in ascending order.
 * @throws HealthpassError `policy-invalid` for a name that stands for neither
 */
export function productIndices(names: readonly string[]): number[] {
  const indices = names.flatMap((name) => {
    if (Object.hasOwn(PRODUCT_GROUPS, name)) return PRODUCT_GROUPS[name as ProductGroup]; // hasOwn: it is one of the keys
    if (productById(name)) return withKinds(name);
    throw new HealthpassError('policy-invalid', 'products names something that is neither a product nor a group of them', { field: 'products' });
  });
  return [...new Set(indices)].sort((a, b) => a - b);
}
