// The equation for proofs that stand decoded in the lanes of the workspace: for one, for many under random coefficients, and the search
// for the wrong ones among many.
import { FIELD_ORDER } from '#passport/field.ts';
import type { Engine } from './engine.ts';
import type { KeyPoints } from './key-points.ts';
import { LINES } from './lines.ts';
import { G1, type Pointer } from './mcl.ts';
import { ARGUMENT, type Pair } from './miller.ts';
import { type Coefficient, drawCoefficient, MULTIPLES } from './random-combination.ts';

/** A proof of which only the equation is still open: its points are valid, its signals in range. */
export type Candidate = { readonly lane: number; readonly signals: readonly bigint[] };
type Weighted = Candidate & { readonly coefficient: Coefficient };

/** Below this many, checking each alone is no dearer than checking all together. */
const TOGETHER_FROM = 4;
/** What a search may cost, in lanes checked together per candidate, before the rest is checked one by one. */
const SEARCH_LIMIT = 4;

/** Finds the candidates for which the equation holds. */
export type Checker = (candidates: readonly Candidate[]) => Candidate[];

export function createChecker(engine: Engine, key: KeyPoints): Checker {
  const { mcl, miller, combiner, workspace } = engine;
  const argumentOf = (index: number) => workspace.argumentsOf + index * ARGUMENT;

  /** Pairs -point with the lines; a point at infinity contributes nothing. */
  function negativePair(pairs: Pair[], lines: Pointer, point: Pointer): void {
    if (mcl.g1.isZero(point) !== 0) return;
    const argument = argumentOf(pairs.length);
    miller.writeArgument(argument, point, true);
    pairs.push({ lines, argument });
  }

  /** e(A, B)·e(-L, γ)·e(-C, δ) = e(α, β) */
  function holds({ lane, signals }: Candidate): boolean {
    const pairs: Pair[] = [{ lines: workspace.lines + lane * LINES, argument: argumentOf(0) }];
    miller.writeArgument(argumentOf(0), workspace.a + lane * G1, false);
    key.inputs.write(workspace.point, signals);
    negativePair(pairs, key.gammaLines, workspace.point);
    negativePair(pairs, key.deltaLines, workspace.c + lane * G1);
    miller.run(workspace.product, pairs);
    mcl.finalExponentiation(workspace.product, workspace.product);
    return mcl.fp12.isEqual(workspace.product, key.target) !== 0;
  }

  /** Π e(ρ·A, B) · e(-Σ ρ·L, γ) · e(-Σ ρ·C, δ) · e(-Σ ρ·α, β) = 1 */
  function allHold(candidates: readonly Weighted[]): boolean {
    const pairs = candidates.map(({ lane }, i): Pair => {
      miller.writeArgument(argumentOf(i), workspace.weightedA + lane * G1, false);
      return { lines: workspace.lines + lane * LINES, argument: argumentOf(i) };
    });
    const weights = weighSignals(candidates, key.signalCount);
    key.inputs.writeWeighted(workspace.point, weights);
    negativePair(pairs, key.gammaLines, workspace.point);
    combiner.combine(workspace.point, candidates.map((candidate) => term(workspace.multiplesC, candidate)));
    negativePair(pairs, key.deltaLines, workspace.point);
    engine.reader.scalar(workspace.scalar, weights[0]!);
    mcl.g1.mul(workspace.point, key.alpha, workspace.scalar);
    negativePair(pairs, key.betaLines, workspace.point);
    miller.run(workspace.product, pairs);
    mcl.finalExponentiation(workspace.product, workspace.product);
    return mcl.fp12.isOne(workspace.product) !== 0;
  }

  /** Gives every candidate its coefficient ρ, drawn after all proofs are known, and writes ρ·A. */
  function weigh(candidates: readonly Candidate[]): Weighted[] {
    const count = Math.max(...candidates.map(({ lane }) => lane)) + 1;
    combiner.prepare(workspace.a, workspace.multiplesA, count);
    combiner.prepare(workspace.c, workspace.multiplesC, count);
    return candidates.map((candidate) => {
      const weighted = { ...candidate, coefficient: drawCoefficient() };
      combiner.combine(workspace.weightedA + candidate.lane * G1, [term(workspace.multiplesA, weighted)]);
      return weighted;
    });
  }

  /** All together; where that fails, each half of them. An attacker who spoils many proofs makes the search no dearer than twice single checks. */
  function search(candidates: readonly Weighted[]): Candidate[] {
    let spent = 0;
    const limit = SEARCH_LIMIT * candidates.length;
    const sift = (part: readonly Weighted[], isWrongSomewhere: boolean): Candidate[] => {
      if (part.length < TOGETHER_FROM || spent > limit) return part.filter(holds);
      if (!isWrongSomewhere) {
        spent += part.length;
        if (allHold(part)) return [...part];
      }
      const middle = part.length >> 1;
      const left = sift(part.slice(0, middle), false);
      return [...left, ...sift(part.slice(middle), left.length === middle)];
    };
    return sift(candidates, false);
  }

  return (candidates) => (candidates.length < TOGETHER_FROM ? candidates.filter(holds) : search(weigh(candidates)));
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
