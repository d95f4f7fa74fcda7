// Which credentials fit a policy now, by which clause and over which window; and when none does, why, and what would.
import {
  HealthpassError, isSeconds1900, toUnixSeconds, unmetConditions, windowAt, windowFrom,
  type Claims, type Clause, type Policy, type Seconds1900, type TrustState, type UnixSeconds, type Window,
} from '#passport';
import { fitsFrom, obstaclesOf, type Obstacle } from './obstacles.ts';
import type { HeldCredential } from './records.ts';
import { standingOfCredential, type Standing } from './standing.ts';

/** What keeps a whole credential back, whatever a clause asks. */
export const BLOCKS = [
  'revoked', 'suspended', 'issuer-removed', 'issuer-suspended', 'status-unknown', 'signature-superseded', 'name-missing',
] as const;
export type Block = (typeof BLOCKS)[number];

export type Fit = {
  readonly credential: HeldCredential;
  /** Index in the policy. */
  readonly clause: number;
  readonly window: Window;
  /** When the credential ceases to fit this clause. */
  readonly lasts: UnixSeconds;
};

export type ClauseMiss = { readonly clause: number; readonly obstacles: readonly Obstacle[]; readonly fitsFrom: UnixSeconds | undefined };
export type Miss = {
  readonly credential: HeldCredential;
  readonly block: Block | undefined;
  /** What each clause lacks, the nearest first; empty when it meets one and is only blocked. */
  readonly clauses: readonly ClauseMiss[];
};

export type FitReport = {
  readonly policy: Policy;
  /** Best first. */
  readonly fits: readonly Fit[];
  /** Nearest first. */
  readonly misses: readonly Miss[];
  /** When nothing fits: what stands in the way of the nearest credential. */
  readonly why: Block | 'no-credential' | 'not-yet' | 'unmet' | undefined;
  /** When nothing fits: from when something will, if time alone is missing. */
  readonly fitsFrom: UnixSeconds | undefined;
};

export type FitQuestion = {
  readonly trust: TrustState | undefined;
  readonly now: UnixSeconds;
  /** A certain window; otherwise one that holds `now`. */
  readonly window?: Window | undefined;
  /** The pass has to carry an identity tag. */
  readonly match?: boolean | undefined;
};

export function fitPolicy(credentials: readonly HeldCredential[], policy: Policy, question: FitQuestion): FitReport {
  const { trust, now } = question;
  const fits: Fit[] = [];
  const misses: Miss[] = [];
  for (const credential of credentials) {
    const block = blockOf(credential, standingOfCredential(credential.issued, trust, now), question.match ?? false);
    const found = block ? [] : fitsOf(credential, policy, question);
    if (found.length > 0) fits.push(...found);
    else misses.push({ credential, block, clauses: missesOf(credential.issued.claims, policy, question) });
  }
  fits.sort((a, b) => b.window.start - a.window.start || b.lasts - a.lasts);
  misses.sort((a, b) => distance(a) - distance(b));
  if (fits.length > 0) return { policy, fits, misses, why: undefined, fitsFrom: undefined };
  const times = misses.filter(({ block }) => !block).flatMap(({ clauses }) => clauses.map((miss) => miss.fitsFrom)).filter((time) => time !== undefined);
  return { policy, fits, misses, why: whyOf(misses, times.length > 0), fitsFrom: times.length > 0 ? Math.min(...times) as UnixSeconds : undefined };
}

/** @throws NothingFitsError */
export function bestFit(report: FitReport): Fit {
  const best = report.fits[0];
  if (!best) throw new NothingFitsError(report);
  return best;
}

function blockOf({ issued }: HeldCredential, standing: Standing, match: boolean): Block | undefined {
  if (standing.status === 'revoked' || standing.status === 'suspended') return standing.status;
  if (standing.issuer === 'removed' || standing.issuer === 'suspended') return `issuer-${standing.issuer}`;
  if (standing.status === 'unknown' || standing.issuer === 'unknown') return 'status-unknown';
  if (standing.signature !== 'current') return 'signature-superseded';
  return match && issued.claims.nameDigest === 0n ? 'name-missing' : undefined;
}

function fitsOf(credential: HeldCredential, policy: Policy, question: FitQuestion): Fit[] {
  const { claims } = credential.issued;
  return policy.clauses.flatMap((clause, index) => {
    const window = question.window ?? latestWindow(policy, clause, claims, question.now);
    if (!window || unmetConditions(clause, claims, window).length > 0) return [];
    return [{ credential, clause: index, window, lasts: toUnixSeconds(lastSecond(clause, claims)) }];
  });
}

/**
 * The latest window that holds `now` and ends before the credential ceases to fit: the newest one as a rule, an older one when the
 * credential is about to run out. Passes made ahead have older windows too, so an older one says nothing certain about its holder.
 */
function latestWindow({ window: rule }: Policy, clause: Clause, claims: Claims, now: UnixSeconds): Window | undefined {
  const newest = windowAt(rule, now);
  const start = Math.floor(Math.min(newest.start, lastSecond(clause, claims) - rule.length) / rule.grid) * rule.grid;
  if (!isSeconds1900(start)) return undefined;
  const window = windowFrom(rule, start);
  return toUnixSeconds(window.end) > now ? window : undefined;
}

const lastSecond = (clause: Clause, claims: Claims): Seconds1900 =>
  Math.min(claims.eventTime + clause.ageTo, claims.validUntil) as Seconds1900; // at most the second, which is one

function missesOf(claims: Claims, policy: Policy, { now, window = windowAt(policy.window, now) }: FitQuestion): ClauseMiss[] {
  const clauses = policy.clauses.map((clause, index) =>
    ({ clause: index, obstacles: obstaclesOf(clause, claims, window), fitsFrom: fitsFrom(policy, clause, claims, window) }));
  return clauses.some(({ obstacles }) => obstacles.length === 0) ? [] : clauses.sort((a, b) => farness(a) - farness(b));
}

/** Another kind of event or disease is farther away than anything that time or another dose can mend. */
const farness = ({ obstacles }: ClauseMiss): number =>
  obstacles.reduce((sum, { condition }) => sum + (condition === 'kind' || condition === 'disease' ? 10 : 1), 0);
const distance = ({ block, clauses }: Miss): number => (clauses[0] ? farness(clauses[0]) : 0) + (block ? 0.5 : 0);

function whyOf(misses: readonly Miss[], timeMends: boolean): FitReport['why'] {
  const nearest = misses[0];
  if (!nearest) return 'no-credential';
  if (nearest.block && nearest.clauses.length === 0) return nearest.block;
  return timeMends ? 'not-yet' : 'unmet';
}

/** No credential of the wallet fits; `report` says why and what would, `field` the shortest form of it. */
export class NothingFitsError extends HealthpassError {
  readonly report: FitReport;
  constructor(report: FitReport) {
    super('nothing-fits', 'no credential in the wallet fits the policy', { field: report.why ?? 'unmet' });
    this.report = report;
  }
}
