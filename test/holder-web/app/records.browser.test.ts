// Records in the hands of a person, by the pages of the wallet as it is shipped, at a real gateway with its chain and store; the doctor is the client
// that the console uses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { buildFaces, buildFolder } from '#faces/build/index.ts';
import { LANGUAGES } from '#passport';
import { createGuardian } from '#records/client/guardians.ts';
import { createPharmacy } from '#records/client/prescriptions/pharmacy.ts';
import { createPrescriber } from '#records/client/prescriptions/prescriber.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { createMember, type MemberClient } from '#records/client/member.ts';
import { OBJECTION } from '#records/gateway/guardians/guardians.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { readingKeys } from '#records/model/keys/derive.ts';
import type { SealingKeys } from '#records/model/keys/hpke.ts';
import type { Address } from '#records/model/members.ts';
import { listen, type Database } from '#server';
import { violationsOf } from '../../browser/accessibility.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { hasChromium } from '../../browser/faces.ts';
import { pictureOfPng } from '../../browser/film.ts';
import { DESK, openPage, PHONE, type Watched } from '../../browser/page.ts';
import { codesIn } from '../../browser/read-code.ts';
import { allergy, condition, createExchangeScene, observation, prohibition, type ExchangeScene, type Member } from '../../records/exchange/scene.ts';
import { openEmptyDatabase } from '../../server/empty-database.ts';
import { shot } from '../../browser/screenshot.ts';
import { button, link, makeWallet, onPage, unlock } from './wallet-person.browser.ts';
import { serveWalletPage, type WalletPage } from './wallet-page.ts';

/** A sentence, whatever stands around the names in it to keep them apart. */
const said = (sentence: string): RegExp => new RegExp(sentence.split(' ').map((word) => word.replace(/[.,?:]/g, '[\\u2068\\u2069]*\\$&')).join('[\\u2068\\u2069]* [\\u2068\\u2069]*'));

const SMALL = { ...PHONE, viewport: { width: 320, height: 640 } } as const;

describe.skipIf(!hasChromium)('records in the wallet', () => {
  let [database, scene, gateway, browser, site] = [] as unknown as [Database, ExchangeScene, { url: string; stop: (seconds: number) => Promise<void> }, Browser, WalletPage];
  let [member, doctor, watched, page] = [] as unknown as [Member, MemberClient, Watched, Page];
  let [ben, cleo] = [] as unknown as [Page, { account: Address; keys: SealingKeys; client: ReturnType<typeof createGuardian> }];
  const go = (address: string, on = page) => on.evaluate((hash) => { location.hash = hash; }, address);
  const to = (place: string, on = page) => go(`#/${place}`, on);
  const heading = (name: string | RegExp, on = page) => on.getByRole('heading', { level: 1, name });

  beforeAll(async () => {
    const building = buildFaces(['wallet']);
    database = await openEmptyDatabase(RECORDS_MIGRATIONS);
    scene = await createExchangeScene(database);
    gateway = await listen(scene.records.app, 0);
    member = await scene.member('doctor');
    doctor = createMember({ ...scene.surroundings(member.token), gateway: createGatewayClient({ url: gateway.url, fetch: fetch as never, token: member.token }), account: member.account, readingKeys: [member.readingKeys] }); // the same shape
    const { root, token, account } = await scene.patient();
    const keys = readingKeys(root);
    cleo = { account, keys, client: createGuardian(scene.gateway.as(token), account, keys) };
    await building;
    [browser, site] = await Promise.all([launchChromium(), serveWalletPage({ mirrors: ['http://127.0.0.1:9'], records: gateway.url, node: scene.parts.config.rpc[0], care: scene.care, folder: buildFolder('wallet') })]);
    watched = await openPage(browser, site.url, PHONE);
    ({ page } = watched);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await gateway?.stop(0);
    await scene?.stop();
    await database?.close();
  });

  test('a doctor’s code leads from a new wallet to sharing: who asks, what it comes to, and that it stands', async () => {
    const asked = await doctor.ask({ actions: ['read', 'write'], purposes: ['TREAT'], categories: ['results', 'allergies', 'sensitive'], until: scene.clock.now() + 400 * 86_400, message: 'Before your visit on Monday' });
    await go(asked.link.slice(asked.link.indexOf('#')));
    await makeWallet(page, 'Ana Sample');
    await onPage(page, 'Your health records', 'records-begin');
    await page.getByLabel('Date of birth').fill('1980-02-01');
    await button(page, 'Begin').click();
    await heading(/asks for your records/).waitFor();
    await page.getByText('Checked: this role stands in the public register.').waitFor();
    await page.getByText('They ask also for what is especially sensitive.').waitFor();
    await onPage(page, /Sample doctor.? asks for your records/, 'records-asked');
    expect(await page.getByLabel('Also what is especially sensitive').isChecked()).toBe(false);
    await page.getByText(said('Sample doctor may see your allergies and results and add to them, for treatment, until')).waitFor();
    await button(page, 'Share').click();
    await onPage(page, 'Shared', 'records-shared');
    await link(page, 'See who may see my records').click();
    await page.getByText('May see', { exact: true }).waitFor();
    await onPage(page, 'Who may see', 'records-access');
  });

  test('what the doctor writes appears while the page is open, in plain words, with who signed it', async () => {
    const [relationship] = await doctor.relationships();
    expect(relationship).toMatchObject({ isAnswer: true, card: { name: 'Ana Sample', birthDate: '1980-02-01' } });
    await go('#/records');
    await page.getByRole('heading', { name: 'No records yet' }).waitFor();
    await doctor.write(relationship!.id, observation(13.2));
    await link(page, /Hemoglobin/).waitFor();
    await link(page, /Hemoglobin/).click();
    await page.getByText('13.2 g/dL').waitFor();
    await page.getByText(said('Signed by Sample doctor. It has not been changed since.')).waitFor();
    await onPage(page, /Hemoglobin/, 'records-entry');
  });

  test('one writes something down oneself, and finds it', async () => {
    await go('#/records/write');
    await onPage(page, 'Write something down', 'records-write');
    await link(page, 'An allergy').click();
    await button(page, 'Keep it').click();
    await page.getByRole('alert').getByText('Fill this in').waitFor();
    await page.getByLabel('To what are you allergic?').pressSequentially('Penicillin'); // what is wrong takes no focus from who mends it
    await page.getByLabel('What happens?').fill('A rash');
    await onPage(page, 'An allergy', 'records-write-allergy');
    await button(page, 'Keep it').click();
    await link(page, /Penicillin/).waitFor();
    await page.getByText('Written by me').waitFor();
    await page.getByLabel('Search').fill('hemo');
    await link(page, /Penicillin/).waitFor({ state: 'detached' });
    await page.getByLabel('Search').fill('');
    await onPage(page, 'Records', 'records-list');
  });

  test('a file is looked into before it is taken in', async () => {
    await go('#/records/take');
    await page.setViewportSize({ width: 320, height: 360 });
    await page.getByLabel('File').setInputFiles({ name: 'summary.json', mimeType: 'application/json', buffer: Buffer.from('a letter') });
    await button(page, 'Look into the file').click();
    await expect.poll(async () => (await page.getByRole('alert').boundingBox())?.y).toBeGreaterThanOrEqual(0); // what went wrong comes into sight
    await page.setViewportSize(PHONE.viewport);
    const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützendermatitis';
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [allergy('Latex'), condition(long), prohibition('Ibuprofen')].map((resource, at) => ({ fullUrl: `urn:uuid:0c6f2f1e-5a5e-4a63-8f58-3f1a2d1f5e0${at}`, resource })) };
    await page.getByLabel('File').setInputFiles({ name: 'summary.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(bundle)) });
    await button(page, 'Look into the file').click();
    await onPage(page, '3 records are in the file', 'records-take');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await button(page, 'Keep all').click();
    await link(page, /Latex/).waitFor();
    await link(page, new RegExp(long)).waitFor();
    await link(page, /Ibuprofen.*Not to be given or done/).waitFor();
  });

  test('what recipients learn is corrected where it stands, and the page says that it was', async () => {
    await go('#/card');
    await page.getByLabel('Date of birth').fill('1980-02-03');
    await button(page, 'Save').click();
    await page.getByRole('status').getByText('Saved. It is told to those with whom you share from now on.').waitFor();
    expect(await page.getByLabel('Date of birth').inputValue()).toBe('1980-02-03');
  });

  test('a change says what is left out, and the doctor no longer sees it', async () => {
    await go('#/access');
    await link(page, /Sample doctor/).click();
    await onPage(page, /Sample doctor/, 'records-relationship');
    await link(page, 'Change').click();
    await page.getByText('Leave something out').click();
    await page.getByLabel(/Penicillin/).check();
    await page.getByText(said('Not 1 record that you left out.')).waitFor();
    await onPage(page, /Change what/, 'records-change');
    await button(page, 'Change it').click();
    await heading('Shared').waitFor();
    const [relationship] = await doctor.relationships();
    expect((await doctor.readAll(relationship!.id, { purpose: 'TREAT' })).map(({ meta }) => meta.category).toSorted()).toEqual(['allergies', 'results']);
  });

  test('who looked is told in words, and the account holds against the chain', async () => {
    await go('#/looked');
    await page.getByText(said('Sample doctor read your allergies and results')).waitFor();
    for (const { run } of scene.records.work) await run();
    await button(page, 'Check that nothing is left out').click();
    await page.getByText('This account is complete').waitFor();
    await onPage(page, 'Who looked', 'records-looked');
    const [saved] = await Promise.all([page.waitForEvent('download'), button(page, 'Save as a file').click()]);
    expect(saved.suggestedFilename()).toBe('access-log.json');
  });

  test('ending it says what stays read, and nothing can be opened any more', async () => {
    const [relationship] = await doctor.relationships();
    await go('#/access');
    await link(page, /Sample doctor/).click();
    await button(page, 'End it').click();
    await page.getByText('stays read: nobody can take it back').waitFor();
    await onPage(page, /Sample doctor/, 'records-revoke');
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await page.getByText('What was read stays read').waitFor();
    await onPage(page, /Sample doctor/, 'records-revoked');
    await expect(doctor.readAll(relationship!.id, { purpose: 'TREAT' })).rejects.toMatchObject({ code: 'record-unknown' });
  });

  test('a doctor can be chosen from the directory, and told never', async () => {
    await go('#/share');
    await onPage(page, 'Share your records', 'records-share');
    await page.getByLabel(/The name of a doctor/).fill('sample');
    await button(page, 'Search').click();
    await link(page, /Sample doctor/).click();
    await heading(/Share with/).waitFor();
    await go(`#/share/never/${member.address}`);
    await onPage(page, 'Never let them see anything', 'records-never');
    await button(page, 'Never let them').click();
    await heading('Done').waitFor();
  });

  test('a prescription that came by itself is handed to the pharmacy whose code was opened', async () => {
    const [prescriber, pharmacy] = [await scene.member('doctor'), await scene.member('pharmacy')];
    const at = (of: Member) => ({ ...scene.surroundings(of.token), gateway: createGatewayClient({ url: gateway.url, fetch: fetch as never, token: of.token }), account: of.account, readingKeys: [of.readingKeys] });
    await go(`#/share/with/${prescriber.address}`);
    await button(page, 'Share').click();
    await heading('Shared').waitFor();
    const deps = { ...at(prescriber), member: createMember(at(prescriber)) };
    const [relationship] = await deps.member.relationships();
    await createPrescriber(deps).prescribe(relationship!.id, { medicine: { text: 'Amoxicillin 500 mg' }, dosage: 'One three times a day', repeats: 1, until: scene.clock.now() + 86_400 } as never);
    await go('#/records');
    await link(page, /1 prescription can be filled/).click();
    await onPage(page, 'Prescriptions', 'records-prescriptions');
    const counter = createPharmacy({ ...at(pharmacy), member: createMember(at(pharmacy)) });
    const desk = await counter.show();
    await go(desk.link.slice(desk.link.indexOf('#')));
    await onPage(page, /Hand to/, 'records-hand-over');
    await button(page, 'Hand to a pharmacy').click();
    await page.getByText(/Waiting for/).waitFor();
    const handed = await counter.receive(desk);
    await counter.dispense(desk, handed);
    await onPage(page, 'Filled', 'records-dispensed');
  });

  test('what hospitals may open in an emergency is laid ready, with a card that names nobody', async () => {
    await scene.member('hospital');
    await scene.member('hospital');
    await go('#/emergency');
    await page.getByText('Which hospitals?').waitFor();
    await button(page, 'Set it up').click();
    await page.getByRole('alert').getByText('Choose at least 2 hospitals').waitFor();
    await onPage(page, 'For an emergency', 'records-emergency-off');
    for (const hospital of await page.getByLabel('Sample hospital').all()) await hospital.check();
    await button(page, 'Set it up').click();
    await page.getByText('Ready for an emergency').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1'); // what took the form's place is read from its beginning
    await page.getByText(said('2 of these hospitals together can open your allergies')).waitFor();
    expect(await page.locator('.emergency-card').innerText()).not.toContain('Ana');
    await onPage(page, 'For an emergency', 'records-emergency-on');
  });

  test('people are trusted by a code that one shows the other: two keep a part, and one of them may act', async () => {
    ben = (await openPage(browser, site.url, PHONE)).page;
    await makeWallet(ben, 'Ben Sample');
    await heading('Certificates', ben).waitFor();
    await to('records', ben);
    await button(ben, 'Begin').click();
    await ben.getByText('No records yet').waitFor();
    await to('trusted/code', ben);
    await onPage(ben, 'Show my code', 'records-trusted-code');
    const codes = [await ben.locator('.written').textContent(), `${site.url}#/trust?${new URLSearchParams({ account: cleo.account, key: cleo.keys.publicKey, delegate: `0x${'ef'.repeat(20)}` }).toString()}`];
    const scan = async (code: string | null | undefined) => {
      const field = page.getByLabel('Link', { exact: true });
      if (!(await field.isVisible())) await page.getByText('Paste a link').click();
      await field.fill(code ?? '');
      await button(page, 'Continue').click();
    };
    await to('trusted');
    await page.getByRole('heading', { name: 'If you lose everything' }).waitFor();
    await to('trusted/guardians');
    await scan('https://wallet.example/#/trust?account=0x1');
    await page.getByText('This is no code of a person.').waitFor();
    await scan(codes[0]);
    await page.getByLabel('What you call them').fill('Ben');
    await button(page, 'Give them their parts').click();
    await page.getByRole('alert').getByText('Choose at least two people').waitFor();
    await onPage(page, 'Choose people', 'records-guardians');
    await scan(codes[1]);
    await page.getByLabel('What you call them').last().fill('Cleo');
    await button(page, 'Give them their parts').click();
    await page.getByText(said('2 of these people together can do so: Ben and Cleo.')).waitFor();
    await to('trusted/delegate');
    await scan(codes[0]);
    await page.getByLabel('What you call them').fill('Ben');
    await page.getByRole('radio', { name: 'End it and change it' }).check();
    await onPage(page, 'Let somebody act for me', 'records-delegate');
    await button(page, 'Let somebody act for me').click();
    await page.getByText(said('Sample doctor: change and end, until')).waitFor();
    await onPage(page, 'People I trust', 'records-trusted');
    await to('card/leave');
    await onPage(page, 'End everything and begin anew', 'records-leave');
  });

  test('who may act changes what a doctor may see, the person is told who did it, and when it is over the page says so', async () => {
    await to('trusted', ben);
    await ben.getByText(said('With Sample doctor you may act for somebody: change and end, until')).waitFor();
    await onPage(ben, 'People I trust', 'records-acting');
    await link(ben, 'Change').click();
    await ben.getByRole('radio', { name: 'Only see' }).check();
    await ben.getByText(said('Sample doctor may see your')).waitFor();
    await onPage(ben, 'Change it for them', 'records-acting-change');
    await button(ben, 'Change it').click();
    await heading('People I trust', ben).waitFor();
    await to('looked');
    await page.getByText(/Ben.* \(on your behalf\).* changed what .*Sample doctor/).waitFor();
    await link(ben, 'Change').click();
    await to('trusted');
    await button(page, 'No longer').click();
    await button(page, 'No longer').waitFor({ state: 'detached' });
    await button(ben, 'Change it').click();
    await ben.getByRole('alert').getByText('You may not do this here any more').waitFor();
    await onPage(ben, 'Change it for them', 'records-acting-over');
  });

  test('every page of it speaks every language, from both sides, on the smallest phone, with nothing that axe finds wrong', async () => {
    const places = ['records', 'records/write', 'records/write/measurement', 'records/take', 'share', `share/with/${member.address}`, 'access', 'looked', 'card', 'emergency', 'prescriptions', 'prescription', 'trusted', 'trusted/guardians', 'trusted/delegate', 'trusted/code', 'guard'];
    await page.setViewportSize(SMALL.viewport);
    for (const language of LANGUAGES) {
      await page.evaluate((chosen) => { localStorage.setItem('language', chosen); location.hash = '#/'; }, language);
      await page.reload();
      await page.locator('#passphrase').fill('correct horse battery');
      let before = await page.locator('h1').innerText();
      await page.locator('form button[type=submit]').click();
      // The longest words are German, and what axe looks at differs by direction.
      for (const [at, place] of places.entries()) {
        if (language !== 'ar' && language !== 'de' && at % 4 !== 0) continue;
        await go(`#/${place}`);
        await page.waitForFunction((left) => ![undefined, left].includes(document.querySelector('h1')?.innerText) && !document.querySelector('main [role=status] + progress'), before);
        before = await page.locator('h1').innerText();
        expect([language, place, await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)]).toEqual([language, place, false]);
        if (language === 'ar') expect([language, place, await violationsOf(page)]).toEqual([language, place, []]);
        if (language === 'ar') await shot(page, `wallet/records-ar-${at}`);
      }
    }
    await page.evaluate(() => localStorage.setItem('language', 'en'));
  });

  test('nothing of it was told to anybody else, and no page complained', async () => {
    await page.reload();
    await unlock(page);
    await page.setViewportSize(DESK.viewport);
    await go('#/records');
    await page.locator('.links').first().waitFor();
    await onPage(page, 'Records', 'records-desk');
    expect(watched.complaints.filter((complaint) => !complaint.includes('ERR_UNSAFE_PORT'))).toEqual([]); // the mirror of trust data, which is none here
    expect(watched.told.filter((line) => /Penicillin|Ana Sample|Hemoglobin|1980-02-01/.test(line))).toEqual([]);
  });

  test('a recovery that is not the person’s own is stopped on the old device; the person’s own brings everything back after three days', async () => {
    const device = (await openPage(browser, site.url, PHONE)).page;
    await makeWallet(device, 'Ana Sample');
    await heading('Certificates', device).waitFor();
    const look = async () => {
      await to('records', device);
      await heading('Your health records', device).waitFor();
      await to('recover', device);
    };
    const ask = async (shown: string) => {
      await button(device, 'Ask them').click();
      const number = await device.locator('.card-code').innerText();
      await onPage(device, 'Bring my records back', shown);
      const [code] = await codesIn(pictureOfPng(await device.locator('.code').screenshot()));
      await to(code!.slice(code!.indexOf('#/') + 2), ben);
      await ben.getByText(number).waitFor();
      await button(ben, 'Give the part').click();
      await ben.getByRole('alert').getByText('Compare the number first').waitFor();
      await ben.getByRole('checkbox', { name: /the number is the same/ }).check();
      await onPage(ben, 'Somebody asks for their part', 'records-guard');
      await button(ben, 'Give the part').click();
      await heading('Given', ben).waitFor();
      const { recovery } = await cleo.client.readRecovery(code!);
      await cleo.client.release(recovery, (await cleo.client.wards())[0]!.backup, number);
    };
    await look();
    await ask('records-recover-asked');
    await to('trusted');
    await page.getByText('Somebody is bringing your records back').waitFor();
    await onPage(page, 'People I trust', 'records-alarm');
    await button(page, 'It is not me: stop it').click();
    await page.getByText('None of the parts was given out').waitFor();
    await onPage(page, 'People I trust', 'records-stopped');
    await look();
    await device.getByText('This did not come about').waitFor();
    await onPage(device, 'Bring my records back', 'records-recover-over');
    await button(device, 'Begin again').click();

    await ask('records-recover-again');
    await look();
    await device.getByText(said('2 of 2 have given their parts')).waitFor();
    scene.clock.pass(OBJECTION + 1);
    await scene.watch.sync();
    await look();
    await device.getByText('It is done').waitFor();
    await onPage(device, 'Bring my records back', 'records-recover-ready');
    await button(device, 'Open my records').click();
    await link(device, /Penicillin/).waitFor();
    await device.context().close();
  });
});
