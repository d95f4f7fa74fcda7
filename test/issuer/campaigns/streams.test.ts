// Lines and entries of files that are larger than memory should hold.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitEntries } from '#issuer/campaigns/entries.ts';
import { decodeText, splitLines } from '#issuer/campaigns/text.ts';
import { all, bytesOf, textOf } from './fixture.ts';

describe('splitLines', () => {
  test('numbers lines from 1 and leaves out blank ones', async () => {
    expect(await all(splitLines(textOf('a\r\n\n  \nb\nc', 2)))).toEqual([{ row: 1, text: 'a\r' }, { row: 4, text: 'b' }, { row: 5, text: 'c' }]);
  });
  test.each([[1], [5], [1000]])('passes over a line that is too long, whatever its pieces (%i)', async (step) => {
    expect(await all(splitLines(textOf(`a\n${'x'.repeat(50)}\nb\n${'y'.repeat(50)}`, step), 20))).toEqual([
      { row: 1, text: 'a' }, { row: 2, text: undefined }, { row: 3, text: 'b' }, { row: 4, text: undefined },
    ]);
  });
  test('a line of ten megabytes is never kept', async () => {
    const huge = async function* huge(): AsyncGenerator<string> {
      for (let i = 0; i < 160; i++) yield 'x'.repeat(65_536);
      yield '\nnext';
    };
    expect(await all(splitLines(huge()))).toEqual([{ row: 1, text: undefined }, { row: 2, text: 'next' }]);
  });
});

describe('decodeText', () => {
  test('refuses what is longer than allowed without reading on', async () => {
    let read = 0;
    const endless = async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1000;
        yield new Uint8Array(1000);
      }
    };
    await expect(all(decodeText(endless(), 10_000))).rejects.toMatchObject({ code: 'text-too-long', field: 'body' });
    expect(read).toBeLessThan(20_000);
  });
  test('puts characters together that the network cut', async () => {
    expect((await all(decodeText(bytesOf('\ufeffÄ漢🦆', 1), 100))).join('')).toBe('Ä漢🦆');
  });
});

const split = (text: string, step = 7, max?: number) => all(splitEntries(textOf(text, step), max));

describe('splitEntries', () => {
  const bundle = (entries: readonly unknown[], more = {}) => JSON.stringify({ resourceType: 'Bundle', type: 'collection', ...more, entry: entries });

  test('gives back every entry of any Bundle, however it is cut', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.integer({ min: 1, max: 40 }), fc.constantFrom(undefined, 1), async (entries, step, space) => {
      const text = JSON.stringify({ meta: { entry: [1], note: 'entry":[{' }, resourceType: 'Bundle', entry: entries, type: 'batch', link: [{ a: [] }] }, null, space);
      const found = await split(text, step);
      expect(found.map(({ text: entry }) => JSON.parse(entry!) as unknown)).toEqual(JSON.parse(JSON.stringify(entries)));
      expect(found.map(({ row }) => row)).toEqual(entries.map((_, i) => i + 1));
    }), { numRuns: 60 });
  });

  test('passes over an entry that is too long', async () => {
    expect((await split(bundle([{ a: 1 }, { b: 'x'.repeat(100) }, { c: 1 }]), 7, 50)).map(({ text }) => text)).toEqual(['{"a":1}', undefined, '{"c":1}']);
  });

  test.each([
    ['no Bundle', '{"resourceType":"Patient","entry":[]}', 'fhir-invalid'], ['no JSON', '<Bundle/>', 'json-malformed'], ['nothing', '', 'json-malformed'],
    ['a message, which is no record', bundle([], { type: 'message' }), 'fhir-unsupported'], ['rules that are not known', bundle([], { implicitRules: 'x' }), 'fhir-unsupported'],
    ['a file cut within its entries', bundle([{ a: 1 }]).slice(0, -5), 'json-malformed'], ['a file cut after them', bundle([{ a: 1 }]).slice(0, -1), 'json-malformed'],
    ['entries that are no objects', bundle([1]), 'json-malformed'], ['a comma too many', bundle([{ a: 1 }]).replace(']}', ',]}'), 'json-malformed'],
    ['a comma too few', '{"resourceType":"Bundle","type":"batch","entry":[{}{}]}', 'json-malformed'],
    ['two lists of entries', '{"resourceType":"Bundle","type":"batch","entry":[{}],"entry":[{}]}', 'json-duplicate-key'],
    ['entries under an escaped name, which would be lost', '{"resourceType":"Bundle","type":"batch","\\u0065ntry":[{}]}', 'json-malformed'],
    ['entries that are no list', '{"resourceType":"Bundle","type":"batch","entry":{"a":1}}', 'json-malformed'],
    ['a flood around the entries', bundle([], { note: 'x'.repeat(200_000) }), 'json-malformed'],
  ])('refuses %s', async (_name, text, code) => {
    await expect(split(text, 1000)).rejects.toMatchObject({ code });
  });
  test('what closes with the wrong bracket stays as it is', async () => {
    expect((await split('{"resourceType":"Bundle","type":"batch","entry":[{"a":1]]}'))[0]!.text).toBe('{"a":1]');
  });
});
