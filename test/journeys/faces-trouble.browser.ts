// What goes wrong on the way: numbers that are mistyped, codes that are forged or old.
import { describe, expect, test } from 'vitest';
import { pictureOfCode } from '../browser/film.ts';
import { codesIn } from '../browser/read-code.ts';
import { shot } from '../browser/screenshot.ts';
import { RULE, VISIT, type Stage } from './faces-stage.browser.ts';

const MOST_TRIES = 10;
/** Seconds that the phone's clock is behind: more than a code lives, less than what a wallet takes for broken. */
const BEHIND = 240;

export const describeTrouble = (of: () => Stage) => describe('on the way', () => {
  test('a wrong number is counted, and after the last try the offer is dead', async () => {
    const { desk, phone, clinician, patient } = of();
    await clinician.go('visit');
    await clinician.next();
    const { link, pin } = await clinician.issue({ ...VISIT, dose: 1 });
    await patient.read(link);
    const wrong = pin === '000000' ? '111111' : '000000';
    await patient.enterPin(wrong);
    await phone.page.getByText(/not right\. \d tr(y is|ies are) left/).first().waitFor();
    await shot(phone.page, 'wallet/journey-wrong-pin');
    const over = phone.page.getByText(patient.w.errors['offer-over']);
    for (let tries = 1; tries < MOST_TRIES; tries++) {
      await over.or(phone.page.locator('#pin')).first().waitFor();
      if (await over.isVisible()) break;
      await patient.enterPin(wrong);
    }
    await over.waitFor();
    await shot(phone.page, 'wallet/journey-offer-over');
    await desk.page.getByRole('status').getByText(clinician.w.handout.states.locked).waitFor();
    await patient.go('cards');
  });

  test('a code with one character changed is refused', async () => {
    const { phone, patient, screenOf, verdictOn } = of();
    await patient.show(RULE);
    const [text] = await codesIn(await screenOf(phone));
    await patient.done();
    const { lane, outcome, reason } = await verdictOn(pictureOfCode(text!.replace(/.$/, (last) => (last === '0' ? '1' : '0'))));
    expect([outcome, reason]).toEqual(['refused', expect.stringMatching(/^(proof|signature)-invalid$/)]);
    await shot(lane.page, 'scanner/journey-forged');
    await lane.context.close();
  });

  test('a code from minutes ago is refused as too old', async () => {
    const { phone, patient, screenOf, verdictOn } = of();
    await phone.page.clock.setSystemTime(Date.now() - BEHIND * 1000);
    await patient.show(RULE);
    const screen = await screenOf(phone);
    await patient.done();
    await phone.page.clock.setSystemTime(Date.now());
    const { lane, outcome, reason } = await verdictOn(screen);
    expect([outcome, reason]).toEqual(['refused', 'code-expired']);
    await shot(lane.page, 'scanner/journey-old-code');
    await lane.context.close();
  });
});
