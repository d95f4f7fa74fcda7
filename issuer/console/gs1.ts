// What stands in the DataMatrix of a vaccine's package (GS1 General Specifications, element strings): product number, expiry, lot. Read from a camera,
// or from a scanner that types.

export type Package = { readonly gtin: string; readonly lot: string | undefined; /** YYYY-MM-DD */ readonly expires: string | undefined };

const SEPARATOR = '\x1d';
/** Lengths of what has one fixed, by application identifier; all else ends at a separator. */
const FIXED: Readonly<Record<string, number>> = { '00': 18, '01': 14, '02': 14, '11': 6, '12': 6, '13': 6, '15': 6, '16': 6, '17': 6, '20': 2 };
const SYMBOLOGY = /^\](?:d2|C1|Q3|e0)/;

/** @returns undefined for anything that is no package with a product number */
export function readPackage(text: string): Package | undefined {
  const elements = text.includes('(01)') ? bracketed(text) : concatenated(text.trim().replace(SYMBOLOGY, ''));
  const gtin = elements?.get('01');
  if (!elements || gtin === undefined || !hasCheckDigit(gtin)) return undefined;
  const lot = elements.get('10');
  return { gtin, lot: lot !== undefined && /^[\x21-\x7e]{1,20}$/.test(lot) ? lot : undefined, expires: dateOf(elements.get('17')) };
}

function bracketed(text: string): Map<string, string> {
  return new Map([...text.matchAll(/\((\d{2,4})\)([^(]*)/g)].map(([, identifier, value]) => [identifier!, value!.trim()]));
}

function concatenated(text: string): Map<string, string> | undefined {
  const elements = new Map<string, string>();
  let rest = text.startsWith(SEPARATOR) ? text.slice(1) : text;
  while (rest !== '') {
    const identifier = rest.slice(0, 2);
    if (!/^\d\d$/.test(identifier)) return undefined;
    const fixed = FIXED[identifier];
    const end = fixed === undefined ? rest.indexOf(SEPARATOR) : 2 + fixed;
    const value = rest.slice(2, end < 0 ? undefined : end);
    if (value === '' || (fixed !== undefined && (value.length !== fixed || !/^\d+$/.test(value)))) return undefined;
    if (!elements.has(identifier)) elements.set(identifier, value);
    rest = end < 0 ? '' : rest.slice(end);
    if (rest.startsWith(SEPARATOR)) rest = rest.slice(1);
  }
  return elements;
}

function hasCheckDigit(gtin: string): boolean {
  const sum = gtin.slice(0, -1).split('').reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return /^\d{14}$/.test(gtin) && (10 - (sum % 10)) % 10 === Number(gtin.at(-1));
}

/** YYMMDD; a day of 00 is the end of its month. Years of this century: nothing that expires was made in another one. */
function dateOf(text: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12) return undefined;
  const last = new Date(Date.UTC(2000 + Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) > last) return undefined;
  return `20${year}-${month}-${day === '00' ? String(last).padStart(2, '0') : day}`;
}

const KEPT_AS = 'product-numbers';

/** Which product of the table a number was last used for in this browser: no register of them is free. */
export function productOf(gtin: string): number | undefined {
  return known()[gtin];
}

export function learnProduct(gtin: string, product: number): void {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify({ ...known(), [gtin]: product }));
  } catch {
    // Asked again next time.
  }
}

function known(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}
