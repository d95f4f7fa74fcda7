// A service that is killed while it writes: what it acknowledged is there afterwards, and nothing is half there.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { ISSUER_MIGRATIONS, openPatientBook } from '#issuer';
import { createLocalKeyProvider, newDataKey, type Database } from '#server';
import { describeOnDatabases } from '../databases.ts';
import { NOW } from '../../issuer/patients/people.ts';

const ROUNDS = 5;

describeOnDatabases('a service killed at any moment', ISSUER_MIGRATIONS, ({ database, place, reopen }) => {
  test('loses nothing that it acknowledged and leaves nothing half done', async () => {
    const secret = newDataKey();
    const acknowledged: string[] = [];
    await database().close(); // PGlite is one process's
    for (let round = 0; round < ROUNDS; round++) acknowledged.push(...await writeAndKill(JSON.stringify({ place: place() }), secret));
    const now = await reopen();
    expect(acknowledged.length).toBeGreaterThan(ROUNDS);
    expect(await counts(now)).toEqual({ issuances: expect.any(Number), unfinished: 0, strangers: 0, keyless: 0 });
    const book = await openPatientBook({ database: now, provider: createLocalKeyProvider([secret]), now: () => NOW });
    for (const issuance of acknowledged) expect((await book.eventOf(issuance)).kind).toBe('vaccination');
  });
});

/** Lets a process write, kills it without warning soon after, and gives what it said was done. */
function writeAndKill(place: string, secret: Uint8Array): Promise<string[]> {
  const script = new URL('keep-writing.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, place, Buffer.from(secret).toString('hex')], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), randomInt(50, 400));
      said += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', () => resolve(said.split('\n').slice(0, -1)));
  });
}

/** Issuances without their credential or audit row, credentials and audit rows without their issuance, and patients without a key or the other way round. */
async function counts(on: Database) {
  const [row] = await on.query<Record<string, number>>(`SELECT (SELECT count(*) FROM issuance)::int8 AS issuances,
    (SELECT count(*) FROM issuance i WHERE NOT EXISTS (SELECT 1 FROM credential JOIN securing ON credential = id WHERE issuance = i.id)
      OR (SELECT count(*) FROM audit WHERE target = i.id) <> 1)::int8 AS unfinished,
    ((SELECT count(*) FROM credential c WHERE NOT EXISTS (SELECT 1 FROM issuance WHERE id = c.issuance)) + (SELECT count(*) FROM audit a WHERE NOT EXISTS (SELECT 1 FROM issuance WHERE id = a.target)))::int8 AS strangers,
    (SELECT count(*) FROM patient p FULL JOIN (SELECT name FROM data_key WHERE name LIKE 'patient/%') k ON k.name = 'patient/' || p.id WHERE p.id IS NULL OR k.name IS NULL)::int8 AS keyless`);
  return row;
}
