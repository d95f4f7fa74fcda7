// Events with one entry a person: what the service takes from lanes, what it keeps, and what attackers make of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopeOf, type FieldElement } from '#passport';
import { createNullifierBook, deleteExpired, VERIFIER_MIGRATIONS } from '#verifier';
import { describeOnDatabases } from '../server/databases.ts';
import { startKeeping, type Answer, type Caller, type Keeping } from './keeping-scene.ts';

const DAY = 86_400;
const told = ({ status, body }: Answer) => [status, body['code']];
type Told = { readonly sequence: number; readonly first: boolean; readonly earlier?: { readonly lane: string } };

describeOnDatabases('an event', VERIFIER_MIGRATIONS, ({ database }) => {
  let scene: Keeping;
  let [north, south]: Caller[] = [];
  let id = '';
  let scope = '';
  const today = () => new Date(scene.now() * 1000).toISOString().slice(0, 10);
  const create = (change: object = {}) => scene.operator('POST', '/events', { name: 'Concert', audience: 'City hall', rule: 'over-18', days: [today()], capacity: 100, ...change });
  const entry = (sequence: number, nullifier: string, change: object = {}) => ({ sequence, nullifier, scope, at: scene.now(), ...change });
  const report = (by: Caller, lane: string, entries: readonly object[], { after = 0, event = id, name = 'North', doubles = 0 } = {}) =>
    by('POST', `/events/${event}/entries`, { lane: lane.padEnd(16, '-'), name, after, doubles, entries });
  const toldOf = ({ body }: Answer) => body['told'] as Told[];
  const counts = async () => (await scene.operator('GET', `/events/${id}/counts`)).body as { entries: number; doubles: number; steps: unknown[]; lanes: { name: string }[] };

  beforeAll(async () => {
    scene = await startKeeping(database());
    const made = await create();
    id = String(made.body['id']);
    scope = scopeOf('City hall', `Concert ${today()}`).toString(16);
    [north, south] = [scene.operator, scene.operator];
  });
  afterAll(() => scene.stop());

  test('names the rule in the version of its making, and what wallets bind for each day', async () => {
    const { body } = await scene.operator('GET', `/events/${id}`);
    expect(body).toMatchObject({ name: 'Concert', rule: 'over-18@1', capacity: 100, days: [{ day: today(), event: `Concert ${today()}` }] });
    expect((await scene.operator('GET', '/events')).body['events']).toHaveLength(1);
  });

  test('of two lanes that let the same person in, the first to tell keeps the entry, and the other hears of it', async () => {
    expect(toldOf(await report(north!, 'north', [entry(1, 'a1'), entry(2, 'a2')]))).toEqual([{ sequence: 1, first: true }, { sequence: 2, first: true }]);
    const answer = await report(south!, 'south', [entry(1, 'a1'), entry(2, 'a3')], { name: 'South' });
    expect(toldOf(answer)).toEqual([{ sequence: 1, first: false, earlier: { lane: 'North', at: expect.any(Number) as number } }, { sequence: 2, first: true }]);
    expect(answer.body['others']).toEqual([expect.objectContaining({ nullifier: 'a1' }), expect.objectContaining({ nullifier: 'a2' })]);
    // Whom a lane turned away in time is no double entry: it tells how many it let in all the same.
    expect(await counts()).toMatchObject({ entries: 3, doubles: 0 });
    await report(south!, 'south', [], { name: 'South', doubles: 1 });
    expect(await counts()).toMatchObject({ entries: 3, doubles: 1, lanes: [{ name: 'North', entries: 2, doubles: 0 }, { name: 'South', entries: 1, doubles: 1 }] });
  });

  test('what a lane tells twice is told the same again, and counted once', async () => {
    const before = await counts();
    const again = await report(south!, 'south', [entry(1, 'a1'), entry(2, 'a3')], { name: 'South', doubles: 1 });
    expect(toldOf(again).map(({ first }) => first)).toEqual([false, true]);
    expect(await counts()).toEqual({ ...before, lanes: before.lanes.map((lane) => ({ ...lane, seenAt: expect.any(Number) as number })) }); // a second may have passed
  });

  test('a lane hears only what is new since it last asked', async () => {
    const { body } = await report(north!, 'north', []);
    const cursor = Number(body['cursor']);
    expect((await report(north!, 'north', [], { after: cursor })).body).toMatchObject({ others: [], cursor, more: false });
    await report(south!, 'south', [entry(3, 'a4')], { name: 'South', doubles: 1 });
    expect((await report(north!, 'north', [], { after: cursor })).body['others']).toEqual([expect.objectContaining({ nullifier: 'a4' })]);
  });

  test('many lanes at the same moment: each person once, nobody lost', async () => {
    const people = Array.from({ length: 12 }, (_, i) => `b${i}`);
    const answers = await Promise.all([1, 2, 3, 4].map((lane) => report(north!, `gate${lane}`, people.map((nullifier, i) => entry(i + 1, nullifier)), { name: `Gate ${lane}` })));
    const firsts = answers.flatMap((answer) => toldOf(answer).filter(({ first }) => first).map(({ sequence }) => sequence));
    expect(firsts.toSorted((a, b) => a - b)).toEqual(people.map((_, i) => i + 1));
  });

  test('who entered by a pass that the service itself verified counts, and the lanes hear of him; and the other way round', async () => {
    const book = createNullifierBook(database(), scene.now);
    const before = await counts();
    const cursor = Number((await report(north!, 'north', [])).body['cursor']);
    const field = (hex: string) => BigInt(`0x${hex}`) as FieldElement;
    expect([await book.claim(field(scope), field('c1')), await book.claim(field(scope), field('c1')), await book.claim(field(scope), field('a1'))]).toEqual([true, false, false]);
    const heard = await report(north!, 'north', [entry(9, 'c1')], { after: cursor });
    expect(toldOf(heard)).toEqual([{ sequence: 9, first: false, earlier: { lane: '', at: expect.any(Number) as number } }]);
    expect(heard.body['others']).toEqual([expect.objectContaining({ nullifier: 'c1' })]);
    expect(await counts()).toMatchObject({ entries: before.entries + 1, doubles: before.doubles, lanes: expect.arrayContaining([expect.objectContaining({ name: '', entries: 1 })]) as unknown });
  });

  test('mistake: a name with a day in it, the same day twice, no such day, a rule that is not there, a day that is over', async () => {
    for (const change of [{ name: 'Concert 2026-01-01' }, { days: [today(), today()] }, { days: ['2026-02-30'] }, { name: 'a\u202eb' }, { capacity: 0 }]) expect(told(await create(change))).toEqual([400, 'request-invalid']);
    expect(told(await create({ rule: 'nothing' }))).toEqual([404, 'rule-unknown']);
    expect(told(await create({ days: ['2020-01-01'] }))).toEqual([410, 'event-over']);
  });

  describe('attack', () => {
    test('a stranger tells entries, so that people are turned away', async () => {
      expect(told(await report(scene.stranger, 'evil', [entry(1, 'd1')]))).toEqual([401, 'not-authorised']);
      expect(told(await scene.stranger('GET', '/events'))).toEqual([401, 'not-authorised']);
      expect(told(await scene.stranger('GET', `/events/${id}/counts`))).toEqual([401, 'not-authorised']);
    });
    test('staff of another organisation see, fill or delete the event', async () => {
      const foreign = await scene.client(['entries:claim'], 'other');
      expect(told(await foreign('GET', `/events/${id}`))).toEqual([404, 'event-unknown']);
      expect(told(await report(foreign, 'evil', [entry(1, 'd1')]))).toEqual([404, 'event-unknown']);
      expect((await foreign('GET', '/events')).body['events']).toEqual([]);
      expect(told(await foreign('DELETE', `/events/${id}`))).toEqual([403, 'forbidden']);
    });
    test('a lane speaks for another lane', async () => {
      const [gate, other] = [await scene.client(['entries:claim']), await scene.client(['entries:claim'])];
      const event = String((await create({ name: 'Gates' })).body['id']);
      const own = { scope: scopeOf('City hall', `Gates ${today()}`).toString(16) };
      expect((await report(gate, 'mine', [entry(1, 'e1', own)], { event })).status).toBe(200);
      expect(told(await report(other, 'mine', [entry(2, 'e2', own)], { event }))).toEqual([403, 'lane-foreign']);
      expect((await report(other, 'yours', [entry(1, 'e2', own)], { event })).status).toBe(200);
    });
    test('replay: an entry of this event is told to another one, or under a scope that nobody asked', async () => {
      expect(told(await report(north!, 'north', [entry(20, 'f1', { scope: scopeOf('City hall', `Other ${today()}`).toString(16) })]))).toEqual([400, 'request-invalid']);
    });
    test('a number is used again for somebody else, to make the first person fit twice', async () => {
      expect(told(await report(north!, 'north', [entry(1, 'f2')]))).toEqual([409, 'entry-conflict']);
      expect(await database().query('SELECT 1 FROM entry WHERE nullifier = $1', ['f2'])).toEqual([]);
    });
    test.each([
      ['more entries than one request holds', () => ({ entries: Array.from({ length: 101 }, (_, i) => entry(i + 1, 'aa')) })], ['a number below one', () => ({ entries: [entry(0, 'aa')] })],
      ['a mark in another spelling', () => ({ entries: [entry(1, '00aa')] })], ['a mark in capitals', () => ({ entries: [entry(1, 'AA')] })], ['a name beside the mark', () => ({ entries: [entry(1, 'aa', { name: 'Anna' })] })],
      ['a lane without a name', () => ({ name: '' })],
    ])('%s', async (_name, change) => {
      expect(told(await north!('POST', `/events/${id}/entries`, { lane: 'north'.padEnd(16, '-'), name: 'North', after: 0, entries: [], ...change() }))).toEqual([400, 'request-invalid']);
    });
    test('an event of the same names is made and deleted, by whichever organisation, so that everybody may enter a second time', async () => {
      const twin = await create();
      expect((await scene.operator('DELETE', `/events/${String(twin.body['id'])}`)).status).toBe(204);
      expect(toldOf(await report(north!, 'north-again', [entry(1, 'a2')]))).toEqual([{ sequence: 1, first: false, earlier: { lane: 'North', at: expect.any(Number) as number } }]);
    });
    test('flooding: lanes without end', async () => {
      const event = String((await create({ name: 'Flood' })).body['id']);
      const answers = [];
      for (let i = 0; i < 101; i++) answers.push((await report(north!, `lane${i}`, [], { event })).status);
      expect([answers.slice(0, 100).every((status) => status === 200), answers.at(-1)]).toEqual([true, 503]);
    });
  });

  test('when it is over, nothing is taken any more, marks are gone and counts stay for a month', async () => {
    const before = await counts();
    scene.later(2 * DAY);
    expect(told(await report(north!, 'north', [entry(30, 'aa')]))).toEqual([410, 'event-over']);
    await deleteExpired(database(), scene.now());
    expect(await database().query('SELECT 1 FROM event_entry WHERE event = $1', [id])).toEqual([]);
    expect(await database().query('SELECT 1 FROM entry WHERE scope = $1', [scope])).toEqual([]);
    expect(await counts()).toEqual(before);
    scene.later(31 * DAY);
    await deleteExpired(database(), scene.now());
    expect(told(await scene.operator('GET', `/events/${id}`))).toEqual([404, 'event-unknown']);
  });

  test('deleted early, nothing of it stays', async () => {
    const event = String((await create()).body['id']);
    await report(north!, 'north', [entry(1, 'ab', { scope: scopeOf('City hall', `Concert ${today()}`).toString(16) })], { event });
    expect((await scene.operator('DELETE', `/events/${event}`)).status).toBe(204);
    for (const table of ['event_entry', 'event_lane', 'event_count']) expect(await database().query(`SELECT 1 FROM ${table} WHERE event = $1`, [event])).toEqual([]);
    expect(await database().query('SELECT 1 FROM entry WHERE nullifier = $1', ['ab'])).toEqual([]);
  });
});
