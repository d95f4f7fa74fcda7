// Finds the true ones among many with as few checks as can be: all together, and where that fails, half by half.

/** Below this many, checking each alone is no dearer than checking all together. */
export const TOGETHER_FROM = 4;
/** What the search may cost, in items checked together per item, before the rest is checked one by one. */
const SEARCH_LIMIT = 3;

/**
 * The items for which `holds`. Where few are wrong that takes few checks; someone who spoils many makes it no dearer than about twice as
 * many single checks as there are items.
 */
export function findTrue<T>(items: readonly T[], holds: (item: T) => boolean, allHold: (items: readonly T[]) => boolean): T[] {
  let spent = 0;
  const limit = SEARCH_LIMIT * items.length;
  function sift(part: readonly T[], isWrongSomewhere: boolean): T[] {
    if (part.length < TOGETHER_FROM || spent > limit) return part.filter(holds);
    if (!isWrongSomewhere) {
      spent += part.length;
      if (allHold(part)) return [...part];
    }
    const middle = part.length >> 1;
    const left = sift(part.slice(0, middle), false);
    return [...left, ...sift(part.slice(middle), left.length === middle)];
  }
  return sift(items, false);
}
