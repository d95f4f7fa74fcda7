import { describe, expect, test } from 'vitest';
import { nameDigest } from '#passport/name.ts';
import { holderOfZone, holderTyped } from '#verifier/scanner/document/document.ts';
import { isWholeZone, looksLikeZone } from '#verifier/scanner/document/mrz.ts';
import { DocumentError } from '#verifier/scanner/document/problems.ts';

const NOW = Date.UTC(2026, 10, 24) / 1000;
/** The specimens of Doc 9303. */
const TD1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];
const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];
const TD3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const ANNA = { nameDigest: nameDigest({ family: 'Eriksson', given: ['Anna', 'Maria'] }), birthDates: [19740812] };

const codeOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof DocumentError) return error.code;
  }
  return 'read';
};
const zone = (lines: readonly string[]) => holderOfZone(lines.join('\n'), NOW);

describe('holderOfZone', () => {
  test.each([['a card of three lines', TD1], ['a card of two lines', TD2], ['a passport', TD3]])('reads %s', (_name, lines) => {
    expect(zone(lines)).toEqual(ANNA);
  });

  test('takes lines as readers send them: in one, in small letters, with spaces', () => {
    expect(holderOfZone(TD3.join(''), NOW)).toEqual(ANNA);
    expect(holderOfZone(` ${TD1.join('\r\n').toLowerCase()}\r\n`, NOW)).toEqual(ANNA);
    expect(holderOfZone(TD2.map((line) => line.replaceAll('<', '< ')).join('\n'), NOW)).toEqual(ANNA);
  });

  test('a misread character is found by a check digit: mrz-check-digit', () => {
    for (const [from, to] of [['740812', '740813'], ['L898902C3', 'L898902C8'], ['120415', '120416'], ['ZE184226B', 'ZE184226C']] as const) {
      expect([from, codeOf(() => zone([TD3[0]!, TD3[1]!.replace(from, to)]))]).toEqual([from, 'mrz-check-digit']);
    }
  });

  test('lines of other lengths, or one of two, are no zone: mrz-malformed', () => {
    for (const lines of [[], [TD3[0]!], [TD1[0]!, TD1[1]!], [TD3[0]!.slice(1), TD3[1]!.slice(1)], ['hello']]) expect(codeOf(() => zone(lines))).toBe('mrz-malformed');
  });

  test('an unknown day or month of birth is read as claims have it; a year of two digits as both that it may mean', () => {
    const unknown = (date: string, digit: string, last: string) => ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', `L898902C36UTO${date}${digit}F1204159ZE184226B<<<<<1${last}`];
    const digits = (lines: readonly string[]) => Array.from({ length: 100 }, (_, i) => [lines[0]!, lines[1]!.replace(/UTO(......)./, `UTO$1${Math.floor(i / 10)}`).replace(/.$/, `${i % 10}`)]).map((each) => { try { return zone(each).birthDates; } catch { return undefined; } }).find((found) => found !== undefined);
    expect(digits(unknown('7408<<', '0', '0'))).toEqual([19740831]);
    expect(digits(unknown('240812', '0', '0'))).toEqual([20240812, 19240812]);
    expect(digits(unknown('740230', '0', '0'))).toBeUndefined(); // no such day
  });
});

describe('holderTyped', () => {
  const typed = (change: object) => holderTyped({ family: 'Eriksson', given: 'Anna Maria', birthDate: '1974-08-12', ...change }, NOW);

  test('is the person of the zone of the same document', () => {
    expect(typed({})).toEqual(ANNA);
    expect(typed({ family: ' ERIKSSON ', given: 'anna maria' })).toEqual(ANNA);
  });

  test('says what is missing or cannot be read', () => {
    expect(codeOf(() => typed({ family: ' ', given: '' }))).toBe('name-missing');
    expect(codeOf(() => typed({ family: '山田', given: '' }))).toBe('name-unreadable');
    for (const birthDate of ['', '12.08.1974', '1974-02-30', '2999-01-01']) expect(codeOf(() => typed({ birthDate }))).toBe('birth-date-invalid');
  });
});

describe('looksLikeZone', () => {
  test('tells lines of a document from codes', () => {
    for (const line of [...TD1, ...TD2, ...TD3]) expect([line, looksLikeZone(line)]).toEqual([line, true]);
    expect(looksLikeZone('HP1:' + 'A'.repeat(40))).toBe(false);
    expect([isWholeZone(TD3.join('\n')), isWholeZone(TD3[0]!)]).toEqual([true, false]);
  });
});
