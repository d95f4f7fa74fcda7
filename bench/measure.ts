// Measuring in one process: CPU and wall time of a step, in rounds that take turns, so that a slow moment of the machine hits every contender.
import { performance } from 'node:perf_hooks';

/** One line of the table. Ratios and targets are worked out within one run. */
export type Row = {
  readonly group: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the project promises: at most, or at least. */
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
  readonly note?: string;
};

export type Timing = { readonly cpu: number; readonly wall: number };

/** Milliseconds of CPU (this process, all its threads) and wall that a step takes. */
export async function timed(step: () => unknown): Promise<Timing> {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  await step();
  const spent = process.cpuUsage(cpu);
  return { cpu: (spent.user + spent.system) / 1000, wall: performance.now() - wall };
}

/** Medians of `rounds` timings of each contender, taken in turns after one warm-up each; `per` divides a step that does many. */
export async function medians(contenders: Readonly<Record<string, () => unknown>>, rounds: number, per: Readonly<Record<string, number>> = {}): Promise<Record<string, Timing>> {
  const names = Object.keys(contenders);
  const taken = new Map(names.map((name) => [name, [] as Timing[]]));
  for (const name of names) await contenders[name]!();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) taken.get(name)!.push(await timed(contenders[name]!));
  }
  return Object.fromEntries(names.map((name) => {
    const share = per[name] ?? 1;
    const of = (key: keyof Timing) => median(taken.get(name)!.map((timing) => timing[key])) / share;
    return [name, { cpu: of('cpu'), wall: of('wall') }];
  }));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const meets = ({ value, target }: Row): boolean | undefined =>
  target === undefined ? undefined : 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
