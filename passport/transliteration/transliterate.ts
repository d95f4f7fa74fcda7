// A name in the letters A-Z as the machine readable zone of a travel document writes it: ICAO Doc 9303 part 3, sections 4.6 and 6.
import { HealthpassError } from '../errors.ts';
import { readArabic } from './arabic.ts';
import { readCyrillic } from './cyrillic.ts';
import { readGreek } from './greek.ts';
import { readLatin } from './latin.ts';

export const NAME_TEXT_MAX = 1000;

// Apostrophes join, in all the shapes that keyboards give them. They go before NFKC, which would turn ´ into a space and a mark.
const APOSTROPHES = /['‘’‛`´′ʹʻʼʽʾʿˈˊˋ＇]/gu;
// Zero-width characters, bidi controls, soft hyphens, variation selectors.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const SEPARATORS = /[\s\p{Pd},،;；<]+/u;
const OMITTED = /[\p{P}\p{Lm}]/gu;

const RUNS: readonly { readonly run: RegExp; readonly read: (run: string) => string | undefined }[] = [
  { run: /^\p{M}+/u, read: () => '' },
  { run: /^\p{Script=Latin}[\p{Script=Latin}\p{M}]*/u, read: readLatin },
  { run: /^\p{Script=Cyrillic}[\p{Script=Cyrillic}\p{M}]*/u, read: readCyrillic },
  { run: /^\p{Script=Arabic}[\p{Script=Arabic}\p{M}]*/u, read: readArabic },
  { run: /^\p{Script=Greek}[\p{Script=Greek}\p{M}]*/u, read: readGreek },
  { run: /^[0-9]+/, read: readNumber },
];

/**
 * Name components in A-Z, joined by `<`: `Marie-Élise D'Artagnan` gives `MARIE<ELISE<DARTAGNAN`. One spelling for all Unicode forms of a
 * text. Titles are not taken off: a record keeps them apart from the name.
 * @throws HealthpassError `claims-invalid` (field `name`) when a letter is in no table: the Latin form of the name must be given then, as
 * the holder's document has it.
 */
export function transliterate(text: string): string {
  if (text.length > NAME_TEXT_MAX) throw invalid('is too long');
  const upper = text.normalize('NFC').replace(APOSTROPHES, '').replace(INVISIBLE, '').normalize('NFKC').toUpperCase().normalize('NFC');
  return upper.split(SEPARATORS).map((word) => readWord(word.replace(OMITTED, ''))).filter((word) => word !== '').join('<');
}

/** Whether {@link transliterate} has letters for all of a text. */
export function canTransliterate(text: string): boolean {
  try {
    transliterate(text);
    return true;
  } catch {
    return false;
  }
}

function readWord(word: string): string {
  let out = '';
  for (let rest = word; rest !== '';) {
    const found = RUNS.map(({ run, read }) => ({ match: run.exec(rest)?.[0], read })).find(({ match }) => match !== undefined);
    const letters = found?.read(found.match!);
    if (letters === undefined) throw invalid('has a letter that has no transliteration');
    out += letters;
    rest = rest.slice(found!.match!.length);
  }
  return out;
}

const NUMERALS: readonly [number, string][] = [
  [1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I'],
];

/** Names hold no digits; where a name has a number it is written in Roman numerals (section 3.4). */
function readNumber(digits: string): string | undefined {
  let rest = Number(digits);
  if (rest < 1 || rest > 3999) return undefined;
  let out = '';
  for (const [value, letters] of NUMERALS) for (; rest >= value; rest -= value) out += letters;
  return out;
}

const invalid = (what: string) => new HealthpassError('claims-invalid', `the name ${what}`, { field: 'name' });
