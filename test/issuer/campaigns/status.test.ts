// Bulk changes of status, on a real chain: by file, by campaign and by lot.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCampaigns, type Campaigns } from '#issuer/campaigns/index.ts';
import { settingsSchema, type Campaign, type CampaignKind } from '#issuer/campaigns/campaign.ts';
import { createIssuerStore } from '#issuer';
import { readIds } from '#issuer/campaigns/ids.ts';
import { openPatientBook, type PatientBook } from '#issuer/patients/index.ts';
import type { Outbox } from '#issuer/outbox/index.ts';
import { entryStatus, type HealthEvent, type UnixSeconds } from '#passport';
import type { Principal } from '#server';
import { openOutboxScene, now, type OutboxScene } from '../outbox/scene.ts';
import { all, bytesOf } from './fixture.ts';
import { CLERK, PROVIDER } from './issuer.ts';

const OPERATOR: Principal = { ...CLERK, kind: 'operator', id: 'operator', organisation: '' };
const MANY = 3000;

describe('bulk changes of status', () => {
  let scene: OutboxScene;
  let outbox: Outbox;
  let patients: PatientBook;
  let campaigns: Campaigns;

  beforeAll(async () => {
    scene = await openOutboxScene(MANY);
    outbox = scene.outbox({ patience: 60_000 });
    patients = await openPatientBook({ database: scene.database, provider: PROVIDER, now });
    campaigns = await openCampaigns({
      database: scene.database, provider: PROVIDER, patients, now: () => now() as UnixSeconds,
      issuer: { did: 'did:ethr:0x1', secure: () => Promise.reject(new Error('nothing is issued here')), changeStatus: (action, ids, options) => scene.change(outbox, action, ids, options) },
    });
  });
  afterAll(async () => {
    await campaigns.stop();
    await scene.stop();
  });

  const until = async (id: string, ...states: readonly Campaign['state'][]): Promise<Campaign> => {
    for (let tries = 0; tries < 1200; tries++) {
      const campaign = await campaigns.find(id, OPERATOR);
      if (states.includes(campaign.state)) return campaign;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('it does not come to an end');
  };
  const byFile = (kind: CampaignKind, body: string, principal = OPERATOR) =>
    campaigns.receive({ principal, kind, format: body.startsWith('"') || body.startsWith('{') ? 'ndjson' : 'csv', settings: settingsSchema.parse({ reason: 'under-review' }), body: bytesOf(body, 5000) });
  const run = async (id: string) => (await until(id, 'draft'), await campaigns.act('start', id, OPERATOR), until(id, 'done', 'paused'));
  const report = async (id: string) => (await all(await campaigns.report(id, OPERATOR, 'ndjson'))).map((line) => JSON.parse(line) as { row: number; outcome: string; code?: string });
  const statusOf = async (index: number) => {
    const state = await scene.trust();
    return entryStatus({ ...state, lists: state.lists.map((list) => ({ ...list, words: list.latestWords })) }, 1, index);
  };

  test('suspends thousands by a file, and tells of each; who is unknown keeps nobody', async () => {
    const { campaign } = await byFile('suspend', ['credential', ...scene.ids, 'urn:uuid:nobody', scene.ids[0]!].join('\n'));
    const draft = await until(campaign.id, 'draft');
    expect(draft).toMatchObject({ kind: 'suspend', ready: MANY, refused: 2 });
    expect(await statusOf(0)).toBe('valid');
    expect(await run(campaign.id)).toMatchObject({ state: 'done', done: MANY });
    expect((await report(campaign.id)).slice(-2)).toEqual([expect.objectContaining({ outcome: 'refused', code: 'credential-unknown' }), expect.objectContaining({ outcome: 'refused', code: 'row-repeated' })]);
    expect(await statusOf(0)).toBe('suspended');
  });

  test('what one revoked credential cannot do keeps no other', async () => {
    await run((await byFile('revoke', `id\n${scene.ids[5]}`)).campaign.id);
    const { campaign } = await byFile('reinstate', scene.ids.slice(0, 40).map((id) => JSON.stringify({ id })).join('\n'));
    expect(await run(campaign.id)).toMatchObject({ done: 39, refused: 1 });
    expect((await report(campaign.id)).filter(({ code }) => code)).toMatchObject([{ row: 6, code: 'status-conflict' }]);
  });

  test('a lot that is recalled is found by its number, whoever wrote it how, and all of it is revoked', async () => {
    const event = (lot: string): HealthEvent => ({ kind: 'vaccination', disease: 840539006n, product: 1, dose: 1, series: 2, time: 1_700_000_000 as UnixSeconds, test: 0, result: 'none', country: 'DE', lot, performer: undefined, person: { family: 'Meyer', given: ['Anna'], birthDate: '1980-01-01' } });
    const store = createIssuerStore(scene.database);
    const lots = ['AB 12', 'ab12', 'AB-12', 'AB 13'];
    const recorded = await scene.database.transaction((tx) => patients.recordAll(tx, lots.map((lot) => ({ event: event(lot), organisation: 'clinic', source: 'credentials' }))));
    await store.remember(recorded.map(({ issuance }, i) => ({ id: `urn:uuid:lot-${i}`, issuance, copy: 0, list: 1, index: 1_000_000 + i, issuedAt: 1, securings: [] })));
    const recalled = await campaigns.changeStatus({ principal: CLERK, action: 'revoke', settings: settingsSchema.parse({}), of: { lot: 'Ab12 ' } });
    expect(await until(recalled.id, 'draft')).toMatchObject({ total: 2, ready: 2 });
    await run(recalled.id);
    expect(await Promise.all([0, 1, 2, 3].map((i) => statusOf(1_000_000 + i)))).toEqual(['revoked', 'revoked', 'valid', 'valid']);
    await expect(campaigns.changeStatus({ principal: { ...CLERK, organisation: 'other' }, action: 'revoke', settings: settingsSchema.parse({}), of: { lot: 'AB 13' } })).rejects.toMatchObject({ code: 'credential-unknown' });
  });

  test('nobody changes what another organisation issued', async () => {
    const { campaign } = await byFile('suspend', 'id\nurn:uuid:lot-2', { ...CLERK, organisation: 'other' });
    expect(await until(campaign.id, 'draft')).toMatchObject({ ready: 0, refused: 1 });
  });

  test('a key under which a list was suspended does not answer for its revocation', async () => {
    const send = (kind: CampaignKind) => campaigns.receive({ principal: CLERK, kind, format: 'csv', settings: settingsSchema.parse({}), idempotencyKey: 'monday', body: bytesOf('id\nurn:uuid:lot-2', 5000) });
    const { campaign } = await send('suspend');
    expect(await send('suspend')).toMatchObject({ created: false, campaign: { id: campaign.id } });
    await expect(send('revoke')).rejects.toMatchObject({ code: 'campaign-conflict', field: 'idempotency-key' });
  });

  test('who may make campaigns and not change statuses cannot start it', async () => {
    const { campaign } = await byFile('suspend', 'id\nurn:uuid:lot-2', CLERK);
    await until(campaign.id, 'draft');
    await expect(campaigns.act('start', campaign.id, { ...CLERK, permissions: new Set(['campaigns:write']) })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('readIds', () => {
  const read = (text: string, format: 'csv' | 'ndjson' | 'bundle' = 'csv') => all(readIds(bytesOf(text), format));
  test('takes a list, a report, and lines of JSON', async () => {
    const ids = ['urn:uuid:1', 'urn:uuid:2'];
    expect(await read(ids.join('\n'))).toEqual([{ type: 'ids', row: 1, ids: ['urn:uuid:1'] }, { type: 'ids', row: 2, ids: ['urn:uuid:2'] }]);
    expect(await read(`row,id,outcome,credentials\n2,case,done,"urn:uuid:1 urn:uuid:2"\n3,case,refused,`)).toEqual([{ type: 'ids', row: 2, ids }, { type: 'refused', row: 3, refusal: { code: 'request-invalid', field: 'credential' } }]);
    expect(await read('"urn:uuid:1"\n{"row":2,"credentials":["urn:uuid:1","urn:uuid:2"]}\n{"issuance":"x"}\n{}\n{', 'ndjson')).toMatchObject([
      { ids: ['urn:uuid:1'] }, { ids }, { ids: ['x'] }, { type: 'refused', refusal: { code: 'request-invalid' } }, { type: 'refused', refusal: { code: 'json-malformed' } },
    ]);
  });
  test.each([['a header without ids', 'name,born\nA,B', 'request-invalid'], ['a broken quote', 'id\n"a', 'text-malformed']])('refuses %s', async (_name, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code });
  });
  test('refuses a Bundle', async () => expect(read('{}', 'bundle')).rejects.toMatchObject({ code: 'request-invalid' }));
});
