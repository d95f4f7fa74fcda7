// The pictures of records: a patient whose hospital wrote a while, a doctor who is let in, and who looked.
import type { Page } from 'playwright-core';
import { memberAt } from '../journeys/care-member.browser.ts';
import { openCareMembers } from '../journeys/care-members.ts';
import { personAt } from '../journeys/care-person.browser.ts';
import { DESK, openPage } from './page.ts';
import type { Cinema } from './cinema.ts';
import type { FacesSystem } from './system.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const PATIENT = { reference: 'Patient/self' };
const hl7 = (system: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] });
const measured = (category: string, code: string, text: string, days: number, value: number, unit: string) => ({
  resourceType: 'Observation', status: 'final', category: [hl7('observation-category', category)], code: { coding: [{ system: 'http://loinc.org', code }], text }, subject: PATIENT, effectiveDateTime: daysAgo(days),
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});
const condition = (text: string, days: number) => ({ resourceType: 'Condition', clinicalStatus: hl7('condition-clinical', 'active'), verificationStatus: hl7('condition-ver-status', 'confirmed'), code: { text }, subject: PATIENT, onsetDateTime: daysAgo(days) });
const medicine = (text: string, dosage: string, days: number) => ({ resourceType: 'MedicationStatement', status: 'active', medicationCodeableConcept: { text }, subject: PATIENT, effectivePeriod: { start: daysAgo(days) }, dosage: [{ text: dosage }] });
const PAST = [
  { resourceType: 'AllergyIntolerance', clinicalStatus: hl7('allergyintolerance-clinical', 'active'), verificationStatus: hl7('allergyintolerance-verification', 'confirmed'), criticality: 'high', code: { text: 'Penicillin' }, patient: PATIENT, onsetDateTime: daysAgo(900), recordedDate: daysAgo(60) },
  condition('Asthma', 4000), condition('High blood pressure', 700), medicine('Salbutamol 100 µg, inhaler', 'One puff when needed', 400), medicine('Ramipril 5 mg', 'One in the morning', 380),
  measured('laboratory', '718-7', 'Haemoglobin', 30, 13.9, 'g/dL'), measured('laboratory', '4548-4', 'HbA1c', 30, 5.6, '%'), measured('vital-signs', '29463-7', 'Weight', 30, 71, 'kg'),
];

export async function takePicturesOfRecords(system: FacesSystem, { browser }: Cinema, phone: Page, take: (page: Page, name: string) => Promise<void>): Promise<void> {
  const members = await openCareMembers(system);
  const person = await personAt(phone);
  await person.beginRecords('Anna Sample', '1985-04-12');
  const deskOf = async (name: 'hospital' | 'physician') => memberAt(await openPage(browser, `${system.urls.records}#/restore`, DESK), { file: members.fileOf(name), passphrase: members.passphrase });

  const hospital = await members.open('hospital');
  const { link } = await hospital.client.ask({ actions: ['read', 'write'], purposes: ['TREAT'], until: Math.floor(Date.now() / 1000) + 30 * 86_400 });
  await person.openLink(link);
  await person.confirm();
  const { id } = (await hospital.client.relationships())[0]!;
  for (const resource of PAST) await hospital.client.write(id, resource);

  const physician = await deskOf('physician');
  await person.openLink(await physician.ask({ period: 'year' }));
  /** With what matters at the top. */
  const from = (selector: string) => phone.locator(selector).first().evaluate((element) => { element.scrollIntoView({ block: 'start' }); scrollBy(0, -16); });
  await from('.saying-box');
  await take(phone, 'wallet-share');
  await person.confirm();
  await physician.answered();
  await physician.page.locator('.summary .entry').first().waitFor();
  await take(physician.page, 'records-summary');
  await person.check();
  await from('.panel');
  await take(phone, 'wallet-looked');
  await physician.page.context().close();
}
