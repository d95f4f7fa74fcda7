import { describe, expect, test } from 'vitest';
import type { UnixSeconds } from '#passport/time.ts';
import { assembleSummary, metaOf, resourcesOf, sectionsOf, validateResource, type FhirResource, type Opened } from '#records/model/fhir/index.ts';
import { allergy, bundleOf, bundleText, condition, hasVectors, observation, patient, patients, prescription, summaries, type Bundle } from './examples.ts';

const now = 1_750_000_000 as UnixSeconds;
const author = { did: 'did:ethr:0x7a69:0x0000000000000000000000000000000000000001', name: 'Dr. Muster', kind: 'practitioner' } as const;
const opened = (...resources: readonly FhirResource[]): Opened[] => resources.map((resource) => ({ meta: metaOf(resource, '2025-06-01'), resource }));
const assemble = (...resources: readonly FhirResource[]) => assembleSummary({ patient, records: opened(...resources), author, now }) as Bundle;
const section = (bundle: FhirResource, code: string) => sectionsOf(bundle).find((item) => item.code === code);
const [ALLERGIES, PROBLEMS, MEDICATIONS, RESULTS, PAST] = ['48765-2', '11450-4', '10160-0', '30954-2', '11348-0'] as const;
const sensitive = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] };

const SECTION_TARGETS: Readonly<Record<string, readonly string[]>> = {
  '11450-4': ['Condition'], '48765-2': ['AllergyIntolerance'], '10160-0': ['MedicationStatement', 'MedicationRequest', 'MedicationAdministration', 'MedicationDispense'], '11369-6': ['Immunization'], '30954-2': ['Observation', 'DiagnosticReport'],
  '47519-4': ['Procedure'], '46264-8': ['DeviceUseStatement'], '8716-3': ['Observation'], '18776-5': ['CarePlan', 'ImmunizationRecommendation'], '29762-2': ['Observation'], '10162-6': ['Observation'], '104605-1': ['Flag'],
  '47420-5': ['Condition', 'ClinicalImpression'], '11348-0': ['Condition'],
};

/** What the profiles Bundle-uv-ips, Composition-uv-ips and Patient-uv-ips of IPS 2.0 ask of a document. */
function assertIps(bundle: Bundle): void {
  const [first, ...others] = bundle.entry;
  const composition = first!.resource as FhirResource & { section: { title?: string; code?: { coding: { system: string; code: string }[] }; text?: { div: string }; entry?: { reference: string }[]; emptyReason?: unknown; section?: unknown }[] };
  const resources = new Map(bundle.entry.map(({ fullUrl, resource }) => [fullUrl, resource]));
  expect(validateResource(bundle)).toEqual([]);
  expect(bundle).toMatchObject({ type: 'document', meta: { profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips'] }, identifier: { system: 'urn:ietf:rfc:3986', value: expect.stringMatching(/^urn:uuid:/) }, timestamp: '2025-06-15T15:06:40.000Z' });
  expect(composition).toMatchObject({ resourceType: 'Composition', meta: { profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips'] }, type: { coding: [{ system: 'http://loinc.org', code: '60591-5' }] } });
  expect(others.some(({ resource }) => resource.resourceType === 'Composition')).toBe(false); // bdl-ips-1
  expect(bundle.entry.every((entry) => entry.fullUrl !== undefined && !['search', 'request', 'response'].some((name) => name in entry))).toBe(true);
  expect(resources.size).toBe(bundle.entry.length);
  const owner = resources.get((composition['subject'] as { reference: string }).reference)!;
  expect(owner.resourceType).toBe('Patient');
  expect(['birthDate' in owner || '_birthDate' in owner, 'name' in owner]).toEqual([true, true]);
  expect((composition['author'] as { reference: string }[]).every(({ reference }) => resources.has(reference))).toBe(true);
  const codes = composition.section.map(({ code }) => code!.coding[0]!.code);
  expect([new Set(codes).size, codes]).toEqual([codes.length, expect.arrayContaining(['11450-4', '48765-2', '10160-0'])]);
  for (const { title, code, text, entry, emptyReason, section: nested } of composition.section) {
    expect([typeof title, code!.coding[0]!.system, typeof text?.div, entry === undefined, nested]).toEqual(['string', 'http://loinc.org', 'string', emptyReason !== undefined, undefined]); // ips-comp-1
    for (const { reference } of entry ?? []) expect(SECTION_TARGETS[code!.coding[0]!.code]).toContain(resources.get(reference)?.resourceType);
  }
}

describe('assembleSummary', () => {
  const bundle = assemble(observation, condition, allergy, prescription, { ...condition, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'resolved' }] } });

  test('is a valid document: a Composition of IPS sections, and every reference leads to an entry', () => {
    expect(validateResource(bundle)).toEqual([]);
    expect(bundle.entry[0]!.resource).toMatchObject({ resourceType: 'Composition', status: 'final', type: { coding: [{ system: 'http://loinc.org', code: '60591-5' }] }, date: '2025-06-15T15:06:40.000Z' });
    expect(sectionsOf(bundle).map(({ code, entries }) => [code, entries.length])).toEqual([[ALLERGIES, 1], [PROBLEMS, 1], [MEDICATIONS, 1], [RESULTS, 1], [PAST, 1]]);
    const urls = new Set(bundle.entry.map(({ fullUrl }) => fullUrl));
    expect([...JSON.stringify(bundle).matchAll(/"reference":"([^#"][^"]*)"/g)].map(([, url]) => url!).filter((url) => !urls.has(url))).toEqual([]);
    expect(urls.size).toBe(bundle.entry.length);
  });
  test('is a Bundle and a Composition as IPS 2.0 profiles them, of whatever there is', () => {
    const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
    const social = (code: string, day: string) => ({ ...observation, code: loinc(code), effectiveDateTime: day, category: [{ coding: [{ code: 'social-history' }] }], valueQuantity: undefined, valueString: `of ${day}` });
    const flag = { resourceType: 'Flag', status: 'active', code: { text: 'Latex' }, subject: observation.subject };
    const report = { resourceType: 'Composition', id: 'c', status: 'final', type: { text: 'Report' }, subject: observation.subject, date: '2025', author: [{ display: 'A' }], title: 'Report' };
    const whole = assemble(social('72166-2', '2023-01-01'), social('72166-2', '2024-01-01'), social('74013-4', '2022-01-01'), social('82810-3', '2024-05-05'), flag, report as FhirResource, condition,
      { resourceType: 'Procedure', status: 'completed', subject: observation.subject, code: { text: 'Appendectomy' }, report: [{ reference: 'Composition/c' }] });
    assertIps(whole);
    assertIps(bundle);
    expect(sectionsOf(whole).map(({ code, entries }) => [code, entries.length])).toEqual([[ALLERGIES, 0], [PROBLEMS, 1], [MEDICATIONS, 0], ['47519-4', 1], ['29762-2', 2], ['10162-6', 1], ['104605-1', 1]]);
    expect(section(whole, '29762-2')!.text).toMatch(/of 2024-01-01.*\n.*of 2022-01-01/);
  });
  test('of a patient without a name and a day of birth it says that they are unknown', () => {
    const nobody = assembleSummary({ patient: { resourceType: 'Patient' }, records: [], author, now }) as Bundle;
    assertIps(nobody);
    expect(JSON.stringify(nobody.entry[1]!.resource)).toContain('"_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}');
  });
  test('the same records give the same document, in whatever order they were opened', () => {
    const other = { ...observation, valueQuantity: { value: 14 } }; // of the same day and name
    expect(assemble(prescription, observation, other, condition)).toEqual(assemble(condition, other, prescription, observation));
  });
  test('the narrative says each entry in words, escaped', () => {
    const hostile = '<script>alert("x")</script> & more';
    const said = assemble({ ...observation, code: { text: hostile } });
    expect(validateResource(said)).toEqual([]);
    expect(section(said, RESULTS)!.text).toBe(`2025-03-04 ${hostile}: 13.2 g/dL (final)\nOther entries may be withheld or not available.`);
    expect(JSON.stringify(said.entry[0])).not.toContain('<script');
  });
  test('ATTACK: what must not be given, is not certain, or is only proposed is not told as if it were so', () => {
    const told = (resource: FhirResource, code: string) => section(assemble(resource), code)!.text.split('\n')[0];
    expect(told({ ...prescription, doNotPerform: true }, MEDICATIONS)).toBe('2025-01-15 Not to be given: Amoxicillin 500 mg (active)');
    expect(told({ ...prescription, intent: 'proposal' }, MEDICATIONS)).toBe('2025-01-15 Amoxicillin 500 mg (active, proposal)');
    expect(told({ ...condition, verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'differential' }] } }, PROBLEMS)).toBe('2019 Asthma (active, differential)');
    expect(told({ resourceType: 'CarePlan', status: 'active', intent: 'plan', title: 'Diet', subject: observation.subject }, '18776-5')).toBe('Diet (active)');
  });
  test('a dose of several steps is told to its last', () => {
    const dosageInstruction = [{ sequence: 1, text: '3 a day for a week' }, { sequence: 2, text: 'then 1 a day' }];
    expect(section(assemble({ ...prescription, dosageInstruction }), MEDICATIONS)!.text).toMatch(/: 3 a day for a week, then 1 a day \(active\)\n/);
  });
  test('ATTACK: an extension that changes the meaning of an entry is said to be there, wherever it stands', () => {
    const modifierExtension = [{ url: 'https://example.org/not-of-this-patient', valueBoolean: true }];
    for (const resource of [{ ...observation, modifierExtension }, { ...observation, component: [{ code: { text: 'part' }, modifierExtension, valueString: 'x' }] }]) {
      expect(section(assemble(resource), RESULTS)!.text).toMatch(/\(final\) Its author has qualified this in a way that is not shown here\.\n/);
    }
  });
  test('a date is told no more exactly than it was written', () => expect(section(bundle, PROBLEMS)!.text).toMatch(/^2019 Asthma \(active\)\n/));
  test('what was written by mistake is left out', () => {
    const mistaken = { ...observation, status: 'entered-in-error' };
    expect(section(assemble(mistaken), RESULTS)).toBeUndefined();
  });
  test('brings what an entry refers to, where the reader has it, and no address of what the reader has not', () => {
    const report = { resourceType: 'DiagnosticReport', id: 'r', status: 'final', code: { text: 'Blood' }, subject: observation.subject, result: [{ reference: 'Observation/o' }], encounter: { reference: 'Encounter/secret' }, performer: [{ reference: 'Organization/x', display: 'Labor' }] };
    const encounter = { resourceType: 'Encounter', id: 'secret', status: 'finished', class: { code: 'AMB' }, subject: observation.subject };
    const without = assemble(report, { ...observation, id: 'o' });
    expect(JSON.stringify(without)).not.toContain('secret');
    expect(without.entry.find(({ resource }) => resource.resourceType === 'DiagnosticReport')!.resource).toMatchObject({ encounter: { display: 'Not available' }, performer: [{ display: 'Labor' }], result: [{ reference: expect.stringMatching(/^urn:uuid:/) }] });
    expect(assemble(report, { ...observation, id: 'o' }, encounter).entry.map(({ resource }) => resource.resourceType)).toContain('Encounter');
  });
  test('the patient in it leads nowhere outside either, and is the only one', () => {
    const card = { ...patient, generalPractitioner: [{ reference: 'Practitioner/secret', display: 'Dr. Muster' }], managingOrganization: { reference: 'Organization/secret' } };
    const said = assembleSummary({ patient: card, records: opened(observation, { ...patient, birthDate: '1990-01-01' }), author: { did: author.did, kind: 'patient' }, now }) as Bundle;
    assertIps(said);
    expect(said.entry.map(({ resource }) => resource.resourceType)).toEqual(['Composition', 'Patient', 'Observation']);
    expect(said.entry[1]!.resource).toMatchObject({ generalPractitioner: [{ display: 'Dr. Muster' }], managingOrganization: { display: 'Not available' } });
    expect(JSON.stringify(said)).not.toContain('secret');
  });
  test('ATTACK: of two records that bear one name, none is taken for the other', () => {
    const report = { resourceType: 'DiagnosticReport', id: 'r', status: 'final', code: { text: 'Blood' }, result: [{ reference: 'Observation/o' }] };
    const said = assemble(report, { ...observation, id: 'o' }, { ...observation, id: 'o', subject: { reference: 'Patient/other' } });
    expect(said.entry.find(({ resource }) => resource.resourceType === 'DiagnosticReport')!.resource['result']).toEqual([{ display: 'Not available' }]);
  });
  test('ATTACK: a record with its patient in it does not keep the summary from being made', () => {
    const said = assemble({ ...observation, contained: [{ resourceType: 'Patient', id: 'p' }], subject: { reference: '#p' } }, condition);
    expect(validateResource(said)).toEqual([]);
    expect(section(said, RESULTS)!.entries).toMatchObject([{ subject: { reference: '#p' } }]);
  });
  test('the patient may have it made', () => {
    const own = assembleSummary({ patient, records: [], author: { did: author.did, kind: 'patient' }, now }) as Bundle;
    expect(own.entry.map(({ resource }) => resource.resourceType)).toEqual(['Composition', 'Patient']);
    expect(validateResource(own)).toEqual([]);
  });
});

describe('assembleSummary, of what may not be seen', () => {
  const unknown = { emptyReason: 'unavailable', entries: [], text: 'Withheld or not available. This does not mean that there is none.' };
  test('ATTACK: a reader cannot tell a patient without allergies from one whose allergies are hidden, and is never told that there are none', () => {
    for (const code of [ALLERGIES, PROBLEMS, MEDICATIONS]) expect(section(assemble(observation), code)).toMatchObject(unknown);
    expect(JSON.stringify(assemble(observation))).not.toMatch(/no known|none known|nilknown|no-known/i);
  });
  test('ATTACK: where a part is seen, it is said that there may be more, whether there is or not', () => {
    expect(section(assemble(allergy), ALLERGIES)!.text).toMatch(/Other entries may be withheld or not available\.$/);
  });
  test('somebody\'s statement that there are none is told as theirs, of its day, and only while nothing else is seen', () => {
    const none = { ...allergy, code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }] }, recordedDate: '2024-02-03' };
    expect(section(assemble(none), ALLERGIES)!.text).toBe('Stated by the author of this entry on 2024-02-03: No known allergy\nOther entries may be withheld or not available.');
    const both = section(assemble(none, allergy), ALLERGIES)!;
    expect(both.entries).toHaveLength(1);
    expect(both.text).not.toContain('No known allergy');
  });
  test('a sensitive record that the reader has opened stands in the section of its matter', () => {
    expect(section(assemble({ ...condition, meta: sensitive }), PROBLEMS)!.entries).toHaveLength(1);
  });
});

describe('sectionsOf', () => {
  test('an entry in words alone is not taken for a resource that has no address', () => {
    const composition = { resourceType: 'Composition', section: [{ title: 'Problems', entry: [{ display: 'Asthma' }] }] };
    expect(sectionsOf({ resourceType: 'Bundle', type: 'document', entry: [{ resource: composition }, { resource: condition }] })).toMatchObject([{ title: 'Problems', entries: [] }]);
  });
  test('refuses what is no document', () => expect(() => sectionsOf({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient }] })).toThrow(expect.objectContaining({ code: 'fhir-invalid', field: 'Bundle.type' })));
});

describe.skipIf(!hasVectors)('patient summaries of others (skipped without the public vectors)', () => {
  test.each([['ips/AT_ELGA_GmbH_01.json', 6], ['ips/IPS_IG-bundle-01.json', 5], ['ips/IPS_IG_bundle-minimal.json', 3]] as const)('%s is read by its sections', (path, least) => {
    const sections = sectionsOf(bundleOf(path));
    expect(sections.length).toBeGreaterThanOrEqual(least);
    expect(sections.map(({ code }) => code)).toEqual(expect.arrayContaining([ALLERGIES, PROBLEMS, MEDICATIONS]));
    expect(sections.every(({ text, title }) => !/[<>]/.test(text + title))).toBe(true);
    expect(sections.flatMap(({ entries }) => entries).length).toBeGreaterThan(0);
  });
  test.each(hasVectors ? [...summaries, ...patients()] : [])('%s, imported, is assembled again', (path) => {
    const { patient: owner, records } = resourcesOf(bundleText(path));
    const made = assembleSummary({ patient: owner!.resource, records: opened(...records.map(({ resource }) => resource)), author, now });
    expect(validateResource(made)).toEqual([]);
    expect(sectionsOf(made).flatMap(({ entries }) => entries).length).toBeGreaterThan(0);
  });
});
