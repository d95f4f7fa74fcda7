import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuardian, createGuardianship, createRecovery } from '#records/client/guardians.ts';
import { OBJECTION } from '#records/gateway/guardians/guardians.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { accountKey, readingKeys, sealingKeys } from '#records/model/keys/derive.ts';
import { createRoot } from '#records/model/keys/root.ts';
import { createSigner } from '#records/model/signing.ts';
import type { Database } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { createExchangeScene, random32, type ExchangeScene } from './scene.ts';

let scene: ExchangeScene;
let database: Database;
const code = (value: string) => ({ code: value });
const signIn = (root: Parameters<typeof accountKey>[0]) => scene.tokenOf(createSigner(Buffer.from(accountKey(root).secretKey.slice(2), 'hex')));

/** Any account can guard: here of other patients. */
async function guardian() {
  const { root, token, account } = await scene.patient();
  const keys = readingKeys(root);
  return { guardian: account, key: keys.publicKey, client: createGuardian(scene.gateway.as(token), account, keys) };
}
type Guardian = Awaited<ReturnType<typeof guardian>>;
/** A new device, and the same after its session has ended. */
async function device() {
  const [root, keys] = [createRoot(), sealingKeys(createRoot())];
  const open = async () => createRecovery(scene.gateway.as(await signIn(root)), keys);
  return { client: await open(), again: open };
}
async function guarded() {
  const patient = await scene.patient();
  const guardians = [await guardian(), await guardian(), await guardian()] as const;
  const own = createGuardianship(scene.gateway.as(patient.token), patient.root);
  await own.choose(guardians, 2, 'Ana');
  return { patient, guardians, own };
}
async function release({ client }: Guardian, link: string): Promise<void> {
  const { recovery, code: shown } = await client.readRecovery(link);
  await client.release(recovery, (await client.wards())[0]!.backup, shown);
}
const threeDaysLater = async () => {
  scene.clock.pass(OBJECTION + 1);
  await scene.watch.sync();
};

describeOnDatabases('guardians', RECORDS_MIGRATIONS, ({ database: opened }) => {
  beforeAll(async () => {
    database = opened();
    scene = await createExchangeScene(database);
  });
  afterAll(() => scene.stop());

  describe('a recovery', () => {
    test('gives the root to a new device when enough guardians released it and nobody objected in time', async () => {
      const { patient, guardians, own } = await guarded();
      const { client, again } = await device();
      const { recovery, link, code: shown } = await client.ask();
      expect(await guardians[0].client.wards()).toMatchObject([{ name: 'Ana', threshold: 2 }]);
      expect((await guardians[0].client.readRecovery(link)).code).toBe(shown);
      expect(await client.progress(recovery)).toEqual({ state: 'open', released: 0 });
      await release(guardians[0], link);
      await release(guardians[2], link);
      expect((await own.view()).recovery).toMatchObject({ id: recovery, released: 2 });
      expect(await client.progress(recovery)).toMatchObject({ state: 'waiting', released: 2, threshold: 2 });
      await expect(client.finish(recovery)).rejects.toMatchObject(code('status-conflict'));
      await threeDaysLater();
      const root = await (await again()).finish(recovery);
      expect(accountKey(root).address).toBe(patient.account);
      expect((await createGuardianship(scene.gateway.as(await signIn(root)), root).view()).backup).toMatchObject({ threshold: 2, guardians: guardians.map((one) => one.guardian) });
    });

    test('of a thief ends when the patient objects, and none of the shares is ever given out', async () => {
      const { guardians, own } = await guarded();
      const { client, again } = await device();
      const { recovery, link } = await client.ask();
      for (const one of guardians) await release(one, link);
      await own.object(recovery);
      expect((await own.view()).recovery).toBeUndefined();
      await threeDaysLater();
      await expect((await again()).progress(recovery)).rejects.toMatchObject(code('record-unknown'));
      expect(await database.query('SELECT 1 FROM recovery_share WHERE recovery = $1', [recovery])).toEqual([]);
    });

    test('is not kept from it by a guardian who recovers for somebody else first, and to whom the patient objects one by one', async () => {
      const { guardians, own } = await guarded();
      const [thief, person] = [await device(), await device()];
      const [bogus, asked] = [await thief.client.ask(), await person.client.ask()];
      await release(guardians[0], bogus.link);
      scene.clock.pass(1); // the earliest shows first
      for (const one of guardians.slice(1)) await release(one, asked.link);
      expect((await own.view()).recovery).toMatchObject({ released: 1 });
      await own.object(bogus.recovery);
      expect((await own.view()).recovery).toMatchObject({ id: asked.recovery, released: 2 });
      await threeDaysLater();
      expect(await (await person.again()).progress(asked.recovery)).toMatchObject({ state: 'ready' });
      await expect((await thief.again()).progress(bogus.recovery)).rejects.toMatchObject(code('record-unknown'));
    });

    test('gets nothing with too few guardians, of a choice that was replaced, or by another device', async () => {
      const { guardians, own, patient } = await guarded();
      const [one, stranger] = [await device(), await device()];
      const { recovery, link } = await one.client.ask();
      await release(guardians[0], link);
      await expect(stranger.client.progress(recovery)).rejects.toMatchObject(code('record-unknown'));
      const other = await guardian();
      await expect(other.client.readRecovery(link)).rejects.toMatchObject(code('record-unknown')); // guards nobody
      expect(await scene.call('POST', `/recoveries/${recovery}/shares`, { backup: 'ab'.repeat(16), sealed: 'A'.repeat(100) }, patient.token)).toEqual(
        await scene.call('POST', `/recoveries/${random32()}/shares`, { backup: 'ab'.repeat(16), sealed: 'A'.repeat(100) }, patient.token));
      await own.choose(guardians.slice(0, 2), 2, 'Ana');
      await expect(one.client.progress(recovery)).rejects.toMatchObject(code('record-unknown'));
      const asked = await one.client.ask();
      await release(guardians[0], asked.link);
      await threeDaysLater();
      expect(await (await one.again()).progress(asked.recovery)).toMatchObject({ state: 'waiting', released: 1 });
    });

    test('is no way for a gateway to slip in a key of its own: guardian and person compare a code', async () => {
      const { guardians } = await guarded();
      const { client } = await device();
      const { recovery, link, code: shown } = await client.ask();
      await database.query('UPDATE recovery SET key = $2 WHERE id = $1', [recovery, sealingKeys(createRoot()).publicKey]);
      expect((await guardians[0].client.readRecovery(link)).code).not.toBe(shown);
      const [ward] = await guardians[0].client.wards();
      await expect(guardians[0].client.release(recovery, ward!.backup, shown)).rejects.toMatchObject(code('offer-untrusted'));
    });
  });
});
