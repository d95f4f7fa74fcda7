// What attackers and mishaps put before a scanner. Passes are one code of at most 415 characters: there are no chunks to lose, double or reorder.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { decodePass, type PresentedPass } from '#passport';
import { encodeBase45 } from '#passport/base45.ts';
import { encodePass } from '#passport/pass.ts';
import type { ReadyPass } from '#wallet';
import { violationsOf } from '../../browser/accessibility.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { hasChromium } from '../../browser/faces.ts';
import { frameOf, pictureOfCode } from '../../browser/film.ts';
import type { Watched } from '../../browser/page.ts';
import { shot } from '../../browser/screenshot.ts';
import { now } from '../../journeys/network.ts';
import { show } from '../../journeys/showing.ts';
import { choosePicture, obstacleOf, paste, png } from './codes.browser.ts';
import { openScanner, startScene, verdictOf, type Scene } from './scene.browser.ts';

const EU = 'eu-travel-2022';
const ZERO_WIDTH = '\u200b';
const RIGHT_TO_LEFT = '\u202e';

describe.skipIf(!hasChromium)('a scanner', () => {
  let scene: Scene;
  let plain: ReadyPass;
  let idle: Browser;
  beforeAll(async () => {
    scene = await startScene();
    plain = await scene.makePass(EU);
    idle = await scene.filmed([{ frame: frameOf([]), seconds: 1 }]);
  });
  afterAll(() => scene?.stop());

  const live = () => show(plain, now());
  const changed = (change: Partial<PresentedPass>) => encodePass({ ...decodePass(live()), ...change });

  const hintOver = async (page: Page) => {
    await page.clock.fastForward(3000);
    await page.locator('.obstacle:not([data-code])').waitFor();
  };

  describe('shown a code of somebody else', () => {
    let watched: Watched;
    const asked: string[] = [];
    beforeAll(async () => {
      watched = await openScanner(idle, scene.url);
      await watched.page.clock.install();
      watched.page.on('request', (request) => asked.push(request.url()));
    });
    afterAll(() => watched?.context.close());

    const codes: readonly (readonly [string, string | Uint8Array | (() => string), string])[] = [
      ['bytes that are no UTF-8', Uint8Array.of(0x48, 0x50, 0x31, 0x3a, 0xff, 0xfe, 0x80, 0xc0), 'code-not-text'],
      ['the largest code there is, 2,953 bytes', new Uint8Array(2953).fill(0x61), 'text-malformed'],
      ['javascript:', 'javascript:document.title="taken"', 'text-malformed'],
      ['data:', 'data:text/html,<script>document.title="taken"</script>', 'text-malformed'],
      ['https:', 'https://tracker.example/?seen=1', 'text-malformed'],
      ['intent:', 'intent://scan/#Intent;scheme=openid4vp;end', 'text-malformed'],
      ['file:', 'file:///etc/passwd', 'text-malformed'],
      ['markup that loads', '<img src=x onerror="document.title=\'taken\'">', 'text-malformed'],
      ['markup that runs', '<script>document.title="taken"</script>', 'text-malformed'],
      ['text that turns the direction around', `${RIGHT_TO_LEFT}:1PH detpeccA`, 'text-malformed'],
      ['a zero-width space within the prefix', () => live().replace('HP', `HP${ZERO_WIDTH}`), 'text-malformed'],
      ['a zero-width space within a pass', () => live().slice(0, 100) + ZERO_WIDTH + live().slice(100), 'pass-malformed'],
      ['a prefix in small letters', () => live().replace('HP1:', 'hp1:'), 'text-malformed'],
      ['a prefix of a later version', () => live().replace('HP1:', 'HP2:'), 'text-malformed'],
      ['another health certificate’s prefix', () => live().replace('HP1:', 'HC1:'), 'text-malformed'],
      ['nothing but the prefix', 'HP1:', 'pass-malformed'],
      ['a pass cut short', () => live().slice(0, 200), 'pass-malformed'],
      ['a pass with more behind it', () => `${live()}${encodeBase45(new Uint8Array(4))}`, 'pass-malformed'],
      ['flags of a later version', () => `HP1:${encodeBase45(new Uint8Array(208).fill(0xff))}`, 'pass-malformed'],
    ];
    test.each(codes)('%s, says why not, and does nothing with it', async (_name, code, expected) => {
      const { page, complaints, origins } = watched;
      const content = typeof code === 'function' ? code() : code;
      await hintOver(page);
      asked.length = 0;
      await choosePicture(page, await png(content));
      expect(await obstacleOf(page)).toBe(expected);
      expect(await page.locator('.verdict').count()).toBe(0);
      const shown = typeof content === 'string' && content.length > 6 ? content.slice(0, 40) : 'aaaaaaaaaa';
      expect(await page.content()).not.toContain(shown);
      expect([await page.title(), page.url(), complaints, [...origins], asked.filter((url) => !/\/trust-bundle$|\/assets\/|^blob:/.test(url))])
        .toEqual(['Scan a code', scene.url, [], [new URL(scene.url).origin], []]);
    });

    test('a picture without a code, and a file that is no picture: image-empty, image-unreadable', async () => {
      const { page } = watched;
      await hintOver(page);
      await choosePicture(page, Buffer.from(await page.screenshot()));
      expect(await obstacleOf(page)).toBe('image-empty');
      await hintOver(page);
      await choosePicture(page, Buffer.from('not a picture'));
      expect(await obstacleOf(page)).toBe('image-unreadable');
    });
  });

  test('a poster beside a pass does not hinder it', async () => {
    const browser = await scene.filmed([{ frame: frameOf([pictureOfCode('https://example.org/menu'), pictureOfCode(live())]), seconds: 1 }]);
    const { page } = await openScanner(browser, scene.url);
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await browser.close();
  });

  test('a picture of a code that is shown later is refused, and the live code after it is judged at once', async () => {
    // The picture comes first and stays until the scanner is ready: once the pass was accepted, an older code of it is no news.
    const browser = await scene.filmed([{ frame: frameOf([pictureOfCode(show(plain, now() - 1000))]), seconds: 15 }, { frame: frameOf([pictureOfCode(live())]), seconds: 15 }], 2);
    const { page } = await openScanner(browser, scene.url);
    // Noted in the page: a verdict may go before anybody asks from outside.
    const seen = await page.evaluateHandle(() => {
      const reasons = new Set<string | null>();
      const look = () => document.querySelectorAll('.verdict').forEach((verdict) => reasons.add(verdict.getAttribute('data-reason')));
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
      look();
      return reasons;
    });
    await expect.poll(() => seen.evaluate((reasons) => [...reasons])).toEqual(expect.arrayContaining(['code-expired', null]));
    await browser.close();
  });

  test('a pass whose signature, proof or device is another’s is refused', async () => {
    const { page } = await openScanner(idle, scene.url);
    const signature = decodePass(live()).signature.slice();
    signature[40]! ^= 1;
    for (const [text, reasons] of [[changed({ signature }), ['signature-invalid', 'proof-invalid']], [changed({ parity: decodePass(live()).parity ? 0 : 1 }), ['signature-invalid', 'proof-invalid']]] as const) {
      await paste(page, text);
      const [outcome, reason] = await verdictOf(page);
      expect([outcome, reasons]).toEqual(['refused', expect.arrayContaining([reason])]);
      await page.keyboard.press('Enter');
      await page.locator('.verdict').waitFor({ state: 'detached' });
    }
    await page.context().close();
  });

  test('a question of this counter is answered once, by what answers it: challenge-missing, challenge-wrong', async () => {
    const { page } = await openScanner(idle, scene.url, { rule: EU, venue: 'City Hall' });
    const codeShown = page.waitForResponse((response) => response.url().endsWith('/requests'));
    await page.getByRole('link', { name: 'Ask a wallet' }).click();
    const { request, challenge, audience } = (await (await codeShown).json()) as { request: string; challenge: string; audience: string };
    await page.getByRole('img', { name: 'Code for wallets' }).waitFor();
    expect([audience, await violationsOf(page)]).toEqual(['City Hall', []]);
    await shot(page, 'scanner/ask');
    const binding = { audience, challenge: Uint8Array.from(Buffer.from(challenge, 'hex')) };
    await paste(page, live());
    expect(await verdictOf(page)).toEqual(['refused', 'challenge-missing']);
    await page.keyboard.press('Enter');
    const answer = show(plain, now(), binding);
    await paste(page, answer);
    await page.locator('.verdict[data-outcome=accepted]').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.verdict').waitFor({ state: 'detached' });
    await paste(page, answer);
    expect(await verdictOf(page)).toEqual(['refused', 'challenge-wrong']);
    // Nor at another lane: the service knows that it was answered.
    expect(await scene.network.verifier('/verify', { request, text: answer })).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
    await page.context().close();
  });

  const problems = [['camera-denied', ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny'], []], ['camera-absent', ['--use-fake-device-for-media-stream=device-count=0', '--use-fake-ui-for-media-stream'], ['camera']]] as const;
  test.each(problems)('%s: it says what to do, and goes on without', async (problem, args, permissions) => {
    const browser = await launchChromium({ args: [...args] });
    const { page } = await openScanner(browser, scene.url, {}, { permissions: [...permissions] });
    await page.locator(`[data-problem=${problem}]`).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, `scanner/${problem}`);
    await paste(page, live());
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await browser.close();
  });

  test('a camera that another program uses: camera-in-use, until it is tried again', async () => {
    const browser = await scene.filmed([{ frame: frameOf([pictureOfCode(live())]), seconds: 1 }]);
    const { page, context } = await openScanner(browser, scene.url);
    await verdictOf(page);
    await context.addInitScript(() => {
      const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let taken = true;
      navigator.mediaDevices.getUserMedia = async (constraints) => {
        if (taken) throw ((taken = false), new DOMException('in use', 'NotReadableError')); // as the system answers
        return own(constraints);
      };
    });
    await page.reload();
    await page.locator('[data-problem=camera-in-use]').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await verdictOf(page)).toEqual(['accepted', null]);
    await browser.close();
  });
});

