// Which passphrases a vault takes: scrypt makes a guess dear, and nothing makes the first thousand guesses of everybody dear enough.

const SHORTEST = 10;
const FEWEST_CHARACTERS = 5;
/** Longest piece of which a passphrase must not be made by repeating it. */
const LONGEST_PIECE = 5;
/** What fingers type along a keyboard, or down the alphabet. */
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop'];

export type Weakness = 'short' | 'easy';

/** What is wrong with a new passphrase; undefined for one that will do. */
export function weaknessOf(passphrase: string): Weakness | undefined {
  const characters = [...passphrase.toLowerCase()];
  if (characters.length < SHORTEST) return 'short';
  if (new Set(characters).size < FEWEST_CHARACTERS || isRepeated(characters.join('')) || isAlongRows(characters)) return 'easy';
  return undefined;
}

const isRepeated = (text: string): boolean =>
  Array.from({ length: LONGEST_PIECE }, (_, i) => text.slice(0, i + 1)).some((piece) => piece.repeat(Math.ceil(text.length / piece.length)).startsWith(text));

/** Whether nearly every step from one character to the next goes along a row, forwards or backwards. */
function isAlongRows(characters: readonly string[]): boolean {
  const steps = characters.slice(1).filter((character, i) => ROWS.some((row) => row.includes(characters[i]! + character) || row.includes(character + characters[i]!)));
  return steps.length >= 0.7 * (characters.length - 1);
}
