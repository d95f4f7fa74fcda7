import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBirthDate, UNKNOWN_BIRTH_DATE } from '#passport/birth-date.ts';
import { HealthpassError } from '#passport/errors.ts';
import { digestOfMrzName, mrzName, nameDigest, nameFromMrz, packName } from '#passport/name.ts';
import { P2, TAG_NAME } from '#passport/poseidon.ts';
import { canTransliterate, transliterate } from '#passport/transliteration/transliterate.ts';

const failure = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof HealthpassError) return `${error.code} ${error.field}`;
    throw error;
  }
  return 'accepted';
};

// Letters of every table, with and without marks, and what may stand between them.
const letters = fc.constantFrom(...'AbcÄåéÑöøüßþĐłŋœſǗẤẠ̈ОёйћЇєѢґъьΆΥϋΐςῳΓγχμπعبّةُآأؤ٤لاﷲ \'’-.,·1x'.split(''), 'ﬁ', '\u0301', '\u0308', '\u0323', '\u0651', '\u200d');
const names = fc.array(letters, { maxLength: 24 }).map((parts) => parts.join(''));

describe('transliterate', () => {
  test.each([
    // Doc 9303 part 3, sections 4.6 and 6
    ["D'ARTAGNAN", 'DARTAGNAN'], ['MARIE-ELISE', 'MARIE<ELISE'], ['ANNA, MARIA', 'ANNA<MARIA'], ['J. B.', 'J<B'], ['عبّاس', 'EBBAS'], ['فضّة', 'FXDZDZXAH'],
    ['Ää Åå Ææ Öö Øø Üü Œ Ð Þ ẞ ß Ñ Ł Ŋ Đ Ħ Ŧ Ĳ ı İ', 'AEAE<AAAA<AEAE<OEOE<OEOE<UEUE<OE<D<TH<SS<SS<N<L<N<D<H<T<IJ<I<I'],
    ['ÀÁÂÃÇÈÉÊËÌÍÎÏÒÓÔÕÙÚÛÝ ĀĂĄĆĈĊČĎĒĔĖĘĚĜĞĠĢĤĨĪĬĮĴĶĹĻĽĿ ŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽ', 'AAAACEEEEIIIIOOOOUUUY<AAACCCCDEEEEEGGGGHIIIIJKLLLL<NNNOOORRRSSSSTTUUUUUUWYYZZZ'],
    ['АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЭЮЯ', 'ABVGDEEZHZIIKLMNOPRSTUFKHTSCHSHSHCHIEYEIUIA'],
    ['Єва Люїза Їжак', 'YEVA<LIUIZA<YIZHAK'], ['Ђорђе Љубић Џон', 'DORDE<LJUBIC<DZON'],
    ['محمود', 'MXHMWD'], ['فاطمة الزهراء', 'FAXTTMXAH<ALZHRAXE'], ['چودھری', 'XCWDXDORXYA'],
    // ELOT 743
    ['Παπαδόπουλος', 'PAPADOPOULOS'], ['Ευάγγελος Αυγή Αυτός', 'EVANGELOS<AVGI<AFTOS'], ['Μπάμπης Λάμπρου', 'BAMPIS<LAMPROU'], ['Μάυρος Μαΰρος', 'MAYROS<MAYROS'], ['ΣΦΙΓΞ ΕΓΧΟΣ', 'SFINX<ENCHOS'],
    // letters with two marks lose the outer ones only
    ['Nguyễn Thị Ánh', 'NGUYEN<THI<ANH'], ['Ǘ Ǻ Ǿ', 'UE<AA<OE'],
    // numbers, spaces, fillers
    ['John 2 Hodkiewicz467', 'JOHN<II<HODKIEWICZCDLXVII'], ['  de\u00a0la\tCruz--Ruiz ', 'DE<LA<CRUZ<RUIZ'], ['ANNA<MARIA<<', 'ANNA<MARIA'], ['', ''], ['. -', ''],
  ])('writes %j as %j', (text, written) => expect(transliterate(text)).toBe(written));

  test('gives one spelling for composed and decomposed text', () => {
    fc.assert(fc.property(names, (name) => {
      expect(failure(() => transliterate(name.normalize('NFD')))).toBe(failure(() => transliterate(name.normalize('NFC'))));
      if (canTransliterate(name)) {
        expect(transliterate(name.normalize('NFD'))).toBe(transliterate(name));
        expect(transliterate(name.normalize('NFC'))).toBe(transliterate(name));
      }
    }), { numRuns: 500 });
  });
  test('invisible characters and direction marks planted in a name change nothing', () => {
    const invisible = fc.constantFrom('\u200b', '\u200c', '\u200d', '\u200e', '\u202e', '\u2066', '\u2069', '\u00ad', '\ufeff', '\u061c', '\ufe0f');
    fc.assert(fc.property(names, fc.array(fc.tuple(fc.nat(), invisible), { maxLength: 4 }), (name, planted) => {
      fc.pre(canTransliterate(name));
      const chars = [...name];
      for (const [at, char] of planted) chars.splice(at % (chars.length + 1), 0, char);
      expect(transliterate(chars.join(''))).toBe(transliterate(name));
    }), { numRuns: 500 });
  });
  test('all kinds of apostrophe join', () => {
    for (const mark of ["'", '’', '‘', '`', '´', 'ʼ', '′', '＇']) expect(transliterate(`O${mark}Brien`)).toBe('OBRIEN');
  });
  test('is stable: what it wrote it writes again', () => {
    fc.assert(fc.property(names, (name) => {
      fc.pre(canTransliterate(name));
      expect(transliterate(transliterate(name))).toBe(transliterate(name));
      expect(transliterate(name)).toMatch(/^(?:[A-Z]+(?:<[A-Z]+)*)?$/);
    }), { numRuns: 500 });
  });
  test.each([['Chinese', '王小明'], ['Japanese', 'たなか'], ['Thai', 'สมชาย'], ['Devanagari', 'कुमार'], ['Hebrew', 'כהן'], ['Georgian', 'გიორგი'], ['Kazakh letters', 'Әсел'], ['Kurdish letters', 'ڕۆژ'],
    ['an emoji', 'Ann😀'], ['a currency sign', 'Ann$'], ['a number beyond Roman numerals', 'Ann4000'], ['Arabic digits', 'Ann٤'], ['a lone surrogate', 'Ann\ud800'], ['markup', '<b>=Ann</b>'],
    ['a text of a million letters', 'A'.repeat(1_000_000)]])('refuses %s, naming the field', (_, text) => {
    expect(failure(() => transliterate(text))).toBe('claims-invalid name');
    expect(canTransliterate(text)).toBe(false);
  });
  test('only coded errors leave it, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(['accepted', 'claims-invalid name']).toContain(failure(() => transliterate(text)));
    }), { numRuns: 1000 });
  });
});

describe('mrzName', () => {
  test('puts two fillers between the identifiers and cuts at the length of TD1', () => {
    expect(mrzName('Eriksson', ['Anna', 'Maria'])).toBe('ERIKSSON<<ANNA<MARIA');
    expect(mrzName('Papandropoulous', ['Jonathon', 'Warren', 'Trevor'])).toBe('PAPANDROPOULOUS<<JONATHON<WARR');
    expect(mrzName('Bennelong Wooloomooloo', 'Warrandyte Diamond')).toHaveLength(30);
  });
  test('ends with no filler, even where the cut falls on one', () => {
    expect(mrzName('ABCDEFGHIJKLMNOPQRSTUVWXYZABCD', 'E')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZABCD');
    expect(mrzName('ABCDEFGHIJKLMNOPQRSTUVWXYZABC', 'E')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZABC');
  });
  test('takes the only name of a person as the primary identifier', () => {
    expect(mrzName('Sukarno', [])).toBe('SUKARNO');
    expect(mrzName('', 'Sukarno')).toBe('SUKARNO');
    expect(mrzName('', [])).toBe('');
  });
});

describe('nameFromMrz', () => {
  test('reads the name fields of all sizes of document as the same name', () => {
    const name = mrzName('Eriksson', 'Anna Maria');
    for (const length of [30, 31, 39]) expect(nameFromMrz(name.padEnd(length, '<'))).toBe(name);
  });
  test('a longer document cut to TD1 gives the name of the record', () => {
    expect(nameFromMrz('PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR')).toBe(mrzName('Papandropoulous', 'Jonathon Warren Trevor'));
  });
  test.each(['', '<<<', 'anna', 'ANNA 1', 'A<<<B', '<ANNA', 'A'.repeat(40), 'ÅNNA'])('refuses %j', (field) => {
    expect(failure(() => nameFromMrz(field))).toBe('claims-invalid name');
  });
});

describe('packName', () => {
  test('is injective', () => {
    const field = fc.string({ unit: fc.constantFrom(...'ABCYZ<'), maxLength: 30 });
    fc.assert(fc.property(field, field, (a, b) => {
      expect(packName(a) === packName(b)).toBe(a === b);
    }), { numRuns: 1000 });
    expect(packName('A')).toBe(1n);
    expect(packName('BA')).toBe(34n);
    expect(packName('<'.repeat(30)) < 1n << 150n).toBe(true);
  });
  test('refuses a name that is not in the letters of the zone', () => {
    for (const name of ['a', 'A'.repeat(31), 'A B', 'A1']) expect(failure(() => packName(name))).toBe('claims-invalid name');
  });
});

describe('nameDigest', () => {
  test('is the tagged Poseidon of the packed name, and 0 for no name', () => {
    expect(nameDigest({ family: 'Eriksson', given: ['Anna', 'Maria'] })).toBe(P2(TAG_NAME, packName('ERIKSSON<<ANNA<MARIA')));
    expect(nameDigest({ family: '', given: [] })).toBe(0n);
    expect(digestOfMrzName(nameFromMrz('ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))).toBe(nameDigest({ family: 'ERIKSSON', given: ['Anna Maria'] }));
  });
  test('a first name moved to the family name is another name', () => {
    expect(nameDigest({ family: 'Eriksson Anna', given: ['Maria'] })).not.toBe(nameDigest({ family: 'Eriksson', given: ['Anna', 'Maria'] }));
  });
});

describe('parseBirthDate', () => {
  const now = Date.UTC(2026, 10, 22, 11) / 1000;
  test('encodes what is unknown late', () => {
    expect(parseBirthDate('1990-02-28', { now })).toBe(19900228);
    expect(parseBirthDate('1990-02', { now })).toBe(19900231);
    expect(parseBirthDate('1990', { now })).toBe(19901231);
    expect(parseBirthDate('2026', { now })).toBe(20261231);
    expect(parseBirthDate('2000-02-29', { now })).toBe(20000229);
    expect(UNKNOWN_BIRTH_DATE).toBe(99991231);
  });
  test('takes a birth of today in the zone where the day begins first', () => {
    expect(parseBirthDate('2026-11-23', { now })).toBe(20261123);
  });
  test.each([['a day of the future', '2026-11-24'], ['a month of the future', '2026-12'], ['a year of the future', '2027'], ['February 30', '1990-02-30'], ['February 29 of no leap year', '1900-02-29'],
    ['month 13', '1990-13-01'], ['month 0', '1990-00'], ['day 0', '1990-01-00'], ['a year before 1800', '1799-12-31'], ['a time', '1990-01-01T00:00:00Z'], ['another order', '01-01-1990'],
    ['spaces', ' 1990'], ['nothing', ''], ['other digits', '١٩٩٠'], ['a number', 1990], ['null', null]])('refuses %s', (_, text) => {
    expect(failure(() => parseBirthDate(text, { now }))).toBe('claims-invalid birthDate');
  });
});
