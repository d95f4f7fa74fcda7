import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileIfThere, readJsonFile, secretFile, tryLock, withLock, writeFileAtomic } from '#server';

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'healthpass-files-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('writeFileAtomic', () => {
  test('replaces a file whole, and leaves nothing beside it', async () => {
    await writeFileAtomic(at('deep/er/file'), 'first');
    await Promise.all(['second', 'third'].map((text) => writeFileAtomic(at('deep/er/file'), text)));
    expect(['second', 'third']).toContain(await readFile(at('deep/er/file'), 'utf8'));
    expect(await readdir(at('deep/er'))).toEqual(['file']);
  });
  test('leaves the old file where the new one cannot be put', async () => {
    await writeFileAtomic(at('folder/inside'), 'x');
    await expect(writeFileAtomic(at('folder'), 'y')).rejects.toThrow();
    expect(await readFile(at('folder/inside'), 'utf8')).toBe('x');
  });
});

describe('secretFile', () => {
  test('makes a secret once, for its owner alone', async () => {
    const secret = await secretFile(at('secret.hex'));
    expect([secret.length, await secretFile(at('secret.hex'))]).toEqual([32, secret]);
    expect((await stat(at('secret.hex'))).mode & 0o777).toBe(0o600);
    expect(await secretFile(at('other.hex'))).not.toEqual(secret);
  });
  test.each([['cut', 'ab'.repeat(31)], ['empty', ''], ['no hex', 'z'.repeat(64)], ['too long', 'ab'.repeat(33)]])('takes no secret that is %s for another', async (_name, text) => {
    await writeFile(at('damaged.hex'), text);
    await expect(secretFile(at('damaged.hex'))).rejects.toMatchObject({ code: 'configuration-invalid', field: 'damaged.hex' });
  });
});

describe('reading files of ours', () => {
  test('one that is not there is no error, one that cannot be read is', async () => {
    expect([await readFileIfThere(at('nowhere')), await readJsonFile(at('nowhere'))]).toEqual([undefined, undefined]);
    await expect(readFileIfThere(folder)).rejects.toThrow();
    await writeFile(at('half.json'), '{"a":');
    await expect(readJsonFile(at('half.json'))).rejects.toMatchObject({ code: 'json-malformed' });
    await writeFile(at('long.json'), JSON.stringify('x'.repeat(100)));
    await expect(readJsonFile(at('long.json'), 50)).rejects.toMatchObject({ code: 'text-too-long' });
    await chmod(at('long.json'), 0o600);
  });
});

describe('locks', () => {
  test('of one place, one has it', () => {
    const release = tryLock(at('lock'))!;
    expect(tryLock(at('lock'))).toBeUndefined();
    release();
    const again = tryLock(at('lock'));
    expect(again).toBeDefined();
    again!();
  });
  test('who waits gets it in turn, or gives up', async () => {
    let inside = 0;
    await Promise.all(Array.from({ length: 5 }, () => withLock(at('turn'), 10_000, async () => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
    })));
    const release = tryLock(at('held'))!;
    await expect(withLock(at('held'), 1, async () => {})).rejects.toMatchObject({ code: 'service-unavailable', field: 'lock' });
    release();
    await expect(withLock(at('held'), 1000, () => Promise.reject(new Error('task')))).rejects.toThrow('task');
    await expect(withLock(at('held'), 1000, async () => 'free again')).resolves.toBe('free again');
  });
});
