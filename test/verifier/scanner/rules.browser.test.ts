// Rules and events in the scanner, with a keyboard alone, before the real service: made, signed, passed on, and lanes that share who entered.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { scopeOf, windowAt, type UnixSeconds } from '#passport';
import { createSignedRule, decodeRequestText, encodeRequestText, encodeRuleText, verifySignedRule } from '#formats/rule/index.ts';
import { policyById } from '#passport/policies/index.ts';
import { sampleBundle } from '#network/samples/index.ts';
import { didSigner } from '#verifier/openid4vp/identity.ts';
import { parsePresentationRequest, ruleOfRequest } from '#wallet';
import { violationsOf } from '../../browser/accessibility.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { hasChromium } from '../../browser/faces.ts';
import { DESK, openPage, PHONE, type Watched } from '../../browser/page.ts';
import { addPasskeys } from '../../browser/passkeys.ts';
import { shot } from '../../browser/screenshot.ts';
import { startFaces, type FacesSystem } from '../../browser/system.ts';
import { newWallet } from '../../journeys/network.ts';
import { pass, policy, show } from '../../journeys/showing.ts';
import { verdictOf } from './scene.browser.ts';

const now = () => Math.floor(Date.now() / 1000) as UnixSeconds;

describe.skipIf(!hasChromium)('rules and events in the scanner', () => {
  let system: FacesSystem;
  let browser: Browser;
  let staff: Watched;
  let page: Page;
  const go = async (address: string) => page.evaluate((to) => { location.hash = to; }, address);
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
  /** By the keyboard: to the part, then the key. */
  const press = async (role: 'button' | 'link', name: string | RegExp, key = 'Enter') => {
    await page.getByRole(role, { name }).first().focus();
    await page.keyboard.press(key);
  };
  const fill = async (label: string | RegExp, text: string) => {
    await page.getByLabel(label).first().focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text, { delay: 70 }); // as people type: what is faster is a reader
  };
  const paste = (at: Page, text: string) => at.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  const seen = async (name: string) => {
    await shot(page, `scanner/${name}`);
    expect([name, await violationsOf(page)]).toEqual([name, []]);
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([startFaces(), launchChromium()]);
    staff = await openPage(browser, 'about:blank', DESK);
    page = staff.page;
    await addPasskeys(page);
    await page.goto(system.firstAdmins['verifier']!);
    await page.getByRole('button').click();
    await page.waitForURL(`${system.urls.scanner}**`);
    await heading('Scan a code');
    await go('#/rules');
  });
  afterEach(async ({ task }) => { if (task.result?.state === 'fail') await shot(page, `scanner/failed-${task.name.slice(0, 20).replaceAll(' ', '-')}`); });
  afterAll(async () => { await browser?.close(); await system?.stop(); });

  test('the rules that ship are listed in words made of their clauses', async () => {
    await heading('Rules');
    await page.getByText('Proves that you were vaccinated against yellow fever, at least 10 days ago. Nothing else is shown.').waitFor();
    await seen('rules-list');
  });

  test('a rule is made of a template and another rule, its sentence following every change, and signed', async () => {
    await press('link', 'New rule');
    await heading('New rule');
    await page.getByRole('button', { name: 'Sign and save' }).waitFor();
    await press('button', 'Sign and save');
    await page.getByRole('alert').getByText('Enter a name.').waitFor();
    await seen('rule-new-wrong');
    await page.getByLabel('Begin with').selectOption('negative-test');
    await fill(/^Name/, 'Night club');
    const preview = page.getByRole('region', { name: 'What the person will read' });
    await preview.getByText('Proves that you tested negative for COVID-19, in one of 2 ways, without saying which.').waitFor();
    await page.getByText('Combine with another rule').focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Other rule').selectOption('over-18');
    await press('button', 'Both of the two');
    await preview.getByText('Negative test for COVID-19, by a PCR test, no more than 48 hours ago, by a person of at least 18 years').waitFor();
    await page.getByText('In the other languages').focus();
    await page.keyboard.press('Enter');
    await preview.getByText('Weist nach, dass Sie negativ auf COVID-19 getestet wurden').waitFor();
    await seen('rule-new');
    await press('button', 'Sign and save');
    await heading('Night club');
    await page.getByText('Signed by this service').waitFor();
    await page.getByRole('img', { name: /^Code of the rule/ }).waitFor();
    await seen('rule-view');
    const signed = (await (await fetch(`${system.endpoints.verifier}/rules/night-club`)).json()) as { text: string; document: { asks: Record<string, string> } };
    expect((await verifySignedRule(signed.text, { now: now() })).policy.clauses.map(({ minAge }) => minAge)).toEqual([18, 18]);
    expect(Object.keys(signed.document.asks)).toEqual(['en', 'es', 'fr', 'de', 'ar', 'hi']);
  });

  test('mistake: two vaccinations with one pass are explained, not left out', async () => {
    await go('#/rules/new');
    await heading('New rule');
    await page.getByLabel('Begin with').selectOption('yellow-fever');
    await page.getByText('Combine with another rule').click();
    await page.getByLabel('Other rule').selectOption('tetanus-booster');
    await press('button', 'Both of the two');
    await page.getByText('No single record can meet both rules.').waitFor();
  });

  test('a changed rule is a new version', async () => {
    await go('#/rules/night-club/1');
    await press('link', 'Change');
    await heading('Change the rule');
    await page.getByLabel('Youngest age').first().fill('21');
    await press('button', 'Sign and save');
    await page.getByText('Version 2').first().waitFor();
    await page.getByText('by a person of at least 21 years').first().waitFor();
    await press('button', 'Use this rule here');
    await page.getByText('Version 2 · In use here').waitFor();
  });

  test('a rule is retired, after a question', async () => {
    const { version: _version, ...adult } = policyById('over-18')!.document;
    const origin = new URL(page.url()).origin;
    expect((await page.request.post(`${origin}/rules`, { headers: { 'healthpass-csrf': '1', origin }, data: { document: { ...adult, id: 'old-rule', title: { en: 'Old rule' } } } })).status()).toBe(201);
    await go('#/rules');
    await page.reload();
    await press('link', 'Old rule');
    await heading('Old rule');
    await press('button', 'Retire');
    const dialog = page.getByRole('dialog', { name: 'Retire this rule?' });
    await dialog.getByRole('button', { name: 'Retire' }).waitFor();
    await seen('rule-retire');
    await dialog.getByRole('button', { name: 'Retire' }).focus();
    await page.keyboard.press('Enter');
    await heading('Rules');
    expect((await page.request.get(`${origin}/policies/old-rule`)).status()).toBe(404);
  });

  test('a rule that was passed on shows whose it is; one of a stranger warns', async () => {
    const stranger = didSigner(secp256k1.utils.randomSecretKey(), 31337);
    const text = await encodeRuleText(await createSignedRule({ ...policyById('over-18')!.document, id: 'strange', title: { en: 'Ministry of Health' } }, stranger, now()));
    // As a reader or a camera gives it, at the page where codes are looked for.
    await go('#/');
    await heading('Scan a code');
    await paste(page, text);
    await heading('A rule was passed on to you');
    await page.getByText('Signed by somebody this device does not know').waitFor();
    await seen('rule-passed-on');
    await press('button', 'Take it over');
    await page.getByText('The rule is kept on this device.').waitFor();
    await page.reload();
    await go('#/rules');
    await page.getByRole('link', { name: 'Ministry of Health' }).waitFor();
    await page.getByText('Passed on').waitFor();
    await go(`#/rule?t=${encodeURIComponent(text.slice(0, -6))}000000`);
    await page.getByRole('alert').waitFor();
    await seen('rule-forged');
  });

  test('an event is made, its code carries the signed rule, and this device becomes a lane', async () => {
    await go('#/events');
    await heading('Events');
    await press('link', 'New event');
    await press('button', 'Make the event');
    await page.getByRole('alert').waitFor();
    await seen('event-new-wrong');
    await fill(/^Name of the event/, 'Long night');
    await fill(/^Who asks/, 'City museum');
    await fill(/^How many/, '2');
    await page.getByLabel('Rule').selectOption('night-club');
    await press('button', 'Make the event');
    await page.getByRole('heading', { level: 1, name: 'Long night' }).waitFor();
    await page.getByText('0 people entered of 2').waitFor();
    await page.getByRole('button', { name: 'Print' }).waitFor();
    await fill(/^Name of the lane/, 'North');
    await press('button', 'Make this device a lane');
    await page.getByText('The lanes are in touch.').waitFor();
    await seen('event-lane');
    const settings = JSON.parse((await page.evaluate(() => localStorage.getItem('scanner-settings')))!) as Record<string, string>;
    expect(settings).toMatchObject({ lane: 'North', venue: 'City museum', rule: 'night-club@2', event: expect.stringMatching(/^Long night \d{4}-\d{2}-\d{2}$/) as string });
  });

  test('two lanes: the same person once, counts for all, and a lane without a network says what it cannot know', async () => {
    const id = new URL(page.url()).hash.split('/').at(-1)!;
    const event = (await (await page.request.get(`${new URL(page.url()).origin}/events/${id}`)).json()) as { audience: string; days: { event: string }[] };
    const scope = scopeOf(event.audience, event.days[0]!.event).toString(16);
    const report = (lane: string, nullifiers: string[], doubles = 0) => page.request.post(`${new URL(page.url()).origin}/events/${id}/entries`, {
      headers: { 'healthpass-csrf': '1', origin: new URL(page.url()).origin },
      data: { lane: lane.padEnd(16, '-'), name: lane, after: 0, doubles, entries: nullifiers.map((nullifier, i) => ({ sequence: i + 1, scope, nullifier, at: now() })) },
    });
    expect((await report('South', ['a1', 'a2'])).status()).toBe(200);
    expect((await report('West', ['a1'], 1)).status()).toBe(200);
    await page.getByText('2 people entered of 2').waitFor();
    await page.getByText('The event is full.').waitFor();
    await page.getByText('1 double entry').waitFor();
    await page.getByRole('img', { name: /^Entries over time/ }).waitFor();
    await seen('event-counts');
    await staff.context.setOffline(true);
    await press('button', 'Report now');
    await page.getByText(/^Entries at other lanes since/).waitFor();
    await seen('event-offline');
    await staff.context.setOffline(false);
    await press('button', 'Report now');
    await page.getByText('The lanes are in touch.').waitFor();
  });

  test('attack: one pass, two lanes and a wall: who has entered at one enters nowhere again', async () => {
    const origin = new URL(page.url()).origin;
    const headers = { 'healthpass-csrf': '1', origin };
    const day = new Date().toISOString().slice(0, 10);
    const made = await page.request.post(`${origin}/events`, { headers, data: { name: 'Door', audience: 'City museum', rule: 'over-18', days: [day] } });
    const { id } = (await made.json()) as { id: string };
    const wallet = await newWallet();
    await system.issueTo(wallet, sampleBundle(now()));
    const ready = await pass(system, wallet, 'over-18', { scope: { audience: 'City museum', event: `Door ${day}` }, window: windowAt(policy('over-18').window, now()) });
    const lane = async (at: Page, name: string) => {
      await at.goto(`${system.urls.scanner}#/events/${id}`);
      await at.getByLabel('Name of the lane').fill(name);
      await at.getByRole('button', { name: 'Make this device a lane' }).click();
      await at.getByText('The lanes are in touch.').waitFor();
      await at.evaluate(() => { location.hash = '#/'; });
      await at.getByRole('heading', { level: 1, name: 'Scan a code' }).waitFor();
    };
    const shows = async (at: Page, text: string) => {
      await paste(at, text);
      const verdict = await verdictOf(at);
      await shot(at, `scanner/lane-${String(verdict[1] ?? verdict[0])}`);
      await at.getByRole('button', { name: 'Next' }).click();
      return verdict;
    };
    const fresh = () => show(ready, now(), { audience: 'City museum' });
    const south = await openPage(browser, 'about:blank', { ...DESK, storageState: await staff.context.storageState() });
    await lane(page, 'North');
    await lane(south.page, 'South');
    expect(await shows(page, fresh())).toEqual(['accepted', null]);
    expect(await shows(page, fresh())).toEqual(['refused', 'scope-used']);
    expect(await shows(south.page, fresh())).toEqual(['refused', 'scope-used']);
    const counts = async () => (await (await page.request.get(`${origin}/events/${id}/counts`)).json()) as object;
    expect(await counts()).toMatchObject({ entries: 1, doubles: 0, lanes: [{ name: 'North', entries: 1 }, { name: 'South', entries: 0 }] });
    // What the lane knows outlives the page, and the network.
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Scan a code' }).waitFor();
    await staff.context.setOffline(true);
    expect(await shows(page, fresh())).toEqual(['refused', 'scope-used']);
    await staff.context.setOffline(false);
    await south.context.close();
    await go('#/events');
    await page.getByRole('link', { name: 'Long night' }).click();
    await heading('Long night');
  });

  test('small phone, Arabic, dark: everything has its place', async () => {
    const state = await staff.context.storageState({ indexedDB: true });
    const phone = await openPage(browser, `${system.urls.scanner}#/events`, { ...PHONE, storageState: state, colorScheme: 'dark', locale: 'ar' });
    const before = page;
    page = phone.page;
    try {
      await page.getByRole('link', { name: 'Long night' }).click();
      await page.getByRole('heading', { level: 1, name: 'Long night' }).waitFor();
      await page.locator('.code').waitFor();
      expect(await page.evaluate(() => [document.dir, document.documentElement.scrollWidth <= innerWidth])).toEqual(['rtl', true]);
      await page.screenshot({ path: '.build/screenshots/scanner/event-phone-whole.png', fullPage: true });
      await seen('event-phone-arabic');
      await go('#/rules/new');
      await page.locator('.way').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await seen('rule-new-phone-arabic');
      await go('#/rules');
      await page.locator('.cards').waitFor();
      await seen('rules-phone-arabic');
    } finally {
      page = before;
      await phone.context.close();
    }
  });

  test('the code at the entrance is a request that a wallet takes, with the rule it asks for', async () => {
    const id = new URL(page.url()).hash.split('/').at(-1)!;
    const event = (await (await page.request.get(`${new URL(page.url()).origin}/events/${id}`)).json()) as { rule: string; audience: string; days: { event: string }[] };
    const [rule, version] = event.rule.split('@');
    const { text } = (await (await fetch(`${system.endpoints.verifier}/rules/${rule}/${version}`)).json()) as { text: string };
    const shown = await encodeRequestText({ policy: event.rule, audience: event.audience, scope: { event: event.days[0]!.event }, rule: text });
    const request = parsePresentationRequest(await decodeRequestText(shown), now());
    expect(await ruleOfRequest(request, { now: now() })).toMatchObject({ policy: { id: 'night-club', version: 2 } });
  });

  test('no page complained, and none asked anybody but the service', () => {
    expect(staff.complaints.filter((complaint) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource|405|404/.test(complaint))).toEqual([]);
    expect([...staff.origins].every((origin) => origin === new URL(system.urls.scanner).origin)).toBe(true);
  });
});
