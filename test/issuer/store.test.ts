import { beforeEach, describe, expect, test } from 'vitest';
import { createIssuerStore, ISSUER_MIGRATIONS, type IssuerStore } from '#issuer';
import type { IssuedRecord } from '#issuer/store.ts';
import { describeOnDatabases } from '../server/databases.ts';

const record = (id: string, index: number, list = 1, change: Partial<IssuedRecord> = {}): IssuedRecord => ({
  id, issuance: `of ${id}`, copy: 0, list, index, issuedAt: 1_795_350_600,
  securings: [{ form: 'vc-jwt', digest: new Uint8Array(32).fill(1) }, { form: 'claims', message: `${index}0` }], ...change,
});
const entryOf = ({ id, issuance, copy, list, index, issuedAt }: IssuedRecord) => ({ id, issuance, copy, list, index, issuedAt });

describeOnDatabases('createIssuerStore', ISSUER_MIGRATIONS, ({ database }) => {
  let store: IssuerStore;
  beforeEach(async () => {
    await database().query('DELETE FROM securing');
    await database().query('DELETE FROM credential');
    store = createIssuerStore(database());
  });

  describe('remember', () => {
    test('writes every record as it is', async () => {
      const records = [record('a', 5), record('b', 6), record('c', 5, 2)];
      expect(await store.remember(records)).toBe(true);
      expect(await Promise.all(records.map(({ id }) => store.find(id)))).toEqual(records.map(entryOf));
    });

    test('writes nothing at all when one entry was taken meanwhile', async () => {
      await store.remember([record('a', 5)]);
      expect(await store.remember([record('b', 7), record('c', 5)])).toBe(false);
      expect(await store.find('b')).toBeUndefined();
    });

    test('of two issuances that took the same entry at once, one is told', async () => {
      const answers = await Promise.all([store.remember([record('a', 5)]), store.remember([record('b', 5)])]);
      expect(answers.toSorted()).toEqual([false, true]);
    });

    test('keeps no failure of the database to itself', async () => {
      await expect(store.remember([{ ...record('a', 5), list: 2 ** 64 }])).rejects.toThrow();
    });
  });

  describe('entriesOf', () => {
    test('finds all copies by either name, and nothing of another organisation or of nobody’s for whom it is not', async () => {
      await store.remember([record('a', 5, 1, { issuance: 'x' }), record('b', 6, 1, { issuance: 'x', copy: 1 }), record('c', 7), record('d', 8, 1, { issuance: 'vc-api:digest' })]);
      await database().query(`INSERT INTO issuance (id, organisation, source, recorded_at) VALUES ('x', 'clinic', 'offer', 1) ON CONFLICT DO NOTHING`);
      const idsOf = async (ids: string[], organisation: string | null) => (await store.entriesOf(ids, organisation))?.map(({ id }) => id);
      for (const organisation of ['clinic', null]) expect([await idsOf(['b'], organisation), await idsOf(['x'], organisation), await idsOf(['d'], organisation)]).toEqual([['a', 'b'], ['a', 'b'], ['d']]);
      expect([await idsOf(['c'], null), await idsOf(['c'], 'clinic'), await idsOf(['a'], 'other'), await idsOf(['d', 'x'], 'other')]).toEqual([['c'], undefined, undefined, undefined]);
    });
  });

  describe('copies', () => {
    test('share an issuance, each with the forms that it has', async () => {
      await store.remember([record('b', 6, 1, { issuance: 'x', copy: 1, securings: [{ form: 'claims', message: '1' }] }), record('a', 5, 1, { issuance: 'x' }), record('c', 7)]);
      await store.remember([record('a', 5, 1, { issuance: 'x', securings: [{ form: 'sd-jwt-vc', digest: new Uint8Array(32) }] })]);
      const copies = await store.copies('x');
      expect(copies.map(({ id, forms }) => [id, forms.toSorted()])).toEqual([['a', ['claims', 'sd-jwt-vc', 'vc-jwt']], ['b', ['claims']]]);
    });

    test('of two requests for the same form of a copy, one is told', async () => {
      await store.remember([record('a', 5)]);
      expect(await store.remember([record('a', 5)])).toBe(false);
      expect(await store.remember([record('other', 8, 1, { issuance: 'of a' })])).toBe(false);
    });
  });

  describe('taken', () => {
    test('names the entries of the list that are not free', async () => {
      await store.remember([record('a', 5), record('b', 6), record('c', 7, 2)]);
      expect((await store.taken(1, [4, 5, 6, 7])).toSorted()).toEqual([5, 6]);
      expect(await store.taken(3, [5])).toEqual([]);
    });
  });
});
