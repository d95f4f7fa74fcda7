// The writer is killed at every step, again and again, until its work is done: nothing is lost, nothing is there twice. Once as a process with
// SIGKILL, and many more times as a worker that is left standing in the middle of what it does while another takes its place.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIssuerStore, createOutbox, ISSUER_MIGRATIONS, type Outbox } from '#issuer';
import { STEPS } from '#issuer/outbox/index.ts';
import { openDatabase } from '#server';
import { startSystem, type System } from '../../contracts/system.ts';
import { FAST, ISSUER, listOf, now, pause, quiet, trustOf } from './scene.ts';
import { askForWork, blockedOf, EXPECTED, FINAL, shownBy, writeCredentials } from './work.ts';
import type { Death, Order } from './writer-process.ts';
import { copyDatabases, openEmptyDatabase } from '../../server/empty-database.ts';

const range = ([from, to]: readonly [number, number]) => Array.from({ length: to - from }, (_, i) => from + i);

async function assertDoneOnce(system: System): Promise<void> {
  expect(await shownBy(system.provider, system.deployment)).toEqual(EXPECTED);
  await system.mine(3);
  const { words, suspended, sound } = await listOf(trustOf([system.anvil.url], system.deployment));
  expect(blockedOf(words)).toEqual([...range(FINAL.revoked), ...range(FINAL.suspended)]);
  expect(blockedOf(suspended)).toEqual(range(FINAL.suspended));
  expect(sound).toBe(true);
}

/** A chain on which the issuer has done nothing yet, and which makes blocks by itself. */
async function openChain(): Promise<{ system: System; stop: () => Promise<void> }> {
  const system = await startSystem();
  await system.accredit(ISSUER);
  await system.mine(3);
  const ending = new AbortController();
  const mining = (async () => {
    while (!ending.signal.aborted) await Promise.all([system.mine(1), pause(400)]);
  })();
  return { system, stop: async () => (ending.abort(), await mining, system.stop()) };
}

/** Every step at the first thing to do, and some once more in the middle of the work. */
const DEATHS: readonly Death[] = [
  { step: 'written', time: 3 }, { step: 'written', time: 7 },
  ...STEPS.filter((step) => step !== 'final').map((step) => ({ step, time: 1 })), ...(['planned', 'sent', 'mined'] as const).map((step) => ({ step, time: 2 })), { step: 'final', time: 1 },
];

describe('an issuer that is killed with SIGKILL', () => {
  let system: System;
  let stop: () => Promise<void>;
  let folder: string;
  const children = new Set<ChildProcess>();
  /** A process that has read its code and waits for the word. */
  const launch = (): ChildProcess => {
    const child = fork(new URL('./writer-process.ts', import.meta.url), { env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'code') } });
    children.add(child);
    return child;
  };
  /** @returns whether it was killed; false when it had nothing more to do */
  const run = (child: ChildProcess, death?: Death): Promise<boolean> => new Promise((resolve, reject) => {
    let said: unknown;
    child.on('message', (message) => (said = message));
    child.once('exit', (code, signal) => {
      children.delete(child);
      if (said === 'quiet' && code === 0) resolve(false);
      else if (said === 'dying' && signal === 'SIGKILL') resolve(true);
      else reject(new Error(`the writer ended by itself (${code})`));
    });
    child.send({ url: system.anvil.url, deployment: system.deployment, folder: join(folder, 'database'), death } satisfies Order);
  });
  beforeAll(async () => {
    ({ system, stop } = await openChain());
    folder = await mkdtemp(join(tmpdir(), 'healthpass-kill-'));
    await copyDatabases([join(folder, 'database')]);
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await stop?.();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('at each step of each kind of write, and started again, makes every write once', async () => {
    let next = launch();
    for (const death of DEATHS) {
      const child = next;
      next = launch();
      expect([death, await run(child, death)]).toEqual([death, true]);
    }
    expect(await run(next)).toBe(false);
    await assertDoneOnce(system);
    const database = await openDatabase(join(folder, 'database'), ISSUER_MIGRATIONS);
    const open = await database.query(`SELECT state FROM chain_write WHERE state <> 'done' UNION ALL SELECT state FROM chain_call WHERE state IN ('planned', 'mined')`);
    await database.close();
    expect(open).toEqual([]);
  }, 600_000); // some 15 starts of a process, on a machine that may be busy
});

describe('a worker that is left standing in the middle of what it does', () => {
  const WORKERS = 200;
  let system: System;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ system, stop } = await openChain());
  });
  afterAll(() => stop?.());

  test('loses its place to the next, two hundred times over, and can do nothing when it wakes', async () => {
    const database = await openEmptyDatabase(ISSUER_MIGRATIONS);
    await writeCredentials(createIssuerStore(database));
    const standing: { outbox: Outbox; wake: () => void }[] = [];
    let dice = 12_345; // a generator of our own, so that a failure can be repeated
    const roll = (sides: number) => (dice = (dice * 48_271) % 2_147_483_647) % sides;
    let last: Outbox | undefined;
    const sync = trustOf([system.anvil.url], system.deployment);
    for (let i = 0; i <= WORKERS; i++) {
      const killAt = i === WORKERS ? Infinity : 1 + roll(4);
      let steps = 0;
      let stuck = () => {};
      const isStuck = new Promise<void>((resolve) => (stuck = resolve));
      let wake = () => {};
      const sleep = new Promise<void>((resolve) => (wake = resolve));
      const outbox = createOutbox({
        database, deployment: system.deployment, provider: system.provider, account: ISSUER, now, pace: FAST, sending: { poll: 20 },
        sync, onStep: () => (++steps === killAt ? (stuck(), sleep) : undefined),
      });
      outbox.start();
      if (i === 0) await askForWork({ database, outbox, deployment: system.deployment });
      last = outbox;
      standing.push({ outbox, wake });
      await Promise.race([isStuck, quiet(outbox, async () => {})]);
    }
    await quiet(last!, async () => {});
    for (const { wake } of standing) wake();
    for (const { outbox } of standing) await outbox.stop();
    await assertDoneOnce(system);
    await database.close();
  }, 300_000);
});
