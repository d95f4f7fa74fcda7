// What stands on chain of an issuer, as its console reads it: accreditation, keys, lists, anchors, and how long the money lasts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleImmunization } from '#network/samples/index.ts';
import { LIST_SIZE } from '#passport';
import { startServices, until, type Services } from '../conformance/services.ts';
import { now } from '../journeys/network.ts';

describe('the keys of an issuer', () => {
  let services: Services;
  let operator: Record<string, string>;
  beforeAll(async () => {
    services = await startServices();
    operator = { authorization: `Bearer ${services.token}` };
  }, 120_000);
  afterAll(() => services.stop());
  const get = (path: string) => services.get('issuer', path, operator);
  const post = (path: string, body: unknown) => services.post('issuer', path, body, operator);

  test('say who accredited it, what signs now, how full its lists are, and what is anchored', async () => {
    expect((await get('/keys')).body).toMatchObject({
      did: expect.stringMatching(/^did:ethr:/), accreditation: { issuer: 1, name: 'Sample Health Centre', accreditedBy: 'Sample Health Authority', standing: 'active', latestStatus: 'active' },
      claimsKey: { onChain: true }, keys: [{ type: 'secp256k1', until: expect.any(Number), current: true }, { type: 'P-256', current: true }],
      lists: [{ id: 1, used: 0, revoked: 0, suspended: 0, capacity: LIST_SIZE }], anchors: { count: 0 }, unanchored: 0,
    });
    const { body } = await post('/paper', { fhir: sampleImmunization(now()) });
    const { issuance } = (body as { certificates: { issuance: string }[] }).certificates[0]!;
    await post('/credentials/suspend', { ids: [issuance], reason: 'under-review' });
    await post('/anchors', {});
    const { body: after } = await until(() => get('/keys'), ({ body: keys }) => (keys['anchors'] as { count: number }).count === 1 && (keys['lists'] as { suspended: number }[])[0]!.suspended === 1);
    expect(after).toMatchObject({ lists: [{ used: 1, revoked: 0, suspended: 1 }], anchors: { count: 1, last: { list: 1, root: expect.stringMatching(/^0x/) } }, unanchored: 0 });
  });

  test('and the figures say how far the chain was read, and how many changes the balance pays for', async () => {
    const { body } = await until(() => get('/statistics'), ({ body: figures }) => (figures['now'] as { suspended: number }).suspended === 1);
    const { series, chain, gas, step } = body as { series: { issued: number; suspended: number }[]; chain: { head: number; read: number; writer: string }; gas: { balance: string; perWrite: string; writes: number }; step: string };
    expect([step, series.length, series.at(-1)]).toEqual(['day', 31, expect.objectContaining({ offered: 0, outstanding: 0 })]);
    const lately = series.slice(-2); // a day may have ended meanwhile
    expect([lately.reduce((sum, { issued }) => sum + issued, 0), lately.reduce((sum, { suspended }) => sum + suspended, 0)]).toEqual([1, 1]);
    expect(chain.writer).toBe('writing');
    expect(Math.abs(chain.head - chain.read)).toBeLessThan(10);
    expect(gas.writes).toBe(Number(BigInt(gas.balance) / BigInt(gas.perWrite)));
    expect(gas.writes).toBeGreaterThan(1000);
    expect((await get('/statistics?step=minute')).body).toMatchObject({ code: 'request-invalid', field: 'step' });
  });

  test('are for those who may read them', async () => {
    for (const path of ['/keys', '/statistics']) expect((await services.get('issuer', path)).status).toBe(401);
  });
});
