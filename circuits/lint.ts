// Runs circomspect over our templates. Its findings are read: the ones below are known and why they are harmless; any other is an error.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LIBRARY } from './compile.ts';
import { BUILD, SOURCES } from './paths.ts';

const ALIASING = 'Using `Num2Bits` to convert field elements to bits may lead to aliasing issues.';
const UNCONSTRAINED = 'Using the signal assignment operator `<--` does not constrain the assigned signal.';

type Finding = { readonly file: string; readonly rule: string };

/**
 * circomspect does not see through a size that a function returns (248, 172, 34, 12 bits, all below the field's 254), and takes a hint
 * for free that the next line ties to the index and the decompositions below it bound.
 */
const KNOWN: readonly (Finding & { readonly count: number })[] = [
  { file: 'clause-word.circom', rule: ALIASING, count: 1 },
  { file: 'status-entry.circom', rule: ALIASING, count: 1 },
  { file: 'status-entry.circom', rule: UNCONSTRAINED, count: 2 },
  { file: 'times.circom', rule: ALIASING, count: 7 },
  { file: 'word-bit.circom', rule: ALIASING, count: 1 },
];

/** What circomspect finds beyond (or short of) what is known, as sentences; empty when there is nothing to read. */
export function lintTemplates(): string[] {
  const counts = new Map<string, number>();
  const keyOf = ({ file, rule }: Finding) => `${file}: ${rule}`;
  for (const finding of runCircomspect()) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  for (const known of KNOWN) counts.set(keyOf(known), (counts.get(keyOf(known)) ?? 0) - known.count);
  return [...counts].filter(([, count]) => count !== 0)
    .map(([key, count]) => (count > 0 ? `circomspect, ${count} new: ${key}` : `circomspect no longer finds what is listed as known: ${key}`));
}

/** It follows relative includes only, so it gets a copy of the sources with the library beside them. */
function runCircomspect(): Finding[] {
  mkdirSync(BUILD, { recursive: true });
  const folder = mkdtempSync(join(BUILD, 'lint-'));
  try {
    cpSync(SOURCES, folder, { recursive: true });
    cpSync(join(LIBRARY, 'circomlib', 'circuits'), join(folder, 'circomlib', 'circuits'), { recursive: true });
    const files = readdirSync(folder).filter((name) => name.endsWith('.circom'));
    // Its exit status says only that it found something.
    const { stdout: output } = spawnSync(process.execPath, [join(LIBRARY, 'circomspect', 'cli.js'), ...files], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 24 });
    assertAllAnalysed(output, files.length - 1); // the main file has no template
    return readFindings(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A finding is its sentence and, on the next line, the place. */
const readFindings = (output: string): Finding[] =>
  [...output.matchAll(/^(?:warning|error): (.+)\n\s+┌─ (\S+?):\d+/gm)].map(([, rule, file]) => ({ file: file!, rule: rule! }));

function assertAllAnalysed(output: string, templates: number): void {
  if ([...output.matchAll(/analyzing template/g)].length !== templates) throw new Error('circomspect did not analyse every template');
}
