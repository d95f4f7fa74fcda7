// Latin national characters, ICAO Doc 9303 part 3 section 6 table A. Where the table offers several forms the first stands: AE for Ä, AA
// for Å, OE for Ö, UE for Ü, N for Ñ. A letter that is not here loses its marks.

const TABLE: Readonly<Record<string, string>> = {
  Ä: 'AE', Å: 'AA', Æ: 'AE', Ð: 'D', Ö: 'OE', Ø: 'OE', Ü: 'UE', Þ: 'TH', Đ: 'D', Ħ: 'H', Ł: 'L', Ŋ: 'N', Œ: 'OE', Ŧ: 'T', ẞ: 'SS',
  // not in the table, but letters of names in Azerbaijan and in West Africa
  Ə: 'E', Ɓ: 'B', Ɖ: 'D', Ɗ: 'D', Ɛ: 'E', Ɣ: 'G', Ɨ: 'I', Ƙ: 'K', Ɲ: 'N', Ɔ: 'O', Ʋ: 'V', Ƴ: 'Y',
};

/** Letters A-Z for a run of upper-case Latin text in NFC; undefined when it holds a letter that no table has. */
export function readLatin(run: string): string | undefined {
  let out = '';
  for (const char of run.replace(/\p{M}/gu, '')) {
    const letters = readLetter(char);
    if (letters === undefined) return undefined;
    out += letters;
  }
  return out;
}

/** Takes marks off from the outside, so that Ǘ is read as Ü and not as U. */
function readLetter(char: string): string | undefined {
  for (let parts = char.normalize('NFD'); parts !== ''; parts = parts.slice(0, -1)) {
    const letter = parts.normalize('NFC');
    if (/^[A-Z]$/.test(letter)) return letter;
    if (Object.hasOwn(TABLE, letter)) return TABLE[letter];
  }
  return undefined;
}
