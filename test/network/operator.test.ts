// The operator of a network: what it decides about issuers happens on chain, once, with a reason that stays here; and what it may not decide.
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { createOperator, GOVERNANCE_MIGRATION } from '#network/operator/index.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import { createClaimsKeyPair, HealthpassError, type FieldElement } from '#passport';
import { AUDIT_MIGRATION, OPERATOR, type Database } from '#server';
import type { Deployment } from '#contracts';
import { startServices, until, type Answer, type Json, type Services } from '../conformance/services.ts';
import { describeOnDatabases } from '../server/databases.ts';
import { CONTRACT, trustOf } from '../formats/fixture.ts';
import { now, pause } from '../journeys/network.ts';

type Listed = { id: number; did: string; name: string; standing: string; lists: number[]; own: boolean };
type Decision = { id: number; action: string; state: string; issuer?: number; reason?: string; code?: string };

describe('the operator of a network', () => {
  let services: Services;
  let operator: Record<string, string>;
  const account = Wallet.createRandom();
  const { publicKey } = createClaimsKeyPair();
  const request = { did: `did:ethr:0x7a69:${account.address}`, identity: account.address, claimsKey: { x: publicKey.x.toString(), y: publicKey.y.toString() } };
  beforeAll(async () => {
    services = await startServices();
    operator = { authorization: `Bearer ${services.token}` };
  }, 120_000);
  afterAll(() => services.stop());
  const post = (path: string, body: unknown) => services.post('issuer', path, body, operator);
  const list = async () => (await services.get('issuer', '/issuers', operator)).body as unknown as { issuers: Listed[]; actions: Decision[]; governance: { address: string; balance: string } };
  const issuer = async (id: number) => (await list()).issuers.find((one) => one.id === id);
  const becomes = (id: number, standing: string) => until(() => services.get('issuer', '/issuers', operator), ({ body }) => (body['issuers'] as Listed[]).some((one) => one.id === id && one.standing === standing) && (body['actions'] as Decision[]).every(({ state }) => state !== 'pending'));
  const issue = (commitment: string): Promise<Answer> => post('/credentials', { fhir: sampleImmunization(now()), bindings: [{ commitment, key: createHolderSigner().key }] });

  test('sees who may issue, and what governance can pay with', async () => {
    const { issuers, actions, governance } = await list();
    expect([issuers.map(({ id, name, standing }) => [id, name, standing]), actions]).toEqual([[[1, 'Sample Health Centre', 'active']], []]);
    expect([governance.address, BigInt(governance.balance) > 0n]).toEqual([expect.stringMatching(/^0x[0-9a-fA-F]{40}$/), true]);
  });

  test('accredits an issuer by its request, once', async () => {
    expect(await post('/issuers', { request, name: 'Second Clinic', accreditedBy: 'Sample Health Authority', lists: 2 })).toMatchObject({ status: 202, body: { action: 'accredit', identity: account.address, state: 'pending' } });
    await becomes(2, 'active');
    expect(await issuer(2)).toMatchObject({ did: request.did, name: 'Second Clinic', lists: [2, 3], own: false });
    expect(await issuer(1)).toMatchObject({ own: true }); // who suspends that one stops this service, and is warned
    expect((await list()).actions[0]).toMatchObject({ action: 'accredit', state: 'done' });
    expect(await post('/issuers', { request, name: 'Second Clinic', accreditedBy: 'X' })).toMatchObject({ status: 409, body: { code: 'status-conflict' } });
  });

  test.each<[string, Json, number, string]>([
    ['an account that is not that of its DID', { request: { ...request, did: 'did:ethr:0x7a69:0x0000000000000000000000000000000000000001' } }, 400, 'request-invalid'],
    ['a claims key that is no point', { request: { ...request, claimsKey: { x: '5', y: '5' } } }, 400, 'point-invalid'],
    ['no name', { name: ' ' }, 400, 'request-invalid'],
    ['more lists than an issuer has', { lists: 17 }, 400, 'request-invalid'],
  ])('accredits nobody with %s', async (_name, change, status, code) => {
    const before = (await list()).actions.length;
    expect(await post('/issuers', { request, name: 'Third', accreditedBy: 'X', ...change })).toMatchObject({ status, body: { code } });
    expect((await list()).actions.length).toBe(before);
  });

  test('suspends an issuer for a reason, which then issues nothing, and reinstates it', async () => {
    expect((await issue('21')).status).toBe(201);
    expect(await post('/issuers/1/suspend', { reason: 'under-review' })).toMatchObject({ status: 202, body: { action: 'suspend', issuer: 1, reason: 'under-review' } });
    await becomes(1, 'suspended');
    expect(await until(() => issue('22'), ({ status }) => status !== 201)).toMatchObject({ status: 409, body: { code: 'issuer-not-accredited' } });
    expect(await post('/issuers/1/suspend', { reason: 'misconduct' })).toMatchObject({ status: 409, body: { code: 'status-conflict' } });
    expect((await post('/issuers/1/lists', { count: 1 })).status).toBe(409);
    expect((await post('/issuers/1/reinstate', { reason: 'review-closed' })).status).toBe(202);
    await becomes(1, 'active');
    await until(() => issue('23'), ({ status }) => status === 201);
  });

  test('gives more lists, and removes an issuer for good', async () => {
    expect((await post('/issuers/2/lists', { count: 1 })).status).toBe(202);
    await until(() => services.get('issuer', '/issuers', operator), ({ body }) => (body['issuers'] as Listed[]).find(({ id }) => id === 2)!.lists.length === 3);
    expect((await post('/issuers/2/remove', { reason: 'ceased' })).status).toBe(202);
    await becomes(2, 'removed');
    expect(await post('/issuers/2/reinstate', { reason: 'unspecified' })).toMatchObject({ status: 409, body: { code: 'status-conflict' } });
    expect((await post('/issuers/9/remove', { reason: 'ceased' })).status).toBe(404);
  });

  test('says in the audit trail who decided what, and why', async () => {
    const { body } = await services.get('issuer', '/audit?action=issuer&limit=50', operator);
    expect((body['entries'] as { action: string; detail: Json; target: string }[]).map(({ action, detail }) => [action, detail['reason']]).toReversed()).toEqual([
      ['issuer.accredit', undefined], ['issuer.suspend', 'under-review'], ['issuer.reinstate', 'review-closed'], ['issuer.assign-lists', undefined], ['issuer.remove', 'ceased'],
    ]);
  });

  test('is no program, and nobody else', async () => {
    const { body: { id, secret } } = await post('/clients', { name: 'Program', permissions: ['audit:read', 'credentials:issue'] });
    const { body } = await services.post('issuer', '/oauth/token', 'grant_type=client_credentials', { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
    const headers = { authorization: `Bearer ${body['access_token']}` };
    expect(await services.get('issuer', '/issuers', headers)).toMatchObject({ status: 403, body: { code: 'forbidden', field: 'permission' } });
    expect(await services.post('issuer', '/issuers/1/suspend', { reason: 'misconduct' }, headers)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await post('/clients', { name: 'Program', permissions: ['issuers:accredit'] })).status).toBe(400);
    expect((await services.post('issuer', '/issuers/1/suspend', { reason: 'misconduct' })).status).toBe(401);
  });
});

describeOnDatabases('decisions of governance', [AUDIT_MIGRATION, GOVERNANCE_MIGRATION], ({ database }) => {
  const deployment = { chainId: 31337, block: 0, contracts: { IssuerRegistry: CONTRACT } } as unknown as Deployment; // the only contract that is called
  const trust = trustOf({ did: 'did:ethr:0x7a69:0x0000000000000000000000000000000000000001', keys: [] }, { number: 1, time: now() });
  const begin = (send: (id: string) => Promise<unknown>, on: Database = database()) => createOperator({
    database: on, deployment, sender: { send: async (_call, { id }) => (await send(id!), { blockNumber: 1 } as never) }, trust: () => trust, now, onTrouble: (says) => troubles.push(says), retry: 20,
  });
  const troubles: string[] = [];
  const settled = async (of: ReturnType<typeof begin>) => {
    for (let tries = 0; tries < 3000 && (await of.actions()).some(({ state }) => state === 'pending'); tries++) await pause(20);
    return of.actions();
  };

  test('are sent under one name however often a chain that is away makes them wait, also by the next process', async () => {
    const names: string[] = [];
    const first = begin(async (id) => { names.push(id); throw new HealthpassError('chain-unavailable', 'away', { field: 'chain' }); });
    await first.change('suspend', 7, 'misconduct', OPERATOR);
    await expect(first.change('remove', 7, 'misconduct', OPERATOR)).rejects.toMatchObject({ code: 'status-conflict', field: 'issuer' });
    for (let tries = 0; tries < 3000 && names.length < 2; tries++) await pause(20);
    first.stop();
    expect(troubles[0]).toBe('what governance decided cannot be sent (chain-unavailable)');
    const second = begin(async (id) => void names.push(id));
    second.start();
    expect((await settled(second))[0]).toMatchObject({ action: 'suspend', issuer: 7, state: 'done' });
    expect(new Set(names).size).toBe(1);
    second.stop();
  });

  test('that the contract refuses are told with its reason, and the next one is sent all the same', async () => {
    const operator = begin(async () => { throw new HealthpassError('transaction-failed', 'no', { field: 'OwnableUnauthorizedAccount' }); });
    await operator.assignLists(7, 1, OPERATOR);
    expect((await settled(operator))[0]).toMatchObject({ state: 'refused', code: 'transaction-failed', field: 'OwnableUnauthorizedAccount' });
    operator.stop();
    expect(await operator.change('reinstate', 99, 'unspecified', OPERATOR)).toBeUndefined();
    await expect(operator.accredit({ did: trust.issuers[0]!.did, identity: '0x0000000000000000000000000000000000000001', claimsKey: { x: 0n as FieldElement, y: 1n as FieldElement }, name: 'N', accreditedBy: 'B', lists: 1 }, OPERATOR)).rejects.toMatchObject({ code: 'point-invalid' });
  });
});
