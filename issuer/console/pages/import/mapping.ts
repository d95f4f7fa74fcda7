// What the columns of a file mean: by their names, and where those say nothing, by what stands in their cells. Guesses are shown, never taken silently.
import { COLUMNS, usualColumn, type Column, type Mapping } from '../../../campaigns/columns.ts';
import { DATE_FORMATS, type DateFormat } from '../../../campaigns/dates.ts';
import type { Preview } from '../../tables.ts';

export { COLUMNS, DATE_FORMATS, type Column, type Mapping };

/** Parts of names that are not the usual ones: `Datum der Impfung`, `Pat. Name (Last)`. The first that fits counts. */
const HINTS: readonly (readonly [RegExp, Column])[] = [
  [/birth|geb|naiss|nacim|dob/i, 'birthDate'], [/last|family|surname|nachname|apellido|nom de/i, 'family'], [/first|given|vorname|pr[eé]nom|nombre/i, 'given'],
  [/lot|batch|charge/i, 'lot'], [/date|datum|fecha|day/i, 'date'], [/vacc|vakz|impf|product|cvx/i, 'product'], [/result|ergebnis|r[eé]sultat/i, 'result'], [/test|loinc/i, 'test'],
  [/total|series|of/i, 'doses'], [/dose|dosis/i, 'dose'], [/country|land|pays|pa[ií]s/i, 'country'], [/site|clinic|facility|center|centre/i, 'performer'], [/disease|target|krankheit/i, 'disease'], [/\bid\b|mrn|number|nr/i, 'id'],
];

export function guessMapping({ header }: Preview): Mapping {
  const mapping: Partial<Record<Column, string>> = {};
  for (const name of header) {
    const usual = usualColumn(name);
    if (usual && mapping[usual] === undefined) mapping[usual] = name;
  }
  for (const name of header) {
    if (Object.values(mapping).includes(name)) continue;
    const column = HINTS.find(([pattern, each]) => pattern.test(name) && mapping[each] === undefined)?.[1];
    if (column) mapping[column] = name;
  }
  return mapping;
}

const SHAPES: readonly (readonly [DateFormat, RegExp])[] = [
  ['YYYY-MM-DD', /^\d{4}-\d{2}-\d{2}/], ['DD.MM.YYYY', /^\d{2}\.\d{2}\.\d{4}$/], ['YYYY/MM/DD', /^\d{4}\/\d{2}\/\d{2}$/], ['YYYYMMDD', /^\d{8}$/],
  ['MM/DD/YYYY', /^\d{2}\/(?:1[3-9]|2\d|3[01])\/\d{4}$/], ['DD/MM/YYYY', /^\d{2}\/\d{2}\/\d{4}$/],
];

/** The form that all dates of the preview have; where day and month could be either, the day is taken to come first, and the page says so. */
export function guessDates({ header, rows }: Preview, mapping: Mapping): DateFormat {
  const places = [mapping.date, mapping.birthDate].flatMap((name) => (name === undefined ? [] : [header.indexOf(name)]));
  const cells = rows.flatMap((row) => places.map((place) => row[place]?.trim() ?? '')).filter((cell) => cell !== '');
  const found = SHAPES.find(([format, shape]) => (format === 'MM/DD/YYYY' ? cells.some((cell) => shape.test(cell)) : cells.length > 0 && cells.every((cell) => shape.test(cell))));
  return found?.[0] ?? 'YYYY-MM-DD';
}

/** What the service would refuse the file for. */
export const faultOf = (mapping: Mapping): 'date' | 'what' | undefined =>
  (mapping.date === undefined ? 'date' : mapping.product === undefined && mapping.test === undefined && mapping.disease === undefined ? 'what' : undefined);
