// What a person prepares and lets others do: the emergency, prescriptions, guardians who bring records back on a new device, and somebody who acts for them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCustodianDesk } from '#records/client/emergency/custodian.ts';
import { createEmergencyDesk } from '#records/client/emergency/institution.ts';
import { createPharmacy } from '#records/client/prescriptions/pharmacy.ts';
import { createPrescriber } from '#records/client/prescriptions/prescriber.ts';
import { OBJECTION } from '#records/gateway/guardians/guardians.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { draftOfPolicy } from '#wallet-app/records/drafts.ts';
import type { RecordsApp } from '#wallet-app/records/records-app.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import type { Database } from '#server';
import { openEmptyDatabase } from '../../../server/empty-database.ts';
import { allergy, createExchangeScene, type ExchangeScene, type Member } from '../../../records/exchange/scene.ts';
import { unlock, until } from '../surroundings.ts';
import { openRecords, openWallet } from './scene.ts';

let [database, scene] = [] as unknown as [Database, ExchangeScene];
let ana: { readonly app: WalletApp; readonly records: RecordsApp };
beforeAll(async () => {
  database = await openEmptyDatabase(RECORDS_MIGRATIONS);
  scene = await createExchangeScene(database);
  ana = await openRecords(scene, 'Ana Sample');
  await ana.records.shelf.add([allergy('Penicillin')]);
});
afterAll(async () => {
  await scene?.stop();
  await database?.close();
});
const depsOf = (member: Member) => ({ ...scene.surroundings(member.token), account: member.account, readingKeys: [member.readingKeys], member: member.client });
const accountOf = ({ records }: { readonly records: RecordsApp }) => {
  const state = records.state.get();
  return state.name === 'open' ? state.account : undefined;
};
async function shareWith({ address }: Member): Promise<string> {
  await ana.records.sharing.offer(address);
  await ana.records.sharing.confirm();
  const state = ana.records.sharing.get();
  if (state.name !== 'granted') throw new Error(JSON.stringify(state));
  return state.relationship;
}

describe('emergency', () => {
  test('is laid ready with hospitals of the directory, has a card without a name, another card, and an end', async () => {
    const { emergency } = ana.records;
    const hospitals = [await scene.member('hospital'), await scene.member('hospital')];
    expect((await emergency.hospitals()).map(({ address }) => address).toSorted()).toEqual(hospitals.map(({ address }) => address).toSorted());
    await expect(emergency.turnOn({ categories: ['allergies'], custodians: [hospitals[0]!.address] })).rejects.toMatchObject({ code: 'share-invalid' });
    expect(emergency.get().value?.setting).toBeUndefined();
    await emergency.turnOn({ categories: ['allergies'], custodians: hospitals.map(({ address }) => address), identifier: { kind: 'insurance', number: 'A123456789' } });
    const setting = emergency.get().value!.setting!;
    expect(setting).toMatchObject({ categories: ['allergies'], threshold: 2, identifiable: true });
    expect(`${setting.link}${setting.code}`).not.toMatch(/Ana|1980|A123456789/);
    await emergency.newCard();
    expect(emergency.get().value!.setting!.code).not.toBe(setting.code);
    await emergency.turnOff();
    expect(emergency.get().value).toMatchObject({ setting: undefined, turnedOff: false, accesses: [] });
  });

  test('turned off while another person of the wallet is chosen, that is told to whose it is, and to nobody else', async () => {
    const { app, records } = await openRecords(scene, 'Mia Sample');
    await records.shelf.add([allergy('Latex')]);
    const [north, west, far] = [await scene.member('hospital'), await scene.member('hospital'), await scene.member('hospital')];
    await records.emergency.turnOn({ categories: ['allergies'], custodians: [west.address, far.address] });
    const desk = createEmergencyDesk(depsOf(north));
    const { id } = await desk.ask({ find: { code: records.emergency.get().value!.setting!.code }, reason: 'unconscious' });
    for (const custody of [west, far].map((member) => createCustodianDesk(depsOf(member)))) await custody.approve((await custody.waiting()).find(({ asked }) => asked.id === id)!.asked);
    await desk.open(id);
    app.door.lock();
    await desk.end(id);
    await scene.suspend(far.address);

    await unlock(app);
    await until(records.emergency, ({ value }) => value?.turnedOff === true);
    await app.holdings.addPerson('Leo Sample');
    await until(records.state, ({ name }) => name === 'absent');
    await records.state.begin({ name: 'Leo Sample' });
    app.door.lock();
    await until(app.door, ({ name }) => name === 'locked');
    await unlock(app);
    await until(records.emergency, ({ value }) => value !== undefined);
    expect(records.emergency.get().value).toMatchObject({ setting: undefined, turnedOff: false });
    await app.holdings.choosePerson('00000000');
    await until(records.emergency, ({ value }) => value?.turnedOff === true);
    await records.emergency.turnOn({ categories: ['allergies'], custodians: [north.address, west.address] });
    await records.emergency.turnOff();
    expect(records.emergency.get().value).toMatchObject({ setting: undefined, turnedOff: false });
  });
});

describe('prescriptions', () => {
  test('one comes by itself, is handed to the pharmacy whose code was read, and what was dispensed is kept', async () => {
    const { prescriptions, shelf } = ana.records;
    const [doctor, pharmacy] = [await scene.member('doctor'), await scene.member('pharmacy')];
    await createPrescriber(depsOf(doctor)).prescribe(await shareWith(doctor), { medicine: { text: 'Amoxicillin 500 mg' }, dosage: 'One three times a day', repeats: 0, until: scene.clock.now() + 86_400 } as never);
    await until(prescriptions, ({ value }) => value?.prescriptions.length === 1);
    expect(prescriptions.get().value?.prescriptions).toMatchObject([{ title: 'Amoxicillin 500 mg', state: 'open', prescriber: doctor.address }]);
    const counter = createPharmacy(depsOf(pharmacy));
    const desk = await counter.show();
    await prescriptions.handing.read('https://wallet.example/#/share?request=0x00');
    expect(prescriptions.handing.get()).toMatchObject({ name: 'failed', failure: { code: 'request-invalid' } });
    await prescriptions.handing.read(desk.link);
    expect(prescriptions.handing.get()).toMatchObject({ name: 'choosing', pharmacy: { address: pharmacy.address, chain: 'agrees' } });
    const given = prescriptions.handing.handOver((prescriptions.get().value!.prescriptions[0]!).id, true);
    const handed = await counter.receive(desk);
    expect(handed).toMatchObject({ verdict: { outcome: 'verified' }, person: { name: 'Ana Sample' } });
    await counter.dispense(desk, handed);
    await given;
    expect(prescriptions.handing.get()).toMatchObject({ name: 'dispensed', isKept: true });
    expect(prescriptions.get().value?.prescriptions).toMatchObject([{ state: 'used-up' }]);
    await until(shelf, ({ value }) => value?.records.some((record) => 'resource' in record && record.resource.resourceType === 'MedicationDispense') === true);
  });
});

describe('people who are trusted', () => {
  let guardians: (typeof ana)[];
  const codeOf = async ({ records }: typeof ana) => {
    await records.trusted.reload();
    return ana.records.trusted.readCode(`https://wallet.example/${records.trusted.get().value!.code}`);
  };

  test('a code that is none is refused', () => {
    expect(() => ana.records.trusted.readCode('https://wallet.example/#/trust?account=0x1')).toThrow(expect.objectContaining({ code: 'request-invalid' }));
  });

  test('each keeps a part under the name of whose it is', async () => {
    guardians = [await openRecords(scene, 'Ben'), await openRecords(scene, 'Cleo')];
    const chosen = await Promise.all(guardians.map(async (one, i) => ({ ...(await codeOf(one)), name: ['Ben', 'Cleo'][i]! })));
    await ana.records.trusted.chooseGuardians(chosen, 2);
    expect(ana.records.trusted.get().value).toMatchObject({ guardians: { backup: { threshold: 2, guardians: guardians.map(accountOf) } }, names: { [chosen[0]!.account]: 'Ben' } });
    await guardians[0]!.records.trusted.reload();
    expect(guardians[0]!.records.trusted.get().value?.wards).toMatchObject([{ name: 'Ana Sample', threshold: 2 }]);
  });

  /** A device without records asks, and the guardians give their parts after comparing. */
  async function ask(hold?: Parameters<typeof openWallet>[1]) {
    const device = await openWallet(scene, hold);
    await device.records.recovering.ask();
    const asked = device.records.recovering.get().value!.asked!;
    for (const { records: { trusted } } of guardians) {
      await trusted.reload();
      const shown = await trusted.readRecovery(`https://wallet.example/${asked.link}`);
      expect(shown).toMatchObject({ code: asked.code });
      await expect(trusted.release(shown.recovery, trusted.get().value!.wards[0]!.backup, '0000 0000 0000 0000 0000')).rejects.toMatchObject({ code: 'offer-untrusted' });
      await trusted.release(shown.recovery, trusted.get().value!.wards[0]!.backup, shown.code);
    }
    await device.records.recovering.reload();
    return device;
  }

  test('a thief who talks guardians round is seen in the wallet, and stopped there', async () => {
    const thief = await ask();
    const state = await until(ana.records.state, (now) => now.name === 'open' && now.recovery !== undefined);
    await ana.records.trusted.object(state.name === 'open' ? state.recovery!.id : '');
    expect(ana.records.state.get()).toMatchObject({ name: 'open', recovery: undefined });
    await thief.records.recovering.reload();
    expect(thief.records.recovering.get().value?.progress?.state).toBe('over');
    await expect(thief.records.recovering.finish({ name: 'Thief' })).rejects.toMatchObject({ code: 'record-unknown' });
  });

  test('a new device has the records again after the time to object, and gives them to who asked, whoever is chosen meanwhile', async () => {
    let held: Promise<void> | undefined;
    const device = await ask((path) => (path.startsWith('/recoveries/') ? held : undefined));
    expect(device.records.recovering.get().value?.progress).toMatchObject({ state: 'waiting', released: 2 });
    scene.clock.pass(OBJECTION + 1);
    await scene.watch.sync();
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    const finishing = device.records.recovering.finish({ name: 'Ana Sample' });
    await device.app.holdings.addPerson('Leo Sample');
    await until(device.records.state, ({ name }) => name === 'absent');
    held = undefined;
    resolve();
    await finishing;
    expect(device.records.state.get()).toMatchObject({ name: 'absent' });
    await device.app.holdings.choosePerson('00000000');
    await until(device.records.state, ({ name }) => name === 'open');
    expect(accountOf(device)).toBe(accountOf(ana));
    await until(device.records.shelf, ({ value }) => value?.records.some(({ meta }) => meta.category === 'allergies') === true);
    await device.records.recovering.reload();
    expect(device.records.recovering.get().value?.asked).toBeUndefined();
  });

  test('somebody changes and ends for the person what a doctor may see, by an address of its own, and the person is told who', async () => {
    const [doctor, ben] = [await scene.member('doctor'), guardians[0]!];
    const relationship = await shareWith(doctor);
    const code = await codeOf(ben);
    expect(code.delegate).not.toBe(accountOf(ben));
    await ana.records.trusted.appoint(relationship, { ...code, name: 'Ben' }, { scope: ['grant', 'revoke'], until: (scene.clock.now() + 86_400) as never });
    expect(ana.records.trusted.get().value?.delegations).toMatchObject([{ relationship, delegate: code.delegate, scope: ['grant', 'revoke'] }]);
    expect((await codeOf(ben)).delegate).not.toBe(code.delegate); // the next one gets another
    const [mandate] = ben.records.trusted.get().value!.mandates;
    expect(mandate).toMatchObject({ member: { address: doctor.address }, scope: ['grant', 'revoke'] });
    await ben.records.trusted.changeFor(mandate!, { ...draftOfPolicy(mandate!.policy), actions: ['read'], categories: ['allergies'] });
    const view = async () => (await ana.records.access.reload(), ana.records.access.get().value?.find((one) => one.relationship.id === relationship));
    expect(await view()).toMatchObject({ standing: 'active', relationship: { policy: { actions: ['read'], categories: ['allergies'] } } });
    await ben.records.trusted.endFor(mandate!);
    expect(await view()).toMatchObject({ standing: 'ended' });
    await expect(ben.records.trusted.changeFor(mandate!, draftOfPolicy(mandate!.policy))).rejects.toMatchObject({ code: 'record-unknown' });
    await ana.records.account.reload();
    const told = ana.records.account.get().value!.entries.map(({ told: entry }) => entry?.access);
    expect(told.filter((access) => access?.kind === 'consent' && access.actor.kind === 'delegate')).toMatchObject([{ change: 'withdrawn', actor: { person: { name: 'Ben' } } }, { change: 'changed', actor: { person: { name: 'Ben' } } }]);
    expect(told.filter((access) => access?.kind === 'disclosed')).toMatchObject([{ to: 'delegate', recipient: { name: 'Ben' } }, { to: 'guardian' }, { to: 'guardian' }]);
  });
});

describe('leave', () => {
  test('ends what was allowed on chain too, and leaves nothing to whoever has the keys; the person begins anew with others', async () => {
    const doctor = await scene.member('doctor');
    const relationship = await shareWith(doctor);
    const [one, before] = [(await doctor.client.relationships()).find(({ id }) => id === relationship)!, accountOf(ana)];
    await ana.records.state.leave();
    expect(ana.records.state.get()).toMatchObject({ name: 'absent' });
    await scene.watch.sync();
    expect(scene.watch.grantOf(one.owner, one.grant)).toBeUndefined();
    await expect(doctor.client.read(relationship, { purpose: 'TREAT' })).rejects.toMatchObject({ code: 'record-unknown' });
    await ana.records.state.begin({ name: 'Ana Sample' });
    expect(accountOf(ana)).not.toBe(before);
    expect(ana.records.shelf.get().value?.records ?? []).toEqual([]);
  });
});
