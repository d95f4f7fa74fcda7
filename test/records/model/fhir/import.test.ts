import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metaOf, patientOf, resourcesOf, validateResource, type FhirResource } from '#records/model/fhir/index.ts';
import { bundleOf, bundleText, condition, hasVectors, observation, patient, patients, prescription, summaries } from './examples.ts';

const bundle = (...entry: readonly { fullUrl?: string; resource: FhirResource }[]) => JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry });
const doctor = { resourceType: 'Practitioner', id: 'd1', name: [{ family: 'Muster' }], meta: { versionId: '3' }, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' } };
const role = { resourceType: 'PractitionerRole', practitioner: { reference: 'urn:uuid:a' }, code: [{ text: 'GP' }] };
const references = (value: unknown): string[] => [...JSON.stringify(value).matchAll(/"reference":"([^"]*)"/g)].map(([, reference]) => reference!);

describe('resourcesOf', () => {
  test('gives records that stand alone: who and what they name is inside, the rest has one name everywhere', () => {
    const { patient: owner, records, left } = resourcesOf(bundle(
      { fullUrl: 'urn:uuid:p', resource: patient }, { fullUrl: 'urn:uuid:a', resource: doctor }, { fullUrl: 'urn:uuid:r', resource: role },
      { fullUrl: 'urn:uuid:o', resource: { ...observation, subject: { reference: 'urn:uuid:p' }, performer: [{ reference: 'urn:uuid:r' }], derivedFrom: [{ reference: 'urn:uuid:o2' }] } },
      { fullUrl: 'urn:uuid:o2', resource: { ...observation, id: 'first', subject: { reference: 'urn:uuid:p' } } },
    ));
    expect(left).toEqual([]);
    expect(owner?.resource.id).toBe('p1');
    expect(records).toHaveLength(2);
    const [one, two] = records.map(({ resource }) => resource) as [FhirResource, FhirResource];
    expect(references(one)).toEqual(['Patient/p1', '#x1', 'Observation/first', '#x2']);
    expect(two.id).toBe('first');
    expect(one['contained']).toEqual([expect.objectContaining({ resourceType: 'PractitionerRole', id: 'x1', practitioner: { reference: '#x2' } }), { resourceType: 'Practitioner', id: 'x2', name: doctor.name }]);
    expect(records.flatMap(({ resource }) => validateResource(resource))).toEqual([]);
  });

  test('what a record contained already keeps its name beside what comes in, and what cannot be contained stays outside', () => {
    const own = { resourceType: 'Medication', id: 'x1', code: { text: 'Amoxicillin 500 mg' } };
    const nested = { resourceType: 'PractitionerRole', id: 'n', contained: [{ resourceType: 'Practitioner', id: 'a', name: doctor.name }], practitioner: { reference: '#a' } };
    const { records: [record] } = resourcesOf(bundle(
      { fullUrl: 'urn:uuid:a', resource: doctor }, { fullUrl: 'urn:uuid:n', resource: nested },
      { resource: { ...prescription, contained: [own], medicationReference: { reference: '#x1' }, requester: { reference: 'urn:uuid:a' }, recorder: { reference: 'urn:uuid:n' } } },
    ));
    expect(record!.resource).toMatchObject({ contained: [own, { resourceType: 'Practitioner', id: 'x2' }], medicationReference: { reference: '#x1' }, requester: { reference: '#x2' }, recorder: { reference: 'PractitionerRole/n' } });
  });

  test('keeps the digits of decimals', () => {
    const text = bundle({ resource: observation }).replace('13.2', '13.200');
    expect(resourcesOf(text).records[0]!.text).toContain('"value":13.200');
  });

  test('a relative reference is read from the place of its entry; two of one name are told apart', () => {
    const at = (server: string, id: string, resource: FhirResource) => ({ fullUrl: `https://${server}.example/fhir/${resource.resourceType}/${id}`, resource: { ...resource, id } });
    const { records } = resourcesOf(bundle(
      { fullUrl: 'https://a.example/fhir/Patient/p1', resource: patient }, at('a', '1', { ...observation, derivedFrom: [{ reference: 'Observation/2' }] }), at('a', '2', observation),
      at('b', '1', { ...observation, derivedFrom: [{ reference: 'Observation/2' }] }), at('b', '2', { ...observation, status: 'amended' }),
    ));
    const names = records.map(({ resource }) => `Observation/${resource.id}`);
    expect(new Set(names).size).toBe(4);
    expect(records.map(({ resource }) => references(resource)[1])).toEqual([names[1], undefined, names[3], undefined]);
  });

  test('says what it left and why', () => {
    const { records, left } = resourcesOf(bundle({ resource: { resourceType: 'Claim' } }, { resource: { ...condition, clinicalStatus: { text: 'x' } } }, { resource: { resourceType: 'Provenance' } }, { resource: condition }));
    expect(records).toHaveLength(1);
    expect(left.map(({ element, reason, issues }) => `${element} ${reason} ${issues.map((issue) => issue.rule).join()}`)).toEqual(['Bundle.entry[0].resource type-not-kept ', 'Bundle.entry[1].resource invalid binding', 'Bundle.entry[2].resource no-record ']);
  });

  test('ATTACK: taken out of a sensitive document, or naming a sensitive medication, a record is sensitive still', () => {
    const [psy, restricted] = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }, { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }];
    const filed = (text: string) => resourcesOf(text).records.map(({ resource }) => metaOf(resource, '2025-06-01').category);
    const composition = { resourceType: 'Composition', confidentiality: 'R' };
    expect(filed(bundle({ resource: composition }, { resource: condition }))).toEqual(['sensitive']);
    expect(filed(bundle({ resource: { ...composition, confidentiality: 'N' } }, { resource: condition }))).toEqual(['conditions']);
    expect(filed(JSON.stringify({ resourceType: 'Bundle', type: 'collection', meta: { security: [psy] }, entry: [{ resource: observation }] }))).toEqual(['sensitive']);
    const medication = { resourceType: 'Medication', code: { text: 'x' }, meta: { security: [psy] } };
    const prescribed = { ...prescription, contained: undefined, medicationReference: { reference: 'urn:uuid:m' } };
    const { records: [one, two], left } = resourcesOf(bundle({ fullUrl: 'urn:uuid:m', resource: medication }, { resource: prescribed }, { resource: { ...condition, meta: { security: [restricted] } } }));
    expect(left).toEqual([]);
    expect(one!.resource['meta']).toEqual({ security: [psy] });
    expect(two!.resource['meta']).toEqual({ security: [restricted] });
  });

  test('ATTACK: a small Bundle does not become gigabytes, in which every record holds all the others name', () => {
    const organisation = (i: number, name = 'x') => ({ fullUrl: `urn:uuid:g${i}`, resource: { resourceType: 'Organization', name, partOf: { reference: `urn:uuid:g${i + 1}` } } });
    const naming = (count: number) => Array.from({ length: count }, (_, i) => ({ resource: { ...observation, id: `o${i}`, performer: [{ reference: 'urn:uuid:g0' }] } }));
    const { records } = resourcesOf(bundle(...Array.from({ length: 60 }, (_, i) => organisation(i)), ...naming(60)));
    const inside = records.map(({ resource }) => resource['contained'] as { partOf: { reference: string } }[]);
    expect(new Set(inside.map(({ length }) => length))).toEqual(new Set([16]));
    expect(inside[0]!.map(({ partOf }) => partOf.reference)).toContain('#x16'); // the nearest of the chain
    expect(records).toHaveLength(60);
    expect(() => resourcesOf(bundle(organisation(0, 'x'.repeat(1_000_000)), ...naming(50)))).toThrow(expect.objectContaining({ code: 'text-too-long' }));
  });

  test('ATTACK: entries with long addresses that refer to much are read in time that grows with the Bundle', () => {
    const base = `http://x${'/a'.repeat(300_000)}/`;
    const performer = Array.from({ length: 20_000 }, () => ({ reference: 'Practitioner/1' }));
    const started = process.cpuUsage();
    expect(resourcesOf(bundle({ fullUrl: `${base}Observation/1`, resource: { ...observation, performer } }, { fullUrl: `${base}Practitioner/2`, resource: observation })).records).toHaveLength(2);
    expect(resourcesOf(bundle({ fullUrl: base, resource: { ...observation, performer } })).records).toHaveLength(1);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(4); // the address was read anew for each reference
  });

  test('ATTACK: a second patient, something that is no Bundle, keys twice', () => {
    const code = (text: string) => { try { resourcesOf(text); return 'taken'; } catch (error) { return (error as { code: string }).code; } };
    expect(code(bundle({ resource: patient }, { resource: { ...patient, id: 'p2' } }))).toBe('fhir-patient-mismatch');
    expect(code(JSON.stringify(patient))).toBe('fhir-invalid');
    expect(code('{"resourceType":"Bundle","resourceType":"Bundle"}')).toBe('json-duplicate-key');
  });

  test('whatever the names are, no reference that led somewhere leads to another afterwards', () => {
    const name = fc.constantFrom('urn:uuid:1', 'urn:uuid:2', 'https://a.example/Observation/1', 'https://b.example/Observation/1', 'Observation/1');
    fc.assert(fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 5 }), fc.nat(4), (urls, to) => {
      const target = urls[to % urls.length]!;
      const entries = urls.map((fullUrl, i) => ({ fullUrl, resource: { ...observation, id: String(i), note: [{ text: fullUrl }], ...(i === 0 && { derivedFrom: [{ reference: target }] }) } }));
      const { records } = resourcesOf(bundle(...entries));
      const led = references(records[0]!.resource).at(-1);
      expect(records.find(({ resource }) => `Observation/${resource.id}` === led)!.resource['note']).toEqual([{ text: target }]);
    }), { numRuns: 100 });
  });
});

describe.skipIf(!hasVectors)('resourcesOf on public records (skipped without the public vectors)', () => {
  test.each(hasVectors ? [...summaries, ...patients()] : [])('%s becomes valid records of one patient, and leaves only bills and the cover', (path) => {
    const { patient: owner, records, left } = resourcesOf(bundleText(path));
    expect(new Set(left.map(({ reason }) => reason))).toEqual(new Set([path.startsWith('ips') ? 'no-record' : 'type-not-kept']));
    const about = bundleOf(path).entry.filter(({ resource }) => !['Claim', 'ExplanationOfBenefit', 'Composition', 'Patient', 'Practitioner', 'Organization', 'Medication'].includes(resource.resourceType));
    expect(records).toHaveLength(about.length);
    const name = `Patient/${owner!.resource.id}`;
    expect(new Set(records.filter(({ resource }) => resource.resourceType !== 'Device').map(({ resource }) => patientOf(resource)))).toEqual(new Set([name]));
    const known = new Set([name, ...records.map(({ resource }) => `${resource.resourceType}/${resource.id}`)]);
    expect(records.flatMap(({ resource }) => references(resource)).filter((reference) => !reference.startsWith('#') && !known.has(reference))).toEqual([]);
  });
});
