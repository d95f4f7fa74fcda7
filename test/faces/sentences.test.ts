import { describe, expect, test } from 'vitest';
import { ERROR_CODES, isRefusal, LANGUAGES, parsePolicy, REASONS, type Language, type PolicyDocument, type Reason } from '#passport';
import { PRODUCTS } from '#passport/codes/index.ts';
import { POLICIES, policyById } from '#passport/policies/index.ts';
import { errorInWords, loadAllSentences, loadSentences, reasonInWords, reportInWords, ruleInWords, timeInWords, vaccineName, wayOf, type Sentences } from '#faces/words/sentences/index.ts';
import { hasOwnName, widest } from '#faces/words/sentences/vaccines.ts';
import { isText, placesOf, type Catalog } from '#faces/words/words.ts';

const all = await loadAllSentences();
const en = all.en;
const others = LANGUAGES.filter((language) => language !== 'en');
const clauses = (given: PolicyDocument['clauses']) => parsePolicy({ ...policyById('over-18')!.document, clauses: given });
const proves = (given: PolicyDocument['clauses'], sentences = en) => ruleInWords(clauses(given), sentences).proves;

/** Every text of a value by its path; names that come alone and within are two. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, i) => textsOf(item, `${path}.${i}`));
  return Object.entries(value as object).flatMap(([key, item]) => textsOf(item, `${path}.${key}`));
}

describe('sentences in six languages', () => {
  test.each(LANGUAGES)('%s: nothing is empty, and no place is left open by a slip of the pen', (language) => {
    for (const [path, text] of textsOf(all[language])) {
      expect(text.trim(), path).not.toBe('');
      expect(text.replace(/\{[a-z]+\}/g, ''), path).not.toMatch(/[{}]/);
    }
  });

  test.each(others)('%s: the same places as in English', (language) => {
    const compare = (own: unknown, source: unknown, path: string): void => {
      if (typeof source === 'string' || isPlural(source)) {
        // How a number is written may go without its figure ("two days"), and never with another place.
        const places = placesOf(own as string);
        expect(placesOf(source as string), path).toEqual(places.length === 0 && isPlural(source) ? placesOf(source as string) : places);
      } else for (const key of Object.keys(source as object)) compare((own as Catalog)[key], (source as Catalog)[key], `${path}.${key}`);
    };
    const { rule, miss } = all[language];
    compare(rule, en.rule, 'rule');
    compare(miss, en.miss, 'miss');
  });

  test.each(others)('%s: no sentence was left in English', (language) => {
    const english = new Map(textsOf({ ...en, language: '' }).filter(([, text]) => text.split(' ').length > 2));
    const same = textsOf({ ...all[language], language: '' }).filter(([path, text]) => english.get(path) === text);
    expect(same).toEqual([]);
  });

  test('each language can be fetched alone', async () => {
    for (const language of LANGUAGES) expect((await loadSentences(language)).language).toBe(language);
  });
});

const isPlural = (value: unknown): boolean => typeof value === 'object' && value !== null && isText(value as Catalog);

describe('ruleInWords', () => {
  test('says in English what the shipped rules prove', () => {
    expect(Object.fromEntries(POLICIES.map((policy) => [policy.id, ruleInWords(policy, en).proves]))).toMatchInlineSnapshot(`
      {
        "eu-travel-2022": "Proves that you were vaccinated against COVID-19, you tested negative for COVID-19, you had COVID-19 and recovered or you tested positive for COVID-19, without saying which. Nothing else is shown.",
        "measles-school": "Proves that you were vaccinated against measles, you had measles and recovered or a test found antibodies against measles, without saying which. Nothing else is shown.",
        "negative-test": "Proves that you tested negative for COVID-19, in one of 2 ways, without saying which. Nothing else is shown.",
        "over-18": "Proves that you are at least 18 years old. Nothing else is shown.",
        "tetanus-booster": "Proves that you were vaccinated against tetanus, no more than 10 years ago. Nothing else is shown.",
        "yellow-fever": "Proves that you were vaccinated against yellow fever, at least 10 days ago. Nothing else is shown.",
      }
    `);
  });

  test('lists every way to meet a rule, with what it takes', () => {
    expect(ruleInWords(policyById('eu-travel-2022')!, en).ways).toMatchInlineSnapshot(`
      [
        "Vaccination against COVID-19, with a vaccine authorised in the EU, with all doses of the course, at least 14 days and no more than 270 days ago",
        "Vaccination against COVID-19, with a vaccine authorised in the EU, at least dose 3",
        "Negative test for COVID-19, by a PCR test, no more than 72 hours ago",
        "Negative test for COVID-19, by a rapid antigen test, no more than 24 hours ago",
        "Recovery from COVID-19, at least 11 days and no more than 180 days ago",
        "Positive test for COVID-19, by a PCR test, at least 11 days and no more than 180 days ago",
      ]
    `);
  });

  test('what the author of a rule wrote does not reach the sentence: a lie in its words is not repeated', () => {
    const honest = policyById('yellow-fever')!.document;
    const lying = parsePolicy({ ...honest, asks: { en: 'Proves that you are nice. Nothing else is shown.' }, clauses: [{ kind: 'test', disease: '86406008', results: ['notDetected'] }] });
    const { proves: said, ways } = ruleInWords(lying, en);
    expect(said).toBe('Proves that you tested negative for HIV. Nothing else is shown.');
    expect([said, ...ways].join(' ')).not.toContain('nice');
  });

  test('an age that every way asks is said, for it is proven whichever way it is', () => {
    expect(proves([{ kind: 'test', disease: '840539006', results: ['notDetected'], minAge: 18 }, { kind: 'recovery', disease: '840539006', minAge: 21 }]))
      .toBe('Proves that you tested negative for COVID-19 or you had COVID-19 and recovered, without saying which. It also proves that you are at least 18 years old. Nothing else is shown.');
    expect(proves([{ kind: 'recovery', disease: '840539006', minAge: 21 }, { kind: 'recovery', disease: '14189004' }])).not.toContain('years old');
    expect(proves([{ minAge: 18 }, { minAge: 21 }])).not.toContain('also');
  });

  test('what is compared with a document is not called secret', () => {
    const policy = policyById('over-18')!;
    expect(ruleInWords(policy, en).secret).toContain('your name');
    const matched = ruleInWords(policy, en, { match: true });
    expect(matched.secret).not.toContain('your name');
    expect(matched.extras).toHaveLength(1);
    expect(ruleInWords(policy, en, { once: true }).extras[0]).toContain('once');
  });

  test('with one way there is nothing to keep secret about which', () => {
    expect(ruleInWords(policyById('over-18')!, en).secret).not.toContain('which of the ways');
    expect(ruleInWords(policyById('negative-test')!, en).secret).toContain('which of the ways');
  });

  test('a test for antibodies that finds none is not told as a negative test', () => {
    expect(proves([{ kind: 'test', disease: '14189004', tests: ['antibody'], results: ['notDetected'] }])).toBe('Proves that you were tested for measles, by an antibody test, with the result negative. Nothing else is shown.');
  });

  test('products are named while they are few, and counted when they are many', () => {
    expect(proves([{ kind: 'vaccination', products: ['comirnaty', 'spikevax'] }])).toContain('with Comirnaty (BioNTech, Pfizer) or Spikevax (Moderna)');
    expect(proves([{ kind: 'vaccination', products: ['comirnaty', 'spikevax', 'covaxin', 'coronavac', 'abdala'] }])).toContain('with one of 11 accepted vaccines');
    expect(proves([{ kind: 'vaccination', products: ['COVID_ANY'] }])).toBe('Proves that you were vaccinated against COVID-19. Nothing else is shown.');
  });

  test.each(LANGUAGES)('%s: 32 different clauses still fit a rule document', (language) => {
    const many = Array.from({ length: 32 }, (_, i) => ({ kind: 'vaccination' as const, products: [PRODUCTS[i * 5]!.id], minDose: i + 1, minAge: i + 1, ageFrom: 'P14D', ageTo: 'P270D' }));
    expect(proves(many, all[language]).length).toBeLessThanOrEqual(500);
    expect(ruleInWords(clauses(many), all[language]).ways).toHaveLength(32);
  });

  test.each(LANGUAGES)('%s: the shipped rules leave no place open', (language) => {
    for (const policy of POLICIES) expect(JSON.stringify(ruleInWords(policy, all[language], { match: true, once: true }))).not.toMatch(/\{\w+\}|undefined/);
  });
});

describe('timeInWords', () => {
  test.each([[72 * 3600, '72 hours'], [24 * 3600, '24 hours'], [14 * 86_400, '14 days'], [270 * 86_400, '270 days'], [3652 * 86_400, '10 years'], [365 * 86_400, '1 year'], [90 * 60, '90 minutes']])('%i s is %s', (seconds, words) => {
    expect(timeInWords(seconds, en)).toBe(words);
  });
  test.each([['de', '14 Tagen'], ['ar', '14 يومًا'], ['es', '14 días'], ['fr', '14 jours'], ['hi', '14 दिन']] as const)('%s: 14 days', (language, words) => {
    expect(timeInWords(14 * 86_400, all[language])).toBe(words);
  });
});

describe('vaccineName', () => {
  test.each(LANGUAGES)('%s: every vaccine of the table has a name, and no two share one', (language) => {
    const names = PRODUCTS.map(({ index }) => vaccineName(index, all[language]));
    expect(names).not.toContain(undefined);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
  test('a name on the package stays in every language', () => {
    const comirnaty = PRODUCTS.find(({ id }) => id === 'comirnaty')!;
    for (const language of LANGUAGES) expect(vaccineName(comirnaty.index, all[language])).toBe('Comirnaty (BioNTech, Pfizer)');
    expect(PRODUCTS.filter(hasOwnName).every(({ against }) => against.includes('covid-19') || against.includes('yellow-fever'))).toBe(true);
  });
  test('a class stands for its members', () => {
    expect(widest([8, 9, 10, 12])).toEqual([8, 12]);
  });
  test('an index that nothing has is no vaccine', () => {
    expect(vaccineName(247, en)).toBeUndefined();
  });
});

describe('reportInWords', () => {
  const policy = clauses([{ kind: 'vaccination', disease: '840539006', complete: true, ageFrom: 'P14D' }]);
  const told = (sentences: Sentences, obstacles: readonly object[], fitsFrom?: number) =>
    reportInWords({ policy, why: fitsFrom ? 'not-yet' : 'unmet', fitsFrom, misses: [{ block: undefined, clauses: [{ clause: 0, obstacles: obstacles as never, fitsFrom }] }] }, sentences);

  test('the second dose is missing, and what would fit', () => {
    expect(told(en, [{ condition: 'series', has: 1, needs: 2 }])).toEqual({
      headline: 'None of the records meets this rule.',
      reasons: ['The course is not complete: the record is of dose 1 of 2.', 'A new dose counts after 14 days.'],
      fitsFrom: undefined, needed: 'What would fit: Vaccination against COVID-19, with all doses of the course, at least 14 days ago.',
    });
  });
  test('where time alone is missing, the day is told in every language', () => {
    const from = new Date(2027, 4, 3, 12).getTime() / 1000; // where the reader is
    for (const language of LANGUAGES) expect(told(all[language], [{ condition: 'too-early', from }], from)!.fitsFrom).toMatch(/3.*2027/);
  });
  test('of another disease, only that is told', () => {
    expect(told(en, [{ condition: 'disease', has: 14189004n, needs: 840539006n }, { condition: 'series', has: 1, needs: 2 }])!.reasons).toEqual(['This is about measles, not COVID-19.']);
  });
  test('a record that was withdrawn is told as that', () => {
    expect(reportInWords({ policy, why: 'revoked', fitsFrom: undefined, misses: [{ block: 'revoked', clauses: [] }] }, en)).toEqual({
      headline: 'The provider has withdrawn this record.', reasons: [], fitsFrom: undefined, needed: 'What would fit: Vaccination against COVID-19, with all doses of the course, at least 14 days ago.',
    });
  });
  test('an empty wallet is told what would fit', () => {
    expect(reportInWords({ policy, why: 'no-credential', fitsFrom: undefined, misses: [] }, en)!.needed).toContain('COVID-19');
  });
  test('nothing is said where something fits', () => {
    expect(reportInWords({ policy, why: undefined, fitsFrom: undefined, misses: [] }, en)).toBeUndefined();
  });
  test.each(LANGUAGES)('%s: every obstacle has its sentence', (language) => {
    const obstacles = [
      { condition: 'kind', has: 'test', needs: 'vaccination' }, { condition: 'disease', has: 14189004n, needs: 840539006n }, { condition: 'product', has: 32, needs: [8] }, { condition: 'dose', has: 1, needs: 3 },
      { condition: 'series', has: 1, needs: 0 }, { condition: 'too-early', from: 1.8e9 }, { condition: 'too-old', until: 1.8e9 }, { condition: 'test', has: 2, needs: [1] },
      { condition: 'result', has: 'detected', needs: ['notDetected'] }, { condition: 'age', from: 20270503 }, { condition: 'expires', until: 1.8e9 },
    ];
    for (const obstacle of obstacles) for (const sentence of told(all[language], [obstacle])!.reasons) expect(sentence).not.toMatch(/\{|undefined|NaN/);
  });
});

describe('reasonInWords and errorInWords', () => {
  test.each(LANGUAGES)('%s: every reason says what happened, what next and who can do it', (language: Language) => {
    for (const reason of Object.keys(REASONS) as Reason[]) {
      const { says, next, who } = reasonInWords(reason, all[language]);
      expect([says, next, who].every((text) => text.length > 5), reason).toBe(true);
    }
    expect(new Set((Object.keys(REASONS) as Reason[]).filter(isRefusal).map((reason) => reasonInWords(reason, all[language]).says)).size).toBe((Object.keys(REASONS) as Reason[]).filter(isRefusal).length);
  });
  test('no sentence for people speaks as programmers do', () => {
    for (const [path, text] of textsOf({ verdict: en.verdict, errors: en.errors, rule: en.rule, miss: en.miss })) expect(text, path).not.toMatch(/\b(DID|credentials?|issuer|holder|nullifier|root|JWT|policy|claim)\b/i);
  });
  test('an error that nobody can do anything about has one sentence for all', () => {
    expect(errorInWords('artifact-mismatch', en)).toBe(en.errors.unexpected);
    expect(errorInWords('__proto__', en)).toBe(en.errors.unexpected);
    expect(errorInWords(undefined, en)).toBe(en.errors.unexpected);
    expect(ERROR_CODES.filter((code) => errorInWords(code, en) !== en.errors.unexpected).length).toBeGreaterThan(40);
  });
  test('a way that names a class of vaccines reads in every language', () => {
    const [clause] = clauses([{ kind: 'vaccination', products: ['MENINGOCOCCAL_ACWY'], minAge: 11 }]).clauses;
    expect(Object.fromEntries(LANGUAGES.map((language) => [language, wayOf(clause!, all[language])]))).toMatchInlineSnapshot(`
      {
        "ar": "تطعيم ضد المكورات السحائية، بلقاح من: لقاح ضد المكورات السحائية (ACWY) أو لقاح ضد المكورات السحائية (ABCWY)، لمن لا يقل عمره عن 11 سنة",
        "de": "Impfung gegen Meningokokken, mit einem Impfstoff gegen Meningokokken (ACWY) oder einem Impfstoff gegen Meningokokken (ABCWY), ab einem Alter von 11 Jahren",
        "en": "Vaccination against meningococcal disease, with a vaccine against meningococcal disease (ACWY) or a vaccine against meningococcal disease (ABCWY), by a person of at least 11 years",
        "es": "Vacunación contra la enfermedad meningocócica, con una vacuna contra la enfermedad meningocócica (ACWY) o una vacuna contra la enfermedad meningocócica (ABCWY), de una persona de al menos 11 años",
        "fr": "Vaccination contre l’infection à méningocoque, avec un vaccin contre l’infection à méningocoque (ACWY) ou un vaccin contre l’infection à méningocoque (ABCWY), pour une personne d’au moins 11 ans",
        "hi": "मेनिंगोकोकल रोग का टीकाकरण, मेनिंगोकोकल रोग के टीके (ACWY) या मेनिंगोकोकल रोग के टीके (ABCWY) से, कम से कम 11 वर्ष के व्यक्ति का",
      }
    `);
  });
});
