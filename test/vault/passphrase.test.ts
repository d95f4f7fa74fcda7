// Passphrases that a wallet does not take, since they are among the first that anybody tries.
import { describe, expect, test } from 'vitest';
import { weaknessOf } from '#vault/passphrase.ts';

describe('weaknessOf', () => {
  test.each(['', 'correct', '123456789'])('%j is short', (passphrase) => expect(weaknessOf(passphrase)).toBe('short'));
  test.each(['1234567890', '0987654321', 'qwertyuiop', 'QWERTYUIOP', 'qwertzuiop12', 'abcdefghij', 'aaaaaaaaaa', 'abcabcabcabc', '12345123451', 'asdfghjkl1', 'aabbaabbaabb'])('%j is easy to guess', (passphrase) => {
    expect(weaknessOf(passphrase)).toBe('easy');
  });
  test.each(['correct horse battery', 'another horse battery', 'Frühling im Garten', 'मेरी नीली साइकिल', 'بيت صغير على التل', 'x7#Kp-qq2Lw', 'my-cat-is-9-years-old'])('%j will do', (passphrase) => {
    expect(weaknessOf(passphrase)).toBeUndefined();
  });
});
