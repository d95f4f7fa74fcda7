import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyBeacon, contribute, createInitialKey, verifyTranscript } from '#circuits/ceremony/phase2.ts';
import { assertPublished, makePowersOfTau, readPowersOfTau, type PowersOfTau } from '#circuits/ceremony/powers-of-tau.ts';
import published from '#circuits/ceremony/published-powers-of-tau.json' with { type: 'json' };
import { ensureCompiled, type CompiledCircuit } from '#circuits/compile.ts';
import { closeCurve } from '#circuits/curve-threads.ts';
import { ROOT } from '#circuits/paths.ts';
import { readTranscript, readVerifyingKey } from '#circuits/zkey.ts';
import { COMPILE_TIMEOUT } from './arena.ts';

const quiet = () => undefined;
const BEACON = '0102030405060708090a0b0c0d0e0f10';

let folder: string;
let circuit: CompiledCircuit;
let tau: PowersOfTau;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ceremony-'));
  circuit = await ensureCompiled(fileURLToPath(new URL('./ceremony/square.circom', import.meta.url)));
  await makePowersOfTau(4, file('tau.ptau'));
  tau = await readPowersOfTau(file('tau.ptau'));
}, COMPILE_TIMEOUT);
afterAll(async () => {
  await closeCurve();
  rmSync(folder, { recursive: true, force: true });
});

/** The command as a person runs it. */
function ceremony(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(ROOT, 'circuits/ceremony/main.ts'), ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
    child.stdin!.end('a line typed by a person\n');
  });
}

describe('a ceremony', () => {
  test('goes from hand to hand, and anybody can verify who took part', async () => {
    await createInitialKey(circuit, tau, file('0.zkey'), quiet);
    const ada = await contribute({ from: file('0.zkey'), to: file('1.zkey'), name: 'Ada' }, quiet);
    const { stdout } = await ceremony('contribute', '1.zkey', '2.zkey', '--name', 'Grace Hopper', '--text');
    const closing = await applyBeacon({ from: file('2.zkey'), to: file('3.zkey'), name: 'block', hex: BEACON, iterationsExponent: 10 }, quiet);

    const { contributions } = await verifyTranscript(circuit, file('3.zkey'), tau, quiet);
    expect(contributions.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['contribution Ada', 'contribution Grace Hopper', 'beacon block']);
    expect(contributions[0]).toEqual(ada);
    expect(stdout).toContain(contributions[1]!.hash);
    expect(contributions[2]).toEqual(closing);
    expect(closing.beacon).toEqual({ hex: BEACON, iterationsExponent: 10 });
  });

  test('gives another key at each contribution, even of the same person with the same text', async () => {
    const keys = [];
    for (const name of ['a', 'b']) {
      await contribute({ from: file('0.zkey'), to: file(`same-${name}.zkey`), name: 'Ada', typed: 'same' }, quiet);
      keys.push(readVerifyingKey(readFileSync(file(`same-${name}.zkey`))).delta);
    }
    expect(keys[0]).not.toEqual(keys[1]);
  });

  test('gives the same first key to everybody', async () => {
    await createInitialKey(circuit, tau, file('0-again.zkey'), quiet);
    expect(readFileSync(file('0-again.zkey')).equals(readFileSync(file('0.zkey')))).toBe(true);
  });
});

describe('verifyTranscript', () => {
  const refuses = (zkey: string) => expect(verifyTranscript(circuit, zkey, tau, quiet)).rejects;

  test('refuses the first key: nobody contributed', async () => {
    await refuses(file('0.zkey')).toMatchObject({ code: 'artifact-mismatch', field: 'vk_delta_2' });
  });

  test('takes a contributor\'s name on trust: what counts is the hash that he published', async () => {
    const bytes = readFileSync(file('3.zkey'));
    const at = bytes.indexOf('Grace Hopper');
    bytes.write('Grace Copper', at);
    writeFileSync(file('renamed.zkey'), bytes);
    const { contributions } = await verifyTranscript(circuit, file('renamed.zkey'), tau, quiet);
    expect(contributions[1]).toMatchObject({ name: 'Grace Copper', hash: readTranscript(readFileSync(file('3.zkey'))).contributions[1]!.hash });
  });

  test('refuses a key whose points were changed after the last contribution', async () => {
    const bytes = readFileSync(file('3.zkey'));
    const other = readFileSync(file('1.zkey'));
    // The last section before the contributions holds the points that delta divides: those of an earlier key.
    const [at, length] = sectionAt(bytes, 9);
    other.copy(bytes, at, sectionAt(other, 9)[0], sectionAt(other, 9)[0] + length);
    writeFileSync(file('changed.zkey'), bytes);
    await refuses(file('changed.zkey')).toMatchObject({ code: 'artifact-mismatch', field: 'changed.zkey' });
  });

  test('refuses a contribution that is left out of the transcript', async () => {
    const bytes = readFileSync(file('3.zkey'));
    const [at] = sectionAt(bytes, 10);
    bytes.writeUInt32LE(2, at + 64);
    writeFileSync(file('shortened.zkey'), bytes);
    await refuses(file('shortened.zkey')).toMatchObject({ code: 'artifact-mismatch' });
  });

  test('refuses a key of other powers of tau', async () => {
    await makePowersOfTau(4, file('other.ptau'));
    const other = await readPowersOfTau(file('other.ptau'));
    await expect(verifyTranscript(circuit, file('3.zkey'), other, quiet)).rejects.toMatchObject({ code: 'artifact-mismatch' });
  });
});

describe('powers of tau', () => {
  test('that are not in the published list are refused where published ones are asked', () => {
    expect(tau.source).toBe('local');
    expect(() => assertPublished(tau)).toThrow(expect.objectContaining({ code: 'artifact-mismatch', field: '--ptau' }));
  });

  test('of the published list have hashes of 64 bytes, each once, from 2^14 on', () => {
    const { files } = published;
    expect(new Set(files.map(({ blake2b }) => blake2b)).size).toBe(files.length);
    expect(files.map(({ power }) => power)).toEqual([14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28]);
    expect(files.every(({ blake2b }) => /^[0-9a-f]{128}$/.test(blake2b))).toBe(true);
  });

  test('too small for the circuit are refused, and no half-made key stays', async () => {
    await makePowersOfTau(2, file('small.ptau'));
    const small = await readPowersOfTau(file('small.ptau'));
    const big = await ensureCompiled();
    await expect(createInitialKey(big, small, file('none.zkey'), quiet)).rejects.toMatchObject({ code: 'artifact-mismatch' });
    expect(existsSync(file('none.zkey'))).toBe(false);
  }, COMPILE_TIMEOUT);
});

describe('npm run ceremony', () => {
  test('explains itself', async () => {
    const { code, stdout } = await ceremony('help');
    expect(code).toBe(0);
    for (const step of ['init', 'contribute', 'beacon', 'verify', 'finish']) expect(stdout).toContain(` -- ${step} `);
  });

  test.each([
    ['no such step', ['start']],
    ['an unknown option', ['init', '--force']],
    ['init without powers of tau', ['init', '--to', 'x.zkey']],
    ['init with both kinds of powers of tau', ['init', '--to', 'x.zkey', '--local', '--ptau', 'tau.ptau']],
    ['a missing file of powers of tau', ['init', '--to', 'x.zkey', '--ptau', 'none.ptau']],
    ['a contribution without a name', ['contribute', '0.zkey', 'x.zkey']],
    ['a name with a line break', ['contribute', '0.zkey', 'x.zkey', '--name', 'Ada\nGrace']],
    ['a name that is too long', ['contribute', '0.zkey', 'x.zkey', '--name', 'A'.repeat(65)]],
    ['a contribution to nothing', ['contribute', 'none.zkey', 'x.zkey', '--name', 'Ada']],
    ['a contribution over another file', ['contribute', '0.zkey', '1.zkey', '--name', 'Ada']],
    ['a beacon that is not hexadecimal', ['beacon', '2.zkey', 'x.zkey', '--hex', 'no', '--iterations', '10']],
    ['a beacon with too few iterations', ['beacon', '2.zkey', 'x.zkey', '--hex', BEACON, '--iterations', '9']],
  ])('answers %s with what is right', async (_, args) => {
    const { code, stderr, stdout } = await ceremony(...args);
    expect(stderr).toMatch(/^usage: /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(file('x.zkey'))).toBe(false);
  });

  test('refuses a file that is no key', async () => {
    copyFileSync(file('tau.ptau'), file('false.zkey'));
    const { code, stderr } = await ceremony('contribute', 'false.zkey', 'x.zkey', '--name', 'Ada');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^artifact-mismatch: /)]);
  });

  test('refuses powers of tau that nobody published', async () => {
    const { code, stderr } = await ceremony('init', '--to', 'x.zkey', '--ptau', 'tau.ptau');
    expect([code, stderr]).toEqual([1, expect.stringContaining('artifact-mismatch: ')]);
  }, COMPILE_TIMEOUT);
});

/** Where a section's content begins, and how long it is. */
function sectionAt(bytes: Buffer, wanted: number): [start: number, length: number] {
  for (let at = 12; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at + 4));
    if (bytes.readUInt32LE(at) === wanted) return [at + 12, length];
    at += 12 + length;
  }
  throw new Error('no such section');
}
