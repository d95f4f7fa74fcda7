// What the console reads without a page: codes of packages, heads of files, names that hide something, and what it writes for spreadsheets.
import { describe, expect, test } from 'vitest';
import { readPackage } from '#issuer/console/gs1.ts';
import { guessDates, guessMapping } from '#issuer/console/pages/import/mapping.ts';
import { axisFor } from '#issuer/console/parts/scale.ts';
import { plain } from '#faces/words/plain.ts';
import { previewCsv, toCsv } from '#issuer/console/tables.ts';

const GTIN = '08806507050010';

describe('readPackage', () => {
  test.each([
    ['as scanners type it', `01${GTIN}1727013110AB12\x1d21SERIAL`], ['with the name of its symbology', `]d201${GTIN}1727013110AB12\x1d21SERIAL`],
    ['in another order', `01${GTIN}21SERIAL\x1d10AB12\x1d17270131`], ['with a separator before all', `\x1d01${GTIN}1727013110AB12`], ['as it is printed for people', `(01)${GTIN}(17)270131(10)AB12`],
  ])('reads it %s', (_how, text) => expect(readPackage(text)).toEqual({ gtin: GTIN, lot: 'AB12', expires: '2027-01-31' }));
  test('a day of 00 is the end of its month', () => expect(readPackage(`01${GTIN}17280200`)).toMatchObject({ expires: '2028-02-29' }));
  test.each([
    ['a lot alone', 'AB12'], ['a number whose check digit is wrong', '0108806507050011'], ['a fixed field that is cut off', `01${GTIN}1727`], ['letters in a number', '010880650705001X'], ['nothing', ''],
  ])('takes %s for no package', (_what, text) => expect(readPackage(text)).toBeUndefined());
  test('an expiry that is no day is left out', () => expect(readPackage(`01${GTIN}17271340`)?.expires).toBeUndefined());
});

describe('plain', () => {
  test.each([['a direction override', 'Al\u202elive'], ['a zero-width space', 'Al\u200blive'], ['a control character', 'Al\x07live'], ['a tag character', 'Al\u{e0041}live'], ['a joiner between Latin letters', 'Al\u200dlive']])('shows a mark for %s', (_what, text) => {
    expect(plain(text)).toBe('Al\ufffdlive');
  });
  test('leaves names of all scripts as they are, joiners where their script has them', () => {
    for (const name of ['Jürgen', 'الزهراء', 'क्\u200dष', 'می\u200cرود', '李 小龍', 'O’Brien-Müller']) expect(plain(name)).toBe(name);
  });
});

describe('toCsv', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '|calc', '\t=1', '\u200b=1', '\uff1d1+1'])('%j becomes no formula', (text) => expect(toCsv([[text]])).toMatch(/^\ufeff"?'/));
  test('quotes what would end a cell', () => expect(toCsv([['a,b', 'c"d', 'e\nf', 7, undefined]])).toBe('\ufeff"a,b","c""d","e\nf",7,\r\n'));
});

describe('previewCsv', () => {
  test('reads quoted cells, of files separated by semicolons too, and no more rows than asked', () => {
    expect(previewCsv('\ufeffname;lot\r\n"Muster; Jonas";"a ""b"""\r\nx;y\r\nz;w', 2)).toEqual({ header: ['name', 'lot'], rows: [['Muster; Jonas', 'a "b"'], ['x', 'y']] });
  });
  test('finds nothing in nothing', () => expect(previewCsv('', 5)).toBeUndefined());
});

describe('guesses about a file', () => {
  const preview = (header: string[], ...rows: string[][]) => ({ header, rows });
  test('usual names come before what only sounds like them', () => {
    expect(guessMapping(preview(['Datum der Impfung', 'date', 'Vorname', 'Nachname', 'DOB', 'CVX', 'Charge']))).toEqual({ date: 'date', given: 'Vorname', family: 'Nachname', birthDate: 'DOB', product: 'CVX', lot: 'Charge' });
  });
  test.each([['2026-11-20', 'YYYY-MM-DD'], ['20.11.2026', 'DD.MM.YYYY'], ['11/20/2026', 'MM/DD/YYYY'], ['03/04/2026', 'DD/MM/YYYY'], ['20261120', 'YYYYMMDD']])('%s is %s', (cell, format) => {
    expect(guessDates(preview(['date'], [cell]), { date: 'date' })).toBe(format);
  });
});

describe('axisFor', () => {
  test.each([[0, 1, 2], [3, 3, 4], [7, 8, 5], [44, 60, 4], [980, 1000, 3]])('a highest of %i gives a top of %i in %i lines', (highest, top, lines) => {
    const axis = axisFor(highest);
    expect([axis.top, axis.steps.length, axis.steps.every(Number.isInteger), axis.steps.at(-1)]).toEqual([top, lines, true, top]);
  });
});
