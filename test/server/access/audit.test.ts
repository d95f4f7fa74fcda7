// The audit trail: who changed what, in a chain that shows what was taken out of it, and without anything personal.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCESS_MIGRATIONS, AUDIT_MIGRATION, recordAudit, verifyAuditTrail, type Database } from '#server';
import { describeOnDatabases } from '../databases.ts';
import { openClinic, START, type Clinic } from './clinic.ts';

const operator = { kind: 'operator', id: 'operator', organisation: 'clinic' } as const;
const write = (database: Database, count: number) => database.transaction(async (tx) => {
  for (let i = 0; i < count; i++) await recordAudit(tx, operator, { action: 'test.do', target: `thing-${i}`, detail: { i } }, START + i);
});
/** As somebody does who has the database to himself. */
const behindOurBack = (database: Database, sql: string, parameters: unknown[] = []) => database.transaction(async (tx) => {
  for (const trigger of ['audit_append_only', 'audit_chained']) await tx.query(`ALTER TABLE audit DISABLE TRIGGER ${trigger}`);
  await tx.query(sql, parameters);
  for (const trigger of ['audit_append_only', 'audit_chained']) await tx.query(`ALTER TABLE audit ENABLE TRIGGER ${trigger}`);
});

describeOnDatabases('verifyAuditTrail', [AUDIT_MIGRATION], ({ database }) => {
  test('an empty trail is whole', async () => expect(await verifyAuditTrail(database())).toEqual({ intact: true, entries: 0, digest: '' }));

  test('rows cannot be changed, deleted or put in place', async () => {
    await write(database(), 3);
    for (const sql of ['UPDATE audit SET actor = \'x\'', 'DELETE FROM audit', 'TRUNCATE audit']) await expect(database().query(sql)).rejects.toThrow(/append-only/);
    await database().query('INSERT INTO audit (id, at, actor_kind, actor, organisation, action, target, outcome, detail, previous, digest) VALUES (99, 1, \'a\', \'b\', \'c\', \'d\', \'e\', \'done\', \'{}\', \'\', \'\')');
    expect(await verifyAuditTrail(database())).toMatchObject({ intact: true, entries: 4 });
  });

  test('writers at the same moment make one chain', async () => {
    const { entries } = (await verifyAuditTrail(database())) as { entries: number };
    await Promise.all(Array.from({ length: 20 }, () => write(database(), 3)));
    expect(await verifyAuditTrail(database())).toMatchObject({ intact: true, entries: entries + 60 });
  });

  test('what is rolled back leaves no gap', async () => {
    await expect(database().transaction(async (tx) => {
      await recordAudit(tx, operator, { action: 'test.do', target: 'x' }, START);
      throw new Error('no');
    })).rejects.toThrow('no');
    await write(database(), 1);
    expect(await verifyAuditTrail(database())).toMatchObject({ intact: true });
  });

  test.each([
    ['who did it', "UPDATE audit SET actor = 'somebody' WHERE id = 10"],
    ['when', 'UPDATE audit SET at = at + 1 WHERE id = 10'],
    ['what', "UPDATE audit SET action = 'test.dont' WHERE id = 10"],
    ['where one field ends and the next begins', "UPDATE audit SET action = 'test.d', target = 'o' || target WHERE id = 10"],
    ['the detail', "UPDATE audit SET detail = '{}' WHERE id = 10"],
    ['the outcome', "UPDATE audit SET outcome = 'refused' WHERE id = 10"],
    ['a digest', "UPDATE audit SET digest = sha256('x') WHERE id = 10"],
  ])('whoever changes %s is noticed', async (_name, sql) => {
    const [row] = await database().query<Record<string, unknown>>('SELECT * FROM audit WHERE id = 10');
    await behindOurBack(database(), sql);
    expect(await verifyAuditTrail(database())).toEqual({ intact: false, at: 10, what: 'changed' });
    await behindOurBack(database(), 'UPDATE audit SET at = $1, actor = $2, action = $3, target = $4, detail = $5, outcome = $6, digest = $7 WHERE id = 10', ['at', 'actor', 'action', 'target', 'detail', 'outcome', 'digest'].map((name) => row![name]));
    expect(await verifyAuditTrail(database())).toMatchObject({ intact: true });
  });

  test('a head that was noted shows that the end was cut off, or all written anew', async () => {
    const noted = (await verifyAuditTrail(database())) as { entries: number; digest: string };
    await write(database(), 2);
    expect(await verifyAuditTrail(database(), noted)).toMatchObject({ intact: true });
    expect(await verifyAuditTrail(database(), { ...noted, digest: 'ab'.repeat(32) })).toEqual({ intact: false, at: noted.entries, what: 'changed' });
    await behindOurBack(database(), 'DELETE FROM audit WHERE id >= $1', [noted.entries]);
    expect(await verifyAuditTrail(database())).toMatchObject({ intact: true, entries: noted.entries - 1 });
    expect(await verifyAuditTrail(database(), noted)).toEqual({ intact: false, at: noted.entries, what: 'removed' });
  });

  test('whoever takes a row out is noticed', async () => {
    await behindOurBack(database(), 'DELETE FROM audit WHERE id = 10');
    expect(await verifyAuditTrail(database())).toEqual({ intact: false, at: 10, what: 'removed' });
  });
});

describeOnDatabases('GET /audit', ACCESS_MIGRATIONS, ({ database }) => {
  let clinic: Clinic;
  beforeAll(async () => { clinic = await openClinic(database()); });
  afterAll(() => clinic.stop());
  type Page = { entries: { id: number; organisation: string; action: string; actor: string; target: string; at: number }[]; cursor?: number };
  const read = async (who: { call: Clinic['send'] }, query = '') => (await who.call('GET', `/audit${query}`)).body as never as Page;

  test('an organisation reads its own entries, whatever it asks for', async () => {
    await clinic.asOperator('POST', '/staff/organisations', { id: 'airport', name: 'Airport' });
    const [here, there] = [await clinic.joined(['admin']), await clinic.joined(['admin'], 'airport')];
    for (const query of ['', '?organisation=airport', `?actor=${there.id}`]) expect((await read(here, query)).entries.every(({ organisation }) => organisation === 'clinic')).toBe(true);
    expect((await read(there)).entries.map(({ organisation }) => organisation)).toEqual(expect.not.arrayContaining(['clinic']));
    const all = (await clinic.asOperator('GET', '/audit')).body as never as Page;
    expect(new Set(all.entries.map(({ organisation }) => organisation))).toEqual(new Set(['clinic', 'airport']));
  });
  test('is not for everybody', async () => {
    const clinician = await clinic.joined(['clinician']);
    expect((await clinician.call('GET', '/audit')).body.code).toBe('forbidden');
    expect((await clinic.person().call('GET', '/audit')).body.code).toBe('not-authorised');
    // The whole trail tells of all organisations: how many entries there are is for who runs the service.
    expect((await (await clinic.joined(['admin'], 'airport')).call('GET', '/audit/verification')).body.code).toBe('forbidden');
    expect((await (await clinic.joined(['admin'])).call('GET', '/audit/verification')).body).toMatchObject({ intact: true });
    expect((await clinic.asOperator('GET', '/audit/verification')).body).toMatchObject({ intact: true });
  });
  test('pages through everything once, newest first, by filters', async () => {
    const admin = await clinic.joined(['admin']);
    for (let i = 0; i < 7; i++) await admin.may('credentials:status');
    const seen: number[] = [];
    for (let cursor = ''; ;) {
      const page = await read(admin, `?limit=3&actor=${admin.id}${cursor}`);
      seen.push(...page.entries.map(({ id }) => id));
      if (page.cursor === undefined) break;
      cursor = `&cursor=${page.cursor}`;
    }
    expect([seen.length, seen]).toEqual([8, [...new Set(seen)].toSorted((a, b) => b - a)]);
    expect((await read(admin, `?action=test&actor=${admin.id}`)).entries).toHaveLength(7);
    expect((await read(admin, `?action=test.do&target=credentials:status&actor=${admin.id}&from=${clinic.now()}&to=${clinic.now()}`)).entries).toHaveLength(7);
    expect((await read(admin, `?actor=${admin.id}&to=${clinic.now() - 1}`)).entries).toHaveLength(0);
    for (const query of ['?limit=0', '?limit=501', '?cursor=x', '?from=-1', '?unknown=1']) expect((await admin.call('GET', `/audit${query}`)).body.code).toBe('request-invalid');
  });
  test('whatever is done here writes an entry with who, what and where', async () => {
    const admin = await clinic.joined(['admin']);
    const { body: made } = await admin.call('POST', '/staff/members', { displayName: 'zqcanary', roles: ['clinician'] });
    const member = String(made['member']);
    await admin.call('PUT', `/staff/members/${member}/roles`, { roles: ['verifier'] });
    await admin.call('POST', `/staff/members/${member}/suspend`);
    await admin.call('POST', `/staff/members/${member}/reinstate`);
    await admin.call('POST', `/staff/members/${member}/invitations`);
    const { body: client } = await admin.call('POST', '/clients', { name: 'zqcanary', permissions: ['audit:read'] });
    await admin.call('POST', `/clients/${String(client['id'])}/secrets`, {});
    await admin.call('DELETE', `/clients/${String(client['id'])}`);
    await admin.stepUp();
    const { entries } = await read(admin, `?actor=${admin.id}`);
    expect(entries.map(({ action, target }) => [action, [member, client['id'] as never as string].includes(target)])).toEqual([
      ['session.step-up', false], ['client.revoke', true], ['client.rotate-secret', true], ['client.create', true],
      ['member.invite', true], ['member.reinstate', true], ['member.suspend', true], ['member.set-roles', true], ['member.create', true], ['member.join', false],
    ]);
    const text = JSON.stringify(await database().query('SELECT * FROM audit'));
    for (const secret of ['zqcanary', 'Somebody', String(made['invitation']), String(client['secret']), admin.cookie().split('=')[1]!]) expect(text).not.toContain(secret);
  });
});
