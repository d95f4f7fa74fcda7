// Databases of version 0.1 go on: what they hold is there afterwards, and nothing has to be done by hand.
import { expect, test } from 'vitest';
import { createIssuerStore, ISSUER_MIGRATIONS } from '#issuer';
import { VERIFIER_MIGRATIONS } from '#verifier';
import { describeOnDatabases } from '../server/databases.ts';

/** As version 0.1 left a database after its only step: `issuer/store.ts` keeps the statements of that step unchanged. */
const FORMER = (steps: readonly { formerly?: number; sql: string }[]) => [{
  name: 'as version 0.1', sql: `${steps.find(({ formerly }) => formerly === 1)!.sql};
    CREATE TABLE schema_version (version integer NOT NULL); INSERT INTO schema_version VALUES (1);`,
}];

describeOnDatabases('a database of an issuer of version 0.1', FORMER(ISSUER_MIGRATIONS), ({ database, reopen }) => {
  test('keeps its credentials, anchored or not, and they can be revoked, anchored and signed again', async () => {
    const digest = (byte: number) => new Uint8Array(32).fill(byte);
    await database().query('INSERT INTO anchor (list, root, leaves, created_at) VALUES (1, $1, $2, 5)', ['0xroot', digest(9)]);
    const insert = 'INSERT INTO credential (id, list, index, message, vc_digest, sd_digest, issued_at, anchor) VALUES ($1, 1, $2, $3, $4, $5, 7, $6)';
    await database().query(insert, ['urn:uuid:a', 5, '55', digest(1), digest(2), 1]);
    await database().query(insert, ['urn:uuid:b', 6, '66', digest(3), digest(4), null]);
    await database().query('DELETE FROM migration');

    const store = createIssuerStore(await reopen(ISSUER_MIGRATIONS));
    expect(await store.find('urn:uuid:a')).toEqual({ id: 'urn:uuid:a', issuance: 'urn:uuid:a', copy: 0, list: 1, index: 5, issuedAt: 7 });
    expect((await store.copies('urn:uuid:a'))[0]!.forms.toSorted()).toEqual(['claims', 'sd-jwt-vc', 'vc-jwt']);
    expect((await store.unanchored(1)).map(({ credential, form }) => `${credential} ${form}`).toSorted()).toEqual(['urn:uuid:b sd-jwt-vc', 'urn:uuid:b vc-jwt']);
    expect(await store.unsigned(1, 'x', -1, 10)).toEqual([{ index: 5, message: '55' }, { index: 6, message: '66' }]);
    expect(await database().query("SELECT 1 FROM pg_tables WHERE tablename = 'schema_version' AND schemaname = current_schema()")).toEqual([]);
    await reopen(ISSUER_MIGRATIONS);
  });
});

describeOnDatabases('a database of a verifier of version 0.1', FORMER(VERIFIER_MIGRATIONS), ({ database, reopen }) => {
  test('still knows who entered', async () => {
    await database().query("INSERT INTO entry VALUES ('1', '2')");
    await database().query('DELETE FROM migration');
    await reopen(VERIFIER_MIGRATIONS);
    expect(await database().query('SELECT scope, nullifier FROM entry')).toEqual([{ scope: '1', nullifier: '2' }]);
  });
});
