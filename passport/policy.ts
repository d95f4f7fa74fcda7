// A policy: up to 32 clauses of which one must hold, how passes for it are timed, and the words that tell a person what is asked.
import { z } from 'zod';
import { encodeClause, EMPTY_CLAUSE, NO_AGE_LIMIT, type Clause, type ClauseWords } from './clause.ts';
import { productIndices, testIndices } from './codes/index.ts';
import { HealthpassError } from './errors.ts';
import type { FieldElement } from './field.ts';
import { POLICY_CLAUSES } from './limits.ts';
import { P8 } from './poseidon.ts';
import type { WindowRule } from './window.ts';

export const LANGUAGES = ['en', 'es', 'fr', 'de', 'ar', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

const HOUR = 3600;
/** A fixed length of time: days or hours of ISO 8601 (`P14D`, `PT72H`, `PT2M`); months and years are not fixed and not allowed. */
const duration = z.string().regex(/^P(?:\d{1,5}D|T\d{1,5}[HM])$/).describe('ISO 8601, days or hours or minutes');
const words = z.object(Object.fromEntries(LANGUAGES.map((l) => [l, z.string().min(1).max(500)])) as Record<Language, z.ZodString>).partial().required({ en: true });
const unique = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(247);

const clauseSchema = z.strictObject({
  kind: z.enum(['vaccination', 'test', 'recovery']).optional(),
  disease: z.string().regex(/^[1-9]\d{5,17}$/).optional().describe('SNOMED CT identifier'),
  products: unique(z.string().max(64)).optional().describe('product ids or group names of the product table'),
  minDose: z.int().min(1).max(255).optional(),
  complete: z.boolean().optional(),
  ageFrom: duration.optional().describe('least time since the event, at the start of the window'),
  ageTo: duration.optional().describe('most time since the event, at the end of the window'),
  tests: unique(z.string().max(64)).optional().describe('test ids of the test table'),
  results: unique(z.enum(['none', 'notDetected', 'detected'])).optional(),
  minAge: z.int().min(1).max(150).optional().describe('years'),
});

/** The JSON form of a policy. `z.toJSONSchema(policySchema)` is the published schema. */
export const policySchema = z.strictObject({
  $schema: z.string().max(200).optional(),
  id: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/),
  version: z.int().min(1).max(65535),
  title: words,
  asks: words.describe('one sentence: what is proven, and that nothing else is shown'),
  window: z.strictObject({ grid: duration, length: duration }),
  freshness: z.strictObject({
    root: duration.describe('how long a replaced registry root stays acceptable'),
    trust: duration.describe('how old the trust data of the verifier may be'),
    code: duration.describe('how old the signature of the code on the screen may be'),
  }),
  clauses: z.array(clauseSchema).min(1).max(POLICY_CLAUSES),
});
export type PolicyDocument = z.infer<typeof policySchema>;

/** A policy ready for use. Times in seconds. */
export type Policy = {
  readonly id: string;
  readonly version: number;
  readonly title: Readonly<Partial<Record<Language, string>>> & { readonly en: string };
  readonly asks: Readonly<Partial<Record<Language, string>>> & { readonly en: string };
  readonly window: WindowRule;
  readonly freshness: { readonly root: number; readonly trust: number; readonly code: number };
  readonly clauses: readonly Clause[];
  readonly encoded: readonly ClauseWords[];
  readonly root: FieldElement;
  readonly document: PolicyDocument;
};

/**
 * Reads a policy document.
 * @throws HealthpassError `policy-invalid`, naming the field
 */
export function parsePolicy(input: unknown): Policy {
  const parsed = policySchema.safeParse(input);
  if (!parsed.success) {
    const path = parsed.error.issues[0]!.path.join('.') || 'policy';
    throw new HealthpassError('policy-invalid', `${path} is not as the policy schema asks`, { field: path });
  }
  const document = parsed.data;
  const window = { grid: durationSeconds(document.window.grid), length: durationSeconds(document.window.length) };
  if (window.grid === 0 || window.grid % HOUR !== 0 || window.length % window.grid !== 0 || window.length <= window.grid) {
    throw new HealthpassError('policy-invalid', 'window must have a grid of whole hours and a length of several grid steps', { field: 'window' });
  }
  const clauses = document.clauses.map(parseClause);
  const encoded = clauses.map(encodeClause);
  return {
    id: document.id, version: document.version, title: document.title, asks: document.asks, window, clauses, encoded,
    freshness: { root: durationSeconds(document.freshness.root), trust: durationSeconds(document.freshness.trust), code: durationSeconds(document.freshness.code) },
    root: policyRoot(encoded),
    document,
  };
}

/** Eight groups of four clauses: Poseidon(8) of each, then Poseidon(8) of the groups. */
export const policyRoot = (clauses: readonly ClauseWords[]): FieldElement => P8(groupHashes(clauses));

/** The siblings of clause `index`: the words of the other three of its group, and the hashes of the other seven groups. */
export function clausePath(policy: Policy, index: number): { readonly clauseSiblings: FieldElement[]; readonly groupSiblings: FieldElement[] } {
  const group = Math.floor(index / 4);
  return {
    clauseSiblings: [0, 1, 2, 3].map((i) => 4 * group + i).filter((i) => i !== index).flatMap((i) => clauseAt(policy.encoded, i)),
    groupSiblings: groupHashes(policy.encoded).filter((_, g) => g !== group),
  };
}

const clauseAt = (clauses: readonly ClauseWords[], index: number): FieldElement[] => {
  const { mask, word } = clauses[index] ?? EMPTY_CLAUSE;
  return [mask, word];
};

const groupHashes = (clauses: readonly ClauseWords[]): FieldElement[] =>
  Array.from({ length: 8 }, (_, g) => P8([0, 1, 2, 3].flatMap((i) => clauseAt(clauses, 4 * g + i))));

/** One clause of a document, whose form was checked. @throws HealthpassError `policy-invalid` for a product or test that the tables do not have */
export function parseClause(clause: PolicyDocument['clauses'][number]): Clause {
  return {
    kind: clause.kind,
    disease: BigInt(clause.disease ?? 0),
    products: clause.products && productIndices(clause.products),
    minDose: clause.minDose ?? 0,
    complete: clause.complete ?? false,
    ageFrom: clause.ageFrom === undefined ? 0 : durationSeconds(clause.ageFrom),
    ageTo: clause.ageTo === undefined ? NO_AGE_LIMIT : durationSeconds(clause.ageTo),
    tests: clause.tests && testIndices(clause.tests),
    results: clause.results,
    minAge: clause.minAge ?? 0,
  };
}

/** Seconds of a duration as documents write it. */
export function durationSeconds(text: string): number {
  const amount = Number.parseInt(text.replace(/^PT?/, ''), 10);
  return amount * (text.endsWith('D') ? 24 * HOUR : text.endsWith('H') ? HOUR : 60);
}
