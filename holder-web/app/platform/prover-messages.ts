// What page and prover say to each other.
import type { ProvenPass, ProvingStep } from '#circuits/prove.ts';
import type { PassWitness } from '#circuits/witness.ts';
import type { ErrorCode } from '#passport/errors.ts';

export type ToProver = { readonly type: 'prove'; readonly witness: PassWitness };
export type FromProver =
  | { readonly type: 'download'; readonly done: number; readonly total: number }
  | { readonly type: 'step'; readonly step: ProvingStep }
  | { readonly type: 'proven'; readonly pass: ProvenPass }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly field: string | undefined }
  /** A fault of the program. */
  | { readonly type: 'broken' };
