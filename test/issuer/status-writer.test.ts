// Changing the status of thousands at once, on a real chain: in as many transactions as blocks ask for.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChainIndex, createMemoryJournal, createSender } from '#contracts';
import { createIssuerChain, createIssuerStore, ISSUER_MIGRATIONS, type IssuerStore } from '#issuer';
import { createStatusWriter } from '#issuer/revoke.ts';
import { WORD_BITS, entryStatus, statusRoot, type TrustState } from '#passport';
import { openDatabase, type Database } from '#server';
import { account, startSystem, type System } from '../contracts/system.ts';
import { copyDatabases } from '../journeys/network.ts';

const MANY = 1500;
const ISSUER = account(1);

describe('createStatusWriter', () => {
  let system: System;
  let database: Database;
  let folder: string;
  let trust: () => Promise<TrustState>;
  let writer: ReturnType<typeof createStatusWriter>;
  const ids = Array.from({ length: MANY }, (_, i) => `urn:uuid:${i}`);

  beforeAll(async () => {
    system = await startSystem();
    await system.accredit(ISSUER);
    await system.mine(3);
    folder = await mkdtemp(join(tmpdir(), 'healthpass-status-'));
    await copyDatabases([join(folder, 'database')]);
    database = await openDatabase(join(folder, 'database'), ISSUER_MIGRATIONS);
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment, keys: false });
    trust = async () => (await index.sync(), index.snapshot());
    const sender = createSender({ provider: system.provider, wallet: ISSUER.connect(system.provider), journal: createMemoryJournal(), poll: 20 });
    const store: IssuerStore = createIssuerStore(database);
    // One in every word but a few: the worst spread there is.
    await store.remember(ids.map((id, i) => ({ id, issuance: id, copy: 0, list: 1, index: i * WORD_BITS + (i % WORD_BITS), issuedAt: 1, securings: [] })));
    writer = createStatusWriter({ store, chain: createIssuerChain({ deployment: system.deployment, issuer: 1, sender, sync: trust }) });
  });
  afterAll(async () => {
    await database.close();
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('suspends thousands of entries of as many words, and the roots stay those of the words', async () => {
    const outcomes = await writer.change('suspend', ids);
    expect(outcomes.filter(({ changed }) => changed)).toHaveLength(MANY);
    await system.mine(3);
    const [list] = (await trust()).lists;
    expect([list!.words.size, statusRoot(list!.words) === list!.root]).toEqual([MANY, true]);
    expect(entryStatus(await trust(), 1, 0)).toBe('suspended');
  });

  test('changes asked for at the same moment follow one another', async () => {
    const [a, b, c] = await Promise.all([writer.change('reinstate', [ids[0]!]), writer.change('revoke', [ids[1]!, ids[1]!]), writer.change('reinstate', [ids[0]!, ids[2]!])]);
    expect([a, b, c].map((outcomes) => outcomes.map(({ changed }) => changed))).toEqual([[true], [true, true], [false, true]]);
    const state = await trust();
    expect([0, 1, 2, 3].map((i) => entryStatus({ ...state, lists: state.lists.map((list) => ({ ...list, words: list.latestWords })) }, 1, i * WORD_BITS + i))).toEqual(['valid', 'revoked', 'valid', 'suspended']);
  });

  test('what a revoked one cannot do keeps all the others as they were', async () => {
    await expect(writer.change('reinstate', [ids[3]!, ids[1]!])).rejects.toMatchObject({ code: 'status-conflict' });
    await expect(writer.change('revoke', [ids[3]!, 'unknown'])).rejects.toMatchObject({ code: 'credential-unknown' });
    expect(entryStatus(await trust(), 1, 3 * WORD_BITS + 3)).toBe('suspended');
    expect(await writer.change('revoke', ids.slice(3, 5))).toMatchObject([{ changed: true }, { changed: true }]);
  });
});
