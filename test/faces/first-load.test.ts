// What an app loads before anything is shown: its page and every script that this one needs at once. What comes later (other languages, the camera,
// receiving, answering, the prover; records, their keys and FHIR) is no part of it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildFaces, buildFolder } from '#faces/build/index.ts';

/** Bytes. */
const LIMIT = 200_000;

test.each([['wallet', /prover|answering|receiving|x509|zxing/], ['records', /member-|fhir|check\.worker|patient|record/]] as const)('the first load of the %s is at most 200 kB of compressed script', async (name, later) => {
  await buildFaces([name]);
  const folder = buildFolder(name);
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const sizes = new Map<string, number>();
  const waiting = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sizes.has(path)) continue;
    const script = await readFile(join(folder, path), 'utf8');
    sizes.set(path, gzipSync(script, { level: 9 }).length);
    waiting.push(...[...script.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map((match) => `assets/${match[1]!}`));
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(50_000); // an app that loads nothing was not measured
  expect(total).toBeLessThan(LIMIT);
  expect([...sizes.keys()].filter((path) => later.test(path))).toEqual([]);
});
