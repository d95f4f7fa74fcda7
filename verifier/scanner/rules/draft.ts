// A rule while somebody writes it: a document whose sentence is made of its clauses, in six languages, so that no other can be written.
import { LANGUAGES, parseClause, parsePolicy, type ClauseDocument, type Language, type Policy, type PolicyDocument } from '#passport';
import { ruleInWords, type Sentences } from '#faces/words/sentences/index.ts';

export type Lasting = 'hours2' | 'hours4' | 'day';
export type Strictness = 'strict' | 'usual' | 'relaxed';

export type Draft = {
  /** Undefined until it is saved for the first time. */
  readonly id: string | undefined;
  readonly replaces: number | undefined;
  readonly title: PolicyDocument['title'];
  readonly window: PolicyDocument['window'];
  readonly freshness: PolicyDocument['freshness'];
  readonly clauses: readonly ClauseDocument[];
};

export const WINDOWS: Readonly<Record<Lasting, PolicyDocument['window']>> = {
  hours2: { grid: 'PT1H', length: 'PT2H' }, hours4: { grid: 'PT1H', length: 'PT4H' }, day: { grid: 'P1D', length: 'P2D' },
};
export const FRESHNESS: Readonly<Record<Strictness, PolicyDocument['freshness']>> = {
  strict: { root: 'PT1H', trust: 'PT12H', code: 'PT2M' }, usual: { root: 'PT24H', trust: 'PT24H', code: 'PT2M' }, relaxed: { root: 'PT24H', trust: 'P3D', code: 'PT2M' },
};

export const emptyDraft = (): Draft => ({ id: undefined, replaces: undefined, title: { en: '' }, window: WINDOWS.day, freshness: FRESHNESS.usual, clauses: [{ kind: 'vaccination' }] });

/** `asNew`: a rule of its own, which begins like the other. */
export function draftOf({ id, version, title, window, freshness, clauses }: PolicyDocument, { asNew }: { readonly asNew: boolean }): Draft {
  return { id: asNew ? undefined : id, replaces: asNew ? undefined : version, title: asNew ? { en: '' } : title, window, freshness, clauses };
}

export const nameOf = ({ title }: Pick<Draft, 'title'>, language: Language): string => title[language] ?? title.en;

/** In the language of the page, and in English where nothing better was there. */
export function named(draft: Draft, name: string, language: Language): Draft {
  const before = nameOf(draft, language);
  const en = language === 'en' || draft.title.en === '' || draft.title.en === before ? name : draft.title.en;
  return { ...draft, title: { ...draft.title, en, [language]: name } };
}

/** `Museum, long night` → `museum-long-night`; a name in other letters gets one of random letters. */
export function idFor(name: string, random: () => string): string {
  const slug = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '');
  return slug.length >= 3 ? slug : `rule-${random()}`;
}

/** Which clauses have a value that is not possible, by position. */
export const wrongClauses = ({ clauses }: Draft): number[] => clauses.flatMap((clause, i) => {
  try {
    parsePolicy({ ...SHELL, clauses: [clause] });
    return [];
  } catch {
    return [i];
  }
});

const SHELL = { id: 'draft', version: 1, title: { en: '-' }, asks: { en: '-' }, window: WINDOWS.day, freshness: FRESHNESS.usual } as const;

/** What the preview reads; undefined while a clause is not possible. */
export function clausesOf(draft: Draft): Pick<Policy, 'clauses'> | undefined {
  return draft.clauses.length > 0 && wrongClauses(draft).length === 0 ? { clauses: draft.clauses.map(parseClause) } : undefined;
}

/** The document as the service takes it. @throws HealthpassError `policy-invalid` */
export function documentOf(draft: Draft, all: Readonly<Record<Language, Sentences>>, random: () => string): Omit<PolicyDocument, 'version'> {
  const { replaces, ...rest } = draft;
  const id = draft.id ?? idFor(draft.title.en, random);
  const shell = { ...rest, id, version: (replaces ?? 0) + 1, asks: { en: '-' } };
  const policy = parsePolicy(shell);
  const asks = Object.fromEntries(LANGUAGES.map((language) => [language, ruleInWords(policy, all[language]).proves])) as PolicyDocument['asks'];
  const { version: _version, ...document } = parsePolicy({ ...shell, asks }).document;
  return document;
}
