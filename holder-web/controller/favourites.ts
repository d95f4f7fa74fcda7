// For which rules passes are kept ready: those that a person chose; before any choice, a few that their records fit.
import type { FitReport } from '#wallet/fit.ts';

/** Each costs seconds of work every few hours. */
const UNASKED = 3;

/** Ids of rules. */
export const favouritesOf = (chosen: readonly string[] | undefined, reports: readonly FitReport[]): readonly string[] =>
  chosen ?? reports.filter(({ fits }) => fits.length > 0).slice(0, UNASKED).map(({ policy }) => policy.id);
