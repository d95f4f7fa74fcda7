// A batch of a thousand whose worker dies again and again: exactly a thousand credentials, each entry once, each row once.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createHolderSigner } from '#formats/credential/index.ts';
import { ISSUER_MIGRATIONS } from '#issuer';
import { settingsSchema } from '#issuer/campaigns/campaign.ts';
import type { Database, DatabasePlace } from '#server';
import { expect, test } from 'vitest';
import { describeOnDatabases } from '../../server/databases.ts';
import { bytesOf } from './fixture.ts';
import { mortal } from './fixture-crash.ts';
import { CLERK, openIssuer } from './issuer.ts';
import type { Task } from './worker.ts';

const ROWS = 1000;
/** Rows that bring holders along, and are signed for. */
const SIGNED = 40;
const CUTS = 200;
/** Real kills; each costs the start of a process. */
const KILLS = Number(process.env['HEALTHPASS_TEST_KILLS'] ?? 8);

/** Code that was read once is read faster by the next process. */
const CODE = fileURLToPath(new URL('../../../.build/code', import.meta.url));

const HEADER = 'id,family,given,birthDate,product,date,lot,commitment,keyX,keyY';

/** Every row about somebody else. */
function row(n: number): string {
  const letter = (of: number) => String.fromCharCode(65 + (of % 26));
  const { x, y } = createHolderSigner().key;
  const holder = n % (ROWS / SIGNED) === 0 ? `${n + 1},${x},${y}` : ',,';
  return `row-${n},Meyer ${letter(n)},Anna ${letter(Math.floor(n / 26))},19${10 + (n % 80)}-01-01,208,2026-01-01,L${n},${holder}`;
}
const file = (rows: number): string => [HEADER, ...Array.from({ length: rows }, (_, n) => row(n))].join('\n');

async function upload(database: Database, rows = ROWS): Promise<string> {
  const campaigns = await (await openIssuer(database)).open();
  try {
    const body = bytesOf(file(rows), 10_000);
    const { campaign } = await campaigns.receive({ principal: CLERK, format: 'csv', settings: settingsSchema.parse({}), body });
    while ((await campaigns.find(campaign.id, CLERK)).state === 'checking') await pause(20);
    await campaigns.act('start', campaign.id, CLERK);
    return campaign.id;
  } finally {
    await campaigns.stop();
  }
}

async function expectEachOnce(database: Database, id: string, rows = ROWS): Promise<void> {
  const [counts] = await database.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM credential) AS credentials, (SELECT count(DISTINCT (list, index))::int FROM credential) AS entries, (SELECT count(*)::int FROM issuance) AS issuances,
      (SELECT count(DISTINCT source)::int FROM issuance) AS sources, (SELECT count(*)::int FROM campaign_mark) AS marks,
      (SELECT count(*)::int FROM campaign_row WHERE state = 'done' AND cardinality(credentials) = 1 AND sealed IS NULL) AS rows,
      (SELECT count(DISTINCT credentials)::int FROM campaign_row WHERE state = 'done') AS handed, (SELECT count(*)::int FROM securing) AS securings`);
  const signed = Math.ceil(rows / (ROWS / SIGNED));
  expect(counts).toEqual({ credentials: rows, entries: rows, issuances: rows, sources: rows, marks: rows, rows, handed: rows, securings: 3 * signed });
  const [campaign] = await database.query('SELECT state, done, refused, ready FROM campaign WHERE id = $1', [id]);
  expect(campaign).toEqual({ state: 'done', done: rows, refused: 0, ready: 0 });
}

const clear = async (database: Database) => {
  for (const table of ['campaign_mark', 'campaign', 'securing', 'credential', 'issuance', 'patient']) await database.query(`DELETE FROM ${table}`);
};
const pause = (milliseconds: number) => new Promise<void>((resolve) => { setTimeout(resolve, milliseconds); });

/** Random numbers that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describeOnDatabases('a batch whose worker dies', ISSUER_MIGRATIONS, (on) => {
  test(`at ${CUTS} random statements and more is issued once`, async () => {
    await clear(on.database());
    const id = await upload(on.database());
    const random = seeded(7);
    let cuts = 0;
    for (let state = 'running'; state !== 'done'; ) {
      const { database, isDead } = mortal(on.database(), 1 + Math.floor(random() * 110));
      // Of the last few rows a life that is cut short may finish none.
      const pages = { direct: 1 + Math.floor(random() * 3), offers: 1 + Math.floor(random() * 7) };
      const campaigns = await openIssuer(database).then((issuer) => issuer.open({ pages })).catch(() => undefined);
      for (;;) {
        if (!campaigns || isDead() || state === 'done') break;
        await pause(1);
        [{ state }] = await on.database().query<{ state: string }>('SELECT state FROM campaign WHERE id = $1', [id]) as [{ state: string }];
      }
      await campaigns?.stop();
      await on.database().query('UPDATE campaign_row SET lease = 0 WHERE lease > 0'); // PostgreSQL: leases of the dead run out
      await on.database().query('UPDATE campaign SET retry_at = 0');
      if (isDead()) cuts++;
    }
    expect(cuts).toBeGreaterThanOrEqual(CUTS);
    await expectEachOnce(on.database(), id);
  }, 300_000); // some hundred lives, on a machine that may be busy

  test('while its file is taken in or checked leaves either nothing or the whole', async () => {
    await clear(on.database());
    const body = file(12);
    for (let dieAt = 1; ; dieAt++) {
      const life = mortal(on.database(), dieAt);
      const campaigns = await openIssuer(life.database).then((issuer) => issuer.open()).catch(() => undefined);
      const received = await campaigns?.receive({ principal: CLERK, format: 'csv', settings: settingsSchema.parse({ again: true }), body: bytesOf(body, 1000) }).catch(() => undefined);
      for (let looks = 0; looks < 200; looks++) {
        if (!received || life.isDead()) break;
        await pause(2);
        if ((await on.database().query(`SELECT 1 FROM campaign WHERE state = 'draft'`)).length > 0) break;
      }
      await campaigns?.stop();
      await on.database().query('UPDATE campaign_row SET lease = 0');
      await on.database().query(`UPDATE campaign SET touched_at = 0, retry_at = 0 WHERE state IN ('uploading', 'checking')`);
      await settle(on.database());
      const left = await on.database().query<{ state: string; ready: number }>('SELECT state, ready FROM campaign');
      expect(left.every(({ state, ready }) => state === 'draft' && ready === 12)).toBe(true);
      if (received) expect(left).toHaveLength(1);
      await clear(on.database());
      if (!life.isDead()) break;
    }
  });

  test('by SIGKILL, and once by SIGTERM, is issued once', async () => {
    await clear(on.database());
    const id = await upload(on.database());
    await on.database().close();
    try {
      await killAgainAndAgain(on.place(), KILLS);
    } finally {
      await on.reopen();
    }
    await expectEachOnce(on.database(), id);
  }, 300_000);
});

/** A process that lives goes on with what the dead left. */
async function settle(database: Database): Promise<void> {
  const campaigns = await (await openIssuer(database)).open();
  while ((await database.query(`SELECT 1 FROM campaign WHERE state IN ('uploading', 'checking')`)).length > 0) await pause(2);
  await campaigns.stop();
}

async function killAgainAndAgain(place: DatabasePlace, kills: number): Promise<void> {
  const random = seeded(11);
  let next = standby();
  for (let kill = 0; kill <= kills; kill++) {
    const worker = await next;
    if (kill < kills) next = standby();
    const ended = new Promise<NodeJS.Signals | null>((resolve) => { worker.once('exit', (_code, signal) => resolve(signal)); });
    const isLast = kill === kills;
    const signal = kill === 1 ? 'SIGTERM' : 'SIGKILL';
    const task: Task = { place: place ?? null, dieAt: isLast ? null : 4 + Math.floor(random() * 80), signal };
    worker.send(task);
    expect(await ended).toBe(isLast || signal === 'SIGTERM' ? null : 'SIGKILL');
  }
}

const standby = (): Promise<ChildProcess> => new Promise((resolve, reject) => {
  const child = fork(new URL('./worker.ts', import.meta.url), { env: { ...process.env, NODE_COMPILE_CACHE: CODE }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.once('message', () => resolve(child)); // it has loaded
  child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
});

