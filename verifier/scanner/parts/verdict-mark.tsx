// A shape for each outcome, to be told apart without colour: a round tick, an eight-sided cross, a diamond with a question.
import type { Verdict } from '#passport';

const SHAPES = {
  accepted: { outline: 'M50 4a46 46 0 1 0 .1 0z', sign: 'M28 52l15 15 30-33' },
  refused: { outline: 'M31 4h38l27 27v38L69 96H31L4 69V31z', sign: 'M33 33l34 34M67 33L33 67' },
  undecided: { outline: 'M50 2l48 48-48 48L2 50z', sign: 'M38 40c0-16 25-16 25 0 0 10-13 9-13 19M50 71v1' },
} as const satisfies Record<Verdict['outcome'], unknown>;

export const VerdictMark = ({ outcome }: { readonly outcome: Verdict['outcome'] }) => (
  <svg class="verdict-mark" viewBox="0 0 100 100" aria-hidden="true">
    <path class="verdict-outline" d={SHAPES[outcome].outline} />
    <path class="verdict-sign" d={SHAPES[outcome].sign} />
  </svg>
);
