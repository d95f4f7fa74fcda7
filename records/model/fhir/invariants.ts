// FHIRPath invariants, evaluated by @medplum/core. Most of them speak of elements that a resource does not have: what they say then is worked out once.
// Those that @medplum/core cannot say, or says in time that grows with the square of the input, are written here.
import { evalFhirPathTyped, parseFhirPath } from '@medplum/core';
import { isObject, type JsonObject } from './issue.ts';
import { isSafeNarrative } from './narrative.ts';
import { spanOf } from './primitives.ts';
import { containedTypes } from './references.ts';
import { invariantOf, type TypeTable } from './tables.ts';

/** `resource` is the innermost resource, `container` the one whose `contained` its references may name. */
export type Around = { readonly resource: JsonObject; readonly container: JsonObject };
type Invariant = { readonly key: string; readonly human: string; readonly holds: (value: JsonObject, around: Around) => boolean };

const OURS: Readonly<Record<string, Invariant['holds']>> = {
  'txt-1': () => true, 'txt-2': () => true, // kept where the narrative is walked: it is a primitive
  'dom-3': (resource) => !Array.isArray(resource['contained']) || isEveryContainedNamed(resource),
  // what is contained may refer to its container, as dom-3 says; the expression of R4 forgot it
  'ref-1': ({ reference }, { resource, container }) => typeof reference !== 'string' || !reference.startsWith('#') || (reference === '#' && resource !== container) || containedTypes(container).has(reference.slice(1)),
  'bdl-7': ({ type, entry }) => type === 'history' || isDistinct(arrayOf(entry).filter((item) => item['fullUrl'] !== undefined).map(({ fullUrl, resource }) => JSON.stringify([fullUrl, versionOf(resource)]))),
  'obs-7': (observation) => !hasValue(observation) || !shareCoding(observation['code'], arrayOf(observation['component']).map(({ code }) => code)),
  'per-1': ({ start, end }) => isNotBefore(end, start),
  'rng-2': ({ low, high }) => !isObject(low) || !isObject(high) || unitOf(low) !== unitOf(high) || !(Number(low['value']) > Number(high['value'])),
  'mdd-1': ({ whenPrepared, whenHandedOver }) => isNotBefore(whenHandedOver, whenPrepared),
};

/** The invariants of a type or of an element, compiled once. */
export const invariantsOf = (keys: readonly string[], table: TypeTable): readonly Invariant[] => keys.map((key) => {
  const [expression, human] = invariantOf(key);
  return { key, human, holds: OURS[key] ?? compile(expression, table) };
});

function compile(expression: string, { pathName, properties }: TypeTable): Invariant['holds'] {
  const parsed = parseFhirPath(expression);
  const mentioned = new Set(expression.match(/[A-Za-z]+/g));
  const names = [...properties].filter(([, { element }]) => mentioned.has(element.replace('[x]', ''))).map(([name]) => name);
  const evaluate: Invariant['holds'] = (value, { resource, container }) => {
    const variables = { '%ucum': { type: 'string', value: 'http://unitsofmeasure.org' }, '%resource': typed(resource), '%rootResource': typed(container) };
    const context = { type: pathName, value };
    try {
      const result = evalFhirPathTyped(parsed, [context], { ...variables, '%context': context });
      return result.length === 1 && result[0]!.value === true;
    } catch {
      return false; // what cannot be evaluated is not kept
    }
  };
  if (names.length === 0) return evaluate;
  let absent: boolean | undefined;
  return (value, around) => names.some((name) => value[name] !== undefined) ? evaluate(value, around) || isUnspoken(names, value) : (absent ??= evaluate({}, { resource: {}, container: {} }));
}

/** An element may be there without a value, with the reason why: @medplum/core takes it for absent, so what breaks a rule because of it is not known to. */
const isUnspoken = (names: readonly string[], value: JsonObject): boolean => names.some((name) => name.startsWith('_') && value[name] !== undefined && value[name.slice(1)] === undefined);

const typed = (resource: JsonObject) => ({ type: typeof resource['resourceType'] === 'string' ? resource['resourceType'] : 'undefined', value: resource });
const arrayOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const versionOf = (resource: unknown): unknown => (isObject(resource) && isObject(resource['meta']) ? resource['meta']['versionId'] : undefined);
const isDistinct = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;
const hasValue = (holder: JsonObject): boolean => Object.keys(holder).some((name) => /^_?value[A-Z]/.test(name));
/** Partial dates and dates without a time zone are wrong only where no reading of them is right. */
const isNotBefore = (later: unknown, earlier: unknown): boolean => {
  const [start, end] = [spanOf(earlier), spanOf(later)];
  if (start && end && isDay(earlier) && isDay(later)) { // of one calendar, wherever that is
    const known = Math.min(earlier.length, later.length);
    return earlier.slice(0, known) <= later.slice(0, known);
  }
  return !start || !end || start.first <= end.last;
};

/** Quantities of different units (9 months, 1 year) are not compared: what one comes to in the other, tables of units say. */
const unitOf = ({ code, unit }: JsonObject): unknown => code ?? unit;

/** A date without a time: a day, a month or a year. */
const isDay = (date: unknown): date is string => typeof date === 'string' && date.length <= 10;

/** A coding with its keys in order, as equality of FHIRPath takes no account of it. */
const codingKey = (coding: JsonObject): string => JSON.stringify(Object.entries(coding).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function shareCoding(concept: unknown, others: readonly unknown[]): boolean {
  const codings = (value: unknown) => (isObject(value) ? arrayOf(value['coding']).map(codingKey) : []);
  const own = new Set(codings(concept));
  return others.some((other) => codings(other).some((key) => own.has(key)));
}

/** dom-3: what is contained is referred to from elsewhere in the resource, or refers to the resource itself. */
function isEveryContainedNamed(resource: JsonObject): boolean {
  const { contained, ...rest } = resource;
  const inside = arrayOf(contained);
  const named = new Set<string>();
  for (const part of [rest, ...inside]) forEachText(part, (text) => text.startsWith('#') && named.add(text));
  return inside.every((item) => named.has(`#${String(item['id'])}`) || refersToContainer(item));
}

function refersToContainer(item: JsonObject): boolean {
  let found = false;
  forEachText(item, (text) => (found ||= text === '#'));
  return found;
}

function forEachText(value: unknown, visit: (text: string) => unknown): void {
  if (typeof value === 'string') visit(value);
  else if (Array.isArray(value)) for (const item of value) forEachText(item, visit);
  else if (isObject(value)) for (const item of Object.values(value)) forEachText(item, visit);
}

export const narrativeHolds = (div: unknown): boolean => typeof div === 'string' && isSafeNarrative(div);
