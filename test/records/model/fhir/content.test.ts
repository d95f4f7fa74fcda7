import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, contentOf, encodeRecordContent, parseRecordContent, rewriteJson } from '#records/model/fhir/index.ts';
import { bundleText, hasVectors, observation, patient, patients } from './examples.ts';

const text = JSON.stringify(observation).replace('13.2', '13.20');
const provenance = { resourceType: 'Provenance', target: [{ reference: 'Observation/1' }], recorded: '2025-03-04T10:00:00Z', agent: [{ who: { display: 'Labor' } }] };
const code = (attempt: () => unknown): string => {
  try {
    attempt();
    return 'nothing';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('contentOf', () => {
  test('keeps the text as it was written, with every digit of its decimals, and the digest of its bytes', () => {
    const bytes = new TextEncoder().encode(` ${text}\n`);
    const content = contentOf(bytes);
    expect(content.text).toBe(` ${text}\n`);
    expect(content.text).toContain('13.20');
    expect(content.digest).toBe(`0x${createHash('sha256').update(bytes).digest('hex')}`);
    expect(contentOf(content.text)).toEqual(content);
  });
  test.each([
    ['two elements of one name, of which readers take different ones', '{"resourceType":"Patient","gender":"male","gender":"female"}', 'json-duplicate-key'],
    ['the same, one of them escaped', String.raw`{"resourceType":"Patient","gender":"male","\u0067ender":"female"}`, 'json-duplicate-key'],
    ['a prototype', '{"resourceType":"Patient","__proto__":{}}', 'json-malformed'],
    ['a byte order mark', '\uFEFF{"resourceType":"Patient"}', 'json-malformed'],
    ['nesting without end', `{"resourceType":"Patient","a":${'['.repeat(1000)}${']'.repeat(1000)}}`, 'json-malformed'],
    ['five million bytes', `{"resourceType":"Patient","a":"${'x'.repeat(5_000_000)}"}`, 'text-too-long'],
    ['a resource that is not valid', '{"resourceType":"Patient","gender":"foo"}', 'fhir-invalid'],
  ])('ATTACK: refuses %s', (_, attack, expected) => expect(code(() => contentOf(attack))).toBe(expected));
});

describe('encodeRecordContent', () => {
  test('is read back by parseRecordContent as it was', () => {
    const read = parseRecordContent(encodeRecordContent({ text, provenance }));
    expect(read).toEqual({ ...contentOf(text), provenance });
    expect(read.text).toBe(text);
  });
  test('keeps any text, whatever white space and escapes it has', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => name.trim() !== '' && !/\p{Cc}/u.test(name)), fc.constantFrom(0, 1, 4), (family, spaces) => {
      const written = JSON.stringify({ ...patient, name: [{ family }] }, null, spaces);
      expect(parseRecordContent(encodeRecordContent({ text: written, provenance })).text).toBe(written);
    }), { numRuns: 100 });
  });
  test.each([
    ['another version', (document: object) => ({ ...document, version: 2 })],
    ['something more', (document: object) => ({ ...document, note: 'x' })],
    ['no Provenance', (document: object) => ({ ...document, provenance: patient })],
    ['a Provenance that is not valid', (document: object) => ({ ...document, provenance: { resourceType: 'Provenance' } })],
    ['the resource as an object, whose digits are lost', (document: object) => ({ ...document, resource: observation })],
  ])('ATTACK: a document with %s is refused', (_, change) => {
    const document = JSON.parse(new TextDecoder().decode(encodeRecordContent({ text, provenance }))) as object;
    expect(code(() => parseRecordContent(new TextEncoder().encode(JSON.stringify(change(document)))))).toBe('fhir-invalid');
  });
});

describe('rewriteJson', () => {
  test('changes what it is told and no digit of a number', () => {
    const changed = rewriteJson('{"a":1.10,"b":[0.000000000000000000010,1E+2,-0.0],"c":"1.10"}', (value) => ({ ...(value as object), c: 'new' }));
    expect(changed).toBe('{"a":1.10,"b":[0.000000000000000000010,1E+2,-0.0],"c":"new"}');
  });
  test.skipIf(!hasVectors)('leaves the numbers of the synthetic patients (skipped without the public vectors)', () => {
    for (const path of patients()) {
      const numbers = (json: string) => json.match(/(?<=[:[,]\s*)-?\d[\d.eE+-]*(?=\s*[,}\]])/g);
      const original = bundleText(path);
      expect(numbers(rewriteJson(original, (value) => value))).toEqual(numbers(original));
    }
  });
});

describe('canonicalJson', () => {
  test('is RFC 8785: keys in order of their code units, numbers as ECMAScript writes them', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, 1: 3, '\ud83d\ude02': 4, '\u0080': 5, '\ufb33': 6, a: [1e30, 4.5, 0.002, 1e-27] })).toBe('{"\\r":2,"1":3,"a":[1e+30,4.5,0.002,1e-27],"\u0080":5,"\u20ac":1,"\ud83d\ude02":4,"\ufb33":6}');
  });
});
