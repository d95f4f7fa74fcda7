// What a language has to say about rules, misses, verdicts and errors. Each language is a value of this type, so that one with a missing
// word does not compile.
import type { Fixer, Kind, Language, Reason } from '#passport';
import type { DiseaseId } from '#passport/codes/index.ts';
import type { ProductGroup } from '#passport/codes/product-groups.ts';
import type { TestKindId } from '#passport/codes/tests.ts';
import type { Plural } from '../words.ts';
import type { ToldError } from './error-codes.ts';

/** A name alone, and inside of a sentence where that differs (an article, another case, a small letter). */
export type Term = string | readonly [alone: string, within: string];

export type CodeWords = {
  readonly diseases: Readonly<Record<DiseaseId, Term>>;
  readonly tests: Readonly<Record<TestKindId, Term>>;
  readonly results: Readonly<Record<'none' | 'notDetected' | 'detected', Term>>;
  readonly kinds: Readonly<Record<Kind, Term>>;
  /** `{diseases}` within; for a vaccine that has no name of its own. */
  readonly vaccine: Term;
  readonly traits: Readonly<Record<Trait, string>>;
};

/** What tells apart vaccines against the same diseases. */
export const TRAITS = [
  'unspecified', 'mRNA', 'vector', 'protein', 'dna', 'particle', 'inactivated', 'live', 'oral', 'nasal', 'conjugate', 'polysaccharide', 'acellular', 'wholeCell', 'children', 'adults',
  'highDose', 'recombinant', 'adjuvanted', 'monovalent', 'bivalent', 'trivalent', 'quadrivalent', 'pentavalent', 'cell', 'threeAntigens', 'pandemic2009', 'toxoid',
] as const;
export type Trait = (typeof TRAITS)[number];

/** What a clause says in short: "… that {you were vaccinated against measles}"; and the same as a heading of a list. */
export const FACTS = [
  'vaccinated', 'vaccinatedAny', 'negative', 'positive', 'antibodies', 'tested', 'testedAny', 'recovered', 'recoveredAny', 'record', 'recordAny',
] as const;
export type FactName = (typeof FACTS)[number];

export type RuleWords = {
  readonly units: Readonly<Record<'minute' | 'hour' | 'day' | 'year', Plural>>;
  /** Places: `{diseases}`. */
  readonly facts: Readonly<Record<FactName, string>>;
  readonly heads: Readonly<Record<FactName, string>>;
  readonly age: { readonly fact: Plural; readonly head: Plural };
  readonly conditions: {
    readonly complete: string;
    readonly dose: Plural;
    readonly from: string;
    readonly until: string;
    readonly between: string;
    readonly products: string;
    readonly productsMany: Plural;
    readonly euVaccines: string;
    readonly tests: string;
    readonly results: string;
    readonly age: Plural;
  };
  /** Between a statement and its conditions. */
  readonly comma: string;
  readonly sentence: {
    /** `{facts}` */
    readonly one: string;
    readonly oneOf: string;
    readonly waysOf: Plural;
    readonly many: Plural;
    /** `{facts}`: what every way asks beside its fact. */
    readonly also: string;
    readonly nothingElse: string;
    /** `{items}` */
    readonly secret: string;
  };
  readonly secrets: Readonly<Record<'which' | 'name' | 'birth' | 'when' | 'provider' | 'rest', string>>;
  readonly extras: { readonly match: string; /** `{event}` */ readonly once: string };
};

/** `{date}`, `{has}`, `{needs}`, `{time}`. */
export type MissWords = {
  readonly conditions: Readonly<Record<'kind' | 'disease' | 'product' | 'dose' | 'series' | 'seriesUnknown' | 'tooEarly' | 'tooOld' | 'test' | 'result' | 'age' | 'expires', string>>;
  readonly blocks: Readonly<Record<'revoked' | 'suspended' | 'issuer-removed' | 'issuer-suspended' | 'status-unknown' | 'signature-superseded' | 'name-missing', string>>;
  readonly why: Readonly<Record<'no-credential' | 'not-yet' | 'unmet', string>>;
  readonly fitsFrom: string;
  readonly afterDose: string;
  /** `{way}` */
  readonly needed: string;
};

export type ReasonWords = { readonly says: string; readonly next: string };
export type VerdictWords = { readonly reasons: Readonly<Record<Reason, ReasonWords>>; readonly fixers: Readonly<Record<Fixer, string>> };
export type ErrorWords = Readonly<Record<ToldError | 'unexpected', string>>;

export type Sentences = {
  readonly language: Language;
  readonly codes: CodeWords;
  readonly rule: RuleWords;
  readonly miss: MissWords;
  readonly verdict: VerdictWords;
  readonly errors: ErrorWords;
};

/** Groups that a sentence names; the others say no more than their disease. */
export const NAMED_GROUPS = ['COVID_EU'] as const satisfies readonly ProductGroup[];
