// Signal names that stay the same when a template is edited elsewhere: circom numbers nameless components by their place in the source,
// here they are counted within their parent (`Times_12_340` becomes `Times#0`).
import { readFileSync } from 'node:fs';

export type StableNames = {
  /** Wires by name; signals that the compiler removed are absent. */
  readonly wireOf: ReadonlyMap<string, number>;
  /** One of a wire's names, the outermost. */
  readonly nameOf: (wire: number) => string;
  readonly namesOf: (wire: number) => readonly string[];
};

export function readStableNames(symFile: string): StableNames {
  const rename = createRenamer();
  const wireOf = new Map<string, number>();
  const namesOf = new Map<number, string[]>();
  for (const line of readFileSync(symFile, 'utf8').split('\n')) {
    const [, wireText, , raw] = line.split(',');
    if (raw === undefined) continue;
    const name = rename(raw);
    const wire = Number(wireText);
    if (wire < 0) continue;
    wireOf.set(name, wire);
    const names = namesOf.get(wire);
    if (names) names.push(name);
    else namesOf.set(wire, [name]);
  }
  return { wireOf, namesOf: (wire) => namesOf.get(wire) ?? [], nameOf: (wire) => namesOf.get(wire)?.[0] ?? `wire ${wire}` };
}

function createRenamer(): (raw: string) => string {
  /** Stable path of a raw one. */
  const known = new Map<string, string>([['main', 'main']]);
  const counts = new Map<string, number>();
  const renamePath = (raw: string): string => {
    const found = known.get(raw);
    if (found !== undefined) return found;
    const cut = raw.lastIndexOf('.');
    const parent = renamePath(raw.slice(0, cut));
    const own = raw.slice(cut + 1);
    const nameless = /^([A-Za-z]\w*?)_\d+_\d+((?:\[\d+\])*)$/.exec(own);
    const stable = nameless ? `${count(`${parent}.${nameless[1]!}`)}${nameless[2]!}` : `${parent}.${own}`;
    known.set(raw, stable);
    return stable;
  };
  const count = (base: string): string => {
    const number = counts.get(base) ?? 0;
    counts.set(base, number + 1);
    return `${base}#${number}`;
  };
  return (raw) => {
    const cut = raw.lastIndexOf('.');
    return `${renamePath(raw.slice(0, cut))}${raw.slice(cut)}`;
  };
}
