// Where the lines of a chart go: round steps that a person can count in.

/** The top of an axis that starts at 0, and its steps: 1, 2 or 5 times a power of ten, few of them, whole numbers. */
export function axisFor(highest: number): { readonly top: number; readonly steps: readonly number[] } {
  const rough = Math.max(highest, 4) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10));
  const top = Math.ceil(Math.max(highest, 1) / step) * step;
  return { top, steps: Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step) };
}

/** Indices that get a label below: at most so many, evenly apart, the last among them. */
export function labelled(count: number, most: number): readonly number[] {
  const every = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: count }, (_, i) => i).filter((i) => (count - 1 - i) % every === 0);
}
