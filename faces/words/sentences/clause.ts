// One clause of a rule in words: the fact that it asks for, and under which conditions. Everything is read from the clause itself.
import { NO_AGE_LIMIT, type Clause } from '#passport/clause.ts';
import { diseaseBySnomed, PRODUCTS, productIndices, testByIndex, testIndex, type DiseaseId } from '#passport/codes/index.ts';
import { counted, diseasesWithin, joined, put, timeInWords, within } from './terms.ts';
import { NAMED_GROUPS, type FactName, type Sentences } from './types.ts';
import { vaccineName, widest } from './vaccines.ts';

/** Products that are named one by one; more are counted. */
const PRODUCTS_NAMED = 4;

/** "you were vaccinated against measles" */
export const factOf = (clause: Clause, sentences: Sentences): string => statement(clause, sentences, 'facts');

/** "Vaccination against measles, at least dose 2": one way to meet a rule. */
export const wayOf = (clause: Clause, sentences: Sentences): string => [statement(clause, sentences, 'heads'), ...conditionsOf(clause, sentences)].join(sentences.rule.comma);

function statement(clause: Clause, sentences: Sentences, form: 'facts' | 'heads'): string {
  const { rule } = sentences;
  if (isAgeAlone(clause)) return counted(rule.age[form === 'facts' ? 'fact' : 'head'], clause.minAge, sentences);
  const diseases = diseasesOf(clause);
  return put(rule[form][factName(clause, diseases.length > 0)], { diseases: diseasesWithin(diseases, sentences) });
}

/** Nothing is asked but to be old enough. */
export const isAgeAlone = ({ kind, disease, products, minDose, complete, tests, results, ageFrom, ageTo, minAge }: Clause): boolean =>
  minAge > 0 && kind === undefined && disease === 0n && !products && minDose === 0 && !complete && !tests && !results && ageFrom === 0 && ageTo === NO_AGE_LIMIT;

/** The disease asked for; else those that every good product protects against. */
function diseasesOf({ disease, products, kind }: Clause): readonly DiseaseId[] {
  const asked = diseaseBySnomed(disease);
  if (disease !== 0n) return asked ? [asked.id] : [];
  if (!products || kind === 'test' || kind === 'recovery') return [];
  const [first = [], ...rest] = products.map((index) => PRODUCTS.find((product) => product.index === index)?.against ?? []);
  return first.filter((id) => rest.every((against) => against.includes(id)));
}

function factName({ kind, results, tests }: Clause, named: boolean): FactName {
  if (kind === 'vaccination') return named ? 'vaccinated' : 'vaccinatedAny';
  if (kind === 'recovery') return named ? 'recovered' : 'recoveredAny';
  if (kind !== 'test') return named ? 'record' : 'recordAny';
  if (!named) return 'testedAny';
  const antibodies = tests?.every((test) => test === testIndex('antibody')) ?? false;
  const maybe = tests?.includes(testIndex('antibody')) ?? true; // a test for antibodies that finds none is not a negative test
  const only = results?.length === 1 ? results[0] : undefined;
  if (only === 'detected' && antibodies) return 'antibodies';
  if (only === undefined || only === 'none' || (maybe && tests !== undefined)) return 'tested';
  return only === 'detected' ? 'positive' : 'negative';
}

/** What the statement does not say yet. */
export function conditionsOf(clause: Clause, sentences: Sentences): string[] {
  if (isAgeAlone(clause)) return [];
  const { conditions } = sentences.rule;
  const said = factName(clause, diseasesOf(clause).length > 0);
  return [
    productCondition(clause, sentences),
    clause.complete ? conditions.complete : undefined,
    clause.minDose > 0 ? counted(conditions.dose, clause.minDose, sentences) : undefined,
    clause.tests && said !== 'antibodies' ? put(conditions.tests, { tests: joined(clause.tests.map((test) => testWithin(test, sentences)), sentences, 'disjunction') }) : undefined,
    clause.results && !['negative', 'positive', 'antibodies'].includes(said)
      ? put(conditions.results, { results: joined(clause.results.map((result) => within(sentences.codes.results[result])), sentences, 'disjunction') }) : undefined,
    timeCondition(clause, sentences),
    clause.minAge > 0 ? counted(conditions.age, clause.minAge, sentences) : undefined,
  ].filter((condition) => condition !== undefined);
}

function timeCondition({ ageFrom, ageTo }: Clause, sentences: Sentences): string | undefined {
  const { from, until, between } = sentences.rule.conditions;
  const say = (seconds: number) => timeInWords(seconds, sentences);
  if (ageFrom > 0 && ageTo < NO_AGE_LIMIT) return put(between, { from: say(ageFrom), to: say(ageTo) });
  if (ageFrom > 0) return put(from, { time: say(ageFrom) });
  return ageTo < NO_AGE_LIMIT ? put(until, { time: say(ageTo) }) : undefined;
}

/** Nothing where every vaccine against the disease is good: then the statement says it all. */
function productCondition(clause: Clause, sentences: Sentences): string | undefined {
  const { products } = clause;
  if (!products) return undefined;
  const { conditions } = sentences.rule;
  const diseases = diseasesOf(clause);
  if (diseases.length > 0 && isSame(products, PRODUCTS.filter(({ against }) => diseases.every((id) => against.includes(id))).map(({ index }) => index))) return undefined;
  if (NAMED_GROUPS.some((group) => isSame(products, productIndices([group])))) return conditions.euVaccines;
  const names = widest(products).map((index) => vaccineName(index, sentences, within)).filter((name) => name !== undefined);
  return names.length === 0 || names.length > PRODUCTS_NAMED
    ? counted(conditions.productsMany, products.length, sentences)
    : put(conditions.products, { products: joined(names, sentences, 'disjunction') });
}

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((value) => b.includes(value));
const testWithin = (index: number, { codes }: Sentences): string => {
  const test = testByIndex(index);
  return test ? within(codes.tests[test.id]) : String(index);
};
