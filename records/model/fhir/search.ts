// Searching in what a reader has opened. It runs where the records are readable and nowhere else: neither store nor gateway learns what was looked for.
import type { Category, FhirDay } from '../record.ts';
import { titleOf } from './filing.ts';
import { isObject, type FhirResource } from './issue.ts';

export type Opened = { readonly meta: { readonly category: Category; readonly date: FhirDay }; readonly resource: FhirResource };
export type Search = {
  readonly categories?: readonly Category[];
  /** First and last day, both within. */
  readonly from?: FhirDay;
  readonly until?: FhirDay;
  /** `system|code`, or a code of any system; `system|` for any code of a system. */
  readonly code?: string;
  /** Words that must all appear, in any order; neither case nor accents matter. */
  readonly text?: string;
};

/** Newest first; of one day by title, then as given. */
export function searchRecords<T extends Opened>(records: readonly T[], { categories, from, until, code, text }: Search): T[] {
  const words = fold(text ?? '').split(/\s+/).filter(Boolean);
  return records
    .filter(({ meta, resource }) => (!categories || categories.includes(meta.category)) && (from === undefined || meta.date >= from) && (until === undefined || meta.date <= until)
      && (code === undefined || code === '' || isCoded(resource, code)) && (words.length === 0 || hasWords(resource, words)))
    .toSorted((a, b) => (a.meta.date === b.meta.date ? titleOf(a.resource).localeCompare(titleOf(b.resource)) : a.meta.date < b.meta.date ? 1 : -1));
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function isCoded(resource: FhirResource, asked: string): boolean {
  const bar = asked.indexOf('|');
  const [system, code] = bar < 0 ? [undefined, asked] : [asked.slice(0, bar), asked.slice(bar + 1)];
  return some(resource, (value) => typeof value['code'] === 'string' && (code === '' || value['code'] === code) && (system === undefined || (value['system'] ?? '') === system));
}

function some(value: unknown, test: (object: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => some(item, test));
  return isObject(value) && (test(value) || Object.values(value).some((item) => some(item, test)));
}

/** Names of elements whose text is for machines. */
const MACHINE = new Set(['system', 'url', 'reference', 'div', 'data', 'id', 'fullUrl', 'profile', 'contentType', 'resourceType']);
const spoken = new WeakMap<FhirResource, string>();

function hasWords(resource: FhirResource, words: readonly string[]): boolean {
  const known = spoken.get(resource);
  const text = known ?? fold(textsOf(resource).join('\n'));
  if (known === undefined) spoken.set(resource, text);
  return words.every((word) => text.includes(word));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.entries(value).flatMap(([name, item]) => (MACHINE.has(name) ? [] : textsOf(item))) : [];
}
