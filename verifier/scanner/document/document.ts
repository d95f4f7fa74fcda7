// Who an identity document says that its holder is, in the form that a pass is compared with. Nothing else of the document is kept, and this
// only until the comparison is made.
import type { FieldElement } from '#passport';
import { parseBirthDate } from '#passport/birth-date.ts';
import { digestOfMrzName, mrzName, nameFromMrz } from '#passport/name.ts';
import { readZone } from './mrz.ts';
import { DocumentError } from './problems.ts';

/** Name digest and birth date; of a two-digit year both centuries that it may mean. */
export type DocumentHolder = { readonly nameDigest: FieldElement; readonly birthDates: readonly number[] };
export type TypedDocument = { readonly family: string; readonly given: string; readonly birthDate: string };

/** What staff typed. @throws DocumentError `name-missing`, `name-unreadable`, `birth-date-invalid` */
export function holderTyped({ family, given, birthDate }: TypedDocument, now: number): DocumentHolder {
  if (family.trim() === '' && given.trim() === '') throw new DocumentError('name-missing');
  const name = attempt(() => mrzName(family, given), 'name-unreadable');
  if (name === '') throw new DocumentError('name-unreadable');
  return { nameDigest: digestOfMrzName(name), birthDates: [attempt(() => parseBirthDate(birthDate.trim(), { now }), 'birth-date-invalid')] };
}

/** The machine readable zone of a passport or card, two or three lines. @throws DocumentError */
export function holderOfZone(text: string, now: number): DocumentHolder {
  const { nameField, birthDate } = readZone(text);
  const name = attempt(() => nameFromMrz(nameField), 'name-unreadable');
  return { nameDigest: digestOfMrzName(name), birthDates: birthDatesOf(birthDate, now) };
}

/** YYMMDD; parts that nobody knows are fillers. A holder of a hundred and one shares the digits with a child of one. */
function birthDatesOf(field: string, now: number): number[] {
  const parts = /^(\d{2})(\d{2}|<<)(\d{2}|<<)$/.exec(field);
  if (!parts) throw new DocumentError('birth-date-invalid');
  const [, year, month, day] = parts;
  const rest = [month, day].filter((part) => part !== '<<').map((part) => `-${part}`).join('');
  const known = ['20', '19'].flatMap((century) => {
    try {
      return [parseBirthDate(`${century}${year}${rest}`, { now })];
    } catch {
      return []; // not born yet, or no day of that year
    }
  });
  if (known.length === 0) throw new DocumentError('birth-date-invalid');
  return known;
}

function attempt<T>(read: () => T, problem: DocumentError['code']): T {
  try {
    return read();
  } catch {
    throw new DocumentError(problem);
  }
}
