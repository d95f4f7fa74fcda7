// The machine readable zone of a travel document (ICAO Doc 9303, parts 4 to 6): which fields matter here, once every check digit fits.
import { parse, type ParseResult } from 'mrz';
import { DocumentError } from './problems.ts';

type Place = readonly [line: number, from: number, to: number];
/** Where a name and a birth date stand. */
const PLACES: Readonly<Record<string, { readonly name: Place; readonly birth: Place }>> = {
  TD1: { name: [2, 0, 30], birth: [1, 0, 6] }, TD2: { name: [0, 5, 36], birth: [1, 13, 19] }, TD3: { name: [0, 5, 44], birth: [1, 13, 19] },
};
const LINES: Readonly<Record<number, number>> = { 72: 36, 88: 44, 90: 30 };
const CHECKED = ['documentNumberCheckDigit', 'birthDateCheckDigit', 'expirationDateCheckDigit', 'compositeCheckDigit'];

export type Zone = { readonly nameField: string; readonly birthDate: string };

/** Upper-case lines without what readers put between the characters. A reader may send all of them as one. */
export function zoneLines(text: string): readonly string[] {
  const lines = text.toUpperCase().split(/[\r\n]+/).map((line) => line.replaceAll('«', '<<').replace(/\s/g, '')).filter((line) => line !== '');
  const width = lines.length === 1 ? LINES[lines[0]!.length] : undefined;
  return width === undefined ? lines : (lines[0]!.match(new RegExp(`.{${width}}`, 'g')) ?? []);
}

/** Whether a text has the shape of a zone, whole or in part: what a reader types in must not be taken for a code. */
export const looksLikeZone = (text: string): boolean => {
  const lines = zoneLines(text);
  return lines.length > 0 && lines.length <= 3 && lines.every((line) => /^[A-Z0-9<]{30,44}$/.test(line) && [30, 36, 44].includes(line.length)) && lines.some((line) => line.includes('<'));
};

export const isWholeZone = (text: string): boolean => {
  const lines = zoneLines(text);
  return looksLikeZone(text) && lines.length === (lines[0]!.length === 30 ? 3 : 2);
};

/** @throws DocumentError `mrz-malformed`, `mrz-unsupported`, `mrz-check-digit` */
export function readZone(text: string): Zone {
  if (!isWholeZone(text)) throw new DocumentError('mrz-malformed');
  const lines = zoneLines(text);
  const parsed = tryParse(lines);
  const place = PLACES[parsed.format];
  if (!place) throw new DocumentError('mrz-unsupported');
  const wrong = parsed.details.some(({ field, valid }) => field !== null && CHECKED.includes(field) && !valid);
  if (wrong) throw new DocumentError('mrz-check-digit');
  const cut = ([line, from, to]: Place) => lines[line]!.slice(from, to);
  return { nameField: cut(place.name), birthDate: cut(place.birth) };
}

function tryParse(lines: readonly string[]): ParseResult {
  try {
    return parse([...lines]);
  } catch {
    throw new DocumentError('mrz-malformed'); // the library quotes the line
  }
}
