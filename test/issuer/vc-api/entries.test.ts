import { beforeEach, expect, test } from 'vitest';
import { createIssuerStore, ISSUER_MIGRATIONS } from '#issuer';
import { issuanceOf, reserveEntry, statusOfEntry, wantedPurposes, type EntryDeps } from '#issuer/vc-api/entries.ts';
import type { TrustState, UnixSeconds } from '#passport';
import { describeOnDatabases } from '../../server/databases.ts';

const ID = 'https://clinic.example/patients/jane-doe/credentials/1';
const NOBODY = { kind: 'nobody', id: '', organisation: '', permissions: new Set<never>() } as const;
const EMPTY = { anchors: [], lists: [] } as unknown as TrustState; // what drawing an entry reads of it

describeOnDatabases('status entries of VC-API', ISSUER_MIGRATIONS, ({ database }) => {
  let deps: EntryDeps;
  beforeEach(async () => {
    await database().query('DELETE FROM credential');
    deps = { did: 'did:example:issuer', database: database(), store: createIssuerStore(database()), trust: async () => EMPTY, listUrl: String, blinding: new Uint8Array(32).fill(3), now: () => 1_795_350_600 as UnixSeconds };
  });

  test('are remembered without the id of the credential, which may say who it is about', async () => {
    await reserveEntry(deps, [1], ID, NOBODY);
    const rows = [...await database().query('SELECT * FROM credential'), ...await database().query('SELECT * FROM audit')];
    expect(JSON.stringify(rows)).not.toMatch(/jane|clinic/);
    expect(issuanceOf(new Uint8Array(32).fill(4), ID, NOBODY)).not.toBe(issuanceOf(deps.blinding, ID, NOBODY)); // nobody without the key can try ids
  });

  test('of one id are copies of one issuance, however many ask at once, each with an entry of its own and a line in the audit', async () => {
    const before = (await database().query('SELECT 1 FROM audit')).length;
    const places = await Promise.all(Array.from({ length: 5 }, () => reserveEntry(deps, [1], ID, NOBODY)));
    expect(new Set(places.map(({ index }) => index)).size).toBe(5);
    expect((await deps.store.copies(issuanceOf(deps.blinding, ID, NOBODY))).map(({ copy }) => copy)).toEqual([0, 1, 2, 3, 4]);
    expect((await database().query<{ action: string }>('SELECT action FROM audit ORDER BY id')).slice(before).map(({ action }) => action)).toEqual(Array.from({ length: 5 }, () => 'credential.issue'));
  });

  test('always name the list of revocations, or a revocation would not show', () => {
    expect([undefined, true, {}, { statusPurpose: 'suspension' }, [{ statusPurpose: 'suspension' }], false].map(wantedPurposes)).toEqual([['revocation'], ['revocation'], ['revocation'], ['revocation', 'suspension'], ['revocation', 'suspension'], []]);
    expect(statusOfEntry({ listUrl: (list) => `https://i.example/${list}` }, { list: 1, index: 7 }, ['revocation'])).toMatchObject({ statusPurpose: 'revocation', statusListIndex: '7', statusListCredential: 'https://i.example/1' });
  });
});
