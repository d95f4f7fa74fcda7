// Everything that verifiers of one thread share: the library's instance and working memory for a chunk of proofs.
import { createLineMaker, type LineMaker, LINES, TWIST_POINT } from './lines.ts';
import { FP, FP12, FP2, G1, instantiateMcl, type Mcl, type Pointer } from './mcl.ts';
import { ARGUMENT, createMillerLoop, type MillerLoop } from './miller.ts';
import { createPointReader, type PointReader } from './points.ts';
import { type Combiner, createCombiner, MULTIPLES } from './random-combination.ts';

/** Proofs checked together; their lines take 17 kB each. */
export const LANES = 64;

/** Arrays with an element for every lane, and single elements. */
export type Workspace = {
  readonly a: Pointer;
  readonly b: Pointer;
  readonly c: Pointer;
  readonly lines: Pointer;
  readonly weightedA: Pointer;
  readonly multiplesA: Pointer;
  readonly multiplesC: Pointer;
  /** Arguments of the Miller loop: one for each lane, then three. */
  readonly argumentsOf: Pointer;
  readonly point: Pointer;
  readonly scalar: Pointer;
  readonly product: Pointer;
};

export type Engine = {
  readonly mcl: Mcl;
  readonly reader: PointReader;
  readonly lineMaker: LineMaker;
  readonly miller: MillerLoop;
  readonly combiner: Combiner;
  readonly workspace: Workspace;
};

let engine: Promise<Engine> | undefined;

/** The engine of this thread. One, like a compiled library: calls are synchronous, so the working memory is never used twice at a time. */
export const loadEngine = (): Promise<Engine> => (engine ??= createEngine());

async function createEngine(): Promise<Engine> {
  const mcl = await instantiateMcl('bn254');
  const xi = mcl.allocate(FP2);
  mcl.fp.setInt32(xi, 9);
  mcl.fp.setInt32(xi + FP, 1);
  const reader = createPointReader(mcl, xi);
  const workspace: Workspace = {
    a: mcl.allocate(LANES * G1),
    b: mcl.allocate(LANES * TWIST_POINT),
    c: mcl.allocate(LANES * G1),
    lines: mcl.allocate(LANES * LINES),
    weightedA: mcl.allocate(LANES * G1),
    multiplesA: mcl.allocate(LANES * MULTIPLES),
    multiplesC: mcl.allocate(LANES * MULTIPLES),
    argumentsOf: mcl.allocate((LANES + 3) * ARGUMENT),
    point: mcl.allocate(G1),
    scalar: mcl.allocate(FP),
    product: mcl.allocate(FP12),
  };
  return {
    mcl,
    reader,
    lineMaker: createLineMaker(mcl, xi, LANES),
    miller: createMillerLoop(mcl),
    combiner: createCombiner(mcl, reader, LANES),
    workspace,
  };
}
