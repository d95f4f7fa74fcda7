// The storage from its parts, wherever it runs.
import { join } from 'node:path';
import type { Hono } from 'hono';
import { HealthpassError } from '#passport';
import { createLimiter, tryLock, type GuardOptions, type LimitKeeping, type RouterOptions } from '#server';
import { createStoreApp } from './app.ts';
import { openChunkFiles } from './chunk-files.ts';
import { createChunkStore } from './chunk-store.ts';

export type StoreParts = {
  /** Folder of the chunks; one process has it to itself. */
  readonly folder: string;
  /** Bytes of its disk that are left free. */
  readonly reserve?: number;
  /** `off` lifts the limits on how often one caller may ask, for measuring. */
  readonly limits?: Exclude<LimitKeeping, 'database'>;
  /** Own names and proxies. */
  readonly guard?: GuardOptions;
  readonly around?: RouterOptions['around'];
  /** Aborted when the service is told to end: it is not ready any more. */
  readonly stopping?: AbortSignal | undefined;
  /** Told what goes wrong, in words without values. */
  readonly onTrouble: (says: string, at?: readonly string[]) => void;
};

const DEFAULT_RESERVE = 256 * 1024 * 1024;

/** @returns the service, and what lets go of its folder. @throws HealthpassError `service-unavailable` while another process has the folder */
export async function assembleStore({ folder, reserve = DEFAULT_RESERVE, limits = 'memory', guard, around, stopping, onTrouble }: StoreParts): Promise<{ readonly app: Hono; readonly close: () => void }> {
  const close = tryLock(join(folder, 'lock'));
  if (!close) throw new HealthpassError('service-unavailable', 'another process has the folder of the storage', { field: 'folder' });
  const store = createChunkStore(await openChunkFiles(folder, reserve));
  const app = createStoreApp({ store }, {
    ...guard, around, limiter: limits === 'off' ? undefined : createLimiter(), checks: { running: () => stopping?.aborted !== true },
    report: (name, at) => onTrouble(`the storage failed at a request (${name})`, at),
  });
  return { app, close };
}
