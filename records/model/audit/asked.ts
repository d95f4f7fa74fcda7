// What was asked for, in the form of a FHIR search, as BALP keeps queries. Categories, days and ids: nothing that says what a record holds.
import { CATEGORIES, isRecordId, type RecordId } from '../record.ts';
import type { Asked } from './access.ts';

export const encodeAsked = ({ categories, from, until, records }: Asked): string => [
  ...(categories ? [`category=${categories.join(',')}`] : []),
  ...(from === undefined ? [] : [`date=ge${from}`]),
  ...(until === undefined ? [] : [`date=le${until}`]),
  ...(records ? [`_id=${records.map(uuidOf).join(',')}`] : []),
].join('&');

/** Undefined for what `encodeAsked` does not write. */
export function decodeAsked(text: string): Asked | undefined {
  const asked: { -readonly [Name in keyof Asked]: Asked[Name] } = {};
  for (const part of text === '' ? [] : text.split('&')) {
    const [, name, value] = /^(category|date|_id)=(.*)$/.exec(part) ?? [];
    const words = value === '' || value === undefined ? [] : value.split(',');
    if (name === 'category') asked.categories = CATEGORIES.filter((category) => words.includes(category));
    else if (name === '_id') asked.records = words.flatMap((word) => recordOf(word) ?? []);
    else if (value?.startsWith('ge')) asked.from = value.slice(2);
    else if (value?.startsWith('le')) asked.until = value.slice(2);
  }
  return encodeAsked(asked) === text ? asked : undefined;
}

/** `urn:uuid:` of a record, without the prefix. */
export const uuidOf = (record: RecordId): string => record.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
export const recordOf = (uuid: string): RecordId | undefined => {
  const record = uuid.replaceAll('-', '');
  return isRecordId(record) && uuidOf(record) === uuid ? record : undefined;
};
