import { beforeEach, expect, test } from 'vitest';
import { createIssuerStore, ISSUER_MIGRATIONS, type IssuerStore } from '#issuer';
import { freeEntries } from '#issuer/free-entries.ts';
import { LIST_SIZE, LIST_WORDS, WORD_BITS, type TrustState } from '#passport';
import type { Database } from '#server';
import { describeOnDatabases } from '../server/databases.ts';

const NOW = 1_795_350_600;
const FULL_WORD = (1n << BigInt(WORD_BITS)) - 1n;
/** All words set but one. */
const allBut = (word: number) => new Map(Array.from({ length: LIST_WORDS }, (_, i) => [i, FULL_WORD] as const).filter(([i]) => i !== word));
const seen = (change: { words?: ReadonlyMap<number, bigint>; latestWords?: ReadonlyMap<number, bigint>; anchors?: readonly { list: number; root: string }[] } = {}): TrustState => ({
  lists: [1, 2].map((id) => ({ id, words: new Map(), latestWords: new Map(), suspended: new Map(), ...(id === 1 ? change : {}) })), anchors: change.anchors ?? [],
}) as unknown as TrustState; // all that is read of it here

describeOnDatabases('freeEntries', ISSUER_MIGRATIONS, ({ database: opened }) => {
  let database: Database;
  let store: IssuerStore;
  beforeEach(async () => {
    database = opened();
    for (const table of ['securing', 'credential', 'anchor']) await database.query(`DELETE FROM ${table}`);
    store = createIssuerStore(database);
  });
  const anchored = (root: string) => store.addAnchor(1, root, new Uint8Array(32), [], NOW, async () => {});

  test('draws different entries of the first list, at random', async () => {
    const drawn = await freeEntries({ store, trust: seen(), lists: [1, 2] }, 100);
    expect(new Set(drawn.map(({ index }) => index)).size).toBe(100);
    expect(drawn.every(({ list, index }) => list === 1 && index >= 0 && index < LIST_SIZE)).toBe(true);
    expect(await freeEntries({ store, trust: seen(), lists: [1] }, 0)).toEqual([]);
  });

  test.each(['words', 'latestWords'] as const)('takes nothing that the %s of the chain show as used, whatever the database has forgotten', async (which) => {
    await database.query('INSERT INTO credential (id, issuance, copy, list, index, issued_at) SELECT \'c\' || n, \'c\' || n, 0, 1, n, 1 FROM generate_series($1::int, $2::int) AS n', [7 * WORD_BITS, 8 * WORD_BITS - 1]);
    // Everything is blocked on chain, but for a word that the database knows as taken.
    const drawn = await freeEntries({ store, trust: seen({ [which]: allBut(7) }), lists: [1, 2] }, 3);
    expect(drawn.map(({ list }) => list)).toEqual([2, 2, 2]);
    await expect(freeEntries({ store, trust: seen({ [which]: allBut(7) }), lists: [1] }, 3)).rejects.toMatchObject({ code: 'list-full', field: 'list' });
  });

  test('a database put back from yesterday draws nothing from a list of which more was issued since', async () => {
    await anchored('0xaa');
    const today = seen({ anchors: [{ list: 1, root: '0xaa' }, { list: 1, root: '0xbb' }] });
    await expect(freeEntries({ store, trust: today, lists: [1] }, 1)).rejects.toMatchObject({ code: 'list-full', field: 'list', message: expect.stringContaining('older') });
    // Governance has assigned another one.
    expect(await freeEntries({ store, trust: today, lists: [1, 2] }, 1)).toMatchObject([{ list: 2 }]);
  });

  test('a database that has written down all anchors goes on, however often it is asked', async () => {
    await anchored('0xaa');
    const trust = seen({ anchors: [{ list: 1, root: '0xaa' }, { list: 9, root: '0xof-somebody-else' }] });
    for (let i = 0; i < 2; i++) expect(await freeEntries({ store, trust, lists: [1] }, 1)).toMatchObject([{ list: 1 }]);
    await anchored('0xcc');
    expect(await freeEntries({ store, trust: seen({ anchors: [{ list: 1, root: '0xcc' }] }), lists: [1] }, 1)).toMatchObject([{ list: 1 }]);
  });
});
