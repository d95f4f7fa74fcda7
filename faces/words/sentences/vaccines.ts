// Names of vaccines. Products keep the name that stands on the package; a vaccine without one is named by what it protects against and by
// what tells it apart from the others.
import { productByIndex, PRODUCTS, type Product } from '#passport/codes/index.ts';
import { alone, joined, put, within } from './terms.ts';
import type { Sentences, Term, Trait } from './types.ts';

/** What tells apart the vaccines without a name of their own, by product id; a text is an abbreviation, which no language translates. */
const TRAITS_OF: Readonly<Record<string, readonly (Trait | { readonly short: string })[]>> = {
  'covid-19': ['unspecified'], 'covid-19-mrna': ['mRNA'], 'covid-19-vector': ['vector'], 'covid-19-inactivated': ['inactivated'], 'covid-19-protein': ['protein'],
  'covid-19-particle': ['particle'], 'covid-19-dna': ['dna'],
  'measles-containing': ['unspecified'], 'mumps-containing': ['unspecified'], 'rubella-containing': ['unspecified'], measles: [], mumps: [], rubella: [], 'measles-rubella': [], 'measles-mumps': [],
  'rubella-mumps': [], mmr: [{ short: 'MMR' }], mmrv: [{ short: 'MMRV' }], varicella: [], malaria: [], diphtheria: ['unspecified'], tetanus: ['unspecified'], pertussis: ['unspecified'],
  'tetanus-toxoid': ['toxoid'], 'diphtheria-tetanus': ['unspecified'], dt: ['children', { short: 'DT' }], td: ['adults', { short: 'Td' }], dtp: ['unspecified'], dtwp: ['wholeCell'],
  'acellular-dtp': ['acellular'], dtap: ['children', { short: 'DTaP' }], tdap: ['adults', { short: 'Tdap' }], polio: ['unspecified'], ipv: ['inactivated', { short: 'IPV' }], opv: ['oral', { short: 'OPV' }],
  'opv-trivalent': ['oral', 'trivalent'], 'opv-bivalent': ['oral', 'bivalent'], 'opv-monovalent': ['oral', 'monovalent'], hib: [], 'hepatitis-a': ['unspecified'], 'hepatitis-a-single': [],
  'hepatitis-a-adult': ['adults'], 'hepatitis-a-child': ['children'], 'hepatitis-a-live': ['live'], 'hepatitis-b': ['unspecified'], 'hepatitis-b-single': [], 'hepatitis-b-child': ['children'],
  'hepatitis-b-adult': ['adults'], 'hepatitis-b-dialysis': ['highDose'], 'hepatitis-b-cpg': ['adjuvanted'], 'hepatitis-b-three-antigen': ['threeAntigens'], 'hepatitis-a-b': [],
  'hepatitis-a-typhoid': [], 'hib-hepatitis-b': [], 'hib-polio': [], 'dt-ipv': [], 'dtp-ipv': ['unspecified'], 'dtap-ipv': ['acellular'], 'dtp-hib': ['unspecified'], 'dtap-hib': ['acellular'],
  'dtp-hepatitis-b': [], 'dt-hepatitis-b': [], 'dtp-hib-ipv': ['unspecified'], 'dtap-hib-ipv': ['acellular'], 'dtp-hepatitis-b-ipv': ['unspecified'], 'dtap-hepatitis-b-ipv': ['acellular'],
  'dtp-hib-hepatitis-b': [], hexavalent: ['unspecified'], 'dtap-hexavalent': ['acellular'], rotavirus: ['unspecified'], 'rotavirus-monovalent': ['monovalent'], 'rotavirus-pentavalent': ['pentavalent'],
  hpv: ['unspecified'], 'hpv-2': [{ short: 'HPV2' }], 'hpv-4': [{ short: 'HPV4' }], 'hpv-9': [{ short: 'HPV9' }],
  pneumococcal: ['unspecified'], 'pneumococcal-conjugate': ['conjugate'], pcv7: [{ short: 'PCV7' }], pcv10: [{ short: 'PCV10' }], pcv13: [{ short: 'PCV13' }], pcv15: [{ short: 'PCV15' }],
  pcv20: [{ short: 'PCV20' }], pcv21: [{ short: 'PCV21' }], ppv23: ['polysaccharide', { short: 'PPV23' }],
  meningococcal: ['unspecified'], 'meningococcal-acwy': [{ short: 'ACWY' }], 'meningococcal-acwy-conjugate': ['conjugate', { short: 'ACWY' }],
  'meningococcal-acwy-polysaccharide': ['polysaccharide', { short: 'ACWY' }], 'meningococcal-b': [{ short: 'B' }], 'meningococcal-c': [{ short: 'C' }], 'meningococcal-a': [{ short: 'A' }],
  'meningococcal-ac': [{ short: 'AC' }], 'meningococcal-abcwy': [{ short: 'ABCWY' }], 'hib-meningococcal-cy': [{ short: 'CY' }], 'hib-meningococcal-c': [{ short: 'C' }],
  influenza: ['unspecified'], 'influenza-inactivated': ['inactivated'], 'influenza-split-3': ['inactivated', 'trivalent'], 'influenza-split-4': ['inactivated', 'quadrivalent'],
  'influenza-high-dose': ['highDose'], 'influenza-cell': ['cell'], 'influenza-recombinant': ['recombinant'], 'influenza-adjuvanted': ['adjuvanted'], 'influenza-live': ['live', 'nasal'],
  'influenza-pandemic-2009': ['pandemic2009'], typhoid: ['unspecified'], 'typhoid-oral': ['oral'], 'typhoid-polysaccharide': ['polysaccharide'], 'typhoid-conjugate': ['conjugate'],
  'typhoid-whole-cell': ['inactivated'], rabies: [], 'japanese-encephalitis': ['unspecified'], 'japanese-encephalitis-inactivated': ['inactivated'], 'japanese-encephalitis-live': ['live'],
  'tick-borne-encephalitis': [], cholera: ['unspecified'], 'cholera-inactivated': ['inactivated'], 'cholera-live': ['live', 'oral'], zoster: ['unspecified'], 'zoster-live': ['live'],
  'zoster-recombinant': ['recombinant'], 'yellow-fever': ['unspecified'], bcg: [{ short: 'BCG' }], rsv: ['unspecified'], 'rsv-adjuvanted': ['recombinant', 'adjuvanted'],
  'rsv-bivalent': ['recombinant', 'bivalent'], 'rsv-mrna': ['mRNA'], dengue: [], ebola: [], 'smallpox-mpox': [], anthrax: [], chikungunya: [], adenovirus: [],
};

/** Whether a product goes by the name on its package. */
export const hasOwnName = ({ id }: Product): boolean => !Object.hasOwn(TRAITS_OF, id);

/** The name of a vaccine; undefined for an index that the table does not have. */
export function vaccineName(index: number, sentences: Sentences, form: (term: Term) => string = alone): string | undefined {
  const product = productByIndex(index);
  if (!product) return undefined;
  if (hasOwnName(product)) return product.display;
  const { vaccine, traits, diseases } = sentences.codes;
  const name = put(form(vaccine), { diseases: joined(product.against.map((id) => within(diseases[id])), sentences) });
  const marks = TRAITS_OF[product.id]!.map((trait) => (typeof trait === 'string' ? traits[trait] : trait.short)); // hasOwnName looked
  return marks.length === 0 ? name : `${name} (${marks.join(', ')})`;
}

/** Of some indices those that are no kinds of another one of them: who names a class does not name its members. */
export function widest(indices: readonly number[]): number[] {
  return indices.filter((index) => !PRODUCTS.find((product) => product.index === index)?.kindOf.some((wider) => indices.includes(wider)));
}
