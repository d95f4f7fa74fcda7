// Primitive values as FHIR R4 writes them in JSON (2.24.0.1). Nothing is corrected: what is not in the form is refused.
const YEAR = String.raw`(?!0000)\d{4}`;
const MONTH = String.raw`(0[1-9]|1[0-2])`;
const DAY = String.raw`(0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?`;
const ZONE = String.raw`(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))`;
const exactly = (pattern: string) => new RegExp(`^(?:${pattern})$`);

const DATE = exactly(`${YEAR}(-${MONTH}(-${DAY})?)?`);
const DATE_TIME = exactly(`${YEAR}(-${MONTH}(-${DAY}(T${CLOCK}${ZONE})?)?)?`);
const INSTANT = exactly(`${YEAR}-${MONTH}-${DAY}T${CLOCK}${ZONE}`);
const MAX_TEXT = 1_048_576;
const LONGEST_BINARY = 1_398_104; // 1 MiB in base64

/** What FHIR allows in no text: control characters but tab, line feed and carriage return. */
const CONTROL = new RegExp(String.raw`[\x00-\x08\x0b\x0c\x0e-\x1f]`);

const isText = (text: string): boolean => text.length <= MAX_TEXT && text.trim() !== '' && !CONTROL.test(text);
const matching = (pattern: RegExp) => (value: unknown): boolean => typeof value === 'string' && value.length <= MAX_TEXT && pattern.test(value);
const within = (least: number, most: number) => (value: unknown): boolean => Number.isInteger(value) && (value as number) >= least && (value as number) <= most; // an integer is a number
const dated = (pattern: RegExp) => (value: unknown): boolean => typeof value === 'string' && value.length <= 40 && pattern.test(value) && isCalendarDay(value);
const anyText = (value: unknown): boolean => typeof value === 'string' && isText(value);

/** The day exists in its month. */
function isCalendarDay(text: string): boolean {
  if (text.length < 10) return true;
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number) as [number, number, number];
  if (day <= 28) return true;
  return day <= (month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

/** RFC 4648 with its padding; lines may be broken, as MIME does it. */
function isBase64(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > LONGEST_BINARY) return false;
  const plain = /\s/.test(value) ? value.replace(/\s+/g, '') : value;
  return plain.length > 0 && plain.length % 4 === 0 && /^[A-Za-z\d+/]+$/.test(plain.endsWith('==') ? plain.slice(0, -2) : plain.endsWith('=') ? plain.slice(0, -1) : plain);
}

const FORMS: Readonly<Record<string, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === 'boolean', decimal: Number.isFinite,
  integer: within(-2_147_483_648, 2_147_483_647), positiveInt: within(1, 2_147_483_647), unsignedInt: within(0, 2_147_483_647),
  string: anyText, markdown: anyText, xhtml: anyText, base64Binary: isBase64,
  uri: matching(/^\S+$/), url: matching(/^\S+$/), canonical: matching(/^\S+$/), code: matching(/^[^\s]+( [^\s]+)*$/), id: matching(/^[A-Za-z0-9\-.]{1,64}$/),
  oid: matching(/^urn:oid:[0-2](\.(0|[1-9]\d*))+$/), uuid: matching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  date: dated(DATE), dateTime: dated(DATE_TIME), instant: dated(INSTANT), time: matching(exactly(CLOCK)),
};
const NUMBERS: ReadonlySet<string> = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt']);

/** What JSON type a primitive has: `string`, `number` or `boolean`. */
export const jsonTypeOf = (type: string): 'string' | 'number' | 'boolean' => (type === 'boolean' ? 'boolean' : NUMBERS.has(type) ? 'number' : 'string');

/** @throws TypeError for a type that is no primitive */
export function isInForm(type: string, value: unknown): boolean {
  const form = FORMS[type];
  if (!form) throw new TypeError('the tables name a primitive that has no form');
  return form(value);
}

/** First and last millisecond that a date, dateTime or instant may mean; undefined for anything else. Without a time zone a day may begin 14 hours early and end 12 hours late. */
export function spanOf(text: unknown): { readonly first: number; readonly last: number } | undefined {
  if (typeof text !== 'string' || !(DATE_TIME.test(text) || DATE.test(text))) return undefined;
  if (text.length > 10) {
    const at = Date.parse(text.replace(/:60(?=[.Z+-])/, ':59').replace(/(\.\d{3})\d+/, '$1'));
    return { first: at, last: at };
  }
  const [year, month, day] = text.split('-').map(Number) as [number, number?, number?];
  const start = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  const end = month === undefined ? Date.UTC(year + 1, 0, 1) : day === undefined ? Date.UTC(year, month, 1) : start + 86_400_000;
  return { first: start - 14 * 3_600_000, last: end + 12 * 3_600_000 - 1 };
}
