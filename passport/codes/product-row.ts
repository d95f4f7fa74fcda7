// The form in which product rows are written down. Lists of codes are separated by spaces.
import type { DiseaseId } from './diseases.ts';

export type ProductRow = {
  /** Position in the policy mask: given once, for good. */
  readonly index: number;
  readonly id: string;
  readonly display: string;
  /** Diseases it protects against for certain; none for a class whose members differ. */
  readonly against: readonly DiseaseId[];
  /** Ids of the wider products or classes that this one is a kind of. */
  readonly kindOf?: string;
  readonly cvx?: string;
  readonly eu?: string;
  readonly euName?: string;
  readonly sct?: string;
  readonly atc?: string;
  readonly icd11?: string;
  readonly prequal?: string;
};
