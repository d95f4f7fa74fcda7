// Emergency: a hospital reads what the patient laid ready, when others have agreed, found by name or by the card; the patient is told, a body reviews it.
import { describe, expect, test } from 'vitest';
import { violationsOf } from '../browser/accessibility.ts';
import { shot } from '../browser/screenshot.ts';
import { CARE_CANARIES as C, type CareStage } from './care-stage.browser.ts';

export const describeEmergency = (of: () => CareStage) => describe('an emergency', () => {
  let code: string;

  test('the patient lays ready what strangers need, and has a card without a name', async () => {
    const { person, phone } = of();
    code = await person.layReady(['Sample General Hospital', 'Sample Lakeside Clinic', 'Sample Hill Hospital']);
    await shot(phone.page, 'wallet/care-card');
    expect(await violationsOf(phone.page)).toEqual([]);
    expect(await phone.page.locator('.emergency-card').innerText()).not.toContain(C.person);
  });

  test('a hospital that finds the patient by name and birth date reads nothing before two others agree, and then what was laid ready', async () => {
    const { desk } = of();
    const [asking, first, second] = [await desk('clinic'), await desk('hospital'), await desk('hill-hospital')];
    await asking.askInEmergency({ name: `Ada ${C.person}`, birthDate: C.birth }, 'unconscious');
    expect(await asking.page.content()).not.toContain(C.allergy);
    await first.approve('unconscious');
    expect(await first.page.locator('main').innerText()).not.toMatch(/zq/i);
    await second.approve('unconscious');
    await asking.page.locator('.entry', { hasText: C.allergy }).waitFor();
    await shot(asking.page, 'records/care-emergency');
    expect(await violationsOf(asking.page)).toEqual([]);
    for (const withheld of [C.secret, C.encounter]) expect(await asking.page.content()).not.toContain(withheld);
  });

  test('another finds the patient by the card; the patient’s wallet has told of both, and ends the second at once and not the first', async () => {
    const { person, phone, desk } = of();
    const [asking, first] = [await desk('hill-hospital'), await desk('clinic')];
    await asking.askInEmergency({ code }, 'poisoning');
    await (await desk('hospital')).approve('poisoning');
    const told = await person.emergencies();
    expect(told).toMatch(/Sample Hill Hospital[\s\S]*Sample Lakeside Clinic/);
    await shot(phone.page, 'wallet/care-emergencies');
    await phone.page.getByRole('listitem').filter({ hasText: 'Sample Hill Hospital' }).getByRole('button', { name: person.r.emergency.stop }).click();
    await asking.page.getByText(asking.w.emergency.over).waitFor();
    await first.endEmergency();
    expect(await person.looked()).toEqual(expect.arrayContaining([expect.stringContaining(person.r.looked.tones.emergency)]));
  });

  test('a body reviews it without learning who the patient is, and the patient reads what it found', async () => {
    const { person, phone, desk } = of();
    const body = await desk('body');
    await body.review('justified');
    await shot(body.page, 'records/care-reviewed');
    expect(await body.page.content()).not.toContain(C.person);
    expect(await person.emergencies()).toContain(person.r.emergency.findings.justified);
    await shot(phone.page, 'wallet/care-reviewed');
  });
});
