// Locks that no crash leaves behind: the operating system holds them for an open SQLite file and lets go when the process ends, however it does.
// It also lets go when the same process opens and closes the file in another way (POSIX): a lock's file is for locking only.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HealthpassError } from '#passport';

const SQLITE_BUSY = 5;

/** Takes the lock of a file. @returns what lets go of it; undefined while somebody else has it */
export function tryLock(path: string): (() => void) | undefined {
  mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
    return () => file.close();
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined; // node:sqlite puts SQLite's code there
    throw error;
  }
}

/** Runs a task while holding a lock. @throws HealthpassError `service-unavailable` when it cannot be had in `patience` milliseconds */
export async function withLock<T>(path: string, patience: number, task: () => Promise<T>): Promise<T> {
  const begun = Date.now();
  let release = tryLock(path);
  while (!release) {
    if (Date.now() - begun > patience) throw new HealthpassError('service-unavailable', 'another process is using this', { field: 'lock' });
    await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 20));
    release = tryLock(path);
  }
  try {
    return await task();
  } finally {
    release();
  }
}
