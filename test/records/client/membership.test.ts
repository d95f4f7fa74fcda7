// What members and bodies do through the client, against a real gateway and a real chain; and a gateway that lies to them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchConfig } from '#records/client/config.ts';
import type { Fetch } from '#records/client/fetch.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { encodeKeyFile, openKeyFile } from '#records/client/key-file.ts';
import { createMembership } from '#records/client/membership.ts';
import { signIn } from '#records/client/session.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { derive, LABELS, readingKeys } from '#records/model/keys/derive.ts';
import { createRoot, type Root } from '#records/model/keys/root.ts';
import { createSigner } from '#records/model/signing.ts';
import type { Role } from '#records/model/members.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { createScene, type Scene } from '../gateway/scene.ts';

let scene: Scene;
const bodyRoot = createRoot();
const fetchScene: Fetch = async (url, init) => scene.records.app.request(url, init);

/** Signed in, with what the gateway says now. */
async function enter(root: Root, fetch: Fetch = fetchScene) {
  const open = createGatewayClient({ url: 'http://localhost', fetch });
  const config = await fetchConfig(open);
  const signer = createSigner(derive(root, LABELS.account));
  const { client, account, membership: { roles, decides, organisation } } = await signIn(open, signer, config);
  return { account, ...createMembership({ client, inside: () => ({ account, signer, root, config, roles, decides, organisation }) }, scene.clock.now) };
}
const form = (role: Role, name: string) => ({ role, name, country: 'DE', licence: 'L-1', organisation: undefined });
const inAYear = () => scene.clock.now() + 365 * 86_400;

describeOnDatabases('members and bodies', RECORDS_MIGRATIONS, ({ database }) => {
  beforeAll(async () => { scene = await createScene(database(), {}, createSigner(derive(bodyRoot, LABELS.account))); });
  afterAll(() => scene.stop());

  describe('createMembership', () => {
    test('decisions of a body at the same moment all count, though they were signed with the same nonce', async () => {
      const [one, two, three, four] = [createRoot(), createRoot(), createRoot(), createRoot()];
      for (const [root, name] of [[one, 'Clinic One'], [two, 'Clinic Two'], [three, 'Clinic Three'], [four, 'Clinic Four']] as const) await (await enter(root)).apply(form('hospital', name));
      const body = await enter(bodyRoot);
      await Promise.all((await body.waiting()).map((application) => body.approve(application, inAYear())));
      expect((await body.find('clinic', ['hospital'])).map(({ name }) => name)).toEqual(['Clinic Four', 'Clinic One', 'Clinic Three', 'Clinic Two']);
      expect(await (await enter(one)).overview()).toMatchObject({ roles: ['hospital'], open: undefined, isChanged: false });
    });

    test('a person joins an organisation, and holds its key while it acts for it', async () => {
      const [hospitalRoot, root] = [createRoot(), createRoot()];
      await (await enter(hospitalRoot)).apply(form('hospital', 'Teaching Hospital'));
      const body = await enter(bodyRoot);
      await body.approve((await body.waiting())[0]!, inAYear());
      const hospital = await enter(hospitalRoot);
      await (await enter(root)).apply({ ...form('doctor', 'Dr. Staff'), organisation: hospital.account });
      await hospital.confirm((await hospital.staff()).waiting[0]!);
      await body.approve((await body.waiting())[0]!, inAYear());
      const [colleague] = (await hospital.staff()).colleagues;
      expect([colleague!.member.name, colleague!.hasKey]).toEqual(['Dr. Staff', false]);
      await hospital.handOver(colleague!.member);
      const person = await enter(root);
      expect(await person.receivedKeys()).toEqual([{ organisation: hospital.account, keys: readingKeys(hospitalRoot) }]);
      await body.suspend(hospital.account, true);
      expect(await (await enter(root)).receivedKeys()).toEqual([]);
      await body.suspend(hospital.account, false);
      await body.withdrawRole(person.account, 'doctor');
      expect(await (await enter(root)).overview()).toMatchObject({ roles: [], entry: undefined });
    });

    test('a gateway that puts a person of its own among the staff of an organisation is handed no key', async () => {
      const [hospitalRoot, strangerRoot] = [createRoot(), createRoot()];
      await (await enter(hospitalRoot)).apply(form('hospital', 'Harbour Hospital'));
      await (await enter(strangerRoot)).apply(form('doctor', 'Dr. Stranger'));
      const body = await enter(bodyRoot);
      for (const application of await body.waiting()) await body.approve(application, inAYear());
      const [stranger] = await body.find('Dr. Stranger', ['doctor']);
      const lying: Fetch = async (url, init) => {
        const answer = await fetchScene(url, init);
        if (url.includes('/members?')) return Response.json({ members: [{ ...stranger, organisation: (await enter(hospitalRoot)).account }] });
        if (!url.endsWith('/staff-keys') || init?.method === 'POST') return answer;
        return Response.json({ ...(await answer.json() as object), confirmed: [{ person: stranger!.address, since: scene.clock.now(), signature: stranger!.readingKey.signature }] });
      };
      const hospital = await enter(hospitalRoot, lying);
      expect((await hospital.staff()).colleagues).toEqual([]);
      await expect(hospital.handOver(stranger!)).rejects.toMatchObject({ code: 'member-unknown' });
    });

    test('a gateway that hands out a key of its own for a member is found out', async () => {
      const [clinic] = await (await enter(bodyRoot)).find('clinic one', ['hospital']);
      const lying: Fetch = async (url, init) => {
        const response = await fetchScene(url, init);
        if (!new URL(url).pathname.startsWith('/members/')) return response;
        const member = (await response.json()) as { readingKey: object };
        return Response.json({ ...member, readingKey: { ...member.readingKey, key: readingKeys(createRoot()).publicKey } });
      };
      await expect((await enter(bodyRoot, lying)).member(clinic!.address)).rejects.toMatchObject({ code: 'signature-invalid' });
    });
  });

  describe('encodeKeyFile', () => {
    const cost = { N: 2 ** 14, r: 8, p: 1 };
    test('gives back the root to whoever has the passphrase, and to nobody else', async () => {
      const root = createRoot();
      const file = await encodeKeyFile(root, 'correct horse battery', cost);
      expect(await openKeyFile(file, 'correct horse battery')).toEqual(root);
      await expect(openKeyFile(file, 'another passphrase')).rejects.toMatchObject({ code: 'wallet-locked' });
      expect(Buffer.from(file).toString()).not.toContain(Buffer.from(root).toString('hex'));
      const text = Buffer.from(file).toString();
      const sealed = (JSON.parse(text) as { sealed: string }).sealed;
      for (const spoilt of ['', '{}', text.slice(0, -9), text.replace('"version":1', '"version":2'), text.replace(sealed, `${sealed.slice(0, -1)}${sealed.endsWith('0') ? '1' : '0'}`)]) {
        await expect(openKeyFile(Buffer.from(spoilt), 'correct horse battery')).rejects.toMatchObject({ code: expect.stringMatching(/^(backup-invalid|wallet-corrupt)$/) as string });
      }
    });
  });
});
