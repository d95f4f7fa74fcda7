import { describe, expect, test } from 'vitest';
import { median } from '#bench/measure.ts';
import { withFigures } from '#bench/readme.ts';
import { formatTable, formatValue, reportOf, reportSchema } from '#bench/report.ts';

const report = reportOf([
  { group: 'verify', name: 'ours', value: 4.7123, unit: 'ms CPU', target: { atMost: 9.6 }, note: '5 ms wall' },
  { group: 'verify', name: 'ratio', value: 2.1, unit: 'x', target: { atLeast: 2.3 } },
  { group: 'verify', name: 'a contender that lets a forgery pass', value: Number.NaN, unit: '', target: { atMost: 1 }, note: 'out of the table' },
  { group: 'sizes', name: 'a|b', value: 12_866, unit: '' },
], new Date('2026-11-22T12:00:00Z'));

describe('reportOf', () => {
  test('says which targets are met, and nothing of what was not measured', () => {
    expect(report.rows.map(({ ok }) => ok)).toEqual([true, false, undefined, undefined]);
    expect(report.rows[2]!.value).toBeNull();
  });

  test('survives being written down', () => expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report));
});

describe('formatTable', () => {
  test('has a line for each row, and says what is missed', () => {
    const lines = formatTable(report).split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[2]).toMatch(/4\.71 +ms CPU +≤ 9\.60 +met +5 ms wall$/);
    expect(lines[3]).toMatch(/2\.10 +x +≥ 2\.30 +MISSED$/);
    expect(lines[4]).toMatch(/ - +≤ 1 +out of the table$/);
  });
});

test.each([[0.1234, '0.123'], [4.7123, '4.71'], [12.34, '12.3'], [123.4, '123'], [1234.5, '1,235'], [12_866, '12,866'], [6, '6']])('formatValue: %d is written %s', (value, text) => {
  expect(formatValue(value)).toBe(text);
});

describe('withFigures', () => {
  const readme = 'before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n';

  test('puts the figures between the marks and leaves the rest', () => {
    const updated = withFigures(readme, report)!;
    expect(updated).toMatch(/^before\n<!-- bench -->\n2026-11-22: /);
    expect(updated).toMatch(/\n<!-- \/bench -->\nafter\n$/);
    expect(updated).not.toContain('old');
    expect(updated).toContain('| verify | ratio | 2.10 x | ≥ 2.30 | **missed** |');
    expect(updated).toContain('| sizes | a\\|b | 12,866 |');
    expect(withFigures(updated, report)).toBe(updated);
  });

  test('does nothing without the marks', () => {
    expect(withFigures('no marks', report)).toBeUndefined();
    expect(withFigures('<!-- /bench --><!-- bench -->', report)).toBeUndefined();
  });
});

test('median: the middle, or the mean of the two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});
