// A lane at work: the camera films what people show, a reader types, and the screen says one thing.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { sampleBundle } from '#network/samples/index.ts';
import type { ReadyPass } from '#wallet';
import { POLICIES } from '#passport/policies/index.ts';
import { answerRequest, choicesFor, fetchRequest, parsePresentationLink } from '#wallet/openid4vp/index.ts';
import { violationsOf } from '../../browser/accessibility.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { hasChromium } from '../../browser/faces.ts';
import { frameOf, pictureOfCode } from '../../browser/film.ts';
import { PHONE } from '../../browser/page.ts';
import { addPasskeys } from '../../browser/passkeys.ts';
import { shot } from '../../browser/screenshot.ts';
import { now, ok } from '../../journeys/network.ts';
import { show } from '../../journeys/showing.ts';
import { choosePicture, obstacleOf, paste, png, typeQuickly } from './codes.browser.ts';
import { openScanner, startScene, verdictOf, type Scene } from './scene.browser.ts';

const EU = 'eu-travel-2022';
const COVID = 840539006n;
const HOLDER = { family: 'Specimen', given: 'Erika Utopia' };

describe.skipIf(!hasChromium)('a lane', () => {
  let scene: Scene;
  let plain: ReadyPass;
  let withMatch: ReadyPass;
  /** Its camera sees nothing. */
  let idle: Browser;
  let born: string;
  beforeAll(async () => {
    scene = await startScene();
    plain = await scene.makePass(EU);
    withMatch = await scene.makePass(EU, { match: true });
    born = scene.born;
    idle = await scene.filmed([{ frame: frameOf([]), seconds: 1 }]);
  });
  afterAll(() => scene?.stop());

  const goOn = async (page: Page) => {
    await page.keyboard.press('Enter');
    await page.locator('.verdict').waitFor({ state: 'detached' });
  };

  test('says accepted of a pass that its camera films: by colour, shape and word, and once', async () => {
    const browser = await scene.filmed([{ frame: frameOf([pictureOfCode(show(plain, now()))], { turned: 8, blur: 1, noise: 20 }), seconds: 1 }]);
    const { page, complaints, origins } = await openScanner(browser, scene.url, { rule: EU, lane: 'Gate 4' }, PHONE);
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Accepted');
    expect(await page.locator('.verdict svg').count()).toBe(1);
    await page.getByText('Meets the rule').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'scanner/accepted-phone');
    await goOn(page);
    await shot(page, 'scanner/scanning-phone');
    expect(await violationsOf(page)).toEqual([]);
    await page.waitForTimeout(1500); // the code is still in view
    expect([await page.locator('.verdict').count(), complaints, [...origins]]).toEqual([0, [], [new URL(scene.url).origin]]);
    await page.context().close();
    await browser.close();
  });

  test('takes inverted and mirrored codes', async () => {
    for (const held of [{ inverted: true }, { mirrored: true }]) {
      const browser = await scene.filmed([{ frame: frameOf([pictureOfCode(show(plain, now()))], held), seconds: 1 }]);
      const { page } = await openScanner(browser, scene.url);
      expect([held, await verdictOf(page)]).toEqual([held, ['accepted', null]]);
      await browser.close();
    }
  });

  test('of two codes in view it takes none, and says so: several-codes', async () => {
    const other = await scene.makePass(EU);
    const browser = await scene.filmed([{ frame: frameOf([pictureOfCode(show(plain, now())), pictureOfCode(show(other, now()))]), seconds: 1 }]);
    const { page } = await openScanner(browser, scene.url);
    expect(await obstacleOf(page)).toBe('several-codes');
    expect(await page.locator('.verdict').count()).toBe(0);
    await browser.close();
  });

  test('takes a picture, a text, and a reader that types wherever the focus is', async () => {
    const { page } = await openScanner(idle, scene.url, { rule: EU });
    await choosePicture(page, await png(show(plain, now())));
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await goOn(page);
    await paste(page, show(plain, now() - 1));
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await goOn(page);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Name of this lane').focus();
    await typeQuickly(page, show(plain, now() - 2));
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await goOn(page);
    expect(await page.getByLabel('Name of this lane').inputValue()).toBe('');
    await page.context().close();
  });

  test('refuses with the reason in words, who can fix it, and what next', async () => {
    const { page } = await openScanner(idle, scene.url, { rule: EU });
    const cases: readonly (readonly [string, string, string])[] = [
      [show(plain, now() - 1000), 'refused', 'code-expired'], // a picture of a code, shown later
      [show(plain, now(), { challenge: new Uint8Array(16) }), 'refused', 'challenge-wrong'],
      [show(plain, now(), { audience: 'Another place' }), 'refused', 'audience-wrong'],
      [show(plain, now(), {}, { proof: plain.proof.toReversed() as never }), 'refused', 'proof-invalid'],
    ];
    for (const [text, ...verdict] of cases) {
      await paste(page, text);
      expect(await verdictOf(page)).toEqual(verdict);
      if (verdict[1] === 'code-expired') {
        await page.getByText('The person with the pass can fix this').waitFor();
        expect(await violationsOf(page)).toEqual([]);
        await shot(page, 'scanner/refused-desk');
      }
      await goOn(page);
    }
    await page.context().close();
  });

  test('compares with a document that is typed or read, and keeps nothing of it', async () => {
    const { page } = await openScanner(idle, scene.url, { rule: EU, match: true }, PHONE);
    const begin = async (ready = withMatch) => {
      await paste(page, show(ready, now()));
      await page.getByRole('heading', { name: 'Compare with the document' }).waitFor();
    };
    const fill = async (family: string, birthDate: string) => {
      await page.getByLabel('Family name').fill(family);
      await page.getByLabel('Given names').fill(HOLDER.given);
      await page.getByLabel('Date of birth').fill(birthDate);
      await page.getByRole('button', { name: 'Compare' }).click();
    };
    await begin();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'scanner/document-phone');
    await fill(HOLDER.family, '12.04.1985');
    await page.locator('[data-problem=birth-date-invalid]').waitFor();
    await fill(HOLDER.family, born);
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await page.getByText('Belongs to the holder').waitFor();
    await goOn(page);
    await begin();
    await fill('Somebody', born);
    expect(await verdictOf(page)).toEqual(['refused', 'match-wrong']);
    await goOn(page);
    // A reader of documents types while a field has the focus.
    await begin();
    await page.getByLabel('Family name').focus();
    await typeQuickly(page, ...zoneOf(born).map((line, i) => (i === 1 ? line.replace(/^./, 'M') : line)));
    await page.locator('[data-problem=mrz-check-digit]').waitFor();
    await typeQuickly(page, ...zoneOf(born));
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await goOn(page);
    await paste(page, show(plain, now()));
    expect(await verdictOf(page)).toEqual(['refused', 'match-missing']);
    const kept = await page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, (await indexedDB.databases()).map(({ name }) => name)]));
    expect(kept).not.toMatch(/Specimen|SPECIMEN|Erika/);
    await page.context().close();
  });

  test('of a certificate that is shown openly it names the person, to be compared with a document', async () => {
    const { page } = await openScanner(idle, scene.url);
    const { sdJwtVc } = scene.credentials.find(({ claims }) => claims.kind === 'vaccination' && claims.disease === COVID && claims.dose === 2)!;
    // Without a rule it is genuine and no more: a positive test would be as genuine.
    await paste(page, sdJwtVc);
    expect(await verdictOf(page)).toEqual(['undecided', null]);
    await page.getByText('No rule was chosen').waitFor();
    await goOn(page);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Rule').selectOption(EU);
    await paste(page, sdJwtVc);
    await page.locator('.verdict[data-outcome=accepted]').waitFor();
    await page.getByText('Erika Utopia Specimen').waitFor();
    await shot(page, 'scanner/accepted-certificate');
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  });

  test('films with the other camera where there are two, and next time too', async () => {
    const browser = await launchChromium({ args: ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'] });
    const { page } = await openScanner(browser, scene.url);
    const filming = () => page.evaluate(() => (document.querySelector('video')?.srcObject as MediaStream | null)?.getVideoTracks()[0]?.getSettings().deviceId);
    await page.getByRole('button', { name: 'Other camera' }).waitFor();
    const first = await filming();
    await page.getByRole('button', { name: 'Other camera' }).click();
    await expect.poll(async () => [undefined, first].includes(await filming())).toBe(false);
    const second = await filming();
    await page.reload();
    await expect.poll(filming).toBe(second);
    await browser.close();
  });

  test('takes a certificate on paper beside a document alone', async () => {
    const { certificates } = ok(await scene.network.issuer('/paper', { fhir: sampleBundle(now()) })) as { certificates: { text: string; kind: string }[] };
    const { page } = await openScanner(idle, scene.url);
    await choosePicture(page, await png(certificates.find(({ kind }) => kind === 'vaccination')!.text));
    await page.getByRole('heading', { name: 'Compare with the document' }).waitFor();
    await page.getByLabel('Family name').fill('Somebody');
    await page.getByLabel('Date of birth').fill(born);
    await page.getByRole('button', { name: 'Compare' }).click();
    expect(await verdictOf(page)).toEqual(['refused', 'match-wrong']);
    await page.context().close();
  });

  test('asks wallets of any maker through the service, for staff who are signed in', async () => {
    const { page } = await openScanner(idle, 'about:blank');
    await addPasskeys(page);
    await page.goto(scene.network.firstAdmins['verifier']!);
    await page.getByRole('button').click();
    await page.waitForURL('**/scanner/**'); // where the service sends who has joined
    await page.goto(scene.url);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Rule').selectOption(EU);
    await page.getByRole('link', { name: 'Ask for a certificate' }).click();
    const answered = page.waitForResponse((response) => response.url().endsWith('/presentations'));
    await page.getByRole('button', { name: 'Show the code' }).click();
    const { link } = (await (await answered).json()) as { link: string };
    await page.getByRole('img', { name: 'Code for wallets' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'scanner/session');
    const roots = [await readFile(scene.network.folder.verifierAuthority, 'utf8')];
    const request = await fetchRequest(parsePresentationLink(link, { development: true }), { fetch, now: now(), roots, development: true });
    await page.getByText('A wallet has the question').waitFor();
    const deps = { policies: POLICIES, trust: await scene.network.trust(), now: now(), prover: scene.network.prover, fetch };
    const vaccination = scene.credentials.find(({ claims }) => claims.kind === 'vaccination' && claims.disease === COVID && claims.dose === 2)!;
    const choices = await choicesFor(scene.wallet, request, deps);
    await answerRequest(scene.wallet, request, choices.filter((choice) => choice.form === 'sd-jwt-vc' && choice.credential === vaccination.id), deps);
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await page.getByText('Erika Utopia Specimen').waitFor();
    await page.context().close();
  });

  test('asks nobody through the service who is not signed in, and scans all the same', async () => {
    const { page } = await openScanner(idle, scene.url);
    await page.getByRole('link', { name: 'Ask for a certificate' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'scanner/sign-in');
    await paste(page, show(plain, now()));
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await page.context().close();
  });

  test('is used by the keyboard alone', async () => {
    const { page } = await openScanner(idle, scene.url, {}, { permissions: ['camera', 'clipboard-read', 'clipboard-write'] });
    const press = async (name: string) => {
      for (let tries = 0; tries < 40; tries++) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return page.keyboard.press('Enter');
      }
      throw new Error(`the keyboard does not reach ${name}`);
    };
    await page.evaluate((text) => navigator.clipboard.writeText(text), show(plain, now()));
    await press('Paste');
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await page.keyboard.press('Escape');
    await page.locator('.verdict').waitFor({ state: 'detached' });
    await press('Settings');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'scanner/settings');
    for (const language of ['ar', 'de'] as const) {
      await page.getByRole('combobox').first().selectOption(language);
      await page.waitForFunction((chosen) => document.documentElement.lang === chosen, language);
      expect([language, await violationsOf(page)]).toEqual([language, []]);
      await shot(page, `scanner/settings-${language}`);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'scanner/settings-dark');
    await page.reload(); // nothing is lost
    await page.waitForFunction(() => document.documentElement.lang === 'de');
    await page.context().close();
  });
});

/** A specimen passport of the person in the sample record. */
function zoneOf(born: string): string[] {
  const field = (text: string) => `${text}${checkDigit(text)}`;
  const [number, birth, expiry] = [field('L898902C3'), field(born.slice(2).replaceAll('-', '')), field('350415')];
  const personal = '<'.repeat(14);
  const second = `${number}UTO${birth}F${expiry}${personal}0`;
  return [`P<UTOSPECIMEN<<ERIKA<UTOPIA`.padEnd(44, '<'), second + checkDigit(`${number}${birth}${expiry}${personal}0`)];
}

/** Doc 9303 part 3, 4.9. */
function checkDigit(text: string): number {
  const valueOf = (char: string) => (char === '<' ? 0 : /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 55);
  return [...text].reduce((sum, char, i) => sum + valueOf(char) * [7, 3, 1][i % 3]!, 0) % 10;
}
