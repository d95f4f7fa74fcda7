// Changing the status of thousands at once, on a real chain: in as many transactions as blocks ask for, whoever waits.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outbox } from '#issuer';
import { entryStatus } from '#passport';
import { failure } from '../../contracts/system.ts';
import { indexOf, listOf, openOutboxScene, pause, type OutboxScene } from './scene.ts';

const MANY = 1500;

describe('changeStatus', () => {
  let scene: OutboxScene;
  let outbox: Outbox;
  const statusOf = async (i: number) => {
    const state = await scene.trust();
    return entryStatus({ ...state, lists: state.lists.map((list) => ({ ...list, words: list.latestWords })) }, 1, indexOf(i));
  };
  const id = (i: number) => scene.ids[i]!;
  beforeAll(async () => {
    scene = await openOutboxScene(MANY + 300);
    outbox = scene.outbox();
  });
  afterAll(() => scene?.stop());

  test('suspends thousands of entries of as many words in few transactions, and the roots stay those of the words', async () => {
    const outcomes = await scene.change(outbox, 'suspend', scene.ids.slice(0, MANY));
    expect(outcomes.filter(({ changed }) => changed)).toHaveLength(MANY);
    await scene.quiet(outbox);
    expect((await scene.events()).filter((name) => name === 'Suspended')).toHaveLength(Math.ceil(MANY / 256));
    const { words, sound } = await listOf(scene.trust);
    expect([words.size, sound]).toEqual([MANY, true]);
  });

  test('changes asked for at the same moment follow one another', async () => {
    const answers = await Promise.all([scene.change(outbox, 'reinstate', [id(0)]), scene.change(outbox, 'revoke', [id(1), id(1)]), scene.change(outbox, 'reinstate', [id(0), id(2)])]);
    expect(answers.map((outcomes) => outcomes.map(({ changed }) => changed))).toEqual([[true], [true], [false, true]]);
    expect(await Promise.all([0, 1, 2, 3].map(statusOf))).toEqual(['valid', 'revoked', 'valid', 'suspended']);
  });

  test('many small changes that wait together go out in few transactions, and of the same change asked twice one changes something', async () => {
    const before = (await scene.events()).length;
    const again = scene.ids.slice(MANY, MANY + 20);
    const answers = await Promise.all([...again, ...again].map((one) => scene.change(outbox, 'revoke', [one])));
    expect(answers.flat().filter(({ changed }) => changed)).toHaveLength(20);
    expect((await scene.events()).length - before).toBeLessThan(10);
  });

  test('what a revoked one cannot do keeps all the others as they were', async () => {
    expect(await failure(scene.change(outbox, 'reinstate', [id(3), id(1)]))).toBe('status-conflict id');
    expect(await failure(scene.change(outbox, 'revoke', [id(3), 'unknown']))).toBe('credential-unknown id');
    expect(await statusOf(3)).toBe('suspended');
    expect(await scene.change(outbox, 'revoke', [id(3), id(4)])).toMatchObject([{ changed: true }, { changed: true }]);
  });

  test('the id of an issuance stands for all its copies, and the id of one copy too', async () => {
    const copies = [0, 1, 2].map((copy) => ({ id: `urn:uuid:copy-${copy}`, issuance: 'visit-1', copy, list: 1, index: 1_000_000 + copy, issuedAt: 1, securings: [] }));
    await scene.store.remember(copies);
    expect(await scene.change(outbox, 'suspend', ['visit-1'])).toEqual(copies.map(({ id, list, index }) => ({ id, list, index, changed: true })));
    expect(await scene.change(outbox, 'reinstate', ['urn:uuid:copy-1'])).toEqual(copies.map(({ id, list, index }) => ({ id, list, index, changed: true })));
  });

  test('a repeated request under its key is given the outcome of the first, and sends nothing', async () => {
    const [a] = [id(MANY + 30)];
    const first = await scene.change(outbox, 'suspend', [a], { idempotencyKey: 'key-0001' });
    const before = (await scene.events()).length;
    expect(await scene.change(outbox, 'suspend', [a], { idempotencyKey: 'key-0001' })).toEqual(first);
    expect(first).toMatchObject([{ changed: true }]);
    expect((await scene.events()).length).toBe(before);
    expect(await failure(scene.change(outbox, 'revoke', [a], { idempotencyKey: 'key-0001' }))).toBe('request-invalid idempotencyKey');
    // Somebody else's key of the same name is another.
    expect(await scene.change(outbox, 'reinstate', [a], { idempotencyKey: 'key-0001', principal: { kind: 'operator', id: 'other', organisation: 'x' } })).toMatchObject([{ changed: true }]);
  });

  test('a change happens though the one who asked has gone away, and its audit row stands with it', async () => {
    const hasty = scene.outbox({ patience: 1, lock: async () => undefined }); // stands by: nobody but the other one writes
    expect(await failure(scene.change(hasty, 'suspend', [id(MANY + 40)], { reason: 'under-review' }))).toBe('chain-unavailable chain');
    while ((await statusOf(MANY + 40)) !== 'suspended') await pause(50);
    const rows = await scene.database.query(`SELECT action, detail, actor_kind FROM audit WHERE action = 'credential.suspend' ORDER BY id DESC LIMIT 1`);
    expect(rows).toEqual([{ action: 'credential.suspend', detail: JSON.stringify({ count: 1, reason: 'under-review' }), actor_kind: 'operator' }]);
  });

  test('says how far it is, without a word of whom it concerns', async () => {
    await scene.quiet(outbox);
    const lag = await outbox.lag();
    expect(lag).toMatchObject({ pending: 0, oldestSeconds: 0 });
    expect([lag.lastBlock! > 0, lag.gasBalance! > 10n ** 18n]).toEqual([true, true]);
    expect(await outbox.state()).toMatchObject({ writer: 'writing', kinds: {}, unfinal: 0, trouble: undefined });
  });
});
