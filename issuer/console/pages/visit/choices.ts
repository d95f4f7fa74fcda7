// The code lists as choices, found by any of their names or codes, the ones used lately first.
import { DISEASES, OBSERVATION_CODES, productByIndex, PRODUCTS, snomedOf, type Product } from '#passport/codes/index.ts';
import type { ComboboxOption } from '#faces/parts/combobox.tsx';
import { diseaseName, testName, vaccineName, type Sentences } from '#faces/words/sentences/index.ts';

const MOST = 12;
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

type Entry = ComboboxOption & { readonly words: string };

function findIn(entries: readonly Entry[], typed: string): ComboboxOption[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => words.every((word) => entry.words.includes(word))).slice(0, MOST).map(({ value, label, hint }) => ({ value, label, hint }));
}

const againstOf = (product: Product, sentences: Sentences): string => product.against.map((id) => diseaseName(snomedOf(id), sentences)).join(', ');

export function productOption(index: number | undefined, sentences: Sentences): ComboboxOption | undefined {
  const product = index === undefined ? undefined : productByIndex(index);
  return product && { value: String(product.index), label: vaccineName(product.index, sentences) ?? product.display };
}

export function productSearch(recent: readonly number[], sentences: Sentences): (typed: string) => ComboboxOption[] {
  const order = [...recent, ...PRODUCTS.map(({ index }) => index)];
  const entries = [...new Set(order)].map((index): Entry => {
    const product = productByIndex(index)!; // of the table
    const option = productOption(index, sentences)!;
    const against = againstOf(product, sentences);
    return { ...option, hint: folded(option.label).includes(folded(against)) ? undefined : against, words: folded([option.label, product.display, against, ...product.aliases.map(({ code }) => code)].join(' ')) };
  });
  return (typed) => findIn(entries, typed);
}

/** Pairs of test and disease that there is a LOINC code for. */
const TESTS = [...new Map(OBSERVATION_CODES.map(({ test, disease }) => [`${test}/${disease}`, { test, disease }])).values()];
export const testKey = (test: number | undefined, disease: string | undefined): string | undefined => (test === undefined || disease === undefined ? undefined : `${test}/${disease}`);

export function testOption(key: string | undefined, sentences: Sentences): ComboboxOption | undefined {
  const [test, disease] = key?.split('/') ?? [];
  return test === undefined || disease === undefined ? undefined : { value: key!, label: `${diseaseName(BigInt(disease), sentences)} · ${testName(Number(test), sentences)}` };
}

export function testSearch(recent: readonly string[], sentences: Sentences): (typed: string) => ComboboxOption[] {
  const keys = [...new Set([...recent, ...TESTS.map(({ test, disease }) => `${test}/${disease}`)])];
  const entries = keys.map((key): Entry => {
    const [test, disease] = key.split('/');
    const codes = OBSERVATION_CODES.filter((row) => row.test === Number(test) && String(row.disease) === disease);
    return { ...testOption(key, sentences)!, words: folded([testOption(key, sentences)!.label, ...codes.flatMap(({ loinc, display }) => [loinc, display])].join(' ')) };
  });
  return (typed) => findIn(entries, typed);
}

export const diseaseOption = (snomed: string | undefined, sentences: Sentences): ComboboxOption | undefined =>
  (snomed === undefined ? undefined : { value: snomed, label: diseaseName(BigInt(snomed), sentences) ?? snomed });

export function diseaseSearch(sentences: Sentences): (typed: string) => ComboboxOption[] {
  const entries = DISEASES.map(({ snomed, display, aliases }): Entry => ({ ...diseaseOption(String(snomed), sentences)!, words: folded([diseaseName(snomed, sentences), display, ...aliases.map(({ code }) => code)].join(' ')) }));
  return (typed) => findIn(entries, typed);
}

/** Countries by their names in the language of the page. */
export function countryNames(codes: readonly string[], language: string): readonly (readonly [string, string])[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return codes.map((code) => [code, names.of(code) ?? code] as const).toSorted(([, a], [, b]) => a.localeCompare(b, language));
}
