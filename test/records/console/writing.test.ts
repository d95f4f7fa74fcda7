// The forms of the common acts: what comes of them is valid FHIR, whatever is chosen; what is wrong in them is told before anything is signed.
import { describe, expect, test } from 'vitest';
import { CHOICES, faultsOf, type Field, type Values } from '#records/console/desk/writing/fields.ts';
import { buildResources, firstValues, FORMS, KINDS } from '#records/console/desk/writing/kinds.ts';
import { metaOf, titleOf, validateResource } from '#records/model/fhir/index.ts';
import { PRODUCTS } from '#passport/codes/index.ts';

const TODAY = '2026-11-24';

const answerTo = (field: Field, round: number): string => {
  switch (field.kind) {
    case 'text': return field.name === 'code' ? '73211009' : 'Dr. Sample & <b>über</b>';
    case 'day': return '2026-11-20';
    case 'choice': return CHOICES[field.of][round % CHOICES[field.of].length]!;
    case 'number': return field.name === 'dose' ? '2' : String(Math.min(field.most, Math.max(field.least, 37.5)));
    case 'vaccine': return String(PRODUCTS[round % PRODUCTS.length]!.index);
  }
};
const filled = (fields: readonly Field[], round: number): Values => Object.fromEntries(fields.map((field) => [field.name, answerTo(field, round)]));
const first = (field: Extract<Field, { kind: 'choice' }>) => CHOICES[field.of][0];

describe('buildResources', () => {
  test.each(KINDS)('%s: every choice of every value set makes a valid resource', (kind) => {
    const most = Math.max(...FORMS[kind].map((field) => (field.kind === 'choice' ? CHOICES[field.of].length : 1)));
    for (let round = 0; round < most; round++) {
      const values = filled(FORMS[kind], round);
      expect(faultsOf(FORMS[kind], values, TODAY)).toEqual([]);
      const resources = buildResources(kind, values);
      expect(resources.length).toBeGreaterThan(0);
      for (const resource of resources) expect([kind, round, validateResource(resource).filter(({ severity }) => severity === 'error')]).toEqual([kind, round, []]);
    }
  });

  test.each(KINDS)('%s: with nothing but what must be said it is valid too', (kind) => {
    const needed = FORMS[kind].filter(({ optional }) => !optional);
    const values = { ...filled(needed, 0), ...(kind === 'vitals' && { pulse: '72' }) };
    const [resource] = buildResources(kind, values);
    expect(validateResource(resource).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(titleOf(resource!)).not.toBe('');
  });

  test('is filed by what it says: a sensitive diagnosis is sensitive, a result is a result of its day', () => {
    const condition = { what: 'Depressive episode', clinicalStatus: 'active', certainty: 'confirmed' };
    expect(metaOf(buildResources('condition', condition)[0]!, TODAY).category).toBe('conditions');
    expect(metaOf(buildResources('condition', { ...condition, sensitivity: 'PSY' })[0]!, TODAY).category).toBe('sensitive');
    expect(metaOf(buildResources('result', { test: 'glucose', value: '5,4', day: '2026-11-02' })[0]!, TODAY)).toMatchObject({ category: 'results', date: '2026-11-02' });
  });

  test('names no patient: the same reference stands in every record', () => {
    const references = KINDS.flatMap((kind) => buildResources(kind, filled(FORMS[kind], 0))).map((resource) => JSON.stringify(resource['subject'] ?? resource['patient']));
    expect(new Set(references)).toEqual(new Set(['{"reference":"Patient/self"}']));
  });

  test('what was not measured is not written', () => {
    const resources = buildResources('vitals', { day: '2026-11-02', systolic: '120', diastolic: '80', weight: '71,5' });
    expect(resources.map(titleOf)).toHaveLength(2);
    expect(JSON.stringify(resources)).toContain('71.5');
    expect(buildResources('vitals', { day: '2026-11-02' })).toEqual([]);
  });
});

describe('faultsOf', () => {
  const wrong = (kind: (typeof KINDS)[number], change: Values) => faultsOf(FORMS[kind], { ...filled(FORMS[kind], 0), ...change }, TODAY);
  test('what is missing, in the future, or no possible number is told by its field', () => {
    expect(wrong('condition', { what: '  ' })).toEqual([{ field: 'what', is: 'missing' }]);
    expect(wrong('visit', { day: '2026-11-25' })).toEqual([{ field: 'day', is: 'future' }]);
    expect(wrong('result', { value: '12abc' })).toEqual([{ field: 'value', is: 'number' }]);
    expect(wrong('vitals', { temperature: '370' })).toEqual([{ field: 'temperature', is: 'number' }]);
    expect(wrong('note', { title: 'x'.repeat(201) })).toEqual([{ field: 'title', is: 'long' }]);
  });
  test('a code system without a code, and a code that is none', () => {
    expect(wrong('condition', { code: '' })).toEqual([{ field: 'code', is: 'missing' }]);
    expect(wrong('condition', { code: '<script>' })).toEqual([{ field: 'code', is: 'code' }]);
  });
  test('a form begins with today and the commonest answers', () => {
    expect(firstValues('visit', TODAY, first)).toEqual({ day: TODAY, visitClass: 'AMB' });
  });
});
