// What a health event is called, and what its details say, in the language of the page.
import { FIELD_WORDS, KIND_WORDS } from '#formats/credential/display.ts';
import { fieldBySdName, FIELDS, type FieldName } from '#formats/credential/fields.ts';
import { FORMS } from '#formats/credential/forms.ts';
import type { HealthEvent } from '#passport';
import { productByIndex, snomedOf } from '#passport/codes/index.ts';
import { diseaseName, resultName, testName, vaccineName } from '#faces/words/sentences/index.ts';
import type { WalletSpeech } from '../speech.tsx';

/** "COVID-19"; of a vaccine against several diseases all of them. */
export function titleOfEvent({ disease, product }: HealthEvent, { sentences, dates, w }: WalletSpeech): string {
  const against = disease === 0n ? (productByIndex(product)?.against.map(snomedOf) ?? []) : [disease];
  const names = against.flatMap((each) => diseaseName(each, sentences) ?? []);
  return names.length > 0 ? dates.list(names) : (vaccineName(product, sentences) ?? w.card.unnamed);
}

export const kindOfEvent = ({ kind }: HealthEvent, { language }: WalletSpeech): string => KIND_WORDS[kind][language];

/** Vaccine or kind of test: the second line. */
export const subtitleOf = ({ kind, product, test }: HealthEvent, { sentences }: WalletSpeech): string | undefined =>
  (kind === 'vaccination' ? vaccineName(product, sentences) : kind === 'test' ? testName(test, sentences) : undefined);

/** What tells this one from others of its kind: the dose, or the result. */
export function figureOf({ kind, dose, series, result }: HealthEvent, { w, say, sentences, dates }: WalletSpeech): { readonly label: string; readonly value: string } | undefined {
  if (kind === 'vaccination' && dose > 0) return { label: w.card.dose, value: series > 0 ? say(w.card.doseOf, { dose: dates.number(dose), series: dates.number(series) }) : dates.number(dose) };
  return kind === 'test' && result !== 'none' ? { label: w.card.result, value: resultName(result, sentences) } : undefined;
}

const VALUES: { readonly [N in FieldName]: (event: HealthEvent, speech: WalletSpeech) => string | undefined } = {
  disease: (event, speech) => (event.disease === 0n ? undefined : diseaseName(event.disease, speech.sentences)),
  product: (event, { sentences }) => (event.product === 0 ? undefined : vaccineName(event.product, sentences)),
  doseNumber: ({ dose }, { dates }) => (dose > 0 ? dates.number(dose) : undefined),
  seriesDoses: ({ series }, { dates }) => (series > 0 ? dates.number(series) : undefined),
  test: ({ test }, { sentences }) => testName(test, sentences),
  result: ({ result }, { sentences }) => (result === 'none' ? undefined : resultName(result, sentences)),
  occurred: ({ time }, { dates }) => whenOf(time, dates),
  country: ({ country }, { language }) => (country === '' ? undefined : countryName(country, language)),
  lotNumber: ({ lot }) => lot,
  performer: ({ performer }) => performer,
  familyName: ({ person }) => person?.family || undefined,
  givenName: ({ person }) => person?.given.join(' ') || undefined,
  birthDate: ({ person }, { dates }) => (person?.birthDate === undefined ? undefined : dates.day(person.birthDate)),
};

/** A time at which a record names no more than the day is a day. */
const whenOf = (time: number, dates: WalletSpeech['dates']): string => (time % 86_400 === 0 ? dates.date(time) : dates.dateTime(time));

function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(code) ?? code;
}

export type Detail = { readonly name: FieldName; readonly label: string; readonly value: string };

/** All that a record says, in the order in which it is commonly read; `only` narrows it. */
export const detailsOf = (event: HealthEvent, speech: WalletSpeech, only: readonly FieldName[] = FORMS[event.kind].fields): Detail[] =>
  FORMS[event.kind].fields.filter((name) => only.includes(name)).flatMap((name) => {
    const value = VALUES[name](event, speech);
    return value === undefined ? [] : [{ name, label: FIELD_WORDS[name][speech.language], value }];
  });

/** The fields that a certificate calls by these names when it is shown openly. */
export const fieldsByShownName = (names: readonly string[]): FieldName[] => names.flatMap((name) => fieldBySdName.get(name) ?? (name in FIELDS ? [name as FieldName] : [])); // a key of FIELDS

export const labelOfShown = (name: string, { language }: WalletSpeech): string => {
  const [field] = fieldsByShownName([name]);
  return field ? FIELD_WORDS[field][language] : name;
};

export const nameOnRecord = ({ person }: HealthEvent): string => [...(person?.given ?? []), person?.family ?? ''].filter(Boolean).join(' ');
