// A hundred thousand rows pass through: what is held of them does not grow with them.
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyDatabases } from '../../server/empty-database.ts';

const ROWS = 100_000;
/**
 * Bytes by which the process may grow after its first five thousand rows: PGlite fills its buffers (128 MB), V8 its heap. The file has more than 300 MB, and
 * would take a multiple of that as objects.
 */
const BOUND = 250_000_000;
/** Without this V8 takes what it can get before it cleans up. */
const HEAP = '--max-old-space-size=256';

type Told = { readonly early: number; readonly most: number; readonly bytes: number; readonly total: number; readonly ready: number; readonly refused: number; readonly seconds: number; readonly uploadSeconds: number };

describe('the dry run', () => {
  test(`of ${ROWS} rows holds a page of them at a time`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'healthpass-campaign-'));
    try {
      await copyDatabases([join(folder, 'database')]);
      const told = await new Promise<Told>((resolve, reject) => {
        const child = fork(new URL('./memory-child.ts', import.meta.url), [JSON.stringify([join(folder, 'database'), ROWS])], { execArgv: [HEAP], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
        child.once('message', (message) => resolve(message as Told)); // memory-child.ts sends nothing else
        child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
      });
      process.stdout.write(`${ROWS} rows, ${(told.bytes / 1e6).toFixed(1)} MB: taken in after ${told.uploadSeconds.toFixed(1)} s, checked after ${told.seconds.toFixed(1)} s; ${(told.early / 1e6).toFixed(0)} MB, at most ${(told.most / 1e6).toFixed(0)} MB\n`);
      expect([told.total, told.ready + told.refused]).toEqual([ROWS, ROWS]);
      expect(told.bytes).toBeGreaterThan(BOUND);
      expect(told.most - told.early).toBeLessThan(BOUND);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 400_000);
});
