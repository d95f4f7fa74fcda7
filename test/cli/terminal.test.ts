import { describe, expect, test } from 'vitest';
import { createTerminal, withoutControls } from '#cli/terminal.ts';

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

describe('createTerminal', () => {
  test('attack: a name that steers the terminal where the result is JSON is written in escapes, and read as it was', () => {
    let written = '';
    const streams = { stdout: { write: (text: string) => (written += text) }, stderr: { write: () => undefined } };
    const value = { name: 'An\u009b2Jna \u202eDER\u2028EFUSER \u{e0041} علی\u200cرضا', lines: ['a\nb'] };
    createTerminal(true, streams).result('', value);
    expect(JSON.parse(written)).toEqual(value);
    expect(withoutControls(written)).toBe(written);
  });
});
