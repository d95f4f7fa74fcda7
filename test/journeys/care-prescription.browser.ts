// A prescription as a credential: signed at the console, held in the wallet, handed to a pharmacy of the patient's choice and dispensed once; whoever
// else holds the same one finds that the register takes no second.
import { describe, expect, test } from 'vitest';
import { violationsOf } from '../browser/accessibility.ts';
import { shot } from '../browser/screenshot.ts';
import { CARE_CANARIES as C, type CareStage } from './care-stage.browser.ts';

export const describePrescription = (of: () => CareStage) => describe('a prescription', () => {
  test('is signed by the physician, and the wallet has it by itself', async () => {
    const { person, phone, desk } = of();
    const physician = await desk('physician');
    await person.tab('records');
    await physician.prescribe(C.medicine, C.dosage);
    await shot(physician.page, 'records/care-prescribed');
    await phone.page.getByRole('link', { name: person.r.prescriptions.open.one.split('{count}')[1]! }).click(); // nobody touched the page
    await phone.page.locator('.card', { hasText: C.medicine }).locator('.tag', { hasText: person.r.prescriptions.states.open }).waitFor();
    await shot(phone.page, 'wallet/care-prescription');
    expect(await violationsOf(phone.page)).toEqual([]);
  });

  test('is handed to two pharmacies at once: one dispenses it, the register takes no second', async () => {
    const { person, phone, desk } = of();
    const [corner, pharmacy] = [await desk('corner-pharmacy'), await desk('pharmacy')];
    await person.handOver(await corner.counter());
    await corner.verified();
    await person.handOver(await pharmacy.counter());
    await pharmacy.verified();
    await shot(pharmacy.page, 'records/care-counter');
    expect(await pharmacy.dispense()).toContain(pharmacy.w.counter.dispensed);
    await phone.page.getByText(person.r.prescriptions.kept).waitFor();
    await shot(phone.page, 'wallet/care-filled');
    const refused = await corner.dispense();
    expect([refused.includes(corner.w.counter.refused), refused.includes(corner.w.counter.reasons['already-dispensed'])]).toEqual([true, true]);
    await shot(corner.page, 'records/care-refused');
    expect(await violationsOf(corner.page)).toEqual([]);
  });

  test('the physician sees that it was dispensed and not where, and the patient has the note of it', async () => {
    const { person, desk } = of();
    const { page, go, openPatient, w } = await desk('physician');
    await go('prescriptions');
    const card = page.locator('.card', { hasText: C.medicine });
    await card.getByText(w.issued.states.dispensed).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Pharmacy');
    await openPatient(C.person);
    expect((await person.records()).filter((line) => line.includes(C.medicine))).toHaveLength(2);
  });
});
