// Copies the figures of the last run into the marked block of README.md, so that nobody types them: node bench/readme.ts [REPORT.json]
import { readFile, writeFile } from 'node:fs/promises';
import { formatTarget, formatValue, reportSchema, type Report } from './report.ts';

const OPEN = '<!-- bench -->';
const CLOSE = '<!-- /bench -->';

/** The text with the report in its marked block; undefined when it has none. */
export function withFigures(text: string, report: Report): string | undefined {
  const [from, to] = [text.indexOf(OPEN), text.indexOf(CLOSE)];
  if (from < 0 || to < from) return undefined;
  return `${text.slice(0, from + OPEN.length)}\n${figures(report)}\n${text.slice(to)}`;
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
  const updated = withFigures(text, report);
  if (updated === undefined) console.log(`README.md has no block between ${OPEN} and ${CLOSE}: nothing was written.`);
  else await writeFile('README.md', updated);
}
