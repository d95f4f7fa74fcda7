import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFolderKeyValue, createSealedStore } from '#issuer/agent/index.ts';

const KEY = new Uint8Array(32).fill(1);
let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'sealed-')); });
afterEach(() => rm(folder, { recursive: true }));
const open = (key = KEY) => createSealedStore(createFolderKeyValue(folder), key);
const files = async () => (await readdir(folder)).map((name) => join(folder, name));

describe('createSealedStore', () => {
  test('keeps values over a restart, by name and by kind', async () => {
    const store = await open();
    await store.set('key/a', { x: 1 });
    await store.set('key/b', { x: 2 });
    await store.set('did/a', 'other');
    const again = await open();
    expect(await again.get('key/a')).toEqual({ x: 1 });
    expect(await again.all('key')).toEqual(expect.arrayContaining([{ x: 1 }, { x: 2 }]));
    await again.delete('key/a');
    expect(await again.get('key/a')).toBeUndefined();
    expect(await (await open()).all('key')).toEqual([{ x: 2 }]);
  });
  test('a value that a caller changes stays as it was', async () => {
    const store = await open();
    await store.set('key/a', { list: [1] });
    ((await store.get('key/a')) as { list: number[] }).list.push(2);
    expect(await store.get('key/a')).toEqual({ list: [1] });
  });
  test('a name cannot lead out of the folder', async () => {
    const store = await open();
    await store.set('key/../../escape', 1);
    expect(await files()).toHaveLength(1);
    expect(await (await open()).get('key/../../escape')).toBe(1);
  });
  test('seals one value differently each time', async () => {
    const store = await open();
    await store.set('key/a', 1);
    const [path] = await files();
    const before = await readFile(path!);
    await store.set('key/a', 1);
    expect((await readFile(path!)).equals(before)).toBe(false);
  });
  test('does not open with another key file', async () => {
    await (await open()).set('key/a', 1);
    await expect((await open(new Uint8Array(32).fill(2))).get('key/a')).rejects.toMatchObject({ code: 'sealed-invalid' });
  });
  test('notices two values whose files were swapped', async () => {
    const store = await open();
    await store.set('key/a', 1);
    await store.set('key/b', 2);
    const [one, two] = await files();
    const [first, second] = await Promise.all([readFile(one!), readFile(two!)]);
    await writeFile(one!, second);
    await writeFile(two!, first);
    await expect((await open()).get('key/a')).rejects.toMatchObject({ code: 'sealed-invalid' });
  });
  test('notices a changed bit, a missing byte and an empty file', async () => {
    await (await open()).set('key/a', 1);
    const [path] = await files();
    const sealed = await readFile(path!);
    const flipped = Uint8Array.from(sealed);
    flipped[flipped.length - 1]! ^= 1;
    for (const bytes of [flipped, sealed.subarray(1), sealed.subarray(0, -1), new Uint8Array()]) {
      await writeFile(path!, bytes);
      await expect((await open()).get('key/a')).rejects.toMatchObject({ code: 'sealed-invalid' });
    }
  });
  test.each([0, 16, 31, 33])('refuses a key of %i bytes', async (length) => {
    await expect(open(new Uint8Array(length))).rejects.toMatchObject({ code: 'configuration-invalid' });
  });
});
