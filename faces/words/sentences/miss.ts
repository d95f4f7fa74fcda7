// Why no record meets a rule, and what would, for the person it concerns: from the wallet's report of what fits.
import type { Kind, Result } from '#passport';
import type { Clause } from '#passport/clause.ts';
import { createDates } from '../dates.ts';
import { diseaseBySnomed, testByIndex } from '#passport/codes/index.ts';
import { wayOf } from './clause.ts';
import { joined, put, timeInWords, within } from './terms.ts';
import type { MissWords, Sentences } from './types.ts';
import { vaccineName } from './vaccines.ts';

/** As holder-web/wallet/obstacles.ts tells them; times in Unix seconds, days as YYYYMMDD. */
export type ToldObstacle =
  | { readonly condition: 'kind'; readonly has: Kind; readonly needs: Kind }
  | { readonly condition: 'disease'; readonly has: bigint; readonly needs: bigint }
  | { readonly condition: 'product'; readonly has: number; readonly needs: readonly number[] }
  | { readonly condition: 'dose' | 'series'; readonly has: number; readonly needs: number }
  | { readonly condition: 'too-early'; readonly from: number }
  | { readonly condition: 'too-old' | 'expires'; readonly until: number }
  | { readonly condition: 'test'; readonly has: number; readonly needs: readonly number[] }
  | { readonly condition: 'result'; readonly has: Result; readonly needs: readonly Result[] }
  | { readonly condition: 'age'; readonly from: number };
export type ToldBlock = keyof MissWords['blocks'];
export type ToldMiss = {
  readonly block: ToldBlock | undefined;
  readonly clauses: readonly { readonly clause: number; readonly obstacles: readonly ToldObstacle[]; readonly fitsFrom: number | undefined }[];
};
export type ToldReport = {
  readonly policy: { readonly clauses: readonly Clause[] };
  readonly misses: readonly ToldMiss[];
  readonly why: ToldBlock | keyof MissWords['why'] | undefined;
  readonly fitsFrom: number | undefined;
};

export type MissInWords = {
  /** In one sentence. */
  readonly headline: string;
  /** About the record that comes nearest. */
  readonly reasons: readonly string[];
  /** "It will fit from 3 May." */
  readonly fitsFrom: string | undefined;
  /** "What would fit: …" */
  readonly needed: string | undefined;
};

/** Undefined where something fits. */
export function reportInWords({ policy, misses, why, fitsFrom }: ToldReport, sentences: Sentences): MissInWords | undefined {
  if (why === undefined) return undefined;
  const nearest = misses[0];
  const { miss } = sentences;
  const told = nearest && missInWords(nearest, policy, sentences);
  const day = fitsFrom === undefined ? undefined : put(miss.fitsFrom, { date: createDates(sentences.language).moment(fitsFrom) });
  const headline = why in miss.why ? miss.why[why as keyof MissWords['why']] : miss.blocks[why as ToldBlock]; // why is of one or the other
  return { headline, reasons: (told?.reasons ?? []).filter((reason) => reason !== headline), fitsFrom: day, needed: told?.needed ?? neededBy(policy.clauses[0], sentences) };
}

/** Why one record does not meet a rule. */
export function missInWords({ block, clauses }: ToldMiss, policy: ToldReport['policy'], sentences: Sentences): Omit<MissInWords, 'headline'> {
  const { miss } = sentences;
  const [nearest] = clauses;
  const clause = nearest && policy.clauses[nearest.clause];
  const obstacles = nearest?.obstacles ?? [];
  // Where the kind or the disease is another one, nothing else about the record matters.
  const telling = obstacles.find(({ condition }) => condition === 'kind') ?? obstacles.find(({ condition }) => condition === 'disease');
  const reasons = (telling ? [telling] : obstacles).map((obstacle) => obstacleInWords(obstacle, sentences));
  const lacksDose = !telling && obstacles.some(({ condition }) => condition === 'dose' || condition === 'series');
  if (lacksDose && clause && clause.ageFrom > 0) reasons.push(put(miss.afterDose, { time: timeInWords(clause.ageFrom, sentences) }));
  return {
    reasons: [...(block ? [miss.blocks[block]] : []), ...reasons],
    fitsFrom: nearest?.fitsFrom === undefined ? undefined : put(miss.fitsFrom, { date: createDates(sentences.language).moment(nearest.fitsFrom) }),
    needed: neededBy(clause, sentences),
  };
}

const neededBy = (clause: Clause | undefined, sentences: Sentences): string | undefined => clause && put(sentences.miss.needed, { way: wayOf(clause, sentences) });

export function obstacleInWords(obstacle: ToldObstacle, sentences: Sentences): string {
  const { miss: { conditions }, codes, language } = sentences;
  const dates = createDates(language);
  const any = (items: readonly string[]) => joined(items, sentences, 'disjunction');
  switch (obstacle.condition) {
    case 'kind': return put(conditions.kind, { has: within(codes.kinds[obstacle.has]), needs: within(codes.kinds[obstacle.needs]) });
    case 'disease': return put(conditions.disease, { has: disease(obstacle.has, sentences), needs: disease(obstacle.needs, sentences) });
    case 'product': return put(conditions.product, { has: vaccineName(obstacle.has, sentences) ?? codes.traits.unspecified });
    case 'dose': return put(conditions.dose, { has: dates.number(obstacle.has), needs: dates.number(obstacle.needs) });
    case 'series': return obstacle.needs === 0 ? conditions.seriesUnknown : put(conditions.series, { has: dates.number(obstacle.has), needs: dates.number(obstacle.needs) });
    case 'too-early': return put(conditions.tooEarly, { date: dates.moment(obstacle.from) });
    case 'too-old': return put(conditions.tooOld, { date: dates.date(obstacle.until) });
    case 'expires': return put(conditions.expires, { date: dates.date(obstacle.until) });
    case 'test': return put(conditions.test, { has: test(obstacle.has, sentences), needs: any(obstacle.needs.map((index) => test(index, sentences))) });
    case 'result': return put(conditions.result, { has: within(codes.results[obstacle.has]), needs: any(obstacle.needs.map((result) => within(codes.results[result]))) });
    case 'age': return put(conditions.age, { date: dates.day(`${obstacle.from}`.replace(/^(\d+)(\d\d)(\d\d)$/, '$1-$2-$3')) });
  }
}

const disease = (snomed: bigint, { codes }: Sentences): string => {
  const known = diseaseBySnomed(snomed);
  return known ? within(codes.diseases[known.id]) : String(snomed);
};
const test = (index: number, { codes }: Sentences): string => {
  const known = testByIndex(index);
  return known ? within(codes.tests[known.id]) : within(codes.results.none);
};
