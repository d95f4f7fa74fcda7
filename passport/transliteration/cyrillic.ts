// Cyrillic, ICAO Doc 9303 part 3 section 6 table B, its general column. The exceptions by language are taken only where the letter itself
// tells the language: Є and Ї at the start of a name are Ukrainian, Ѓ and Ќ are Macedonian.

const TABLE: Readonly<Record<string, string>> = {
  А: 'A', Б: 'B', В: 'V', Г: 'G', Д: 'D', Е: 'E', Ж: 'ZH', З: 'Z', И: 'I', Й: 'I', К: 'K', Л: 'L', М: 'M', Н: 'N', О: 'O', П: 'P', Р: 'R', С: 'S',
  Т: 'T', У: 'U', Ф: 'F', Х: 'KH', Ц: 'TS', Ч: 'CH', Ш: 'SH', Щ: 'SHCH', Ъ: 'IE', Ы: 'Y', Э: 'E', Ю: 'IU', Я: 'IA',
  Ё: 'E', Ђ: 'D', Є: 'IE', Ѕ: 'DZ', І: 'I', Ї: 'I', Ј: 'J', Љ: 'LJ', Њ: 'NJ', Ќ: 'KJ', Ў: 'U', Џ: 'DZ', Ѫ: 'U', Ѵ: 'Y', Ґ: 'G', Ғ: 'G', Һ: 'C', Ѓ: 'GJ',
  // not in the table: the soft sign has no sound of its own, Ћ is Ć in the Latin letters of its own language
  Ь: '', Ћ: 'C',
};
const AT_START: Readonly<Record<string, string>> = { Є: 'YE', Ї: 'YI' };

/** Letters A-Z for a run of upper-case Cyrillic text in NFC; undefined when it holds a letter that no table has. */
export function readCyrillic(run: string): string | undefined {
  let out = '';
  for (const char of run.replace(/\p{M}/gu, '')) {
    const letter = Object.hasOwn(TABLE, char) ? char : char.normalize('NFD')[0]!; // Ѐ, Ѝ: the grave only marks the stress
    if (!Object.hasOwn(TABLE, letter)) return undefined;
    out += out === '' && Object.hasOwn(AT_START, letter) ? AT_START[letter]! : TABLE[letter]!;
  }
  return out;
}
