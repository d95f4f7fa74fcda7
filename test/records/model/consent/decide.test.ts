// Decisions over a patient's policies. Each test of a denial is named after what somebody tried, or after the mistake that would have permitted it.
import { describe, expect, test } from 'vitest';
import { CLEARED_WORD, DENY_REASONS, decide, prepare, type AccessRequest, type Choices, type DenyReason, type GrantId } from '#records/model/consent/index.ts';
import type { UnixSeconds } from '#passport';
import { DOCTOR, FROM, GRANT, HOSPITAL, LABORATORY, NOW, NURSE, policy, record, recordId, standing, STRANGER, UNTIL } from './sample.ts';

const OTHER_GRANT = `0x${'b'.repeat(64)}` as GrantId;
const reading = (more: Partial<AccessRequest> = {}) => ({ person: DOCTOR, organisation: HOSPITAL, purpose: 'TREAT', time: NOW, action: 'read', record: record(), ...more }) as AccessRequest;
const writing = (more: Partial<AccessRequest> = {}) => reading({ action: 'write', record: { category: 'results' }, ...more } as Partial<AccessRequest>);
const deciding = (request: AccessRequest, ...granted: Partial<Choices>[]) => decide(granted.map((more, i) => standing(policy(more), i === 0 ? GRANT : OTHER_GRANT)), request);
const permitted = { outcome: 'permit', grant: GRANT };
const denied = (reason: DenyReason) => ({ outcome: 'deny', reason });

describe('decide permits', () => {
  test('the staff of an organisation that was granted, and says by which grant', () => {
    expect(deciding(reading(), {})).toEqual(permitted);
    expect(deciding(reading({ person: NURSE }), {})).toEqual(permitted);
    expect(deciding(reading({ person: HOSPITAL, organisation: undefined }), {})).toEqual(permitted);
  });

  test('a person who was granted, for whomever that person acts', () => {
    expect(deciding(reading(), { recipient: DOCTOR })).toEqual(permitted);
    expect(deciding(reading({ organisation: undefined }), { recipient: DOCTOR })).toEqual(permitted);
  });

  test('from the first second of the period until the last', () => {
    expect(deciding(reading({ time: FROM }), {})).toEqual(permitted);
    expect(deciding(reading({ time: (UNTIL - 1) as UnixSeconds }), {})).toEqual(permitted);
  });

  test('both days at the ends of a data period', () => {
    const dataPeriod = { from: '2026-02-01', until: '2026-03-01' };
    expect(deciding(reading({ record: record({ date: '2026-02-01' }) }), { dataPeriod })).toEqual(permitted);
    expect(deciding(reading({ record: record({ date: '2026-03-01' }) }), { dataPeriod })).toEqual(permitted);
  });

  test('sensitive records where they are named', () => {
    expect(deciding(reading({ record: record({ category: 'sensitive' }) }), { categories: ['sensitive'] })).toEqual(permitted);
  });

  test('writing in a category, whatever limits reading in it', () => {
    expect(deciding(writing(), { actions: ['write'], categories: ['results'], dataPeriod: { until: '2020-01-01' } })).toEqual(permitted);
    expect(deciding(writing(), { actions: ['write'], exceptions: [{ records: [recordId(1)] }] })).toEqual(permitted);
    expect(deciding(writing(), { actions: ['read', 'write'] }, { effect: 'deny', actions: ['read', 'write'], records: [recordId(1)] })).toEqual(permitted);
  });

  test('what a denial excepts: nobody but in an emergency', () => {
    const dissent = { effect: 'deny', exceptions: [{ purposes: ['ETREAT'] }] } as const;
    expect(deciding(reading({ purpose: 'ETREAT' }), dissent)).toEqual(permitted);
    expect(deciding(reading(), dissent)).toEqual(denied('denied'));
    expect(deciding(reading({ purpose: 'ETREAT', record: record({ category: 'sensitive' }) }), dissent)).toEqual(denied('denied'));
  });
});

describe('decide denies', () => {
  const cases: Record<DenyReason, () => ReturnType<typeof decide>> = {
    'no-consent': () => deciding(reading({ person: STRANGER, organisation: undefined }), {}),
    revoked: () => decide([{ ...standing(policy()), word: CLEARED_WORD }], reading()),
    changed: () => decide([{ ...standing(policy()), word: standing(policy()).word }], reading()),
    'not-yet': () => deciding(reading({ time: (FROM - 1) as UnixSeconds }), {}),
    expired: () => deciding(reading({ time: UNTIL }), {}),
    action: () => deciding(writing(), {}),
    purpose: () => deciding(reading({ purpose: 'HRESCH' }), { purposes: ['TREAT'] }),
    category: () => deciding(reading(), { categories: ['imaging'] }),
    sensitive: () => deciding(reading({ record: record({ category: 'sensitive' }) }), {}),
    date: () => deciding(reading({ record: record({ date: '2026-03-02' }) }), { dataPeriod: { until: '2026-03-01' } }),
    record: () => deciding(reading({ record: record({ id: recordId(2) }) }), { records: [recordId(1)] }),
    author: () => deciding(reading({ record: record({ author: 'patient' }) }), { authors: [LABORATORY] }),
    exception: () => deciding(reading(), { exceptions: [{ categories: ['results'] }] }),
    denied: () => deciding(reading(), {}, { effect: 'deny' }),
  };
  test.each(DENY_REASONS)('with a reason for each mistake: %s', (reason) => {
    expect(cases[reason]()).toEqual(denied(reason));
  });

  test('whoever acts for an organisation of which nothing was said', () => {
    expect(deciding(reading({ organisation: LABORATORY }), {})).toEqual(denied('no-consent'));
    expect(deciding(reading({ organisation: undefined }), {})).toEqual(denied('no-consent'));
  });

  test('a permission and a denial for the same recipient, in whichever order', () => {
    expect(deciding(reading(), {}, { effect: 'deny' })).toEqual(denied('denied'));
    expect(deciding(reading(), { effect: 'deny' }, {})).toEqual(denied('denied'));
    expect(deciding(reading(), { recipient: DOCTOR }, { effect: 'deny' })).toEqual(denied('denied'));
    expect(deciding(reading(), { recipient: DOCTOR, effect: 'deny' }, {})).toEqual(denied('denied'));
  });

  test('a person whom an exception names, and no colleague', () => {
    const except = { exceptions: [{ actors: [DOCTOR] }] };
    expect(deciding(reading(), except)).toEqual(denied('exception'));
    expect(deciding(reading({ person: NURSE }), except)).toEqual(permitted);
    expect(deciding(reading(), except, { recipient: DOCTOR })).toEqual(denied('exception'));
  });

  test('nobody else because an exception names somebody unknown', () => {
    expect(deciding(reading(), { exceptions: [{ actors: [STRANGER] }] })).toEqual(permitted);
    const widened = { effect: 'deny', exceptions: [{ actors: [STRANGER] }] } as const;
    expect(deciding(reading({ person: STRANGER, organisation: undefined }), widened)).toEqual(denied('no-consent'));
    expect(deciding(reading(), widened)).toEqual(denied('denied'));
  });

  test('what a permit inside a denial would widen: it stays within what the denial is about', () => {
    const about = { effect: 'deny', categories: ['imaging'], exceptions: [{ purposes: ['TREAT'] }] } as const;
    expect(deciding(reading({ record: record({ category: 'imaging' }) }), about)).toEqual(permitted);
    expect(deciding(reading(), about)).toEqual(denied('no-consent'));
  });

  test('an instance of a category that was not granted', () => {
    const named = record({ category: 'sensitive' });
    expect(deciding(reading({ record: named }), { records: [named.id] })).toEqual(denied('sensitive'));
    expect(deciding(reading({ record: { ...named, category: 'imaging' } }), { categories: ['results'], records: [named.id] })).toEqual(denied('category'));
  });

  test('sensitive records too, where a denial names no category', () => {
    expect(deciding(reading({ record: record({ category: 'sensitive' }) }), { categories: ['sensitive'] }, { effect: 'deny' })).toEqual(denied('denied'));
    expect(deciding(reading({ record: record({ category: 'sensitive' }) }), { categories: ['sensitive'], exceptions: [{ purposes: ['TREAT'] }] })).toEqual(denied('exception'));
  });

  test('a purpose that a patient might think included', () => {
    expect(deciding(reading({ purpose: 'ETREAT' }), { purposes: ['TREAT'] })).toEqual(denied('purpose'));
  });

  test('everything to a recipient whose policy on chain is one that the gateway has not', () => {
    const stale = { ...standing(policy()), word: standing(policy({ effect: 'deny' })).word };
    expect(decide([stale, standing(policy({ recipient: DOCTOR }))], reading())).toEqual(denied('changed'));
    expect(decide([stale, standing(policy({ recipient: DOCTOR }))], reading({ organisation: undefined }))).toMatchObject({ outcome: 'permit' });
  });

  test('a longer period than the one on chain: the word holds period and digest', () => {
    const granted = standing(policy());
    expect(decide([{ ...granted, policy: policy({ until: (UNTIL + 1) as UnixSeconds }) }], reading())).toEqual(denied('changed'));
  });

  test('nothing any more by a denial that was taken back', () => {
    expect(decide([standing(policy()), { ...standing(policy({ effect: 'deny' })), word: CLEARED_WORD }], reading())).toEqual(permitted);
  });

  test('a category, a purpose or a person that is the name of something in JavaScript', () => {
    const { decide } = prepare([standing(policy())]);
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(decide(reading({ purpose: name } as never))).toEqual(denied('purpose'));
      expect(decide(reading({ record: { ...record(), category: name } } as never))).toEqual(denied('category'));
      expect(decide(reading({ person: name, organisation: name } as never))).toEqual(denied('no-consent'));
    }
  });
});
