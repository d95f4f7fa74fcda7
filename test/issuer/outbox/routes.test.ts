// The routes of status changes and of what waits for the chain, over real requests, with a real outbox behind them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { chainWriteRoutes } from '#issuer/outbox/routes.ts';
import { changeStatus } from '#issuer/revoke.ts';
import { statusRoutes } from '#issuer/status-routes.ts';
import type { Outbox } from '#issuer';
import { createOperatorAccess, createRouter, tokenDigest } from '#server';
import { openOutboxScene, type OutboxScene } from './scene.ts';

const TOKEN = 'operator-token-of-the-test';

describe('the routes of the outbox', () => {
  let scene: OutboxScene;
  let outbox: Outbox;
  let app: Hono;
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await app.request(path, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers } });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  };
  const writes = async (token = TOKEN) => {
    const response = await app.request('/chain-writes', { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  };
  beforeAll(async () => {
    scene = await openOutboxScene(40);
    outbox = scene.outbox({ patience: 5_000 });
    const { database, store } = scene;
    app = createRouter(
      [...statusRoutes({ changeStatus: (action, ids, options) => changeStatus({ database, store, outbox }, action, ids, options) }), ...chainWriteRoutes(outbox.state)],
      { access: createOperatorAccess(tokenDigest(TOKEN)) },
    );
  });
  afterAll(() => scene?.stop());

  test('POST /credentials/suspend twice under one Idempotency-Key answers the same and sends once', async () => {
    const [first, again] = [await post('/credentials/suspend', { ids: [scene.ids[0]] }, { 'idempotency-key': 'visit-0001' }), await post('/credentials/suspend', { ids: [scene.ids[0]] }, { 'idempotency-key': 'visit-0001' })];
    expect([first.status, first.body]).toEqual([200, { credentials: [{ id: scene.ids[0], list: 1, index: 0, changed: true }] }]);
    expect(again).toEqual(first);
    expect(await scene.events()).toEqual(['Suspended']);
    expect(await post('/credentials/revoke', { ids: [scene.ids[0]] }, { 'idempotency-key': 'visit-0001' })).toMatchObject({ status: 400, body: { code: 'request-invalid', field: 'idempotencyKey' } });
    expect(await post('/credentials/revoke', { ids: [scene.ids[0]] }, { 'idempotency-key': 'short' })).toMatchObject({ status: 400, body: { code: 'request-invalid', field: 'idempotency-key' } });
  });

  test('POST /credentials/revoke takes a reason of the closed list, and no other', async () => {
    expect(await post('/credentials/revoke', { ids: [scene.ids[1]], reason: 'fraud' })).toMatchObject({ status: 200 });
    expect(await post('/credentials/revoke', { ids: [scene.ids[2]], reason: 'the patient has moved' })).toMatchObject({ status: 400, body: { code: 'request-invalid', field: 'reason' } });
    expect(await scene.database.query('SELECT reason FROM chain_write WHERE reason IS NOT NULL')).toEqual([{ reason: 'fraud' }]);
  });

  test('GET /chain-writes shows counts, ages and the money left, and no name of a credential', async () => {
    await scene.quiet(outbox);
    const { status, body } = await writes();
    expect([status, body]).toEqual([200, {
      pending: 0, kinds: {}, oldestSeconds: 0, unfinal: 0, writer: 'writing', lastBlock: expect.any(Number), gasBalance: expect.stringMatching(/^\d{18,}$/),
    }]);
    await outbox.stop();
    expect(await post('/credentials/revoke', { ids: [scene.ids[5]] })).toMatchObject({ status: 503, body: { code: 'service-unavailable', field: 'chain' } });
    const after = await writes();
    expect(after.body).toMatchObject({ pending: 1, kinds: { status: 1 }, writer: 'stopped' });
    expect(JSON.stringify(after.body)).not.toContain(scene.ids[5]);
    expect(await writes('operator-token-of-nobody')).toMatchObject({ status: 401, body: { code: 'not-authorised' } });
  });
});
