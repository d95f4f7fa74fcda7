// Every way to take one constraint, or one component of constraints, out of our templates.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCES } from '#circuits/paths.ts';

export type Mutant = {
  readonly file: string;
  readonly line: number;
  readonly before: string;
  /** Whether the line is gone; otherwise its `<==` became `<--`. */
  readonly dropped: boolean;
  /** The whole mutated file. */
  readonly text: string;
  /** The stable name in the whole circuit of the signal that holds the same as the mutant's signal `name`. */
  readonly originalName: (name: string) => string;
};

/** `===` dropped; `<==` made `<--`, which computes and constrains nothing; components whose only use is to constrain, dropped. */
export function createMutants(): Mutant[] {
  const files = readdirSync(SOURCES).filter((name) => name.endsWith('.circom') && name !== 'pass.circom').sort();
  return files.flatMap((file) => {
    const lines = readFileSync(join(SOURCES, file), 'utf8').split('\n');
    return lines.flatMap((line, i): Mutant[] => {
      const mutated = mutate(lines, i);
      if (!mutated) return [];
      const dropped = mutated[i] === '';
      return [{
        file, line: i + 1, before: line.trim(), dropped, text: mutated.join('\n'), originalName: dropped ? renamerFor(lines, i) : (name) => name.replace(CUT, ''),
      }];
    });
  });
}

/** Suffix of the signal that a component still drives, where what others read was cut off from it. */
const CUT = /_cut\b/;

/** The file with one line mutated, or undefined when the line constrains nothing. */
function mutate(lines: readonly string[], i: number): string[] | undefined {
  const line = lines[i]!.replace(/\/\/.*$/, '');
  if (/===/.test(line) || /^\s*(_ <== )?[A-Z]\w*\(.*\)\(.*\);/.test(line)) return lines.with(i, '');
  const output = /^(\s*)(signal )?(\(.*?\)|\w+)((?:\[.*?\])?) <== ([A-Z]\w*\(.*\)\(.*\));/.exec(line);
  if (output) return cutOff(lines, i, output);
  return /<==/.test(line) ? lines.with(i, line.replace('<==', '<--')) : undefined;
}

/** circom takes no component on the right of `<--`: the component drives signals of its own, whose values are then only copied. */
function cutOff(lines: readonly string[], i: number, [, indent, declaration, left, index, call]: RegExpExecArray): string[] {
  const names = left!.replace(/[()\s]/g, '').split(',');
  const cut = names.map((name) => `${name}_cut`);
  const target = names.length > 1 ? `(${cut.join(', ')})` : cut[0]!;
  if (!declaration && index) {
    const declared = lines.findIndex((line) => line.includes(`signal ${left}[`));
    const widened = lines.with(declared, `${lines[declared]!} ${lines[declared]!.trim().replace(left!, cut[0]!)}`);
    return widened.with(i, `${indent}${target}${index} <== ${call}; ${left}${index} <-- ${cut[0]!}${index};`);
  }
  const copies = names.map((name, k) => index
    ? `signal ${name}${index}; for (var cutAt = 0; cutAt < ${index.slice(1, -1)}; cutAt++) { ${name}[cutAt] <-- ${cut[k]!}[cutAt]; }`
    : `${declaration ?? ''}${name} <-- ${cut[k]!};`);
  return lines.with(i, `${indent}signal ${target}${index} <== ${call}; ${copies.join(' ')}`);
}

/** Dropping a component moves up the numbers of those of its kind that follow it in the template. */
function renamerFor(lines: readonly string[], dropped: number): (name: string) => string {
  const kind = componentKind(lines[dropped]!);
  if (!kind) return (name) => name;
  const template = /template (\w+)/.exec(lines.slice(0, dropped).reverse().find((line) => line.startsWith('template'))!)![1]!;
  const position = lines.slice(0, dropped).filter((line) => componentKind(line) === kind).length;
  const pattern = new RegExp(`^(main${template === 'Statement' ? '' : `(?:\\..*)?\\.${template}#\\d+`})\\.${kind}#(\\d+)\\.`);
  return (name) => name.replace(pattern, (_, parent: string, number: string) => {
    const own = Number(number);
    return `${parent}.${kind}#${own >= position ? own + 1 : own}.`;
  });
}

const componentKind = (line: string): string | undefined => /^\s*(?:[^/]*<== )?([A-Z]\w*)\(.*\)\(/.exec(line)?.[1];
