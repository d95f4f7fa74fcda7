// The small change of sentences: names alone and within, lists, amounts, lengths of time.
import { RESULTS, type Kind, type Result } from '#passport';
import { diseaseBySnomed, testByIndex, type DiseaseId } from '#passport/codes/index.ts';
import { createDates } from '../dates.ts';
import type { Plural } from '../words.ts';
import type { Sentences, Term } from './types.ts';

export const alone = (term: Term): string => (typeof term === 'string' ? term : term[0]);
export const within = (term: Term): string => (typeof term === 'string' ? term : term[1]);

/** Puts our own words into a sentence of ours: nothing here comes from outside, so nothing has to be kept from turning the line around. */
export const put = (text: string, values: Readonly<Record<string, string>>): string => text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

export function counted(text: Plural, count: number, { language }: Sentences, values: Readonly<Record<string, string>> = {}): string {
  const form = text[new Intl.PluralRules(language).select(count)] ?? text.other;
  return put(form, { ...values, count: createDates(language).number(count) });
}

export const joined = (items: readonly string[], { language }: Sentences, type: 'conjunction' | 'disjunction' = 'conjunction'): string => createDates(language).list(items, type);

export const diseaseName = (snomed: bigint, sentences: Sentences): string | undefined => {
  const disease = diseaseBySnomed(snomed);
  return disease && alone(sentences.codes.diseases[disease.id]);
};
export const diseasesWithin = (ids: readonly DiseaseId[], sentences: Sentences): string => joined(ids.map((id) => within(sentences.codes.diseases[id])), sentences);
export const testName = (index: number, sentences: Sentences): string | undefined => {
  const test = testByIndex(index);
  return test && alone(sentences.codes.tests[test.id]);
};
export const kindName = (kind: Kind, sentences: Sentences): string => alone(sentences.codes.kinds[kind]);
export const resultName = (result: Result, sentences: Sentences): string => alone(sentences.codes.results[result in RESULTS ? result : 'none']);

const HOUR = 3600;
const DAY = 24 * HOUR;
const YEAR = 365.25;

/** A length of time as people say it: hours up to four days, days, and years where it is whole ones (to the day, leap days counted). */
export function timeInWords(seconds: number, sentences: Sentences): string {
  const { units } = sentences.rule;
  const say = (unit: keyof typeof units, count: number) => counted(units[unit], count, sentences);
  if (seconds % HOUR !== 0) return say('minute', Math.round(seconds / 60));
  if (seconds % DAY !== 0 || (seconds < 4 * DAY && seconds > 0)) return say('hour', seconds / HOUR);
  const days = seconds / DAY;
  const years = Math.round(days / YEAR);
  return years > 0 && Math.abs(days - years * YEAR) < 1 ? say('year', years) : say('day', days);
}
