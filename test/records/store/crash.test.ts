// The storage as a process of its own, killed while it writes: what it said it has, it has, and what it has is whole.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStorage } from '#records/client/storage.ts';
import type { Reference } from '#records/model/record.ts';
import { verifyChunk } from '#records/model/swarm/chunk.ts';

const MAIN = fileURLToPath(new URL('../../../records/store/main.ts', import.meta.url));
let folder: string;
const started: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storage-'));
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

async function startStorage() {
  const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, HEALTHPASS_STORAGE_DATA: folder, HEALTHPASS_STORAGE_PORT: '0', HEALTHPASS_STORAGE_RESERVE: '0' } });
  started.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the storage has not started')));
    child.stdout.on('data', (text: Buffer) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text.toString()) ?? [];
      if (found) resolve(found);
    });
  });
  return { child, storage: createStorage({ url, fetch: (address, init) => fetch(address, init as RequestInit) }) };
}
const randomData = (length: number) => crypto.getRandomValues(new Uint8Array(length));

test('a storage that is killed while it writes has all that it has confirmed, and nothing that is half', async () => {
  const first = await startStorage();
  const confirmed = new Map<Reference, Uint8Array>();
  const uploads = Array.from({ length: 60 }, async (_, index) => {
    const data = randomData(index % 3 === 0 ? 60_000 : 3000);
    confirmed.set(await first.storage.upload(data), data);
    if (confirmed.size === 10) first.child.kill('SIGKILL');
  });
  const outcomes = await Promise.allSettled(uploads);
  expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
  const second = await startStorage();
  for (const [reference, data] of confirmed) expect(Buffer.from(await second.storage.download(reference, { maxBytes: 60_000 })).equals(Buffer.from(data))).toBe(true);
  const files = (await readdir(join(folder, 'chunks'), { recursive: true })).filter((name) => name.length > 60);
  expect(files.length).toBeGreaterThanOrEqual(10);
  for (const name of files) verifyChunk(name.slice(-64) as Reference, await readFile(join(folder, 'chunks', name)));
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});
