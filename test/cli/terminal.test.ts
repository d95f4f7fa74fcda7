import { describe, expect, test } from 'vitest';
import { withoutControls } from '#cli/terminal.ts';

describe('withoutControls', () => {
  test.each([
    ['an escape sequence that would colour a refusal green', 'REFUSED \u001b[32m', 'REFUSED \ufffd[32m'],
    ['the one-character form of it', '\u009b2J', '\ufffd2J'],
    ['a carriage return that would write over the verdict', 'REFUSED\rACCEPTED', 'REFUSED\ufffdACCEPTED'],
    ['a name that turns round what stands after it', 'Anna \u202eDEREFUSER', 'Anna \ufffdDEREFUSER'],
    ['a line break of another name', 'Anna\u2028ACCEPTED', 'Anna\ufffdACCEPTED'],
    ['what is not seen', 'An\u200bna\u0000', 'An\ufffdna\ufffd'],
  ])('takes away %s', (_attack, text, shown) => expect(withoutControls(text)).toBe(shown));

  test('leaves names and lines as they are', () => {
    const text = 'Zoë Müller-Ærø\nعلی‌رضا 王 (ACCEPTED) …';
    expect(withoutControls(text)).toBe(text);
  });
});
