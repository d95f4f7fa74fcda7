import { expect, test } from 'vitest';
import type { FieldElement } from '#passport';
import { createNullifierBook, VERIFIER_MIGRATIONS } from '#verifier';
import { describeOnDatabases } from '../server/databases.ts';

const field = (value: number) => BigInt(value) as FieldElement; // small ones are

describeOnDatabases('createNullifierBook', VERIFIER_MIGRATIONS, ({ database, reopen }) => {
  test('of many who enter at the same moment with one nullifier, one does', async () => {
    const book = createNullifierBook(database());
    const answers = await Promise.all(Array.from({ length: 12 }, () => book.claim(field(5), field(7))));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  test('one nullifier enters each event once, and none again after a restart', async () => {
    const book = createNullifierBook(database());
    expect([await book.claim(field(6), field(7)), await book.claim(field(6), field(8)), await book.claim(field(6), field(7))]).toEqual([true, true, false]);
    expect(await createNullifierBook(await reopen()).claim(field(6), field(7))).toBe(false);
  });

  test('a transaction that is rolled back lets nobody in, and keeps nobody out', async () => {
    await expect(database().transaction(async (tx) => {
      await createNullifierBook(tx).claim(field(9), field(1));
      throw new RangeError('no');
    })).rejects.toThrow(RangeError);
    expect(await createNullifierBook(database()).claim(field(9), field(1))).toBe(true);
  });
});
