// Reading FHIR JSON that nobody has checked. Every mistake is a coded error that names the element as FHIR writes it
// (`Immunization.protocolApplied[0].doseNumberPositiveInt`), never its value.
import { HealthpassError, type ErrorCode } from '#passport/errors.ts';
import { codingKey, type Coding } from '#passport/codes/index.ts';

/** An object of the record and where it stands. */
export type Element = { readonly at: string; readonly value: Readonly<Record<string, unknown>> };

export const failAt = (code: ErrorCode, at: string, what: string) => new HealthpassError(code, `${at} ${what}`, { field: at });

/** @throws HealthpassError `fhir-invalid` unless it is a JSON object */
export function element(value: unknown, at: string): Element {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw failAt('fhir-invalid', at, 'is not an object');
  return { at, value: value as Readonly<Record<string, unknown>> }; // a JSON object
}

const has = ({ value }: Element, name: string) => Object.hasOwn(value, name) && value[name] !== undefined;
const raw = ({ value }: Element, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);
const below = ({ at }: Element, name: string) => `${at}.${name}`;

export const isPresent = has;

export const child = (parent: Element, name: string): Element | undefined =>
  has(parent, name) ? element(raw(parent, name), below(parent, name)) : undefined;

export function required<T>(value: T | undefined, parent: Element, name: string): T {
  if (value === undefined) throw failAt('fhir-invalid', below(parent, name), 'is missing');
  return value;
}

/** The items of a list as they are; none when it is absent. */
export function items(parent: Element, name: string): readonly unknown[] {
  if (!has(parent, name)) return [];
  const value = raw(parent, name);
  if (!Array.isArray(value)) throw failAt('fhir-invalid', below(parent, name), 'is not a list');
  return value;
}

export const children = (parent: Element, name: string): Element[] =>
  items(parent, name).map((item, i) => element(item, `${below(parent, name)}[${i}]`));

// FHIR allows tab, line feed and carriage return of the control characters.
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

function readText(value: unknown, at: string, max: number): string {
  if (typeof value !== 'string') throw failAt('fhir-invalid', at, 'is not a text');
  const text = value.trim().normalize('NFC');
  if (text === '' || text.length > max || CONTROL.test(text) || !text.isWellFormed()) throw failAt('fhir-invalid', at, `is not a text of 1 to ${max} characters`);
  return text;
}

/** A text without white space at its ends, in NFC. */
export const text = (parent: Element, name: string, max = 1000): string | undefined =>
  has(parent, name) ? readText(raw(parent, name), below(parent, name), max) : undefined;

/** The texts of a list; null stands in FHIR for one that has extensions only. */
export const texts = (parent: Element, name: string, max = 1000): string[] =>
  items(parent, name).flatMap((item, i) => (item === null ? [] : [readText(item, `${below(parent, name)}[${i}]`, max)]));

export function flag(parent: Element, name: string): boolean | undefined {
  const value = raw(parent, name);
  if (value !== undefined && typeof value !== 'boolean') throw failAt('fhir-invalid', below(parent, name), 'is not true or false');
  return value;
}

/** The codings of a CodeableConcept that have both system and code. */
export function codings(concept: Element | undefined): Coding[] {
  if (!concept) return [];
  return children(concept, 'coding').flatMap((coding) => {
    const [system, code] = [text(coding, 'system'), text(coding, 'code')];
    return system === undefined || code === undefined ? [] : [{ system, code }];
  });
}

/** Whether a CodeableConcept carries one of some codes of a system. */
export const isCoded = (concept: Element, system: string, codes: readonly string[]): boolean =>
  codings(concept).some((coding) => codes.some((code) => codingKey(coding) === codingKey({ system, code })));

/**
 * The one meaning that all known codings of a concept share.
 * @throws HealthpassError `fhir-code-unknown` when none is known, `fhir-invalid` when two mean different things
 */
export function oneMeaning<T>(concept: Element, read: (coding: Coding) => T | undefined, same: (a: T, b: T) => boolean): T {
  const meanings = codings(concept).map(read).filter((meaning) => meaning !== undefined);
  const first = meanings[0];
  if (first === undefined) throw failAt('fhir-code-unknown', concept.at, 'has no code that the tables know');
  if (meanings.some((meaning) => !same(meaning, first))) throw failAt('fhir-invalid', concept.at, 'has codes that contradict each other');
  return first;
}

/**
 * FHIR R4, 2.1.0.2 (modifier extensions) and Resource.implicitRules: what changes the meaning of a resource in a way that we do
 * not know must not be passed over.
 * @throws HealthpassError `fhir-unsupported`
 */
export function assertNoModifier(...elements: readonly (Element | undefined)[]): void {
  for (const item of elements) {
    for (const name of ['modifierExtension', 'implicitRules']) {
      if (item && has(item, name)) throw failAt('fhir-unsupported', below(item, name), 'may change the meaning of the record');
    }
  }
}
