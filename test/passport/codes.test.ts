import { readFileSync, existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  ATC, codingKey, COUNTRIES, countryCode, CVX, diseaseByCoding, diseaseBySnomed, DISEASES, EU_PRODUCT_NAME, EU_REGISTER, ICD11, LOINC, OBSERVATION_CODES,
  observationByCoding, observationFor, OBSERVATION_INTERPRETATION, PRODUCT_GROUPS, productByCoding, productById, productByIndex, productIndices, PRODUCTS,
  resolveProduct, RESULT_CODES, resultByCoding, snomedOf, SNOMED, tablesDigest, tablesJson, TEST_KINDS, testIndex, testIndices, WHO_PREQUAL, type Coding,
} from '#passport/codes/index.ts';
import { HealthpassError } from '#passport/errors.ts';
import { PRODUCT_LIMIT, TEST_LIMIT } from '#passport/limits.ts';

type Snapshot = { readonly products: Record<string, string>; readonly tests: Record<string, string> };
const snapshot = JSON.parse(readFileSync(new URL('codes-snapshot.json', import.meta.url), 'utf8')) as Snapshot;
const vectors = process.env['HEALTHPASS_VECTORS'] ?? new URL('../../../shared/vectors', import.meta.url).pathname;

const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof HealthpassError) return error.code;
    throw error;
  }
  return 'accepted';
};

/** SNOMED CT identifiers end in a Verhoeff check digit (dihedral group of order 10). */
function isSnomedIdentifier(text: string): boolean {
  const multiply = (a: number, b: number) => (a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5);
  const step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  let check = 0;
  [...text].reverse().forEach((digit, position) => {
    let value = Number(digit);
    for (let i = 0; i < position % 8; i++) value = step[value]!;
    check = multiply(check, value);
  });
  return /^[1-9][0-9]{5,17}$/.test(text) && check === 0;
}

/** LOINC codes end in a mod 10 check digit. */
function isLoinc(text: string): boolean {
  const [digits, check] = text.split('-') as [string, string];
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return /^[0-9]{3,6}-[0-9]$/.test(text) && (10 - (sum % 10)) % 10 === Number(check);
}

describe('product table', () => {
  test('gives indices 1, 2, 3 … and never one that the policy mask cannot hold', () => {
    expect(PRODUCTS.map((product) => product.index)).toEqual(PRODUCTS.map((_, i) => i + 1));
    expect(PRODUCTS.at(-1)!.index).toBeLessThan(PRODUCT_LIMIT);
  });
  test('is append only: every index of the committed snapshot still means the same, and the snapshot has them all', () => {
    expect(Object.fromEntries(PRODUCTS.map(({ index, id }) => [index, id]))).toEqual(snapshot.products);
  });
  test('has unique ids and no code that names two products', () => {
    expect(new Set(PRODUCTS.map((product) => product.id)).size).toBe(PRODUCTS.length);
    const keys = PRODUCTS.flatMap((product) => product.aliases.map(codingKey));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });
  test('gives each product a code, a disease and a name', () => {
    for (const product of PRODUCTS) {
      expect(product.aliases[0], product.id).toBeDefined();
      expect(product.against.length, product.id).toBeGreaterThan(0);
      expect(product.display.length, product.id).toBeGreaterThan(3);
      expect(productByIndex(product.index)).toBe(product);
    }
  });
  test('protects against all that its wider kinds protect against, and is no kind of itself', () => {
    for (const product of PRODUCTS) {
      for (const wider of product.kindOf) {
        expect(product.against, product.id).toEqual(expect.arrayContaining([...productByIndex(wider)!.against]));
        expect(wider).not.toBe(product.index);
      }
    }
  });
  test('a combination is a kind of every class of which it holds a part', () => {
    const mmr = productById('mmr')!;
    expect(mmr.kindOf.map((index) => productByIndex(index)!.id)).toEqual(['measles-containing', 'mumps-containing', 'rubella-containing']);
  });
  test('knows the vaccines of the synthetic patients, of routine programmes and of COVID-19 by CVX', () => {
    const cvx = '140 113 43 114 03 94 05 04 09 138 139 115 20 106 107 110 120 130 146 28 35 112 10 88 37 183 184 207 208 210 211 212 213 217 218 219 221 228 229 230 300 301 302 309 312 500 501 502 510 511';
    for (const code of cvx.split(' ')) expect(productByCoding({ system: CVX, code }), code).toBeDefined();
    expect(productByCoding({ system: CVX, code: '3' })).toBe(productById('mmr'));
    expect(productByCoding({ system: CVX, code: '998' })).toBeUndefined();
  });
  test('knows products by the other systems', () => {
    const pairs: [string, string, string][] = [
      [EU_REGISTER, 'EU/1/20/1528', 'comirnaty'], [EU_PRODUCT_NAME, 'Sputnik-V', 'sputnik-v'], [SNOMED, '836403007', 'tick-borne-encephalitis'], [ATC, 'J07BD52', 'mmr'],
      [ICD11, 'XM0N24', 'yellow-fever'], ['http://id.who.int/icd11/mms', 'XM0N24', 'yellow-fever'], [WHO_PREQUAL, 'YellowFeverProductd8a09f80301dc05e124f99ffe7711fc0', 'stamaril'],
      ['urn:oid:2.16.840.1.113883.12.292', '207', 'spikevax-original'],
    ];
    for (const [system, code, id] of pairs) expect(productByCoding({ system, code })?.id, code).toBe(id);
    expect(productByCoding({ system: '__proto__', code: 'toString' })).toBeUndefined();
  });
  test.skipIf(!existsSync(vectors))('knows every COVID-19 product of the EU DCC value sets (skipped without the public vectors)', () => {
    const sets = JSON.parse(readFileSync(`${vectors}/eu-dcc-valuesets/valueSets.json`, 'utf8')) as Record<string, string[]>;
    for (const code of sets['vaccines-covid-19-names']!) {
      expect(productByCoding({ system: code.startsWith('EU/') ? EU_REGISTER : EU_PRODUCT_NAME, code }), code).toBeDefined();
    }
    for (const code of sets['sct-vaccines-covid-19']!) expect(productByCoding({ system: code.startsWith('J') ? ATC : SNOMED, code }), code).toBeDefined();
  });
  test.skipIf(!existsSync(vectors))('knows every CVX code of the synthetic patients (skipped without the public vectors)', () => {
    for (const file of readdirSync(`${vectors}/synthea`)) {
      for (const [, code] of readFileSync(`${vectors}/synthea/${file}`, 'utf8').matchAll(/sid\/cvx",\s*"code": "([0-9]+)"/g)) {
        expect(productByCoding({ system: CVX, code: code! }), code).toBeDefined();
      }
    }
  });
});

describe('resolveProduct', () => {
  const of = (...codings: [string, string][]) => {
    const product = resolveProduct(codings.map(([system, code]): Coding => ({ system, code })));
    return typeof product === 'string' ? product : product.id;
  };
  test('takes the narrowest product that all codings agree on', () => {
    expect(of([ATC, 'J07BN01'], [EU_REGISTER, 'EU/1/20/1528'], [CVX, '208'], [SNOMED, '1119305005'])).toBe('comirnaty-original');
    expect(of([SNOMED, '836382004'], [ATC, 'J07BD52'])).toBe('mmr');
  });
  test('passes over codings of systems that the table does not have', () => {
    expect(of(['urn:oid:1.2.40.0.34.4.16.1', '2427872'], [ATC, 'J07BA01'])).toBe('tick-borne-encephalitis');
    expect(of(['urn:oid:1.2.40.0.34.4.16.1', '2427872'])).toBe('unknown');
    expect(of()).toBe('unknown');
  });
  test('refuses to choose between codings that contradict each other', () => {
    expect(of([CVX, '208'], [CVX, '207'])).toBe('ambiguous');
    expect(of([CVX, '03'], [ATC, 'J07BA01'])).toBe('ambiguous');
    expect(of([SNOMED, '836382004'], [SNOMED, '836388000'])).toBe('ambiguous');
  });
});

describe('product groups', () => {
  test('COVID_EU holds every formulation of an authorised product and no other', () => {
    const ids = PRODUCT_GROUPS.COVID_EU.map((index) => productByIndex(index)!.id);
    expect(ids).toEqual(expect.arrayContaining(['comirnaty-original', 'spikevax-bivalent', 'vaxzevria', 'jcovden', 'nuvaxovid', 'valneva', 'bimervax', 'vidprevtyn-beta']));
    for (const id of ['covid-19', 'covid-19-mrna', 'sputnik-v', 'covishield', 'coronavac']) expect(ids).not.toContain(id);
  });
  test('groups by disease hold the combinations', () => {
    expect(PRODUCT_GROUPS.MEASLES_CONTAINING).toEqual(expect.arrayContaining(['mmr', 'mmrv', 'measles-rubella', 'measles'].map((id) => productById(id)!.index)));
    expect(PRODUCT_GROUPS.TETANUS_CONTAINING).toEqual(expect.arrayContaining(['td', 'tdap', 'dtap-hexavalent', 'tetanus-toxoid'].map((id) => productById(id)!.index)));
    expect(PRODUCT_GROUPS.YELLOW_FEVER).toContain(productById('stamaril')!.index);
  });
  test('productIndices takes ids with their kinds, and groups, once and in order', () => {
    expect(productIndices(['spikevax', 'comirnaty-original', 'spikevax-bivalent'])).toEqual([9, 12, 13, 14, 15]);
    expect(productIndices(['YELLOW_FEVER'])).toEqual([...PRODUCT_GROUPS.YELLOW_FEVER]);
  });
  test('a name that is no product, or a property of every object, is refused', () => {
    for (const name of ['nothing', 'toString', '__proto__', '']) expect(codeOf(() => productIndices([name]))).toBe('policy-invalid');
    for (const id of ['pcr', 'constructor']) expect(codeOf(() => testIndices([id]))).toBe('policy-invalid');
    expect(testIndices(['rapid-antigen', 'naat'])).toEqual([1, 2]);
  });
});

describe('test table', () => {
  test('is append only and fits the bits of a clause', () => {
    expect(Object.fromEntries(TEST_KINDS.map(({ index, id }) => [index, id]))).toEqual(snapshot.tests);
    expect(TEST_KINDS.map((kind) => kind.index)).toEqual(TEST_KINDS.map((_, i) => i + 1));
    expect(TEST_KINDS.at(-1)!.index).toBeLessThan(TEST_LIMIT);
  });
});

describe('observation codes', () => {
  test('are well-formed LOINC codes, each once, of a known test and disease', () => {
    for (const row of OBSERVATION_CODES) {
      expect(isLoinc(row.loinc), row.loinc).toBe(true);
      expect(diseaseBySnomed(row.disease)).toBeDefined();
      expect(observationByCoding({ system: LOINC, code: row.loinc })).toBe(row);
      expect(observationFor(row.test, row.disease)!.test).toBe(row.test);
    }
    expect(new Set(OBSERVATION_CODES.map((row) => row.loinc)).size).toBe(OBSERVATION_CODES.length);
  });
  test('tell PCR from antigen', () => {
    expect(observationByCoding({ system: LOINC, code: '94500-6' })).toMatchObject({ test: testIndex('naat'), disease: 840539006n });
    expect(observationByCoding({ system: LOINC, code: '97097-0' })).toMatchObject({ test: testIndex('rapid-antigen'), disease: 840539006n });
  });
  test('a single gene of the virus is not a test of the disease', () => {
    expect(observationByCoding({ system: LOINC, code: '94316-7' })).toBeUndefined();
  });
});

describe('result codes', () => {
  test('know yes and no of SNOMED CT and HL7, and nothing in between', () => {
    expect(resultByCoding({ system: SNOMED, code: '260373001' })).toBe('detected');
    expect(resultByCoding({ system: SNOMED, code: '260385009' })).toBe('notDetected');
    expect(resultByCoding({ system: OBSERVATION_INTERPRETATION, code: 'POS' })).toBe('detected');
    for (const code of ['419984006', '42425007', '82334004', '720735008']) expect(resultByCoding({ system: SNOMED, code })).toBeUndefined();
    expect(resultByCoding({ system: OBSERVATION_INTERPRETATION, code: 'N' })).toBeUndefined();
    expect(new Set(RESULT_CODES.map(codingKey)).size).toBe(RESULT_CODES.length);
  });
});

describe('diseases', () => {
  test('have unique codes and fit the claim', () => {
    const keys = DISEASES.flatMap((disease) => disease.aliases.map(codingKey));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    for (const disease of DISEASES) expect(disease.snomed < 1n << 60n).toBe(true);
    expect(diseaseByCoding({ system: ICD11, code: '1D47' })?.snomed).toBe(snomedOf('yellow-fever'));
  });
});

describe('codes of all tables', () => {
  test('every SNOMED CT identifier has its check digit', () => {
    const codings = [...DISEASES, ...PRODUCTS].flatMap((entry) => entry.aliases).concat(RESULT_CODES).filter(({ system }) => system === SNOMED);
    for (const { code } of codings) expect(isSnomedIdentifier(code), code).toBe(true);
    expect(isSnomedIdentifier('840539007')).toBe(false);
    expect(isLoinc('94500-7')).toBe(false);
  });
  test.skipIf(!existsSync(vectors))('countries are those of the EU DCC value sets (skipped without the public vectors)', () => {
    const sets = JSON.parse(readFileSync(`${vectors}/eu-dcc-valuesets/valueSets.json`, 'utf8')) as Record<string, string[]>;
    expect(sets['country-2-codes']!.filter((code) => !COUNTRIES.includes(code))).toEqual([]);
  });
  test('countries are read from either alphabet and case', () => {
    expect([countryCode('DE'), countryCode('deu'), countryCode('USA'), countryCode('United States'), countryCode('__'), countryCode('')]).toEqual(['DE', 'DE', 'US', undefined, undefined, undefined]);
  });
});

describe('tablesDigest', () => {
  test('is the same text each time, and ordered', () => {
    expect(tablesJson()).toBe(tablesJson());
    expect(Object.keys(JSON.parse(tablesJson()) as object)).toEqual(['diseases', 'observations', 'products', 'results', 'tests']);
    expect(tablesDigest()).toMatch(/^[0-9a-f]{64}$/);
  });
});
