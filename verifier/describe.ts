// A verdict as JSON for whoever shows it: the words of its reason beside it.
import { z } from 'zod';
import { REASONS, type Verdict } from '#passport';

export type DescribedVerdict = Verdict & { readonly says?: string; readonly next?: string; readonly fixer?: string };

export function describeVerdict(verdict: Verdict): DescribedVerdict {
  if (verdict.outcome === 'accepted') return verdict;
  const { says, next, fixer } = REASONS[verdict.reason];
  return { ...verdict, says, next, fixer };
}

/** A described verdict, for the description of the service. */
export const verdictSchema = z.object({
  outcome: z.enum(['accepted', 'refused', 'undecided']),
  reason: z.string().optional().meta({ description: 'Why not; of a closed list' }),
  says: z.string().optional(),
  next: z.string().optional(),
  fixer: z.enum(['holder', 'verifier', 'issuer', 'nobody']).optional(),
  shown: z.unknown().optional().meta({ description: 'What an accepted presentation lets the verifier know' }),
  freshness: z.object({ syncedAt: z.int(), finalizedAt: z.int(), rootSupersededAt: z.int().optional() }).optional(),
}).meta({ id: 'Verdict' });
