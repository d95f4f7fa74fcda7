// e(A, B) = e(α, β)·e(L, γ)·e(C, δ) with L the sum of the public signals, for the proofs in the lanes of the workspace: for one alone, and
// for many at once under random coefficients ρ.
import { FIELD_ORDER } from '#passport/field.ts';
import type { Candidate } from './admission.ts';
import type { Engine } from './engine.ts';
import type { KeyPoints } from './key-points.ts';
import { LINES } from './lines.ts';
import { G1, type Pointer } from './mcl.ts';
import { ARGUMENT, type Pair } from './miller.ts';
import { type Coefficient, drawCoefficient, MULTIPLES } from './random-combination.ts';

export type Weighted = Candidate & { readonly coefficient: Coefficient };

export interface Equation {
  readonly holds: (candidate: Candidate) => boolean;
  /** Gives every candidate its coefficient, drawn after all proofs are known, and writes ρ·A into its lane. */
  readonly weigh: (candidates: readonly Candidate[]) => Weighted[];
  /** True when it holds for all; false, but for a probability of 2^-128, when it does not for one. */
  readonly allHold: (candidates: readonly Weighted[]) => boolean;
}

export function createEquation(engine: Engine, key: KeyPoints): Equation {
  const { mcl, miller, combiner, workspace } = engine;

  /** The pair of a lane's B, or of a point of the key, with a point of G1 or its negative; `place` is where the argument is kept. */
  function pair(place: number, lines: Pointer, point: Pointer, negative = false): Pair {
    const argument = workspace.argumentsOf + place * ARGUMENT;
    miller.writeArgument(argument, point, negative);
    return { lines, argument };
  }

  function finish(pairs: readonly Pair[]): void {
    miller.run(workspace.product, pairs);
    mcl.finalExponentiation(workspace.product, workspace.product);
  }

  return {
    holds({ lane, signals }) {
      key.inputs.write(workspace.point, signals);
      finish([
        pair(0, workspace.lines + lane * LINES, workspace.a + lane * G1),
        pair(1, key.gammaLines, workspace.point, true),
        pair(2, key.deltaLines, workspace.c + lane * G1, true),
      ]);
      return mcl.fp12.isEqual(workspace.product, key.target) !== 0;
    },
    weigh(candidates) {
      const count = Math.max(0, ...candidates.map(({ lane }) => lane + 1));
      combiner.prepare(workspace.a, workspace.multiplesA, count);
      combiner.prepare(workspace.c, workspace.multiplesC, count);
      return candidates.map((candidate) => {
        const weighted = { ...candidate, coefficient: drawCoefficient() };
        combiner.combine(workspace.weightedA + candidate.lane * G1, [term(workspace.multiplesA, weighted)]);
        return weighted;
      });
    },
    // Π e(ρ·A, B) · e(-Σ ρ·L, γ) · e(-Σ ρ·C, δ) · e(-Σ ρ·α, β) = 1
    allHold(candidates) {
      const count = candidates.length;
      const pairs = candidates.map(({ lane }, i) => pair(i, workspace.lines + lane * LINES, workspace.weightedA + lane * G1));
      const weights = weighSignals(candidates, key.signalCount);
      key.inputs.writeWeighted(workspace.point, weights);
      pairs.push(pair(count, key.gammaLines, workspace.point, true));
      combiner.combine(workspace.point, candidates.map((candidate) => term(workspace.multiplesC, candidate)));
      pairs.push(pair(count + 1, key.deltaLines, workspace.point, true));
      engine.reader.scalar(workspace.scalar, weights[0]!);
      mcl.g1.mul(workspace.point, key.alpha, workspace.scalar);
      pairs.push(pair(count + 2, key.betaLines, workspace.point, true));
      finish(pairs);
      return mcl.fp12.isOne(workspace.product) !== 0;
    },
  };
}

const term = (multiples: Pointer, { lane, coefficient }: Weighted) => ({ multiples: multiples + lane * MULTIPLES, coefficient });

/** Σ ρ, then Σ ρ·signal for each signal. */
function weighSignals(candidates: readonly Weighted[], signalCount: number): bigint[] {
  const sums = Array.from({ length: signalCount + 1 }, () => 0n);
  for (const { signals, coefficient } of candidates) {
    sums[0]! += coefficient.value;
    for (const [i, signal] of signals.entries()) if (signal !== 0n) sums[i + 1]! += coefficient.value * signal;
  }
  return sums.map((sum) => sum % FIELD_ORDER);
}
