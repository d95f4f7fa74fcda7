// Disks that are full or fail under the embedded database.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#server';
import { copyDatabases } from '../empty-database.ts';

const LINES = [{ name: 'line', sql: 'CREATE TABLE line (number int PRIMARY KEY, text text NOT NULL)' }];
const UNAVAILABLE = 'service-unavailable database';
type Said = { readonly answer: string; readonly meanwhile: readonly string[]; readonly afterwards: readonly [number, string, number]; readonly acknowledged: number };

describe('a full disk', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'healthpass-disk-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  // In the middle of a row, of the log, of a commit: where the engine gives up differs.
  test.each([0, 2, 23])('after %i more writes is told by its code, and once there is room everything goes on', async (room) => {
    const at = join(folder, String(room));
    await copyDatabases([at]);
    const { answer, meanwhile, afterwards, acknowledged } = await fillDisk(at, room);
    expect(answer).toBe(UNAVAILABLE);
    expect(new Set(meanwhile)).toEqual(new Set([UNAVAILABLE]));
    const [lines, again, more] = afterwards;
    expect(again).toBe('written');
    // A commit that was refused may have been made all the same; one that was acknowledged must be there, and always both rows.
    expect(lines).toBeGreaterThanOrEqual(2 * (acknowledged - 1));
    expect([lines % 2, more]).toEqual([0, lines + 2]);
    const database = await openDatabase(at, LINES);
    expect(await database.query('SELECT count(*)::int8 AS lines, count(DISTINCT number / 2)::int8 AS pairs FROM line')).toEqual([{ lines: more, pairs: more / 2 }]);
    await database.close();
  });
});

async function fillDisk(folder: string, room: number): Promise<Said> {
  const script = new URL('full-disk.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [script, folder, String(room)], { timeout: 40_000 });
  return JSON.parse(stdout) as Said;
}
