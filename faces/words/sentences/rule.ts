// A rule in words, made from its clauses alone: what a pass for it proves, what stays secret, and the ways to meet it. What the author of a
// rule wrote about it is not looked at, so that his words cannot say another thing than his clauses.
import type { Clause } from '#passport/clause.ts';
import { conditionsOf, factOf, isAgeAlone, wayOf } from './clause.ts';
import { counted, joined, put } from './terms.ts';
import type { Sentences } from './types.ts';

/** What of a rule is read. */
export type RuleClauses = { readonly clauses: readonly Clause[] };
export type RuleAsked = {
  /** Compared with an identity document. */
  readonly match?: boolean | undefined;
  /** One entry a person. */
  readonly once?: boolean | undefined;
};

export type RuleInWords = {
  /** "Proves that … Nothing else is shown." */
  readonly proves: string;
  /** "This stays secret: …." */
  readonly secret: string;
  /** One a clause, in their order. */
  readonly ways: readonly string[];
  /** What is asked beyond the rule. */
  readonly extras: readonly string[];
};

/** Longest `proves` with every fact spelled out; beyond it they are counted. Rule documents take 500 characters. */
const SENTENCE_MAX = 370;

export function ruleInWords({ clauses }: RuleClauses, sentences: Sentences, { match = false, once = false }: RuleAsked = {}): RuleInWords {
  const { sentence, extras } = sentences.rule;
  return {
    proves: [proves(clauses, sentences), ageOfAll(clauses, sentences), sentence.nothingElse].filter(Boolean).join(' '),
    secret: put(sentence.secret, { items: joined(secretsOf(clauses, sentences, match), sentences) }),
    ways: clauses.map((clause) => wayOf(clause, sentences)),
    extras: [...(match ? [extras.match] : []), ...(once ? [extras.once] : [])],
  };
}

function proves(clauses: readonly Clause[], sentences: Sentences): string {
  const { one, oneOf, waysOf, many } = sentences.rule.sentence;
  const facts = [...new Set(clauses.map((clause) => factOf(clause, sentences)))];
  const [clause] = clauses as [Clause]; // a rule has at least one
  const text = clauses.length === 1
    ? put(one, { facts: [facts[0], ...conditionsOf(clause, sentences)].join(sentences.rule.comma) })
    : facts.length === 1 ? counted(waysOf, clauses.length, sentences, { facts: facts[0]! }) : put(oneOf, { facts: joined(facts, sentences, 'disjunction') });
  return text.length <= SENTENCE_MAX ? text : counted(many, clauses.length, sentences);
}

/** An age that every one of several ways asks is proven whichever it is, so it is said. One way says it itself. */
function ageOfAll(clauses: readonly Clause[], sentences: Sentences): string | undefined {
  const age = Math.min(...clauses.map(({ minAge }) => minAge));
  if (clauses.length === 1 || age === 0 || clauses.every((clause) => isAgeAlone(clause))) return undefined;
  return put(sentences.rule.sentence.also, { facts: counted(sentences.rule.age.fact, age, sentences) });
}

function secretsOf(clauses: readonly Clause[], { rule: { secrets } }: Sentences, match: boolean): string[] {
  return [...(clauses.length > 1 ? [secrets.which] : []), ...(match ? [] : [secrets.name, secrets.birth]), secrets.when, secrets.provider, secrets.rest];
}

/** What a person reads in an error or on a button: the title in his language, else in English. */
export const titleOf = ({ title }: { readonly title: Readonly<Partial<Record<Sentences['language'], string>>> & { readonly en: string } }, { language }: Sentences): string => title[language] ?? title.en;
