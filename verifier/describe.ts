// A verdict as JSON for whoever shows it: the words of its reason beside it.
import { REASONS, type Verdict } from '#passport';

export type DescribedVerdict = Verdict & { readonly says?: string; readonly next?: string; readonly fixer?: string };

export function describeVerdict(verdict: Verdict): DescribedVerdict {
  if (verdict.outcome === 'accepted') return verdict;
  const { says, next, fixer } = REASONS[verdict.reason];
  return { ...verdict, says, next, fixer };
}
