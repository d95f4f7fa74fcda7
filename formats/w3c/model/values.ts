// Values that the data models have in common: URLs, dates, language values, typed objects. Each assertion names the field that is wrong.
import { isJsonObject, type JsonObject } from '../json-object.ts';
import { malformed } from '../problem.ts';

/** RFC 3986 has a scheme, and nothing that a URL cannot have; the URL parser forgives too much to be asked alone. */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;

export function assertUrl(value: unknown, field: string): asserts value is string {
  if (typeof value !== 'string' || !ABSOLUTE.test(value) || !URL.canParse(value)) throw malformed(field, 'is no URL');
}

/** `id`, where it stands. */
export function assertOptionalId(object: JsonObject, field: string): void {
  if ('id' in object) assertUrl(object['id'], `${field}.id`);
}

/** One type or several, as texts; `needed` among them. */
export function assertType(value: unknown, field: string, needed?: string): void {
  const types = Array.isArray(value) ? value as unknown[] : [value];
  if (types.length === 0 || !types.every((type) => typeof type === 'string' && type.length > 0)) throw malformed(field, 'is no type or list of types');
  if (needed !== undefined && !types.includes(needed)) throw malformed(field, `does not include ${needed}`);
}

/** The objects of a property that holds one or several. */
export function objectsOf(value: unknown, field: string): JsonObject[] {
  const objects = Array.isArray(value) ? value as unknown[] : [value];
  if (objects.length === 0 || !objects.every(isJsonObject)) throw malformed(field, 'is no object or list of objects');
  return objects;
}

/** Properties whose values are objects of a type, with an id where `id` says so. */
export function assertTyped(document: JsonObject, property: string, { id = false } = {}): void {
  if (!(property in document)) return;
  for (const object of objectsOf(document[property], property)) {
    assertType(object['type'], `${property}.type`);
    if (id && !('id' in object)) throw malformed(`${property}.id`, 'is missing');
    assertOptionalId(object, property);
  }
}

/** A party: its URL, or an object whose id is one. */
export function assertParty(value: unknown, field: string): void {
  if (!isJsonObject(value)) return assertUrl(value, field);
  assertUrl(value['id'], `${field}.id`);
  assertLanguageValues(value, field);
}

export const partyId = (value: unknown): string => (isJsonObject(value) ? value['id'] : value) as string; // assertParty has seen to it

const LANGUAGE_MEMBERS = new Set(['@value', '@language', '@direction']);

/** `name` and `description`: texts, or language values (VC Data Model 2.0, 11.1). */
export function assertLanguageValues(object: JsonObject, field: string): void {
  for (const property of ['name', 'description']) {
    const value = object[property];
    if (value === undefined || typeof value === 'string') continue;
    for (const one of objectsOf(value, `${field}.${property}`)) assertLanguageValue(one, `${field}.${property}`);
  }
}

function assertLanguageValue(value: JsonObject, field: string): void {
  const { '@language': language, '@direction': direction } = value;
  const known = Object.keys(value).every((member) => LANGUAGE_MEMBERS.has(member));
  const wellFormed = typeof value['@value'] === 'string' && (language === undefined || (typeof language === 'string' && /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(language)))
    && (direction === undefined || direction === 'ltr' || direction === 'rtl');
  if (!known || !wellFormed) throw malformed(field, 'is neither text nor a language value');
}

const DATE = /^(-?\d{4,})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** Milliseconds of a date and time; `zoned` demands the offset (XML Schema 1.1 dateTimeStamp). Undefined where the property is not there. */
export function dateOf(document: JsonObject, property: string, { zoned }: { zoned: boolean }): number | undefined {
  const value = document[property];
  if (value === undefined) return undefined;
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  const [text, year, month, day, zone] = match ?? [];
  const time = text === undefined ? Number.NaN : Date.parse(zone === undefined ? `${text}Z` : text);
  // JavaScript takes the 30th of February for a day in March.
  const exists = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (Number.isNaN(time) || !exists || (zoned && zone === undefined)) throw malformed(property, `is no ${zoned ? 'dateTimeStamp' : 'date and time'}`);
  return time;
}
