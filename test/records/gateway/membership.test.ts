// From an application to a role on chain and its credential, and back: suspended at once, reinstated, withdrawn. Forged, repeated and foreign
// decisions change nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyCredential } from 'did-jwt-vc';
import { getAddress } from 'ethers';
import { Resolver, type ResolverRegistry } from 'did-resolver';
import { getResolver } from 'ethr-did-resolver';
import { readArtifact } from '#contracts/artifacts.ts';
import { appointBody, setSuspended } from '#contracts/care/roles.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import type { PatientId } from '#records/gateway/patient-keys.ts';
import type { Role } from '#records/model/members.ts';
import type { Signer } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { createScene, newAccount, told, type Answer, type Scene } from './scene.ts';

describeOnDatabases('membership', RECORDS_MIGRATIONS, (on) => {
  let scene: Scene;
  beforeAll(async () => { scene = await createScene(on.database()); });
  afterAll(() => scene.stop());
  const apply = async (account: Signer, role: Role, change: Record<string, unknown> = {}): Promise<Answer> => scene.call('POST', '/applications', scene.application(account, role, change), await scene.tokenOf(account));
  const membership = async (account: Signer) => (await scene.call('GET', '/membership', undefined, await scene.tokenOf(account))).body;
  const decide = async (id: unknown, decision: unknown, token?: string) => scene.call('POST', `/applications/${String(id)}/decision`, decision, token ?? (await scene.bodyToken()));
  const nonce = async () => scene.nonceOf(await scene.bodyToken());

  test('a body accepts a doctor: the role stands on chain, in the directory and in a credential that anybody can check', async () => {
    const doctor = newAccount();
    const applied = await apply(doctor, 'doctor', { name: 'Dr. Müller-Sample' });
    expect(applied).toMatchObject({ status: 201, body: { state: 'deciding', role: 'doctor', account: doctor.address } });
    const waiting = (await scene.call('GET', '/applications', undefined, await scene.bodyToken())).body as unknown as { id: string; evidence: string }[];
    expect(waiting).toMatchObject([{ id: applied.body['id'], evidence: 'a diploma' }]);
    expect(await decide(applied.body['id'], await scene.acceptance({ member: doctor.address, role: 'doctor', nonce: await nonce() }))).toEqual({ status: 200, body: { outcome: 'done' } });
    const own = await membership(doctor);
    expect(own).toMatchObject({ as: 'member', roles: ['doctor'], applications: [{ state: 'accepted' }], credentials: [{ role: 'doctor' }] });
    expect(JSON.stringify(own)).not.toContain('a diploma');
    expect(await scene.call('GET', '/members?q=muller')).toMatchObject({ status: 200, body: { members: [{ address: doctor.address, name: 'Dr. Müller-Sample', roles: [{ role: 'doctor', by: scene.body.address, standing: 'active' }] }] } });

    const { jwt } = (own['credentials'] as { jwt: string }[])[0]!;
    const { verifiableCredential } = await verifyCredential(jwt, await ethrResolver(scene));
    expect(verifiableCredential).toMatchObject({
      issuer: { id: scene.records.deps.signer.did }, credentialSubject: { id: `did:ethr:0x7a69:${checksummed(doctor)}`, role: 'doctor', name: 'Dr. Müller-Sample' },
      credentialStatus: { type: 'CareRoleRegistryStatus', id: `caip10:eip155:31337:${scene.care.contracts.RoleRegistry}?member=${doctor.address}&role=1` },
    });
  });

  test('a decision that the body did not sign as it was sent changes nothing', async () => {
    const nurse = newAccount();
    const { body: { id } } = await apply(nurse, 'nurse');
    const terms = { member: nurse.address, role: 'nurse' as const, nonce: await nonce() };
    const right = await scene.acceptance(terms);
    for (const forged of [await scene.acceptance(terms, newAccount()), await scene.acceptance(terms, nurse), { ...right, until: right.until + 1 }, { ...right, nonce: right.nonce + 1 }, await scene.acceptance({ ...terms, role: 'doctor' }), await scene.acceptance({ ...terms, member: newAccount().address }), { ...right, signature: `0x${'11'.repeat(65)}` }]) {
      expect(told(await decide(id, forged))).toEqual([422, 'signature-invalid']);
    }
    for (const wrong of [{ ...right, deadline: scene.clock.now() + 1 }, { ...right, deadline: scene.clock.now() + 30 * 86_400 }, { ...right, until: scene.clock.now() }, { ...right, until: scene.clock.now() + 10 * 366 * 86_400 }]) {
      expect(told(await decide(id, wrong))).toEqual([400, 'request-invalid']);
    }
    const stranger = await scene.tokenOf(newAccount());
    expect(told(await decide(id, right, stranger))).toEqual([403, 'forbidden']);
    expect(told(await decide(id, right, await scene.tokenOf(nurse)))).toEqual([403, 'forbidden']);
    expect(await membership(nurse)).toMatchObject({ as: 'nobody', roles: [], applications: [{ state: 'deciding' }] });
  });

  test('a decision is used once, for one application', async () => {
    const [first, second] = [newAccount(), newAccount()];
    const [one, two] = [(await apply(first, 'pharmacy')).body['id'], (await apply(second, 'pharmacy')).body['id']];
    const decision = await scene.acceptance({ member: first.address, role: 'pharmacy', nonce: await nonce() });
    expect((await decide(one, decision)).body).toEqual({ outcome: 'done' });
    expect(told(await decide(one, decision))).toEqual([409, 'application-conflict']);
    expect(told(await decide(two, decision))).toEqual([422, 'signature-invalid']);
    const old = await scene.acceptance({ member: second.address, role: 'pharmacy', nonce: decision.nonce });
    expect((await decide(two, old)).body).toEqual({ outcome: 'failed', failure: 'InvalidAccountNonce' });
    expect(await membership(second)).toMatchObject({ roles: [], applications: [{ state: 'deciding', reason: 'InvalidAccountNonce' }] });
    expect(await decide(two, { decision: 'refused', reason: 'no licence' })).toMatchObject({ status: 200 });
    expect(await membership(second)).toMatchObject({ applications: [{ state: 'refused', reason: 'no licence' }] });
  });

  test('one account applies for a role once at a time, for itself, with a key of its own', async () => {
    const account = newAccount();
    const { body: { id } } = await apply(account, 'researcher');
    expect(told(await apply(account, 'researcher'))).toEqual([409, 'application-conflict']);
    expect(told(await apply(account, 'nurse', { readingKey: scene.readingKey(newAccount()) }))).toEqual([422, 'signature-invalid']);
    expect(told(await apply(account, 'nurse', { readingKey: scene.readingKey(account, { since: scene.clock.now() + 86_400 }) }))).toEqual([400, 'request-invalid']);
    expect(told(await apply(account, 'nurse', { organisation: newAccount().address }))).toEqual([404, 'member-unknown']);
    for (const role of ['patient', 'gateway', 'boss']) expect(told(await apply(account, 'nurse', { role }))).toEqual([400, 'request-invalid']);
    for (const name of ['', ' ', 'a\nb', 'a\u202eb', 'x'.repeat(201)]) expect(told(await apply(account, 'nurse', { name }))).toEqual([400, 'request-invalid']);
    expect(told(await scene.call('DELETE', `/applications/${String(id)}`, undefined, await scene.tokenOf(newAccount())))).toEqual([404, 'application-unknown']);
    expect((await scene.call('DELETE', `/applications/${String(id)}`, undefined, await scene.tokenOf(account))).status).toBe(204);
    expect((await membership(account))['applications']).toEqual([]);
  });

  test('a person of staff is confirmed by the organisation before a body can decide, and then acts for it and has its key', async () => {
    const [hospital, person, other] = [await scene.join('hospital', { name: 'Sample Hospital' }), newAccount(), await scene.join('laboratory')];
    const { body: { id, state } } = await apply(person, 'doctor', { organisation: hospital.address });
    expect(state).toBe('confirming');
    const terms = { member: person.address, role: 'doctor' as const, organisation: hospital.address };
    expect(told(await decide(id, await scene.acceptance({ ...terms, nonce: await nonce() })))).toEqual([409, 'application-conflict']);
    const word = (as: Signer, of: Signer = person) => ({ since: scene.clock.now(), signature: as.sign(offChain(scene.chainId), 'StaffMember', { organisation: as.address, person: of.address, since: scene.clock.now() }) });
    const confirm = async (as: Signer, body: unknown = { confirmed: true, ...word(as) }) => scene.call('POST', `/applications/${String(id)}/confirmation`, body, await scene.tokenOf(as));
    expect(told(await confirm(other))).toEqual([404, 'application-unknown']);
    expect(told(await confirm(person))).toEqual([403, 'forbidden']);
    expect((await scene.call('GET', '/applications', undefined, await scene.tokenOf(hospital))).body).toMatchObject([{ id, name: 'Sample doctor' }]);
    for (const forged of [word(other), word(person), word(hospital, other)]) expect(told(await confirm(hospital, { confirmed: true, ...forged }))).toEqual([422, 'signature-invalid']);
    expect((await confirm(hospital)).status).toBe(204);
    expect(told(await decide(id, await scene.acceptance({ ...terms, organisation: undefined, nonce: await nonce() })))).toEqual([422, 'signature-invalid']);
    expect((await decide(id, await scene.acceptance({ ...terms, nonce: await nonce() }))).body).toEqual({ outcome: 'done' });
    expect(await membership(person)).toMatchObject({ as: 'member', roles: ['doctor'], organisation: hospital.address });

    const give = async (as: Signer, to: Signer) => scene.call('POST', '/staff-keys', { person: to.address, key: `0x${'ab'.repeat(32)}`, sealed: 'c2VhbGVk' }, await scene.tokenOf(as));
    expect((await give(hospital, person)).status).toBe(204);
    expect(told(await give(other, person))).toEqual([404, 'member-unknown']);
    expect(told(await give(person, other))).toEqual([403, 'forbidden']);
    const keysOf = async (as: Signer) => (await scene.call('GET', '/staff-keys', undefined, await scene.tokenOf(as))).body;
    expect(await keysOf(person)).toEqual({ received: [{ organisation: hospital.address, key: `0x${'ab'.repeat(32)}`, sealed: 'c2VhbGVk' }], given: [], confirmed: [] });
    expect(await keysOf(hospital)).toEqual({ received: [], given: [{ person: person.address, key: `0x${'ab'.repeat(32)}` }], confirmed: [expect.objectContaining({ person: person.address })] });
    expect((await scene.call('GET', `/members?organisation=${hospital.address}`)).body).toMatchObject({ members: [{ address: person.address }] });
    // An organisation that does not stand has no staff.
    await scene.suspend(hospital.address);
    expect(await membership(person)).not.toHaveProperty('organisation');
    expect(await keysOf(person)).toEqual({ received: [], given: [], confirmed: [] });
  });

  test('a body that writes an organisation into a role, past the gateway and without its word, gives nobody what is the organisation’s', async () => {
    const hospital = await scene.join('hospital');
    const slipped = await scene.join('doctor', { account: await scene.grant('nurse', { organisation: hospital.address }) });
    expect(scene.roles.held(slipped.address, scene.clock.now()).some(({ organisation }) => organisation === hospital.address)).toBe(true); // on chain
    expect(await membership(slipped)).not.toHaveProperty('organisation');
    expect((await scene.call('GET', `/members?organisation=${hospital.address}`)).body).toMatchObject({ members: [] });
    expect(told(await scene.call('POST', '/staff-keys', { person: slipped.address, key: `0x${'ab'.repeat(32)}`, sealed: 'c2VhbGVk' }, await scene.tokenOf(hospital)))).toEqual([404, 'member-unknown']);
  });

  test('who is suspended is out at once, by the body that is responsible alone, and back when it says so', async () => {
    const doctor = await scene.join('doctor');
    const token = await scene.tokenOf(doctor);
    const stranger = await scene.join('laboratory');
    expect(told(await scene.suspend(doctor.address, true, { as: stranger, nonce: 0 }))).toEqual([403, 'forbidden']);
    expect(told(await scene.suspend(newAccount().address))).toEqual([403, 'forbidden']);
    expect((await scene.suspend(doctor.address)).body).toEqual({ outcome: 'done' });
    expect(told(await scene.call('GET', '/membership', undefined, token))).toEqual([401, 'not-authorised']);
    expect(told(await scene.signIn(doctor))).toEqual([403, 'member-suspended']);
    expect((await scene.call('GET', `/members/${doctor.address}`)).body).toMatchObject({ standing: 'suspended' });
    expect((await scene.call('GET', '/members?role=doctor')).body['members']).not.toContainEqual(expect.objectContaining({ address: doctor.address }));
    expect((await scene.call('GET', '/members?role=doctor&standing=suspended')).body).toMatchObject({ members: [{ address: doctor.address }] });
    expect((await scene.suspend(doctor.address, false)).body).toEqual({ outcome: 'done' });
    expect(told(await scene.call('GET', '/membership', undefined, token))).toEqual([401, 'not-authorised']); // the session is gone for good
    expect(await membership(doctor)).toMatchObject({ roles: ['doctor'] });
  });

  test('ATTACK: a body that gives another body a role and suspends it there keeps that one from deciding', async () => {
    const other = newAccount();
    await scene.governance.send(appointBody(scene.care, other.address, ['verifier']), { id: `body ${other.address}` });
    await scene.grant('verifier', { account: scene.body });
    expect((await scene.suspend(scene.body.address, true, { as: other })).body).toEqual({ outcome: 'done' });
    expect(scene.roles.standing(scene.body.address, scene.clock.now())).toMatchObject({ roles: [], suspended: true });
    expect(await membership(scene.body)).toMatchObject({ as: 'body', roles: [] });
    expect((await scene.suspend((await scene.join('doctor')).address)).body).toEqual({ outcome: 'done' });
    expect((await scene.suspend(scene.body.address, false, { as: other })).body).toEqual({ outcome: 'done' });
  });

  test('a suspension counts while the chain is away and after a restart, and reaches the chain when it is back', async () => {
    const doctor = await scene.join('doctor');
    const token = await scene.tokenOf(doctor);
    scene.chainIsAway(true);
    expect((await scene.suspend(doctor.address)).body).toEqual({ outcome: 'sending' });
    expect(told(await scene.call('GET', '/membership', undefined, token))).toEqual([401, 'not-authorised']);
    expect(told(await scene.signIn(doctor))).toEqual([403, 'member-suspended']);
    const again = await scene.restart();
    expect(told(await again.signIn(doctor))).toEqual([403, 'member-suspended']);
    scene.chainIsAway(false);
    for (const { run } of again.records.work) await run();
    expect(again.records.deps.roles.held(doctor.address, scene.clock.now())).toMatchObject([{ role: 'doctor', standing: 'suspended' }]);
    expect(await scene.records.deps.database.query('SELECT 1 FROM membership_order WHERE state = \'sending\'')).toEqual([]);
    // What holds it now is the chain, not the gateway: another process that reads it says the same.
    for (const { run } of scene.records.work) await run();
    expect(told(await scene.signIn(doctor))).toEqual([403, 'member-suspended']);
  });

  test('a role is withdrawn at once, and an organisation of it with it', async () => {
    const nurse = await scene.join('nurse');
    const token = await scene.tokenOf(nurse);
    expect((await scene.withdraw(nurse.address, 'nurse')).body).toEqual({ outcome: 'done' });
    expect(told(await scene.call('GET', '/membership', undefined, token))).toEqual([401, 'not-authorised']);
    expect(await membership(nurse)).toMatchObject({ as: 'nobody', roles: [] });
    expect(told(await scene.withdraw(nurse.address, 'nurse'))).toEqual([403, 'forbidden']);
  });

  test('what governance does on chain counts from the next reading, whoever sent it', async () => {
    const pharmacy = await scene.grant('pharmacy');
    const token = await scene.tokenOf(pharmacy);
    await scene.governance.send(setSuspended(scene.care, pharmacy.address, true), { id: `suspend ${pharmacy.address}` });
    await scene.watch.sync();
    expect(told(await scene.call('GET', '/membership', undefined, token))).toEqual([401, 'not-authorised']);
  });

  test('a member changes its reading key for a newer one of its own', async () => {
    const lab = await scene.join('laboratory');
    const token = await scene.tokenOf(lab);
    const change = (key: unknown) => scene.call('POST', '/reading-keys', key, token);
    const next = scene.readingKey(lab, { since: scene.clock.now() + 5 });
    expect((await change(next)).status).toBe(204);
    expect((await scene.call('GET', `/members/${lab.address}`)).body).toMatchObject({ readingKey: next });
    expect(told(await change(scene.readingKey(lab, { since: next.since - 1 })))).toEqual([400, 'request-invalid']);
    expect(told(await change({ ...next, key: `0x${'00'.repeat(32)}` }))).toEqual([422, 'signature-invalid']);
  });

  test('ATTACK: an old reading key, signed with an application that is decided later, takes the place of a newer one', async () => {
    const lab = await scene.join('laboratory');
    const { body: { id } } = await apply(lab, 'verifier');
    const next = scene.readingKey(lab, { since: scene.clock.now() + 5 });
    expect((await scene.call('POST', '/reading-keys', next, await scene.tokenOf(lab))).status).toBe(204);
    expect((await decide(id, await scene.acceptance({ member: lab.address, role: 'verifier', nonce: await nonce() }))).body).toEqual({ outcome: 'done' });
    expect((await scene.call('GET', `/members/${lab.address}`)).body).toMatchObject({ readingKey: next });
    // One that comes with a later application is the newest itself.
    const last = scene.readingKey(lab, { since: next.since + 1 });
    const { body: { id: again } } = await apply(lab, 'researcher', { readingKey: last });
    await decide(again, await scene.acceptance({ member: lab.address, role: 'researcher', nonce: await nonce() }));
    expect((await scene.call('GET', `/members/${lab.address}`)).body).toMatchObject({ readingKey: last });
  });

  test('the directory is read in pages by name, and takes no cursor of its own making', async () => {
    for (const name of ['Zeta Device', 'Éclair Device', 'Alpha Device']) await scene.join('device-operator', { name });
    const names: string[] = [];
    let cursor: string | undefined = '';
    for (let pages = 0; cursor !== undefined; pages++) {
      const { body } = await scene.call('GET', `/members?role=device-operator&limit=1${cursor && `&cursor=${cursor}`}`);
      const { members, next } = body as { members: { name: string }[]; next?: string };
      names.push(...members.map(({ name }) => name));
      cursor = next;
      expect(pages).toBeLessThan(4);
    }
    expect(names).toEqual(['Alpha Device', 'Éclair Device', 'Zeta Device']);
    for (const wrong of ['x', Buffer.from('[1,2]').toString('base64url'), Buffer.from(JSON.stringify(['a\0', newAccount().address])).toString('base64url')]) expect(told(await scene.call('GET', `/members?cursor=${wrong}`))).toEqual([400, 'request-invalid']);
    expect(told(await scene.call('GET', '/members?q=a%00'))).toEqual([400, 'request-invalid']); // no text of the database holds it
    expect(told(await scene.call('GET', `/members/${newAccount().address}`))).toEqual([404, 'member-unknown']);
  });

  test('who has applied for a role becomes no patient, whose account a body would put on chain', async () => {
    const account = newAccount();
    const { body: { id } } = await apply(account, 'doctor');
    const token = await scene.tokenOf(account);
    expect(told(await scene.call('POST', '/patients', {}, token))).toEqual([403, 'forbidden']);
    expect((await scene.call('DELETE', `/applications/${String(id)}`, undefined, token)).status).toBe(204);
    expect((await scene.call('POST', '/patients', {}, token)).status).toBe(204);
    expect((await scene.call('DELETE', '/patients', undefined, token)).status).toBe(204);
  });

  test('who once stood on chain becomes no patient, though the role is over or was taken back', async () => {
    const [former, over] = [await scene.join('nurse'), await scene.grant('nurse', { until: scene.clock.now() + 60 })];
    expect((await scene.withdraw(former.address, 'nurse')).body).toEqual({ outcome: 'done' });
    scene.clock.pass(61);
    for (const account of [former, over]) {
      expect(await membership(account)).toMatchObject({ as: 'nobody', roles: [] });
      expect(told(await scene.call('POST', '/patients', {}, await scene.tokenOf(account)))).toEqual([403, 'forbidden']);
    }
  });

  test('a patient has a credential and stands nowhere on chain, and can be forgotten', async () => {
    const before = await scene.provider.getBlockNumber();
    const { account, token } = await scene.patient();
    const own = (await scene.call('GET', '/membership', undefined, token)).body;
    expect(own).toMatchObject({ as: 'patient', roles: ['patient'], credentials: [{ role: 'patient' }] });
    expect(await scene.provider.getBlockNumber()).toBe(before);
    const { jwt } = (own['credentials'] as { jwt: string }[])[0]!;
    expect(JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString())).not.toHaveProperty('vc.credentialStatus');
    expect(told(await scene.call('POST', '/applications', scene.application(account, 'doctor'), token))).toEqual([403, 'forbidden']);
    expect(told(await scene.call('POST', '/patients', {}, await scene.tokenOf(await scene.grant('doctor'))))).toEqual([403, 'forbidden']);
    expect((await scene.call('POST', '/patients', {}, token)).status).toBe(204);
    const [patient] = await on.database().query<{ id: PatientId }>('SELECT id FROM patient');
    expect((await scene.call('DELETE', '/patients', undefined, token)).status).toBe(204);
    expect(told(await scene.call('GET', '/membership', undefined, token))).toEqual([401, 'not-authorised']);
    expect(await membership(account)).toMatchObject({ as: 'nobody', credentials: [] });
    await expect(scene.records.deps.patientKeys.sealer(on.database(), patient!.id)).rejects.toMatchObject({ code: 'patient-erased' });
    const rows = JSON.stringify(await on.database().query('SELECT id, encode(account, \'hex\') a, encode(sealed, \'hex\') s FROM patient'));
    expect(rows).not.toContain(account.address.slice(2));
  });

  test('no applicant’s name or licence stands in the database before a body has accepted it', async () => {
    await apply(newAccount(), 'doctor', { name: 'Canary Applicant', licence: 'CANARY-7' });
    const rows = await on.database().query<{ sealed: Uint8Array }>('SELECT id, role, organisation, state, sealed FROM application');
    for (const { sealed, ...row } of rows) expect(JSON.stringify(row) + Buffer.from(sealed).toString('latin1')).not.toMatch(/canary/i);
    expect(scene.trouble).toEqual([]);
  });
});

/** As anybody resolves did:ethr: the library, the chain, and the registry of DIDs. */
async function ethrResolver({ provider, chainId }: Scene): Promise<Resolver> {
  const { bytecode } = readArtifact('EthereumDIDRegistry');
  const sent = await (await provider.getSigner(0)).sendTransaction({ data: bytecode });
  const registry = (await sent.wait())!.contractAddress!;
  // It is typed against another build of ethers.
  return new Resolver(getResolver({ networks: [{ chainId, registry, provider }] } as unknown as Parameters<typeof getResolver>[0]) as unknown as ResolverRegistry);
}

const checksummed = ({ address }: Signer): string => getAddress(address);
