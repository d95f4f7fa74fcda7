// A verifying key made ready: the lines of its G2 points, the constant of the equation, the sum of the public signals.
import type { Engine } from './engine.ts';
import { createInputSum, type InputSum } from './input-sum.ts';
import { LINES, TWIST_POINT } from './lines.ts';
import { FP12, G1, type Pointer } from './mcl.ts';
import { ARGUMENT } from './miller.ts';
import type { VerifyingKey } from './verifying-key.ts';

export type KeyPoints = {
  readonly gammaLines: Pointer;
  readonly deltaLines: Pointer;
  readonly betaLines: Pointer;
  readonly alpha: Pointer;
  /** e(α, β) */
  readonly target: Pointer;
  readonly inputs: InputSum;
  readonly signalCount: number;
  readonly free: () => void;
};

export function prepareKey(engine: Engine, key: VerifyingKey, repeatingSignals: ReadonlySet<number>): KeyPoints {
  const { mcl, reader, lineMaker, miller } = engine;
  const twistPoints = [key.gamma, key.delta, key.beta];
  const [points, lines] = [mcl.allocate(twistPoints.length * TWIST_POINT), mcl.allocate(twistPoints.length * LINES)];
  const [alpha, argument, target] = [mcl.allocate(G1), mcl.allocate(ARGUMENT), mcl.allocate(FP12)];
  const read = twistPoints.every((point, i) => reader.twist(points + i * TWIST_POINT, point)) && reader.g1(alpha, key.alpha);
  if (!read || lineMaker.prepare(points, lines, twistPoints.length).includes(false)) throw new TypeError('the verifying key was not made by parseVerifyingKey');
  const betaLines = lines + 2 * LINES;
  miller.writeArgument(argument, alpha, false);
  miller.run(target, [{ lines: betaLines, argument }]);
  mcl.finalExponentiation(target, target);
  mcl.free(points);
  mcl.free(argument);
  const inputs = createInputSum(mcl, reader, key.ic, repeatingSignals);
  return {
    gammaLines: lines,
    deltaLines: lines + LINES,
    betaLines,
    alpha,
    target,
    inputs,
    signalCount: key.ic.length - 1,
    free() {
      inputs.free();
      for (const area of [lines, alpha, target]) mcl.free(area);
    },
  };
}
