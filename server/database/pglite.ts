// The embedded database: PGlite in a folder, one connection, opened by one process. When its disk fails it is opened again.
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite, protocol, types, type PGliteOptions } from '@electric-sql/pglite';
import { HealthpassError } from '#passport';
import type { Engine, ScriptRunner } from './database.ts';
import { createStatements } from './statements.ts';

/** Bytes come as hexadecimal digits behind `\\x`. */
const parsers = { [types.BYTEA]: (text: string) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')) };
const serializers = { [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}` };

/**
 * Room for pages in memory, that of one clinic. The engine writes zeros over all of it before its first answer: with the 128 MB of a server that
 * is most of a start.
 */
const PAGES = '16MB';
const start = (options: PGliteOptions = {}): Promise<PGlite> => PGlite.create({ ...options, startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${PAGES}`] });

export async function openPglite(folder: string | undefined): Promise<Engine> {
  if (folder !== undefined) await createDatabases([folder]);
  const open = async () => guarded(await start({ ...(folder !== undefined && { dataDir: folder }), parsers, serializers }));
  let engine = await open();
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: there is one connection, and nothing may wait inside an engine that falls. */
  const inTurn = <T>(work: (engine: Guarded) => Promise<T>): Promise<T> => {
    const next = last.then(async () => {
      if (engine.hasFallen()) engine = await openAgain(folder, open);
      return work(engine);
    });
    last = next.catch(() => {});
    return next;
  };
  return {
    kind: 'pglite',
    query: (sql, parameters) => inTurn((on) => on.query(sql, parameters)),
    transaction: (work) => inTurn((on) => transaction(on, work)),
    async close() {
      await last;
      if (!engine.hasFallen()) await engine.close();
    },
  };
}

async function transaction<T>(engine: Guarded, work: (tx: ScriptRunner) => Promise<T>): Promise<T> {
  let over = false;
  const within = <R>(run: () => Promise<R>): Promise<R> => (over ? Promise.reject(new Error('the transaction is over')) : run());
  try {
    await engine.command('BEGIN');
    const result = await work({ query: (sql, parameters) => within(() => engine.query(sql, parameters)), script: (sql) => within(() => engine.script(sql)) });
    over = true;
    // The answer is ROLLBACK where a statement failed before and `work` went on all the same.
    if ((await engine.command('COMMIT')) !== 'COMMIT') throw new Error('a statement of the transaction failed, so nothing of it was kept');
    return result;
  } catch (error) {
    over = true;
    if (!engine.hasFallen()) await engine.command('ROLLBACK');
    throw error;
  }
}

type Guarded = ScriptRunner & {
  /** @returns what was done */
  readonly command: (sql: 'BEGIN' | 'COMMIT' | 'ROLLBACK') => Promise<string | undefined>;
  readonly hasFallen: () => boolean;
  readonly close: () => Promise<void>;
};

/** An engine that is left alone once it has fallen: whoever asks it after a PANIC waits for ever, and so does everything else in the process. */
function guarded(lite: PGlite): Guarded {
  let fallen = false;
  const query = createStatements(lite, hasFallenBy);
  let last: Promise<unknown> = Promise.resolve();
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    if (fallen) throw unavailable();
    try {
      return await work();
    } catch (error) {
      fallen ||= hasFallenBy(error);
      throw fallen || DISK_OR_ROOM.test((error as { code?: string }).code ?? '') ? unavailable(error) : error;
    }
  };
  /** A statement is several messages, and those of two would mix. */
  const run = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(() => attempt(work));
    last = next.catch(() => {});
    return next;
  };
  return {
    hasFallen: () => fallen,
    query: (sql, parameters = []) => run(async () => await query(sql, parameters) as never[]), // the statement's author states the row type
    script: (sql) => run(async () => void (await lite.exec(sql))),
    // One message and nothing after it: `exec` would ask on after a PANIC.
    command: (sql) => run(async () => {
      const messages = await lite.execProtocolStream(protocol.serialize.query(sql), { syncToFs: false });
      return messages.map((message) => ('text' in message ? String(message.text) : '')).find((text) => text !== '');
    }),
    close: () => run(() => lite.close()),
  };
}

/** Of WebAssembly; of PostgreSQL. */
function hasFallenBy(error: unknown): boolean {
  const { severity, name } = error as { severity?: string; name?: string };
  return name === 'RuntimeError' || ['PANIC', 'FATAL'].includes(severity ?? '');
}

/** Classes of SQLSTATE: no room left, input or output failed. */
const DISK_OR_ROOM = /^(?:53|58)/;
const unavailable = (cause?: unknown) => new HealthpassError('service-unavailable', 'the database cannot read or write', { field: 'database', cause });

/** Megabytes of room that make a start worth trying: on a full disk it would not end. */
const ROOM_TO_START = 4;

/** Replays from the log of the folder what was acknowledged. @throws HealthpassError `service-unavailable` */
async function openAgain(folder: string | undefined, open: () => Promise<Guarded>): Promise<Guarded> {
  if (folder === undefined) throw unavailable();
  try {
    const probe = `${folder}.room`;
    await writeFile(probe, new Uint8Array(ROOM_TO_START * 2 ** 20), { flush: true }).finally(() => rm(probe, { force: true }));
    return await open();
  } catch (cause) {
    throw unavailable(cause);
  }
}

/**
 * Makes empty databases in those folders that are not there. Setting one up takes seconds of the processor, so all are copies of one; each is
 * finished beside its place first: what a crash leaves half done is begun anew.
 */
export async function createDatabases(folders: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const folder of folders) if (!(await access(folder).then(() => true, () => false))) missing.push(folder);
  if (missing.length === 0) return;
  const first = await start();
  const dump = await first.dumpDataDir('none');
  await first.close();
  for (const folder of missing) {
    const beside = `${folder}.new`;
    await rm(beside, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await (await start({ dataDir: beside, loadDataDir: dump })).close();
    await rename(beside, folder);
  }
}
