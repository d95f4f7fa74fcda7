import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDataKeys, createLocalKeyProvider, openBlindIndex, openKeyFile, openSealer, SEALING_MIGRATION } from '#server';
import { describeOnDatabases } from '../databases.ts';

const key = (byte: number) => new Uint8Array(32).fill(byte);
const [old, next] = [createLocalKeyProvider([key(1)]), createLocalKeyProvider([key(2)])];
const both = createLocalKeyProvider([key(2), key(1)]);
const invalid = expect.objectContaining({ code: 'sealed-invalid' });

describeOnDatabases('keys in the database', [SEALING_MIGRATION], ({ database }) => {
  beforeEach(() => database().query('DELETE FROM data_key'));

  test('two processes that start at once get the same sealer', async () => {
    const [one, other] = await Promise.all([openSealer(database(), old), openSealer(database(), old)]);
    expect(await other.open('x', await one.seal('x', 5))).toBe(5);
    await expect(openSealer(database(), next)).rejects.toEqual(invalid);
  });

  test('a key that is there is not made again, and one that was destroyed is gone', async () => {
    const keys = createDataKeys(old);
    const made = await keys.add(database(), ['a', 'b']);
    expect(await keys.add(database(), ['b', 'c'])).toEqual(new Map([['c', expect.any(Uint8Array)]]));
    expect(await keys.read(database(), ['a', 'b', 'none'])).toEqual(made);
    await keys.destroy(database(), ['a']);
    expect([...(await keys.read(database(), ['a', 'b'])).keys()]).toEqual(['b']);
  });

  test('a key put under another name opens nothing', async () => {
    const keys = createDataKeys(old);
    await keys.add(database(), ['a', 'b']);
    await database().query("UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE name = 'b') WHERE name = 'a'");
    await expect(keys.read(database(), ['a'])).rejects.toEqual(invalid);
  });

  test('after a renewal the new key alone opens everything, and the old one nothing', async () => {
    const names = Array.from({ length: 450 }, (_, i) => `patient/${i}`);
    const made = await createDataKeys(old).add(database(), names);
    expect(await createDataKeys(both).renew(database())).toBe(450);
    expect(await createDataKeys(both).renew(database())).toBe(0);
    expect(await createDataKeys(next).read(database(), names)).toEqual(made);
    await expect(createDataKeys(old).read(database(), names.slice(0, 1))).rejects.toEqual(invalid);
  });

  test('digests stay over a renewal, and differ by index, value and key', async () => {
    const digest = (await openBlindIndex(database(), old, 'person'))('x');
    await createDataKeys(both).renew(database());
    const person = await openBlindIndex(database(), next, 'person');
    expect(person('x')).toEqual(digest);
    expect(person('y')).not.toEqual(digest);
    expect((await openBlindIndex(database(), next, 'lot'))('x')).not.toEqual(digest);
  });
});

describe('openKeyFile', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'healthpass-keys-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('makes a key on first use, for its owner alone, and reads it from then on', async () => {
    const file = join(folder, 'sealing.hex');
    const wrapped = await (await openKeyFile(file)).wrap(key(7), 'a');
    expect(await (await openKeyFile(file)).unwrap(wrapped, 'a')).toEqual(key(7));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('a line put before the others wraps from then on, and the others still open', async () => {
    const file = join(folder, 'sealing.hex');
    const wrapped = await (await openKeyFile(file)).wrap(key(7), 'a');
    await writeFile(file, `${Buffer.from(key(9)).toString('hex')}\n${await readFile(file, 'utf8')}`);
    const provider = await openKeyFile(file);
    expect(await provider.presentKey()).toBe(await createLocalKeyProvider([key(9)]).presentKey());
    expect(await provider.unwrap(wrapped, 'a')).toEqual(key(7));
  });

  test.each([['an empty file', ''], ['a cut key', 'ab'.repeat(31)], ['a line that is none', `${'ab'.repeat(32)}\nold key`]])('refuses %s instead of making another', async (_name, text) => {
    await writeFile(join(folder, 'sealing.hex'), text);
    await expect(openKeyFile(join(folder, 'sealing.hex'))).rejects.toMatchObject({ code: 'configuration-invalid', field: 'sealing.hex' });
  });
});
