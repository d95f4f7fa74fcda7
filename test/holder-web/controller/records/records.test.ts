// Records of a person by the verbs that pages call, at a real gateway with its chain, its database and a store that listens; the doctor is the client
// that the console uses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { isRead } from '#records/client/open-record.ts';
import type { RecordsApp } from '#wallet-app/records/records-app.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import { allergy, createExchangeScene, observation, type ExchangeScene, type Member } from '../../../records/exchange/scene.ts';
import { openEmptyDatabase } from '../../../server/empty-database.ts';
import { unlock, until } from '../surroundings.ts';
import { openWallet } from './scene.ts';

const CARD = { name: 'Ana Sample', birthDate: '1980-02-01' };

describe('records', () => {
  let [scene, app, records, doctor] = [] as unknown as [ExchangeScene, WalletApp, RecordsApp, Member];
  let held: Promise<void> | undefined;
  const opened = () => until(records.state, ({ name }) => name === 'open');
  const asking = () => ({ actions: ['read', 'write'] as const, purposes: ['TREAT'] as const, categories: ['results', 'allergies', 'sensitive'] as const, until: scene.clock.now() + 900 * 86_400 });
  const share = async (link: string) => {
    await records.sharing.read(link);
    const state = records.sharing.get();
    if (state.name !== 'choosing') throw new Error(JSON.stringify(state));
    return state;
  };
  beforeAll(async () => {
    const database = await openEmptyDatabase(RECORDS_MIGRATIONS);
    scene = await createExchangeScene(database);
    doctor = await scene.member('doctor');
    ({ app, records } = await openWallet(scene, (path) => (path.startsWith('/log/') ? held : undefined)));
  });
  afterAll(() => scene?.stop());

  test('a person who has none is told where they would be kept, and begins', async () => {
    await until(records.state, ({ name }) => name === 'absent');
    expect(records.state.get()).toEqual({ name: 'absent', host: 'gateway.test' });
    await records.state.begin(CARD);
    expect(records.state.get()).toMatchObject({ name: 'open', card: CARD, host: 'gateway.test' });
  });

  test('what a doctor asks is begun with but for what is especially sensitive and longer than a year; who asks stands on the chain', async () => {
    const { link } = await doctor.client.ask(asking() as never);
    const state = await share(link);
    expect(state).toMatchObject({
      recipient: { address: doctor.address, standing: 'active', chain: 'agrees' }, changes: undefined, faults: [],
      draft: { effect: 'permit', actions: ['read', 'write'], categories: ['results', 'allergies'], purposes: ['TREAT'] }, preview: { says: { recipient: doctor.address, limits: [{ kind: 'categories', categories: ['allergies', 'results'] }, { kind: 'purposes' }] } },
    });
    expect(state.draft.until).toBeLessThanOrEqual(scene.clock.now() + 365 * 86_400);
    records.sharing.set({ categories: [] });
    expect(records.sharing.get()).toMatchObject({ faults: ['no-categories'], preview: undefined });
    await records.sharing.confirm();
    expect(records.sharing.get().name).toBe('choosing'); // nothing was given
    records.sharing.set({ categories: ['results', 'allergies'] });
    const steps: string[] = [];
    records.sharing.subscribe(({ name }) => steps.push(name));
    await records.sharing.confirm();
    expect(steps).toEqual(['sending', 'waiting', 'granted']);
    expect(records.access.get().value).toMatchObject([{ standing: 'active', member: { name: 'Sample doctor' }, relationship: { recipient: doctor.address } }]);
  });

  test('what the doctor writes arrives by itself, with who wrote it, and the access is told', async () => {
    const [relationship] = await doctor.client.relationships();
    await doctor.client.write(relationship!.id, observation(13.2));
    await until(records.shelf, ({ value }) => value?.records.length === 1);
    expect(records.shelf.get().value).toMatchObject({ records: [{ meta: { category: 'results', author: doctor.address }, authorship: { outcome: 'verified' } }] });
    expect(records.shelf.get().value?.authors.get(doctor.address)).toMatchObject({ name: 'Sample doctor' });
    expect(await doctor.client.readAll(relationship!.id, { purpose: 'TREAT' })).toHaveLength(1);
    const ofOthers = () => records.account.get().value?.entries.filter(({ told }) => told?.access.actor.kind === 'member').map(({ told }) => told?.access.kind);
    await until(records.account, () => ofOthers()?.includes('read') === true);
    expect(ofOthers()).toEqual(['read', 'written']);
    expect(app.records.unseen.get()).toBe(2);
    await records.account.markSeen();
    expect(app.records.unseen.get()).toBe(0);
  });

  test('a doctor who asks again is shown with what it may see already and what it asks besides; the yes changes that access', async () => {
    const terms = { ...asking(), categories: ['results', 'medications', 'sensitive'] as const, until: scene.clock.now() + 30 * 86_400 };
    const { link, id } = await doctor.client.ask(terms as never);
    const state = await share(link);
    const { relationship } = records.access.get().value![0]!;
    expect(state).toMatchObject({
      changes: relationship.id, already: { says: { limits: [{ kind: 'categories', categories: ['allergies', 'results'] }, { kind: 'purposes' }] }, more: { actions: [], categories: ['medications', 'sensitive'], purposes: [], until: undefined } },
    });
    expect(state.draft.categories.toSorted()).toEqual(['allergies', 'medications', 'results']);
    records.sharing.apart();
    expect(records.sharing.get()).toMatchObject({ name: 'choosing', changes: undefined, already: undefined });
    await share(link);
    await records.sharing.confirm();
    expect(records.sharing.get()).toMatchObject({ name: 'granted', relationship: relationship.id });
    expect(records.access.get().value).toHaveLength(1);
    expect(await doctor.client.relationships()).toMatchObject([{ id: relationship.id, request: id, isAnswer: true }]);
  });

  test('a record of one’s own is marked as such, kept with its digits, and what cannot be one is refused', async () => {
    const loads: boolean[] = [];
    const stop = records.shelf.subscribe(({ isLoading }) => loads.push(isLoading && app.isBusy()));
    const adding = records.shelf.add([allergy('Penicillin'), JSON.stringify(observation(7)).replace('"value":7', '"value":7.10')]);
    expect(app.isBusy()).toBe(true); // nothing locks it half way
    await adding;
    stop();
    expect([app.isBusy(), loads.includes(true)]).toEqual([false, false]); // read once, when all of it is there
    const own = records.shelf.get().value!.records.filter(({ meta }) => meta.author === 'patient');
    expect(own.map((record) => isRead(record) && record.authorship.by)).toEqual(['patient', 'patient']);
    expect(own.some((record) => isRead(record) && record.content.text.includes('7.10'))).toBe(true);
    await expect(records.shelf.add([{ resourceType: 'AllergyIntolerance' }])).rejects.toMatchObject({ code: 'fhir-invalid' });
  });

  test('a summary of everything is given out, and a file of one is read before it is taken in', async () => {
    const preview = records.shelf.readFile(records.shelf.summary());
    expect(preview.records.map(({ category }) => category).toSorted()).toEqual(['allergies', 'results', 'results']);
    expect(preview.records.map(({ title }) => title)).toContain('Penicillin');
    expect(() => records.shelf.readFile('{"resourceType":"Patient"}')).toThrow(expect.objectContaining({ code: 'fhir-invalid' }));
  });

  test('a change tells what would be shared and what not, by the engine that decides; then the doctor sees that and no more', async () => {
    const [view] = records.access.get().value!;
    await records.sharing.change(view!.relationship.id);
    const penicillin = records.shelf.get().value!.records.find(({ meta }) => meta.category === 'allergies')!;
    records.sharing.set({ except: { records: [penicillin.meta.id], authors: [] } });
    const state = records.sharing.get();
    expect(state.name === 'choosing' && state.preview && [state.preview.shared.length, state.preview.kept.map(({ meta }) => meta.id)]).toEqual([2, [penicillin.meta.id]]);
    await records.sharing.confirm();
    expect(records.sharing.get()).toMatchObject({ name: 'granted', says: { exceptions: [[{ kind: 'categories' }, { kind: 'records', records: [penicillin.meta.id] }]] } });
    expect((await doctor.client.readAll(view!.relationship.id, { purpose: 'TREAT' })).map(({ meta }) => meta.category)).toEqual(['results', 'results']);
  });

  test('revoking ends it, and the account stands against the chain', async () => {
    const [view] = records.access.get().value!;
    await records.access.revoke(view!.relationship.id);
    expect(records.access.get().value).toMatchObject([{ standing: 'ended' }]);
    await expect(doctor.client.readAll(view!.relationship.id, { purpose: 'TREAT' })).rejects.toMatchObject({ code: 'record-unknown' });
    for (const { run } of scene.records.work) await run();
    await records.account.check();
    expect(records.account.get().value?.checked).toMatchObject({ name: 'checked', verdict: { outcome: 'complete', unanchored: 0 } });
    expect(JSON.parse(records.account.file())).toMatchObject({ format: 'healthpass-access-log' });
  });

  test('a card is corrected while everything stays open, and goes out with what is shared from then on', async () => {
    const steps: string[] = [];
    const stop = records.state.subscribe(({ name }) => steps.push(name));
    await records.state.setCard({ name: 'Ana Maria Sample', birthDate: '1980-02-01' });
    stop();
    expect(new Set(steps)).toEqual(new Set(['open']));
    expect(records.state.get()).toMatchObject({ name: 'open', card: { name: 'Ana Maria Sample' } });
  });

  test('somebody can be told never, without being asked', async () => {
    await records.sharing.offer(doctor.address, 'deny');
    await records.sharing.confirm();
    expect(records.sharing.get()).toMatchObject({ name: 'granted', says: { effect: 'deny' } });
    expect(records.access.get().value?.map(({ standing }) => standing)).toEqual(['never', 'ended']);
    // A yes afterwards takes it back: a denial beside it would beat it.
    await records.sharing.offer(doctor.address);
    expect(records.sharing.get()).toMatchObject({ name: 'choosing', changes: undefined, draft: { effect: 'permit' } });
    await records.sharing.confirm();
    expect(records.access.get().value?.map(({ standing }) => standing)).toEqual(['active', 'ended', 'ended']);
    const [again] = await doctor.client.relationships();
    expect(again!.card).toMatchObject({ name: 'Ana Maria Sample' });
    expect(await doctor.client.readAll(again!.id, { purpose: 'TREAT' })).toHaveLength(3);
    await records.sharing.offer(doctor.address, 'deny');
    await records.sharing.confirm();
    expect(await doctor.client.relationships()).toEqual([]);
  });

  test('a yes that is on its way ends what it was said beside, and not what is looked at meanwhile', async () => {
    const nurse = await scene.member('nurse');
    await records.sharing.offer(nurse.address);
    await records.sharing.confirm();
    await records.sharing.offer(doctor.address); // denied just now
    const yes = records.sharing.confirm();
    await records.sharing.offer(nurse.address, 'deny'); // and left without a word
    await yes;
    await records.access.reload();
    const standing = records.access.get().value!.filter((view) => view.standing !== 'ended').map((view) => [view.relationship.recipient, view.standing]);
    expect(Object.fromEntries(standing)).toEqual({ [nurse.address]: 'active', [doctor.address]: 'active' });
    expect(standing).toHaveLength(2);
    for (const { relationship } of records.access.get().value!.filter((view) => view.standing === 'active')) await records.access.revoke(relationship.id);
  });

  test('another person of the wallet has a root and an account of their own, and nothing of the first stays on the screen', async () => {
    const state = await opened();
    const first = state.name === 'open' && state.account;
    await app.holdings.addPerson('Mia');
    await until(records.state, ({ name }) => name === 'absent');
    expect([records.shelf.get().value, records.access.get().value, records.account.get().value, records.sharing.get().name]).toEqual([undefined, undefined, undefined, 'idle']);
    await records.state.begin({ name: 'Mia Sample' });
    const second = await opened();
    expect(second).toMatchObject({ name: 'open', card: { name: 'Mia Sample' } });
    expect(second.name === 'open' && second.account).not.toBe(first);
    await until(records.shelf, ({ value }) => value !== undefined);
    expect(records.shelf.get().value?.records).toEqual([]);
    await app.holdings.choosePerson('00000000');
    await until(records.shelf, ({ value }) => value?.records.length === 3);
  });

  test('an account that was found whole is not said of another person who was chosen meanwhile', async () => {
    const [mia] = app.holdings.get()!.people.filter(({ name }) => name === 'Mia');
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    const checking = records.account.check();
    await app.holdings.choosePerson(mia!.id);
    await until(records.account, ({ value }) => value !== undefined);
    held = undefined;
    resolve();
    await checking;
    expect(records.account.get().value?.checked).toEqual({ name: 'unchecked' });
    expect(() => records.account.file()).toThrow(TypeError);
    await app.holdings.choosePerson('00000000');
    await until(records.shelf, ({ value }) => value?.records.length === 3);
  });

  test('locked, it knows nothing; opened again, all is there', async () => {
    app.door.lock();
    await until(app.door, ({ name }) => name === 'locked');
    expect([records.state.get(), records.shelf.get().value]).toEqual([{ name: 'closed' }, undefined]);
    await unlock(app);
    await opened();
    await until(records.shelf, ({ value }) => value?.records.length === 3);
  });
});
