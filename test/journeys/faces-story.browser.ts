// The story: a clinician issues, a patient adds and shows, staff film the patient's screen, the clinician revokes.
import { describe, expect, test } from 'vitest';
import { violationsOf } from '../browser/accessibility.ts';
import { DESK } from '../browser/page.ts';
import { heading, type Offer } from '../browser/people.ts';
import { shot } from '../browser/screenshot.ts';
import { verdictTimes } from '../browser/stopwatch.ts';
import { wordsOf } from '../browser/words.ts';
import { RULE, VISIT, type Stage } from './faces-stage.browser.ts';

export const describeStory = (of: () => Stage) => describe('a certificate, from the console over the wallet to the scanner', () => {
  let offer: Offer;

  test('a clinician issues after a visit', async () => {
    const { desk, clinician } = of();
    await heading(desk.page, clinician.w.visit.title).waitFor();
    offer = await clinician.issue(VISIT);
    await shot(desk.page, 'console/journey-handout');
    expect([offer.link, offer.pin]).toEqual([expect.stringMatching(/^openid-credential-offer:/), expect.stringMatching(/^\d{4,8}$/)]);
  });

  test('the patient makes a wallet, and adds what was offered with the number', async () => {
    const { phone, patient, desk, clinician } = of();
    await patient.begin(VISIT.given);
    await patient.read(offer.link);
    await patient.enterPin(offer.pin);
    await patient.accept();
    await shot(phone.page, 'wallet/journey-home');
    expect(await violationsOf(phone.page)).toEqual([]);
    await desk.page.getByRole('status').getByText(clinician.w.handout.states.accepted).waitFor();
  });

  test('staff film the patient’s screen: accepted, with nothing of the person on it', async () => {
    const { phone, patient, screenOf, verdictOn } = of();
    await patient.show(RULE);
    await shot(phone.page, 'wallet/journey-shown');
    const { lane, outcome } = await verdictOn(await screenOf(phone));
    await shot(lane.page, 'scanner/journey-accepted');
    expect(outcome).toBe('accepted');
    expect(await lane.page.getByRole('alertdialog').textContent()).not.toMatch(/canary|1985|comirnaty/i);
    await patient.done();
    await lane.context.close();
  });

  test('without a network on either side: accepted again, in less than 300 ms', async () => {
    const { system, cinema, phone, patient, open, screenOf } = of();
    await cinema.film([]);
    const lane = await open(system.urls.scanner);
    await lane.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await lane.page.locator('.viewfinder[data-state=on]').waitFor();
    await Promise.all([phone, lane].map(({ context }) => context.setOffline(true)));
    await patient.show(RULE);
    // Out of view for long enough that the scanner takes it for new.
    await cinema.film([await screenOf(phone)], { width: 640, height: 480, share: 0.95, seconds: 1, pause: 4.4 });
    await lane.page.reload();
    await lane.page.locator('[role=alertdialog][data-outcome=accepted]').waitFor();
    await shot(lane.page, 'scanner/journey-offline');
    expect(Math.min(...await verdictTimes(lane.page, 2))).toBeLessThan(300);
    await patient.done();
    await phone.context.setOffline(false);
    await lane.context.close();
  });
});

export const describeRevocation = (of: () => Stage) => describe('the clinician revokes', () => {
  test('and a strict lane takes no pass from before, the wallet says that the certificate was withdrawn, and makes no pass of it', async () => {
    const { system, desk, phone, clinician, patient, screenOf, cinema, open } = of();
    const lane = await open(`${system.urls.scanner}#/settings`, DESK);
    await lane.page.getByRole('checkbox', { name: (await wordsOf('scanner')).settings.strict }).check();
    await phone.context.setOffline(true);
    await clinician.revoke(VISIT.family);
    await shot(desk.page, 'console/journey-revoked');
    await system.trustWhen(({ roots }) => roots.length > 1 && roots.at(-1)!.final);
    await patient.show(RULE); // a wallet that has not heard of it yet
    await cinema.film([await screenOf(phone)], { share: 0.9 });
    await patient.done();
    await lane.page.goto(system.urls.scanner);
    // A page that opens decides by what it has, and has the newest data the next time.
    await expect.poll(async () => {
      await lane.page.reload();
      const dialog = lane.page.getByRole('alertdialog');
      await dialog.waitFor();
      return [await dialog.getAttribute('data-outcome'), await dialog.getAttribute('data-reason')];
    }).toEqual(['refused', 'root-superseded']);
    await shot(lane.page, 'scanner/journey-superseded');
    await lane.context.close();

    await phone.context.setOffline(false);
    await patient.checkNow();
    await shot(phone.page, 'wallet/journey-withdrawn');
    expect(await violationsOf(phone.page)).toEqual([]);
    await patient.ask(RULE, patient.w.show.none);
    await shot(phone.page, 'wallet/journey-nothing-fits');
  });
});
