// A campaign from its file to its report: what is found before anything is issued, and that every row is issued once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ISSUER_MIGRATIONS } from '#issuer';
import type { Campaigns } from '#issuer/campaigns/index.ts';
import { settingsSchema, type Campaign, type Format, type Settings } from '#issuer/campaigns/campaign.ts';
import { encodeHolderBinding, type FieldElement } from '#passport';
import { createHolderSigner } from '#formats/credential/index.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { all, bytesOf, csvFile, HEADER } from './fixture.ts';
import { CLERK, NOW, openIssuer, type TestIssuer } from './issuer.ts';

const OTHER = { ...CLERK, organisation: 'other' };

describeOnDatabases('campaigns', ISSUER_MIGRATIONS, (on) => {
  let issuer: TestIssuer;
  let campaigns: Campaigns;
  beforeEach(async () => {
    for (const table of ['campaign_mark', 'campaign', 'securing', 'credential', 'issuance', 'patient']) await on.database().query(`DELETE FROM ${table}`);
    issuer = await openIssuer(on.database());
    campaigns = await issuer.open();
  });
  afterEach(() => campaigns.stop());

  const receive = (body: string, { format = 'csv', settings = {}, key, principal = CLERK }: { format?: Format; settings?: Partial<Settings>; key?: string; principal?: typeof CLERK } = {}) =>
    campaigns.receive({ principal, format, settings: settingsSchema.parse(settings), idempotencyKey: key, body: bytesOf(body, 5000) });
  const until = async (id: string, ...states: readonly Campaign['state'][]): Promise<Campaign> => {
    for (let tries = 0; tries < 2400; tries++) {
      const campaign = await campaigns.find(id, CLERK);
      if (states.includes(campaign.state)) return campaign;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`the campaign stays ${(await campaigns.find(id, CLERK)).state} (${(await campaigns.find(id, CLERK)).reason})`);
  };
  const checked = async (body: string, options: Parameters<typeof receive>[1] = {}) => until((await receive(body, options)).campaign.id, 'draft');
  const report = async (id: string) => (await all(await campaigns.report(id, CLERK, 'ndjson'))).map((line) => JSON.parse(line) as { row: number; id?: string; outcome: string; code?: string; field?: string; credentials?: string[] });
  const started = async (id: string) => (await campaigns.act('start', id, CLERK), until(id, 'done', 'paused'));
  const count = async (sql: string) => (await on.database().query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`))[0]!.count;

  test('a file is checked, issued and reported row by row; nothing of a person is left in its rows', async () => {
    const draft = await checked(csvFile(700));
    expect(draft).toMatchObject({ total: 700, ready: 700, refused: 0, state: 'draft' });
    expect(await count('credential')).toBe(0);
    expect(await started(draft.id)).toMatchObject({ state: 'done', done: 700, refused: 0, ready: 0 });
    const rows = await report(draft.id);
    expect([rows.length, rows[0]]).toEqual([700, { row: 2, id: 'case-0', outcome: 'done', credentials: [expect.stringMatching(/^urn:uuid:/)] }]);
    expect(new Set(rows.flatMap(({ credentials }) => credentials!)).size).toBe(700);
    expect([await count('credential'), await count('securing'), await count('issuance'), await count('campaign_row WHERE sealed IS NOT NULL')]).toEqual([700, 0, 700, 0]);
  });

  test('what is wrong with a row is told by code and field, and the others are issued', async () => {
    const bad = [
      ['a,Meyer,Anna,1980-02-01,208,1,2,2026-13-01,L,C,DE', 'fhir-invalid', 'date'], ['b,Meyer,Anna,1980-02-01,208,1,2,01.02.2026,L,C,DE', 'fhir-invalid', 'date'],
      ['c,Meyer,Anna,1980-02-01,99999,1,2,2026-01-01,L,C,DE', 'fhir-code-unknown', 'product'], ['d,Meyer,Anna,2980-02-01,208,1,2,2026-01-01,L,C,DE', 'fhir-invalid', 'birthDate'],
      ['e,Meyer,Anna,1980-02-01,208,1.5,2,2026-01-01,L,C,DE', 'fhir-invalid', 'dose'], ['f,Meyer,Anna,1980-02-01,208,1,2,2036-01-01,L,C,DE', 'fhir-invalid', 'date'],
      ['g,Meyer,Anna,1980-02-01,208,1,2,2026-01-01,L,C,Atlantis', 'fhir-code-unknown', 'country'], ['h,,,1980-02-01,208,1,2,2026-01-01,L,C,DE', 'fhir-patient-mismatch', 'family'],
      ['i,Meyer,Anna,1980-02-01,,1,2,2026-01-01,L,C,DE', 'fhir-invalid', 'disease'], ['j,=cmd|x,Anna,1980-02-01,208,1,2,2026-01-01,L,C,DE', 'text-malformed', 'family'],
      ['k,Meyer,Anna,1980-02-01,208,300,2,2026-01-01,L,C,DE', 'fhir-invalid', 'dose'], ['l,Meyer,Anna,1980-02-01,208,1,2,1979-01-01,L,C,DE', 'fhir-invalid', 'date'],
    ] as const;
    const draft = await checked([HEADER, ...bad.map(([line]) => line), 'z,Meyer,Zoe,1980-02-01,208,1,2,2026-01-01,L,C,DE'].join('\n'));
    const rows = await report(draft.id);
    expect(rows.slice(0, -1).map(({ code, field }) => [code, field])).toEqual(bad.map(([, code, field]) => [code, field]));
    expect(rows.at(-1)).toMatchObject({ outcome: 'ready', id: 'z' });
    expect(await started(draft.id)).toMatchObject({ state: 'done', done: 1, refused: bad.length });
    expect(JSON.stringify(await report(draft.id))).not.toMatch(/Meyer|Atlantis|99999/);
  });

  test('rows that repeat others are found, by their id and by what they say', async () => {
    const line = (id: string, family: string) => `${id},${family},Anna,1980-02-01,208,1,2,2026-01-01,L,C,DE`;
    const draft = await checked([HEADER, line('1', 'A'), line('1', 'B'), line('3', 'A'), line('4', 'D'), line('4', 'D')].join('\n'));
    expect((await report(draft.id)).map(({ outcome, code, field }) => [outcome, code, field])).toEqual([
      ['ready', undefined, undefined], ['refused', 'row-repeated', 'id'], ['refused', 'row-repeated', 'row'], ['ready', undefined, undefined], ['refused', 'row-repeated', 'id'],
    ]);
  });

  test('a file sent again is found, and its rows are not issued again unless that is asked', async () => {
    const first = await checked(csvFile(5));
    await started(first.id);
    const again = await checked(csvFile(6));
    expect(again).toMatchObject({ sameAs: null, ready: 1, refused: 5 });
    const same = await checked(csvFile(5));
    expect(same).toMatchObject({ sameAs: first.id, ready: 0, refused: 5 });
    expect(new Set((await report(same.id)).map(({ code }) => code))).toEqual(new Set(['row-issued']));
    expect(await checked(csvFile(5), { settings: { again: true } })).toMatchObject({ ready: 5, refused: 0 });
    expect(await until((await receive(csvFile(5), { principal: OTHER })).campaign.id, 'draft').catch(() => 'not theirs')).toBe('not theirs');
  });

  test('of two campaigns of the same rows that run at once one issues each', async () => {
    const [a, b] = [await checked(csvFile(300)), await checked(csvFile(300))];
    await Promise.all([started(a.id), started(b.id)]);
    expect(await count('credential')).toBe(300);
  });

  test('requests under one idempotency key make one campaign; another file under it is refused', async () => {
    const first = await receive(csvFile(3), { key: 'k' });
    const again = await receive(csvFile(3), { key: 'k' });
    expect([first.created, again.created, again.campaign.id]).toEqual([true, false, first.campaign.id]);
    await expect(receive(csvFile(4), { key: 'k' })).rejects.toMatchObject({ code: 'campaign-conflict', field: 'idempotency-key' });
    await expect(receive(csvFile(3), { key: 'k', settings: { pin: false } })).rejects.toMatchObject({ code: 'campaign-conflict', field: 'idempotency-key' });
    expect((await receive(csvFile(3), { key: 'k', principal: OTHER })).created).toBe(true);
    const [x, y] = await Promise.allSettled([receive(csvFile(2), { key: 'race' }), receive(csvFile(2), { key: 'race' })]);
    expect([x, y].filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await count(`campaign WHERE organisation = 'clinic'`)).toBe(2);
  });

  test.each<[string, string, Format, string]>([
    ['is no CSV', `${HEADER}\n"`, 'csv', 'text-malformed'], ['breaks after many rows', `${csvFile(1500)}\n"`, 'csv', 'text-malformed'], ['has no rows', HEADER, 'csv', 'request-invalid'],
    ['is cut', '{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Immunization"}}', 'bundle', 'json-malformed'],
  ])('a file that %s leaves nothing', async (_name, body, format, code) => {
    await expect(receive(body, { format })).rejects.toMatchObject({ code });
    expect([await count('campaign'), await count('campaign_row'), await count(`data_key WHERE name LIKE 'campaign/%'`)]).toEqual([0, 0, expect.any(Number)]);
  });

  test('a sender who goes silent, or breaks off, leaves nothing', async () => {
    const silent = async function* silent() {
      yield* bytesOf(csvFile(1200), 5000);
      await new Promise(() => {});
    };
    const broken = async function* broken() {
      yield* bytesOf(csvFile(1200), 5000);
      throw new Error('the connection was cut');
    };
    const request = { principal: CLERK, format: 'csv' as const, settings: settingsSchema.parse({}), limits: { patience: 50 } };
    await expect(campaigns.receive({ ...request, body: silent() })).rejects.toMatchObject({ code: 'service-unavailable' });
    await expect(campaigns.receive({ ...request, body: broken() })).rejects.toThrow('cut');
    await expect(campaigns.receive({ ...request, body: bytesOf(csvFile(100)), limits: { maxRows: 50 } })).rejects.toMatchObject({ code: 'text-too-long' });
    await expect(campaigns.receive({ ...request, body: bytesOf(csvFile(100)), limits: { maxBytes: 500 } })).rejects.toMatchObject({ code: 'text-too-long' });
    expect([await count('campaign'), await count('campaign_row')]).toEqual([0, 0]);
  });

  test('rows that bring their holders become credentials at once', async () => {
    const line = (n: number) => {
      const { commitment, key } = encodeHolderBinding({ commitment: BigInt(n + 1) as FieldElement, key: createHolderSigner().key }) as { commitment: string; key: { x: string; y: string } };
      return JSON.stringify({ id: `r${n}`, resource: { ...sampleImmunization(NOW), id: undefined, lotNumber: `L${n}` }, bindings: [{ commitment, key: { kty: 'EC', crv: 'P-256', x: key.x, y: key.y } }] });
    };
    const draft = await checked([0, 1, 2].map(line).join('\n'), { format: 'ndjson' });
    expect(await started(draft.id)).toMatchObject({ done: 3, refused: 0 });
    const issued = (await all(await campaigns.issued(draft.id, CLERK))).map((text) => JSON.parse(text) as { row: number; credentials: { vcJwt: string }[] });
    expect(issued.map(({ row, credentials }) => [row, credentials.length, credentials[0]!.vcJwt.split('.').length])).toEqual([[1, 1, 3], [2, 1, 3], [3, 1, 3]]);
    expect([await count('credential'), await count('securing'), await count('issuance')]).toEqual([3, 9, 3]);
  });

  test('patients, places and institutions on other lines are found; who is not in the file is nobody', async () => {
    const immunization = (id: string, patient: string) => JSON.stringify({
      resourceType: 'Immunization', id, status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '208' }] }, patient: { reference: patient },
      occurrenceDateTime: '2026-01-01', location: { reference: 'Location/1' }, performer: [{ actor: { reference: 'Organization/1' } }],
    });
    const draft = await checked([
      immunization('a', 'Patient/1'), immunization('b', 'Patient/2'), immunization('c', 'Patient/twice'), immunization('d', 'http://elsewhere/Patient/1'),
      '{"resourceType":"Patient","id":"1","name":[{"family":"Meyer","given":["Anna"]}],"birthDate":"1980-01-01"}',
      '{"resourceType":"Patient","id":"twice","name":[{"family":"X","given":["Y"]}]}', '{"resourceType":"Patient","id":"twice","name":[{"family":"Z","given":["Y"]}]}',
      '{"resourceType":"Location","id":"1","address":{"country":"DEU"}}', '{"resourceType":"Organization","id":"1","name":"Clinic"}', '{"resourceType":', '[]',
    ].join('\n'), { format: 'ndjson' });
    expect((await report(draft.id)).map(({ row, id, outcome, code, field }) => [row, id, outcome, code, field])).toEqual([
      [1, 'Immunization/a', 'ready', undefined, undefined], [2, undefined, 'refused', 'fhir-patient-mismatch', 'patient'], [3, undefined, 'refused', 'fhir-patient-mismatch', 'patient'],
      [4, undefined, 'refused', 'fhir-patient-mismatch', 'patient'], [10, undefined, 'refused', 'json-malformed', 'row'], [11, undefined, 'refused', 'fhir-invalid', 'resource'],
    ]);
    await started(draft.id);
    const [{ id }] = await on.database().query<{ id: string }>('SELECT id FROM issuance') as [{ id: string }];
    expect(await issuer.patients.eventOf(id)).toMatchObject({ country: 'DE', performer: 'Clinic', person: { family: 'Meyer', given: ['Anna'], birthDate: '1980-01-01' } });
  });

  test('an issuer that is suspended stops a campaign with the reason; it goes on where it stopped', async () => {
    const draft = await checked(csvFile(500));
    issuer.change({ status: 'suspended' });
    expect(await started(draft.id)).toMatchObject({ state: 'paused', reason: 'issuer-not-accredited', done: 0, ready: 500 });
    issuer.change({ status: 'active' });
    await campaigns.act('resume', draft.id, CLERK);
    expect(await until(draft.id, 'done')).toMatchObject({ done: 500, reason: null });
  });

  test('full lists stop a campaign; another list lets it go on', async () => {
    const draft = await checked(csvFile(20));
    issuer.change({ lists: [] });
    expect(await started(draft.id)).toMatchObject({ state: 'paused', reason: 'list-full' });
    issuer.change({ lists: [2] });
    await campaigns.act('resume', draft.id, CLERK);
    expect(await until(draft.id, 'done')).toMatchObject({ done: 20 });
  });

  test('pauses, goes on, and is cancelled for good', async () => {
    const draft = await checked(csvFile(900));
    await campaigns.act('start', draft.id, CLERK);
    expect(await campaigns.act('pause', draft.id, CLERK)).toMatchObject({ state: 'paused' });
    const { done } = await campaigns.act('resume', draft.id, CLERK);
    expect(done).toBeLessThan(900);
    const cancelled = await campaigns.act('cancel', draft.id, CLERK);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = await campaigns.find(draft.id, CLERK);
    expect([after.state, after.done + after.refused, after.done]).toEqual(['cancelled', 900, await count('credential')]);
    expect(after.done).toBe(cancelled.done);
    await expect(campaigns.act('start', draft.id, CLERK)).rejects.toMatchObject({ code: 'campaign-conflict' });
    expect(await count('campaign_row WHERE sealed IS NOT NULL')).toBe(0);
    await campaigns.act('erase', draft.id, CLERK);
    expect([await count('campaign_row WHERE sealed_label IS NOT NULL OR sealed_made IS NOT NULL OR mark IS NOT NULL'), (await report(draft.id)).length]).toEqual([0, 900]);
    await expect(campaigns.issued(draft.id, CLERK)).rejects.toMatchObject({ code: 'campaign-conflict' });
  });

  test('who is of another organisation sees nothing of it', async () => {
    const draft = await checked(csvFile(1));
    await expect(campaigns.find(draft.id, OTHER)).rejects.toMatchObject({ code: 'campaign-unknown' });
    await expect(campaigns.act('start', draft.id, OTHER)).rejects.toMatchObject({ code: 'campaign-unknown' });
    await expect(campaigns.report(draft.id, OTHER, 'csv')).rejects.toMatchObject({ code: 'campaign-unknown' });
    expect(await campaigns.list(OTHER)).toEqual([]);
  });

  test('two workers on one database share the rows', async () => {
    const second = await issuer.open();
    try {
      const draft = await checked(csvFile(1200));
      expect(await started(draft.id)).toMatchObject({ done: 1200, refused: 0 });
      expect([await count('credential'), await count('issuance')]).toEqual([1200, 1200]);
    } finally {
      await second.stop();
    }
  });

  test('who is erased is erased from the rows too', async () => {
    const draft = await checked(csvFile(2));
    await started(draft.id);
    const [first] = await on.database().query<{ patient: string }>('SELECT patient FROM issuance WHERE source = $1', [`campaign/${draft.id}/2`]);
    await issuer.patients.erase(first!.patient, CLERK);
    expect((await report(draft.id)).map(({ row, id }) => [row, id])).toEqual([[2, undefined], [3, 'case-1']]);
    expect([await count('campaign_mark'), await count('campaign_row WHERE mark IS NULL AND content IS NULL AND sealed_made IS NULL')]).toEqual([1, 1]);
  });

  test('every step that somebody takes is audited', async () => {
    const draft = await checked(csvFile(2));
    await started(draft.id);
    await campaigns.report(draft.id, CLERK, 'csv');
    const rows = await on.database().query<{ action: string; actor: string }>('SELECT action, actor FROM audit WHERE target = $1 ORDER BY id', [draft.id]);
    expect(rows.map(({ action }) => action)).toEqual(['campaign.create', 'campaign.check', 'campaign.start', 'campaign.issue', 'campaign.finish', 'campaign.report']);
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set(['clerk']));
  });
});
