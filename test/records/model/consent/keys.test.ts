// Which keys a policy gives and takes, and when a category's key must be replaced.
import { describe, expect, test } from 'vitest';
import { expiries, keysFor, narrowed, reachable, type Choices } from '#records/model/consent/index.ts';
import { CATEGORIES, ORDINARY_CATEGORIES, type RecordMeta } from '#records/model/record.ts';
import type { UnixSeconds } from '#passport';
import { DOCTOR, LABORATORY, NOW, NURSE, policy, record, recordId, UNTIL } from './sample.ts';

const RECORDS: readonly RecordMeta[] = [
  record(), record({ id: recordId(2), date: '2025-01-01' }), record({ id: recordId(3), author: 'patient' }), record({ id: recordId(4), category: 'imaging' }), record({ id: recordId(5), category: 'sensitive' }),
];
const ids = (...numbers: number[]) => numbers.map(recordId);
const keys = (more: Partial<Choices>, ...others: Partial<Choices>[]) => keysFor(policy(more), RECORDS, { others: others.map(policy), now: NOW });

describe('keysFor', () => {
  test('a policy without limits gives the key of every ordinary category, and nothing sensitive', () => {
    expect(keys({})).toMatchObject({ epochs: ORDINARY_CATEGORIES, records: [], enforcedByKeys: ['category'], enforcedAtRelease: ['time'] });
    expect(keys({ categories: ['sensitive'] })).toMatchObject({ epochs: ['sensitive'], records: [] });
  });

  test('a category within which something is narrower gives records one by one, never its own key', () => {
    expect(keys({ dataPeriod: { from: '2026-01-01' } })).toMatchObject({ epochs: [], records: ids(1, 3, 4) });
    expect(keys({ authors: [LABORATORY] })).toMatchObject({ epochs: [], records: ids(1, 2, 4) });
    expect(keys({ categories: ['results'], records: ids(2, 5) })).toMatchObject({ epochs: [], records: ids(2) });
  });

  test('an exception takes away: a category, or one record of it', () => {
    expect(keys({ exceptions: [{ categories: ['results'] }] }).epochs).not.toContain('results');
    const withoutOne = keys({ categories: ['results', 'imaging'], exceptions: [{ records: ids(1) }] });
    expect(withoutOne).toMatchObject({ epochs: [], records: ids(2, 3, 4), enforcedByKeys: ['category', 'record'] });
    expect(keys({ categories: ['results', 'imaging'], exceptions: [{ categories: ['results'], records: ids(1) }] })).toMatchObject({ epochs: ['imaging'], records: ids(2, 3) });
  });

  test('purpose, time and person are for the release: the key is given, and said to be', () => {
    expect(keys({ purposes: ['TREAT'], exceptions: [{ actors: [NURSE], categories: ['results'] }] })).toMatchObject({
      epochs: ORDINARY_CATEGORIES, enforcedByKeys: ['category'], enforcedAtRelease: ['category', 'purpose', 'time', 'person'],
    });
  });

  test('no key of a denial, of a policy to write, or of one that is over', () => {
    for (const none of [keys({ effect: 'deny' }), keys({ actions: ['write'] }), keysFor(policy(), RECORDS, { now: UNTIL })]) expect(none).toMatchObject({ epochs: [], records: [] });
  });

  test('a denial gives what it excepts, and no more', () => {
    expect(keys({ effect: 'deny', exceptions: [{ categories: ['imaging'] }, { categories: ['results'], records: ids(2) }] })).toMatchObject({ epochs: ['imaging'], records: ids(2) });
    expect(keys({ effect: 'deny', categories: ['results'], exceptions: [{ purposes: ['ETREAT'] }] })).toMatchObject({ epochs: ['results'], records: [] });
  });

  test('another policy that denies the recipient takes its keys away', () => {
    expect(keys({}, { effect: 'deny' })).toMatchObject({ epochs: [], records: [] });
    expect(keys({ categories: ['results', 'imaging'] }, { effect: 'deny', records: ids(1) })).toMatchObject({ epochs: [], records: ids(2, 3, 4) });
    expect(keys({ categories: ['results'] }, { categories: ['imaging', 'results'], exceptions: [{ authors: ['patient'] }] })).toMatchObject({ epochs: [], records: ids(1, 2) });
  });

  test('but not one for another recipient, for a purpose only, or that ends before', () => {
    const whole = { epochs: ['results'], records: [] };
    expect(keys({ categories: ['results'] }, { effect: 'deny', recipient: DOCTOR })).toMatchObject(whole);
    expect(keys({ categories: ['results'] }, { effect: 'deny', purposes: ['HRESCH'] })).toMatchObject(whole);
    expect(keys({ categories: ['results'] }, { effect: 'deny', until: (UNTIL - 1) as UnixSeconds })).toMatchObject(whole);
    expect(keys({ categories: ['results'], purposes: ['HRESCH'] }, { effect: 'deny', purposes: ['HRESCH'] })).toMatchObject({ epochs: [], records: [] });
  });
});

describe('reachable', () => {
  test('by the key of the category or by that of the record', () => {
    const found = keys({ categories: ['results', 'imaging'], exceptions: [{ categories: ['results'], records: ids(1) }] });
    expect(RECORDS.map((one) => reachable(found, one))).toEqual([false, true, true, true, false]);
  });
});

describe('narrowed', () => {
  test('a revocation bumps what was read whole, and nothing that was read by the record', () => {
    expect(narrowed([policy({ categories: ['results', 'imaging'] })], [], NOW)).toEqual(['results', 'imaging']);
    expect(narrowed([policy({ categories: ['results'], authors: [LABORATORY] })], [], NOW)).toEqual([]);
  });

  test('a change bumps only what it takes from somebody', () => {
    const before = [policy({ categories: ['results', 'imaging'] }), policy({ recipient: DOCTOR })];
    expect(narrowed(before, [policy({ categories: ['results', 'plans'] }), before[1]!], NOW)).toEqual(['imaging']);
    expect(narrowed(before, [policy({ categories: ['results', 'imaging'], exceptions: [{ categories: ['results'], records: ids(1) }] }), before[1]!], NOW)).toEqual(['results']);
    expect(narrowed(before, [policy({ categories: ['results', 'imaging'], purposes: ['TREAT'] }), before[1]!], NOW)).toEqual([]);
  });

  test('a denial that comes beside a permission bumps too', () => {
    expect(narrowed([policy()], [policy(), policy({ effect: 'deny', categories: ['social'] })], NOW)).toEqual(['social']);
  });

  test('what is over already is not bumped again', () => {
    expect(narrowed([policy()], [], UNTIL)).toEqual([]);
  });
});

describe('expiries', () => {
  test('every end that takes a key away is foreseen, in order', () => {
    const later = (UNTIL + 1000) as UnixSeconds;
    const policies = [policy({ categories: ['results'] }), policy({ recipient: DOCTOR, categories: ['results', 'sensitive'], until: later }), policy({ recipient: LABORATORY, actions: ['write'] })];
    expect(expiries(policies, NOW)).toEqual([{ at: UNTIL, categories: ['results'] }, { at: later, categories: ['results', 'sensitive'] }]);
    expect(expiries(policies, UNTIL)).toEqual([{ at: later, categories: ['results', 'sensitive'] }]);
  });

  test('the begin of a denial ends a permission; an end that another policy outlives ends nothing', () => {
    const begins = at(1000);
    expect(expiries([policy(), policy({ effect: 'deny', from: begins })], NOW)).toEqual([{ at: begins, categories: CATEGORIES.filter((category) => category !== 'sensitive') }]);
    expect(expiries([policy({ until: at(2000) }), policy()], NOW).map(({ at }) => at)).toEqual([UNTIL]);
  });
  const at = (seconds: number) => (NOW + seconds) as UnixSeconds;
});

