// The sample provider of a first start: it has a past that plots show, it is said to be revoked where it was, and an offer waits. Once.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFolder } from '#network/folder.ts';
import { PATIENTS, sampleHistory } from '#network/samples/history.ts';
import { startSystem, type System } from '#network/system.ts';
import { copyNetworkDatabases } from '../journeys/databases.ts';
import { now } from '../journeys/network.ts';

type Json = Record<string, unknown>;

describe('a first start with samples', () => {
  let root: string;
  let system: System;
  let token: string;
  const troubles: string[] = [];
  const start = async () => { system = await startSystem(dataFolder(root), { rpc: 0, issuer: 0, verifier: 0 }, { samples: true, records: false, onTrouble: (says) => troubles.push(says) }); };
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'healthpass-samples-'));
    const folder = dataFolder(root);
    await copyNetworkDatabases(folder);
    await start();
    token = (await readFile(folder.issuerToken, 'utf8')).trim();
  });
  afterAll(async () => {
    await system.stop();
    await rm(root, { recursive: true, force: true });
  });
  const ask = async (path: string, body?: object): Promise<Json> =>
    (await fetch(system.endpoints.issuer + path, { method: body ? 'POST' : 'GET', headers: { authorization: `Bearer ${token}` }, ...(body && { body: JSON.stringify(body) }) })).json() as Promise<Json>;
  const figures = async () => (await ask('/statistics?step=day')) as { series: { issued: number; revoked: number; suspended: number; offered: number }[]; now: { issued: number; patients: number; outstanding: number } };
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

  test('has a provider that was at work for weeks, whose changes are on chain', async () => {
    const visits = sampleHistory(now());
    const { series, now: totals } = await figures();
    expect([troubles, totals.issued, totals.patients]).toEqual([[], visits.length, PATIENTS.length]);
    expect(series.filter(({ issued }) => issued > 0).length).toBeGreaterThan(15);
    expect([sum(series.map(({ revoked }) => revoked)), sum(series.map(({ suspended }) => suspended)), sum(series.map(({ offered }) => offered))]).toEqual([3, 1, 5]);
    for (const [status, count] of [['revoked', 3], ['suspended', 1]] as const) await expect.poll(async () => (await ask(`/issuances?status=${status}`))['total']).toBe(count);
    expect(await ask('/issuances/search', { status: 'suspended' })).toMatchObject({ total: 1, issuances: [{ reason: 'under-review' }] });
    expect(await ask('/audit/verification')).toMatchObject({ intact: true });
    expect((await ask('/patients/search', { name: 'jon mus' }))['patients']).toMatchObject([{ person: { family: 'Muster' } }]);
  });

  test('has an offer that waits for a wallet, and the first admin may do all of it', async () => {
    expect(system.sampleOffer).toMatchObject({ pin: expect.stringMatching(/^\d{6}$/), link: expect.stringMatching(/^openid-credential-offer:/) });
    expect(await ask('/offers?state=open')).toMatchObject({ open: 1, offers: [{ id: system.sampleOffer!.id, state: 'created', person: { family: 'Specimen' } }] });
    expect(await ask('/staff/members')).toMatchObject([{ status: 'invited', roles: ['admin', 'clinician', 'operator'] }]);
    expect(system.firstAdmins['issuer']).toMatch(/^http:\/\/localhost:\d+\/staff\/join#/);
  });

  test('started again has the same past, and one more offer', async () => {
    const { now: before } = await figures();
    await system.stop();
    await start();
    const { now: after } = await figures();
    expect(after).toEqual({ ...before, outstanding: before.outstanding + 1 });
  });
});
