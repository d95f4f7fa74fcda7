import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HealthpassError } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';

const codeOf = (text: string | Uint8Array, limits = {}) => {
  try {
    parseJson(text, limits);
  } catch (error) {
    if (error instanceof HealthpassError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('parseJson', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 8 }), (text) => {
      fc.pre(text.isWellFormed() && !text.includes('__proto__') && !/\\u[dD][89a-fA-F]/.test(text));
      expect(parseJson(text)).toEqual(JSON.parse(text));
      expect(parseJson(new TextEncoder().encode(text))).toEqual(JSON.parse(text));
    }));
  });
  test('refuses what JSON.parse refuses, and never throws anything uncoded', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0d8019-+.eEtrufalsn \n') }), (text) => {
      let native = true;
      try { JSON.parse(text); } catch { native = false; }
      if (codeOf(text) === 'accepted') expect(native).toBe(true);
    }), { numRuns: 3000 });
  });
  test.each([
    ['a key given twice', '{"a":1,"b":{},"a":2}'],
    ['a key given twice, once escaped', '{"status":1,"st\\u0061tus":2}'],
    ['a key given twice in an object inside an array', '[{"x":[{"k":1},{"k":1}]},{"k":1,"j":[],"k":1}]'],
    ['the empty key given twice', '{"":1,"":2}'],
  ])('refuses %s', (_, text) => expect(codeOf(text)).toBe('json-duplicate-key'));
  test('lets one key stand in different objects', () => {
    expect(parseJson('{"a":{"a":[{"a":1},{"a":"a"}]},"b":"a"}')).toEqual({ a: { a: [{ a: 1 }, { a: 'a' }] }, b: 'a' });
  });
  test.each([
    ['a prototype pollution key', '{"__proto__":{"admin":true}}'],
    ['a prototype pollution key in escapes', '{"\\u005f_proto__":1}'],
    ['a byte order mark', '\ufeff{}'],
    ['a number beyond a double', '{"a":1e999}'],
    ['a long number beyond a double', `[-${'9'.repeat(400)}]`],
    ['NaN', '[NaN]'],
    ['a lone surrogate', '["\ud800"]'],
    ['a lone surrogate in escapes', '["\\udc00\\ud800"]'],
    ['a string without an end', '{"a":"b'],
    ['a trailing comma', '[1,]'],
    ['a comment', '{} // x'],
    ['two texts', '{}{}'],
    ['nothing', ''],
    ['a control character in a string', '["\u0001"]'],
    ['single quotes', "{'a':1}"],
    ['a closing bracket too many', ']]]]{"a":1}'],
  ])('refuses %s', (_, text) => expect(codeOf(text)).toBe('json-malformed'));
  test('refuses bytes that are not UTF-8 (overlong, surrogate, truncated) and a byte order mark', () => {
    for (const bytes of [[0x22, 0xc0, 0xaf, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xe2, 0x82], [0xff], [0xef, 0xbb, 0xbf, 0x31]]) {
      expect(codeOf(Uint8Array.from(bytes))).toBe('json-malformed');
    }
  });
  test('refuses nesting beyond the limit, however deep', () => {
    expect(codeOf('['.repeat(64) + ']'.repeat(64))).toBe('accepted');
    expect(codeOf('['.repeat(65) + ']'.repeat(65))).toBe('json-malformed');
    expect(codeOf('{"a":'.repeat(1_000_000))).toBe('json-malformed');
    expect(codeOf('[[1]]', { maxDepth: 1 })).toBe('json-malformed');
  });
  test('refuses a text longer than the limit, counted in UTF-8 bytes', () => {
    expect(codeOf('"' + 'x'.repeat(5_000_000) + '"')).toBe('text-too-long');
    expect(codeOf('"xx"', { maxBytes: 4 })).toBe('accepted');
    expect(codeOf('"xé"', { maxBytes: 4 })).toBe('text-too-long');
    expect(codeOf('"😀"', { maxBytes: 6 })).toBe('accepted');
    expect(codeOf(new Uint8Array(5_000_001))).toBe('text-too-long');
  });
  test('does not repeat the input in its message', () => {
    for (const text of ['{"canary-7f3a":1,"canary-7f3a":2}', 'canary-7f3a', '["canary-7f3a', '{"canary-7f3a":1e999}']) {
      try {
        parseJson(text);
      } catch (error) {
        expect(JSON.stringify([(error as Error).message, String((error as Error).cause)])).not.toContain('canary');
      }
    }
  });
});
