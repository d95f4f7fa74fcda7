// The figures of a run: as a table for people, as JSON for whoever compares runs.
import { availableParallelism, cpus } from 'node:os';
import { z } from 'zod';
import { meets, type Row } from './measure.ts';

const rowSchema = z.strictObject({
  group: z.string(), name: z.string(),
  /** null: not measured, the note says why. */
  value: z.number().nullable(),
  unit: z.string(),
  target: z.union([z.strictObject({ atMost: z.number() }), z.strictObject({ atLeast: z.number() })]).optional(),
  ok: z.boolean().optional(), note: z.string().optional(),
});
export const reportSchema = z.strictObject({
  measuredAt: z.iso.datetime(), machine: z.strictObject({ cpu: z.string(), cores: z.int(), node: z.string() }), rows: z.array(rowSchema),
});
export type Report = z.infer<typeof reportSchema>;

export const reportOf = (rows: readonly Row[], now: Date): Report => ({
  measuredAt: now.toISOString(),
  machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), node: process.versions.node },
  rows: rows.map(({ group, name, value, unit, target, note }) => {
    const measured = Number.isFinite(value);
    return {
      group, name, value: measured ? value : null, unit,
      ...(target && { target, ...(measured && { ok: meets({ group, name, value, unit, target }) ?? true }) }), ...(note !== undefined && { note }),
    };
  }),
});

/** Three digits that count, and all of a whole number. */
export function formatValue(value: number | null): string {
  if (value === null) return '-';
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-GB');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3);
}

export function formatTarget(target: Report['rows'][number]['target']): string {
  if (!target) return '';
  return 'atMost' in target ? `≤ ${formatValue(target.atMost)}` : `≥ ${formatValue(target.atLeast)}`;
}

const verdict = (ok: boolean | undefined): string => (ok === undefined ? '' : ok ? 'met' : 'MISSED');

export function formatTable({ rows }: Report): string {
  const header = ['group', 'name', 'value', 'unit', 'target', 'ok', 'note'];
  const cells = rows.map(({ group, name, value, unit, target, ok, note }) => [group, name, formatValue(value), unit, formatTarget(target), verdict(ok), note ?? '']);
  const widths = header.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) => row.map((cell, i) => (i === 2 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  ').trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}
