// Copies the figures of a run into a marked block of README.md, so that nobody types them: node bench/readme.ts [REPORT.json [BLOCK]]. Groups that were
// measured in a run of their own stand in a block of their own.
import { readFile, writeFile } from 'node:fs/promises';
import { formatTarget, formatValue, reportSchema, type Report } from './report.ts';

/** The text with the report in its marked block; undefined when it has none. */
export function withFigures(text: string, report: Report, block = 'bench'): string | undefined {
  const open = `<!-- ${block} -->`;
  const [from, to] = [text.indexOf(open), text.indexOf(`<!-- /${block} -->`)];
  if (from < 0 || to < from) return undefined;
  return `${text.slice(0, from + open.length)}\n${figures(report)}\n${text.slice(to)}`;
}

function figures({ measuredAt, machine, rows }: Report): string {
  const { cpu, cores, node } = machine;
  return [
    `${measuredAt.slice(0, 10)}: ${cores} cores of ${cpu}, Node ${node}. Times are medians.`,
    '', ...table(rows.filter(({ target }) => target)), '',
    '<details><summary>Every figure of the run</summary>', '', ...table(rows), '', '</details>',
  ].join('\n');
}

const table = (rows: Report['rows']): string[] => [
  '| | | measured | promised | |', '|---|---|---:|---:|---|',
  ...rows.map(({ group, name, value, unit, target, ok, note }) => {
    const verdict = ok === false ? '**missed**' : '';
    return `| ${[group, name, `${formatValue(value)} ${unit}`.trim(), formatTarget(target), [verdict, note].filter(Boolean).join(' ')].map(cell).join(' | ')} |`;
  }),
];

const cell = (text: string): string => text.replaceAll('|', '\\|');

if (import.meta.main) {
  const report = reportSchema.parse(JSON.parse(await readFile(process.argv[2] ?? '.build/bench.json', 'utf8')));
  const text = await readFile('README.md', 'utf8').catch(() => '');
  const block = process.argv[3] ?? 'bench';
  const updated = withFigures(text, report, block);
  if (updated === undefined) console.log(`README.md has no block between <!-- ${block} --> and <!-- /${block} -->: nothing was written.`);
  else await writeFile('README.md', updated);
}
