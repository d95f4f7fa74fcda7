// The tables of the outbox on both databases: the journal and its one writer, the lock among processes, and a whole day's work.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JournalRecord } from '#contracts';
import { createIssuerStore, createOutbox, ISSUER_MIGRATIONS, type Outbox } from '#issuer';
import { createAdvisoryLock, createFileLock } from '#issuer/outbox/index.ts';
import { createDatabaseJournal, takeAccount } from '#issuer/outbox/journal.ts';
import { openDatabase, type Database, type DatabasePlace } from '#server';
import { failure, startSystem, type System } from '../../contracts/system.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { FAST, ISSUER, now, pause, quiet, trustOf } from './scene.ts';
import { askForWork, EXPECTED, shownBy, writeCredentials } from './work.ts';

const ACCOUNT = '0x00000000000000000000000000000000000000aa';
const owner: JournalRecord = { type: 'owner', chainId: 31337, chain: '0x01', address: ACCOUNT };
const signed = (nonce: number): JournalRecord => ({ type: 'signed', id: `call:${nonce}`, nonce, hash: `0x${nonce}`, raw: '0x02' });
const mined: JournalRecord = { type: 'mined', id: 'call:1', nonce: 1, hash: '0x1', block: 7 };

/** The same PostgreSQL database under a name of its own, by which its connections can be found and broken. */
function named(place: DatabasePlace): { place: DatabasePlace; breakAll: (from: Database) => Promise<unknown> } {
  if (typeof place !== 'object') return { place, breakAll: async () => {} };
  const name = `t${randomBytes(6).toString('hex')}`;
  const url = new URL(place.url);
  url.searchParams.set('application_name', name);
  return { place: { ...place, url: url.href }, breakAll: (from) => from.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [name]) };
}

describeOnDatabases('createDatabaseJournal', ISSUER_MIGRATIONS, ({ database }) => {
  beforeEach(() => database().query('DELETE FROM chain_journal'));

  test('gives back what was written, in order, and each account its own', async () => {
    const journal = createDatabaseJournal(database(), await takeAccount(database(), ACCOUNT));
    const other = createDatabaseJournal(database(), await takeAccount(database(), '0xbb'));
    for (const record of [owner, signed(1), mined]) await journal.append(record);
    await other.append(signed(9));
    // Compared as text, as the sender compares owners.
    expect(JSON.stringify(await journal.read())).toBe(JSON.stringify([owner, signed(1), mined]));
    await journal.replace([owner, mined]);
    expect(await journal.read()).toEqual([owner, mined]);
    expect(await other.read()).toEqual([signed(9)]);
  });

  test('takes nothing more from a writer whose place another one has taken', async () => {
    const first = createDatabaseJournal(database(), await takeAccount(database(), ACCOUNT));
    await first.append(signed(1));
    const second = createDatabaseJournal(database(), await takeAccount(database(), ACCOUNT));
    expect(await failure(first.append(signed(2)))).toBe('service-unavailable account');
    expect(await failure(first.replace([]))).toBe('service-unavailable account');
    await second.append(signed(3));
    expect(await second.read()).toEqual([signed(1), signed(3)]);
  });
});

describeOnDatabases('createAdvisoryLock', ISSUER_MIGRATIONS, ({ kind, database, place }) => {
  let other: Database;
  let breakAll: (from: Database) => Promise<unknown>;
  // Such locks are those of the whole database, whatever the schema.
  const [a, b] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')];
  beforeAll(async () => {
    const { place: there, ...rest } = named(place());
    ({ breakAll } = rest);
    if (kind === 'PostgreSQL') other = await openDatabase(there, ISSUER_MIGRATIONS);
  });
  afterAll(() => other?.close());

  test.skipIf(kind === 'PGlite')('is held by one process, until that lets go or its connection ends', async () => {
    const [mine, theirs] = [createAdvisoryLock(database(), a), createAdvisoryLock(other, a)];
    const held = (await mine())!;
    expect([held.isHeld(), await theirs(), (await createAdvisoryLock(other, b)())?.isHeld()]).toEqual([true, undefined, true]);
    await held.release();
    const again = (await theirs())!;
    expect([again.isHeld(), await mine()]).toEqual([true, undefined]);
    await breakAll(database()); // which asks for an end, and does not wait for it
    let taken = await mine();
    for (let tries = 0; !taken && tries < 600; tries++) {
      await pause(100);
      taken = await mine();
    }
    expect(taken?.isHeld()).toBe(true);
    for (let tries = 0; again.isHeld() && tries < 600; tries++) await pause(100); // noticed at its next sign of life
    expect(again.isHeld()).toBe(false);
    await taken!.release();
  });
});

describe('createFileLock', () => {
  test('is held by one, until it lets go', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'healthpass-lock-'));
    const lock = createFileLock(join(folder, 'lock'));
    const held = (await lock())!;
    expect([held.isHeld(), await lock()]).toEqual([true, undefined]);
    await held.release();
    await (await lock())!.release();
    await rm(folder, { recursive: true });
  });
});

describeOnDatabases('createOutbox', ISSUER_MIGRATIONS, ({ kind, database, place }) => {
  let system: System;
  const opened: Database[] = [];
  const outboxes: Outbox[] = [];
  const lockName = randomBytes(8).toString('hex');
  const start = (on: Database) => {
    const outbox = createOutbox({
      database: on, deployment: system.deployment, provider: system.provider, account: ISSUER, now, pace: FAST, sending: { poll: 20 }, sync: trustOf([system.anvil.url], system.deployment),
      ...(kind === 'PostgreSQL' && { lock: createAdvisoryLock(on, lockName) }),
    });
    outboxes.push(outbox);
    outbox.start();
    return outbox;
  };
  beforeAll(async () => {
    system = await startSystem();
    await system.accredit(ISSUER);
    await system.mine(3);
    await writeCredentials(createIssuerStore(database()));
  });
  afterAll(async () => {
    for (const outbox of outboxes) await outbox.stop();
    for (const other of opened) await other.close();
    await system?.stop();
  });

  test('does a day’s work once, shared by replicas of which one writes, though connections break', async () => {
    const first = start(database());
    if (kind === 'PostgreSQL') {
      await until(async () => (await first.state()).writer === 'writing');
      const { place: there, breakAll } = named(place());
      const replica = await openDatabase(there, ISSUER_MIGRATIONS);
      opened.push(replica);
      const second = start(replica);
      await Promise.all([askForWork({ database: database(), outbox: first, deployment: system.deployment }), askForWork({ database: replica, outbox: second, deployment: system.deployment })]);
      expect([(await first.state()).writer, (await second.state()).writer]).toEqual(['writing', 'standing by']);
      await first.stop();
      for (let i = 0; i < 5; i++) await Promise.all([breakAll(database()), pause(300)]);
      await quiet(second, () => system.mine(1));
    } else {
      await askForWork({ database: database(), outbox: first, deployment: system.deployment });
      await quiet(first, () => system.mine(1));
    }
    expect(await shownBy(system.provider, system.deployment)).toEqual(EXPECTED);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 2400) throw new Error('it does not come to pass');
    await pause(25);
  }
}
