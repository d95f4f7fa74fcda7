// Lanes of one event against the real book of the service, over a network that loses, repeats and delays, and devices that stop at any moment.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scopeOf, type UnixSeconds } from '#passport';
import { OPERATOR, type Database } from '#server';
import { VERIFIER_MIGRATIONS } from '#verifier';
import { createEventBook, type Event } from '#verifier/events/events.ts';
import { createLaneBook } from '#verifier/events/lanes.ts';
import { forgetOver, listLanes, saveLane } from '#verifier/scanner/events/lane-list.ts';
import { createMemoryTable, type LaneTable } from '#verifier/scanner/events/lane-table.ts';
import { createLane, type LaneDeps, type LaneReport } from '#verifier/scanner/events/lane.ts';
import { openEmptyDatabase } from '../../server/empty-database.ts';

const NOW = Date.UTC(2027, 4, 3, 18) / 1000 as UnixSeconds;
const now = () => NOW;
const scope = scopeOf('Club', 'Night 2027-05-03').toString(16);
const endless = () => new Promise<void>(() => {});

let database: Database;
let event: Event;
beforeAll(async () => { database = await openEmptyDatabase(VERIFIER_MIGRATIONS); });
afterAll(() => database.close());
beforeEach(async () => {
  await database.query('DELETE FROM event');
  await database.query('DELETE FROM entry');
  event = await createEventBook(database, now).create({ name: 'Night', audience: 'Club', rule: 'over-18@1', days: ['2027-05-03'] }, OPERATOR);
});

const deliver = (report: LaneReport) => createLaneBook(database, now).report(event, JSON.parse(JSON.stringify(report)) as LaneReport, OPERATOR);
let made = 0;
const lane = (table: LaneTable, given: Partial<LaneDeps> = {}) =>
  createLane({ table, event: 'night', name: 'Door', send: deliver, now, patience: endless, newLane: () => `lane-${String(made++).padStart(16, '0')}`, ...given });
const failing = () => Promise.reject(new Error('no network'));
const counts = () => createEventBook(database, now).counts(event);

describe('createLane', () => {
  test('lets a person in once, and says when the first entry was', async () => {
    const door = lane(createMemoryTable());
    expect(await door.claim(scope, 'a')).toEqual({ first: true, sure: true });
    expect(await door.claim(scope, 'a')).toEqual({ first: false, sure: true, at: NOW, here: true });
    expect(await door.state()).toMatchObject({ entered: 1, unsent: 0, doubles: [], heardAt: NOW });
  });

  test('whom another lane let in is turned away, also without a network when it was heard before', async () => {
    const table = createMemoryTable();
    await lane(createMemoryTable()).claim(scope, 'a');
    expect(await lane(table).claim(scope, 'a')).toEqual({ first: false, sure: true, at: NOW, here: false });
    expect((await lane(table).state()).entered).toBe(0);
    expect(await counts()).toMatchObject({ entries: 1, doubles: 0 });
    await lane(createMemoryTable()).claim(scope, 'b');
    await lane(table).sync();
    expect(await lane(table, { send: failing }).claim(scope, 'b')).toMatchObject({ first: false, here: false });
  });

  test('without a network it lets in, says that it is not sure, and reports the double entry later', async () => {
    const table = createMemoryTable();
    const door = lane(table, { send: failing });
    expect(await door.claim(scope, 'a')).toEqual({ first: true, sure: false });
    expect(await door.state()).toMatchObject({ entered: 1, unsent: 1, heardAt: undefined });
    await lane(createMemoryTable(), { name: 'Other door' }).claim(scope, 'a');
    const back = lane(table);
    await back.sync();
    expect(await back.state()).toMatchObject({ entered: 1, unsent: 0, doubles: [{ sequence: 1, at: NOW, earlier: { lane: 'Other door', at: NOW } }] });
    expect(await counts()).toMatchObject({ entries: 1, doubles: 1 });
  });

  test('nobody waits at the door for a network that does not answer', async () => {
    const table = createMemoryTable();
    const door = lane(table, { send: endless as never, patience: async () => {} });
    expect(await door.claim(scope, 'a')).toEqual({ first: true, sure: false });
    // What comes late is a double, since the person is in.
    await lane(createMemoryTable()).claim(scope, 'a');
    const later = lane(table);
    await later.sync();
    expect((await later.state()).doubles).toHaveLength(1);
  });

  test('a lane that is alone is sure of itself', async () => {
    const door = lane(createMemoryTable(), { send: undefined });
    expect(await door.claim(scope, 'a')).toEqual({ first: true, sure: true });
    expect(await door.claim(scope, 'a')).toMatchObject({ first: false });
    expect((await door.state()).unsent).toBe(0);
  });

  test('attack: the same pass shown at one door twenty times at once', async () => {
    const door = lane(createMemoryTable());
    const claimed = await Promise.all(Array.from({ length: 20 }, () => door.claim(scope, 'a')));
    expect(claimed.filter(({ first }) => first)).toHaveLength(1);
  });

  test('attack: the same pass shown in two tabs of one device', async () => {
    const table = createMemoryTable();
    const [one, two] = [lane(table), lane(table)];
    const claimed = await Promise.all([one.claim(scope, 'a'), two.claim(scope, 'a'), one.claim(scope, 'b'), two.claim(scope, 'c')]);
    expect(claimed.map(({ first }) => first).toSorted()).toEqual([false, true, true, true]);
    await Promise.all([one.sync(), two.sync()]);
    expect(await counts()).toMatchObject({ entries: 3, doubles: 0 });
  });

  test('attack: the same pass shown at two doors at once, both with a network: one lets in', async () => {
    const claimed = await Promise.all([lane(createMemoryTable()).claim(scope, 'a'), lane(createMemoryTable()).claim(scope, 'a')]);
    expect(claimed.map(({ first }) => first).toSorted()).toEqual([false, true]);
  });

  test('more entries than one report holds are told in several', async () => {
    const table = createMemoryTable();
    const offline = lane(table, { send: failing });
    for (let i = 0; i < 230; i++) await offline.claim(scope, i.toString(16));
    await lane(table).sync();
    expect(await counts()).toMatchObject({ entries: 230, doubles: 0 });
  });

  test('what was kept of an event goes when it is over', async () => {
    const table = createMemoryTable();
    const setup = { event: 'night', name: 'Night', lane: 'Door', scopes: [scope], endsAt: NOW + 10 };
    await saveLane(table, setup);
    await lane(table).claim(scope, 'a');
    await forgetOver(table, NOW);
    expect(await listLanes(table)).toEqual([setup]);
    await forgetOver(table, NOW + 10);
    expect(await table.change((change) => change.list('', 10))).toEqual([]);
  });

  type Step = { readonly lane: number; readonly person: number; readonly fate: 'well' | 'request lost' | 'answer lost' | 'told twice' | 'stops' };
  const step: fc.Arbitrary<Step> = fc.record({ lane: fc.nat(2), person: fc.nat(5), fate: fc.constantFrom('well', 'request lost', 'answer lost', 'told twice', 'stops') });

  test('whatever is lost, repeated or stopped: no double at one door, nobody forgotten, and all doors agree in the end', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      event = await createEventBook(database, now).create({ name: 'Night', audience: 'Club', rule: 'over-18@1', days: ['2027-05-03'] }, OPERATOR);
      await database.query('DELETE FROM entry');
      const tables = [0, 1, 2].map(() => createMemoryTable());
      const letIn = tables.map(() => new Map<string, number>());
      for (const { lane: door, person, fate } of steps) {
        const nullifier = (person + 1).toString(16);
        const send = async (report: LaneReport) => {
          if (fate === 'request lost' || fate === 'stops') return failing();
          const answer = await deliver(report);
          if (fate === 'told twice') await deliver(report);
          return fate === 'answer lost' ? failing() : answer;
        };
        // Each step is a device anew, on what was kept: whatever stood in memory is gone.
        const claimed = await lane(tables[door]!, { send }).claim(scope, nullifier);
        if (claimed.first) letIn[door]!.set(nullifier, (letIn[door]!.get(nullifier) ?? 0) + 1);
      }
      for (const people of letIn) expect([...people.values()].every((times) => times === 1)).toBe(true);
      for (let round = 0; round < 2; round++) for (const table of tables) await lane(table).sync();
      const everybody = new Set(letIn.flatMap((people) => [...people.keys()]));
      const states = await Promise.all(tables.map((table) => lane(table).state()));
      const total = await counts();
      expect(states.every(({ unsent }) => unsent === 0)).toBe(true);
      // Everybody who is in counts once; every further entry stands as a double at the door that let him in.
      expect(total.entries).toBe(everybody.size);
      expect(states.reduce((sum, { doubles }) => sum + doubles.length, 0)).toBe(letIn.reduce((sum, people) => sum + people.size, 0) - everybody.size);
      // And no door lets in any of them again, network or not.
      for (const table of tables) for (const nullifier of everybody) expect((await lane(table, { send: failing }).claim(scope, nullifier)).first).toBe(false);
    }), { numRuns: 40 });
  });
});
