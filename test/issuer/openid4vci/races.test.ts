// What comes at the same moment, on both databases: of two that want the same thing, one has it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { ISSUER_MIGRATIONS } from '#issuer';
import { sampleImmunization } from '#network/samples/index.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { rawWallet, staff, startScene, wrong, type Made, type RawWallet, type Scene } from './scene.ts';

const SD = 'vaccination_dc_sd_jwt';
const VC = 'vaccination_jwt_vc_json';

describeOnDatabases('OpenID4VCI', ISSUER_MIGRATIONS, (on) => {
  let scene: Scene;
  let wallet: RawWallet;
  beforeAll(async () => {
    scene = await startScene({ place: on.place() });
    wallet = rawWallet(scene);
  });
  afterAll(() => scene.stop());
  const redeemed = async () => (await wallet.token(await staff(scene).offer())).body['access_token'] as string;
  const times = <T>(count: number, make: (i: number) => Promise<T>) => Promise.all(Array.from({ length: count }, (_, i) => make(i)));
  const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).toSorted();

  test('of ten who redeem one offer at once, one does', async () => {
    const made = await staff(scene).offer();
    expect(statuses(await times(10, () => wallet.token(made)))).toEqual([200, ...Array.from({ length: 9 }, () => 400)]);
  });
  test('of twenty wrong transaction codes at once, five are looked at', async () => {
    const made = await staff(scene).offer();
    const other = String((Number(made.txCode) + 1) % 1_000_000).padStart(6, '0');
    await times(20, () => wallet.token(made, { tx_code: other }));
    expect(await scene.database.query('SELECT attempts, state FROM offer WHERE id = $1', [made.id])).toEqual([{ attempts: 5, state: 'locked' }]);
  });
  test('one request sent ten times at once is answered alike, and issued once', async () => {
    const token = await redeemed();
    const request = { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(await wallet.nonce())] } };
    const before = await scene.database.query<{ n: number }>('SELECT count(*)::int8 AS n FROM credential');
    const answers = await times(10, () => wallet.json('/credential', token, request));
    expect(statuses(answers)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await scene.database.query('SELECT count(*)::int8 AS n FROM credential')).toEqual([{ n: before[0]!.n + 1 }]);
  });
  test('one nonce for two requests at once serves one', async () => {
    const [token, nonce] = [await redeemed(), await wallet.nonce()];
    const answers = await times(2, async (i) => wallet.json('/credential', token, { credential_configuration_id: i === 0 ? SD : VC, proofs: { jwt: [await wallet.proof(nonce)] } }));
    expect(answers.map(wrong).toSorted()).toEqual(['200 ', '400 invalid_nonce']);
  });
  test('one key for two offers at once serves one', async () => {
    const holder = createHolderSigner();
    const answers = await times(2, async () => wallet.json('/credential', await redeemed(), { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(await wallet.nonce(), holder)] } }));
    expect(answers.map(wrong).toSorted()).toEqual(['200 ', '400 invalid_proof']);
  });
  test('batches at once do not exceed what an offer gives', async () => {
    const token = await redeemed();
    const answers = await times(3, async () => {
      const nonce = await wallet.nonce();
      return wallet.json('/credential', token, { credential_configuration_id: SD, proofs: { jwt: await times(8, () => wallet.proof(nonce)) } });
    });
    expect(answers.map(wrong).toSorted()).toEqual(['200 ', '200 ', '400 credential_request_denied']);
  });
  test('a deferred credential asked for five times at once is issued once', async () => {
    const made = (await staff(scene).send('POST', '/offers', { deferred: true, kind: 'vaccination' })).body as unknown as Made;
    const token = (await wallet.token(made)).body['access_token'] as string;
    const { body } = await wallet.json('/credential', token, { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(await wallet.nonce())] } });
    await staff(scene).send('POST', `/offers/${made.id}/result`, { fhir: sampleImmunization(scene.now()) });
    const answers = await times(5, () => wallet.json('/deferred-credential', token, { transaction_id: body['transaction_id'] }));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200]);
  });
  test('what has run out is forgotten while offers are made and redeemed', async () => {
    await Promise.all([times(4, () => scene.openid4vci.sweep()), times(4, redeemed)]);
    expect((await wallet.token(await staff(scene).offer())).status).toBe(200);
  });
});
