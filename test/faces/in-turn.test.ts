// Builds of the same app in several processes: one builds, the others wait for it; what a process left behind stops nobody.
import { mkdir, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTurn } from '#faces/build/in-turn.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'in-turn-')); });
afterAll(() => rm(folder, { recursive: true }));

test('tasks that begin at the same moment run one after the other', async () => {
  let running = 0;
  let most = 0;
  await Promise.all(Array.from({ length: 5 }, () => inTurn(join(folder, 'a.lock'), async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running--;
  })));
  expect(most).toBe(1);
});

test('a task that fails lets the next one begin', async () => {
  await expect(inTurn(join(folder, 'b.lock'), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await inTurn(join(folder, 'b.lock'), async () => 'done')).toBe('done');
});

test('a lock that a process left behind when it was killed stops nobody', async () => {
  const lock = join(folder, 'c.lock');
  await mkdir(lock);
  const longAgo = Date.now() / 1000 - 3600;
  await utimes(lock, longAgo, longAgo);
  expect(await inTurn(lock, async () => 'done')).toBe('done');
});
