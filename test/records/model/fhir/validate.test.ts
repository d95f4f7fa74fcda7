import { describe, expect, test } from 'vitest';
import { HealthpassError } from '#passport';
import { assertValid, validateResource } from '#records/model/fhir/index.ts';
import { allergy, bundleOf, condition, hasVectors, observation, patient, patients, prescription, summaries, vectorResources } from './examples.ts';

/** `element rule` of everything that is wrong. */
const wrong = (resource: unknown): string[] => validateResource(resource).map(({ element, rule }) => `${element} ${rule}`);
const document = { resourceType: 'Bundle', type: 'document', identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:5' }, timestamp: '2025-01-01T00:00:00Z' };
const composition = {
  resourceType: 'Composition', status: 'final', type: { text: 'Letter' }, subject: { reference: 'urn:uuid:7' }, date: '2025', author: [{ reference: 'Patient/p1' }], title: 'Letter',
  section: [{ entry: [{ reference: 'urn:uuid:8' }], section: [{ focus: { reference: 'https://example.org/Patient/p2' }, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' } }] }],
};
const deep = (levels: number): unknown => Array.from({ length: levels }).reduce<object>((inner) => ({ extension: [inner] }), { url: 'https://example.org/x' });

describe('validateResource', () => {
  test('takes what is valid', () => {
    for (const resource of [patient, observation, condition, allergy, prescription]) expect(wrong(resource)).toEqual([]);
  });

  test.each([
    ['an element is missing', { ...observation, status: undefined }, ['Observation.status cardinality']],
    ['an element that the type has not', { ...observation, colour: 'red' }, ['Observation.colour unknown-element']],
    ['a list where one value may be', { ...observation, status: ['final'] }, ['Observation.status cardinality']],
    ['one value where a list is', { ...observation, category: observation.category[0] }, ['Observation.category cardinality']],
    ['an empty list', { ...observation, note: [] }, ['Observation.note cardinality']],
    ['an empty object', { ...observation, method: {} }, ['Observation.method ele-1']],
    ['null', { ...observation, issued: null }, ['Observation.issued type']],
    ['a number as a text', { ...observation, valueQuantity: { value: '13.2' } }, ['Observation.valueQuantity.value type']],
    ['a day that no calendar has', { ...patient, birthDate: '1981-02-29' }, ['Patient.birthDate format']],
    ['a time without a time zone', { ...observation, effectiveDateTime: '2025-03-04T09:30:00' }, ['Observation.effectiveDateTime format']],
    ['a code that no value set has', { ...patient, gender: 'foo' }, ['Patient.gender binding']],
    ['a concept of another system', { ...condition, clinicalStatus: { coding: [{ system: 'https://example.org', code: 'active' }] } }, ['Condition.clinicalStatus binding']],
    ['a concept in words alone where a code is required', { ...condition, clinicalStatus: { text: 'active' } }, ['Condition.clinicalStatus binding']],
    ['two values of one choice', { ...observation, valueString: 'high' }, ['Observation.value[x] choice']],
    ['a value, and something beside another type', { ...observation, _valueString: { extension: [{ url: 'https://example.org', valueBoolean: true }] } }, ['Observation.value[x] choice']],
    ['a type that the choice has not', { ...observation, valueQuantity: undefined, valueAddress: { city: 'Wien' } }, ['Observation.valueAddress unknown-element']],
    ['a reference to the wrong type', { ...observation, subject: { reference: 'Medication/m1' } }, ['Observation.subject.reference reference-target']],
    ['a reference to no type of FHIR', { ...observation, subject: { reference: 'Somebody/m1' } }, ['Observation.subject.reference reference-target']],
    ['a reference by address to the wrong type', { ...observation, subject: { reference: 'https://example.org/fhir/Medication/m1/_history/2' } }, ['Observation.subject.reference reference-target']],
    ['a reference whose type says otherwise', { ...observation, subject: { reference: 'https://example.org/?patient', type: 'Medication' } }, ['Observation.subject.reference reference-target']],
    ['a reference to what is contained and of the wrong type', { ...prescription, requester: { reference: '#m1' } }, ['MedicationRequest.requester.reference reference-target']],
    ['a reference to nothing contained', { ...prescription, encounter: { reference: '#nobody' } }, ['MedicationRequest.encounter ref-1']],
    ['something contained to which nothing refers', { ...prescription, medicationReference: { display: 'Amoxicillin' } }, ['MedicationRequest dom-3']],
    ['a component that repeats the code and value', { ...observation, component: [{ code: observation.code, valueString: 'x' }] }, ['Observation obs-7']],
    ['a value and a reason for its absence', { ...observation, dataAbsentReason: { text: 'unknown' } }, ['Observation obs-6']],
    ['a code of a unit without its system', { ...observation, valueQuantity: { value: 1, code: 'g' } }, ['Observation.valueQuantity qty-3']],
    ['a period that ends before it starts', { ...observation, effectiveDateTime: undefined, effectivePeriod: { start: '2025-02-02', end: '2025-01-01' } }, ['Observation.effectivePeriod per-1']],
    ['a comparator in a reference range', { ...observation, referenceRange: [{ low: { value: 1, comparator: '<' } }] }, ['Observation.referenceRange[0].low sqty-1']],
    ['an extension with a value and extensions', { ...patient, extension: [{ url: 'https://example.org', valueBoolean: true, extension: [{ url: 'a', valueBoolean: true }] }] }, ['Patient.extension[0] ext-1']],
    ['a contact whom nobody could find', { ...patient, contact: [{ gender: 'male' }] }, ['Patient.contact[0] pat-1']],
    ['an organisation without name and identifier', { resourceType: 'Organization', active: true }, ['Organization org-1']],
    ['a status that an allergy without error needs', { ...allergy, clinicalStatus: undefined }, ['AllergyIntolerance ait-1']],
    ['a document without a Composition', { ...document, entry: [{ fullUrl: 'urn:uuid:6', resource: patient }] }, ['Bundle bdl-11']],
    ['a fault within a Bundle', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { ...patient, gender: 'foo' } }] }, ['Bundle.entry[0].resource.gender binding']],
    ['a type that is no resource', { resourceType: 'Quantity', value: 1 }, ['Resource.resourceType resource-type']],
    ['an id that no address could hold', { ...patient, id: 'bad-id_1' }, ['Patient.id format']],
    ['an id of 65 characters', { ...prescription, contained: [{ ...prescription.contained[0], id: 'x'.repeat(65) }], medicationReference: { reference: `#${'x'.repeat(65)}` } }, ['MedicationRequest.contained[0].id format']],
    ['an id beside no value', { resourceType: 'Patient', _birthDate: { id: 'a' } }, ['Patient._birthDate ele-1']],
    ['a resource that refers to itself', { ...observation, subject: { reference: '#' } }, ['Observation.subject ref-1', 'Observation.subject.reference reference-target']],
    ['a misspelt element, by its name', { ...patient, birth_date: '1980' }, ['Patient.birth_date unknown-element']],
    ['Base64 that is cut short', { resourceType: 'Binary', contentType: 'image/png', data: 'YWJj ZA=' }, ['Binary.data format']],
    ['an entry whose name is no address', { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'Patient/p1', resource: patient }] }, ['Bundle.entry[0].fullUrl full-url']],
    ['a document without what its Composition names', { ...document, entry: [{ fullUrl: 'urn:uuid:6', resource: composition }, { fullUrl: 'urn:uuid:7', resource: patient }] },
      ['Bundle.entry[0].resource.section[0].entry[0].reference document-reference', 'Bundle.entry[0].resource.section[0].section[0].focus.reference document-reference']],
    ['an answer of a server that is no OperationOutcome', { resourceType: 'Bundle', type: 'batch-response', entry: [{ response: { status: '400', outcome: { resourceType: 'OperationOutcome' } } }] }, ['Bundle.entry[0].response.outcome.issue cardinality']],
    ['a type that is not kept', { resourceType: 'Claim' }, ['Claim.resourceType resource-type']],
    ['a type that is not kept, contained where it would go unread', { ...prescription, contained: [...prescription.contained, { resourceType: 'Coverage', id: 'c' }], insurance: [{ reference: '#c' }] },
      ['MedicationRequest.contained[1].resourceType resource-type']],
    ['a type in a Bundle that FHIR has not', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Bill' } }] }, ['Bundle.entry[0].resource.resourceType resource-type']],
    ['no object', [patient], ['Resource type']],
  ])('refuses %s', (_, resource, expected) => expect(wrong(JSON.parse(JSON.stringify(resource)))).toEqual(expected));

  test.each([
    ['Base64 in lines', { resourceType: 'Binary', contentType: 'application/dicom; variant=DICOM WADO-RS', data: 'YWJj\r\nZGVm' }],
    ['a media type with an address for a parameter', { resourceType: 'Binary', contentType: 'application/fhir+json;canonicalization=http://hl7.org/fhir/canonicalization/json#static' }],
    ['what a medication is made of', { resourceType: 'Medication', contained: [{ resourceType: 'Substance', id: 's', code: { text: 'Ibuprofen' } }], ingredient: [{ itemReference: { reference: '#s' } }] }],
    ['ids beside values', { ...patient, _birthDate: { id: 'a' }, name: [{ given: ['Rosa', 'Ana'], _given: [{ id: 'b' }, null] }] }],
    ['what is contained and refers to its container', { ...patient, contained: [{ ...observation, id: 'o', subject: { reference: '#' } }] }],
    ['an alert', { resourceType: 'Flag', status: 'active', code: { text: 'Latex' }, subject: { reference: 'Patient/p1' } }],
    ['an answer of a server with what it has to say', { resourceType: 'Bundle', type: 'batch-response', entry: [{ response: { status: '400', outcome: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] } } }] }],
  ])('takes %s', (_, resource) => expect(wrong(resource)).toEqual([]));

  test('a period is wrong only where no reading of it is right', () => {
    const period = (start: string, end: string) => wrong({ resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, period: { start, end } });
    expect(period('2025-03-01T10:00:00Z', '2025-03-01')).toEqual([]);
    expect(period('2025-03-02T00:30:00+02:00', '2025-03-01T23:00:00Z')).toEqual([]);
    expect(period('2025-03-01T23:30:00-02:00', '2025-03-02T01:00:00Z')).toEqual(['Encounter.period per-1']);
    // Days, months and years are of one calendar: no time zone makes the day before the later one.
    expect(period('2025-03-02', '2025-03-01')).toEqual(['Encounter.period per-1']);
    expect(period('2025-03-01', '2025-02')).toEqual(['Encounter.period per-1']);
    expect(period('2026', '2025-12-31')).toEqual(['Encounter.period per-1']);
    expect(period('2025-03', '2025')).toEqual([]);
    expect(period('2025-03-01', '2025-03')).toEqual([]);
  });

  test('a range is wrong only where both ends are of one unit', () => {
    const range = (low: object, high: object) => wrong({ ...observation, referenceRange: [{ text: 'of infants', age: { low, high } }] });
    const ucum = (value: number, code: string) => ({ value, system: 'http://unitsofmeasure.org', code });
    expect(range(ucum(9, 'mo'), ucum(1, 'a'))).toEqual([]);
    expect(range({ unit: 'mo' }, ucum(1, 'mo'))).toEqual([]);
    expect(range(ucum(9, 'mo'), ucum(1, 'mo'))).toEqual(['Observation.referenceRange[0].age rng-2']);
    expect(range({ value: 9, unit: 'years' }, { value: 1, unit: 'years' })).toEqual(['Observation.referenceRange[0].age rng-2']);
  });

  test('an absent value may be explained beside it, and items of a list beside each', () => {
    const reason = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
    expect(wrong({ resourceType: 'Patient', _birthDate: reason, name: [{ given: ['Rosa', null], _given: [null, reason] }] })).toEqual([]);
    expect(wrong({ ...observation, status: undefined, _status: reason })).toEqual([]);
    expect(wrong({ resourceType: 'Organization', _name: reason })).toEqual([]);
    expect(wrong({ ...condition, onsetDateTime: undefined, onsetAge: { _value: reason, system: 'http://unitsofmeasure.org', code: 'a' } })).toEqual([]);
    expect(wrong({ resourceType: 'Patient', name: [{ given: ['Rosa', null], _given: [null, null] }] })).toEqual(['Patient.name[0].given[1] type', 'Patient.name[0]._given[1] type']);
  });

  test('ATTACK: a key of the prototype, a name that is no name, and values do not show in what is said', () => {
    const canary = 'Syphilis-canary';
    const names = `"__proto__":{"gender":"male"},"constructor":1,"${canary} <b>":2`;
    const issues = validateResource(JSON.parse(`{"resourceType":"Patient",${names},"gender":"${canary}","birthDate":"${canary}","maritalStatus":"${canary}"}`));
    expect(issues.map(({ element, rule }) => `${element} ${rule}`)).toEqual([
      'Patient.? unknown-element', 'Patient.constructor unknown-element', 'Patient.? unknown-element', 'Patient.gender binding', 'Patient.birthDate format', 'Patient.maritalStatus type',
    ]);
    expect(JSON.stringify(issues)).not.toContain(canary);
    expect(wrong({ resourceType: '__proto__' })).toEqual(['Resource.resourceType resource-type']);
    expect(wrong({ resourceType: 'constructor' })).toEqual(['Resource.resourceType resource-type']);
  });

  test('ATTACK: nesting without end is refused without running out of stack', () => {
    expect(validateResource({ ...patient, extension: [deep(100_000)] }).map(({ rule }) => rule)).toContain('depth');
    const nested = Array.from({ length: 100_000 }).reduce<unknown[]>((inner) => [inner], []);
    expect(wrong({ ...prescription, note: nested, contained: [{ resourceType: 'Medication', id: 'm1', code: { coding: nested } }] }).length).toBeGreaterThan(0);
  });

  test('ATTACK: ten thousand entries, codings, contained resources and references are read in time that grows with their number', () => {
    const many = <T>(make: (i: number) => T): T[] => Array.from({ length: 10_000 }, (_, i) => make(i));
    const started = process.cpuUsage();
    expect(wrong({ resourceType: 'Bundle', type: 'collection', entry: many((i) => ({ fullUrl: `urn:uuid:${i}`, resource: patient })) })).toEqual([]);
    const codings = (system: string) => many((i) => ({ system, code: `${i}` }));
    expect(wrong({ ...observation, code: { coding: codings('https://example.org/a') }, component: [{ code: { coding: codings('https://example.org/b') }, valueString: 'x' }] })).toEqual([]);
    expect(wrong({ ...prescription, contained: many((i) => ({ resourceType: 'Medication', id: `m${i}`, code: { text: 'x' } })), supportingInformation: many((i) => ({ reference: `#m${i}` })) })).toEqual([]);
    expect(validateResource({ ...patient, name: many(() => ({ use: 'foo' })) })).toHaveLength(100);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(15); // a minute and more, if it grew with the square
  });

  test('ATTACK: a document with a long address whose Composition refers to much is read in time that grows with its length', () => {
    const base = `http://x${'/a'.repeat(400_000)}/`;
    const entry = Array.from({ length: 20_000 }, () => ({ reference: 'Patient/1' }));
    const long = { ...composition, subject: undefined, author: [{ display: 'A' }], section: [{ entry }] };
    const started = process.cpuUsage();
    expect(validateResource({ ...document, entry: [{ fullUrl: `${base}Composition/1`, resource: long }, { fullUrl: `${base}Patient/2`, resource: patient }] })).toHaveLength(100);
    expect(validateResource({ ...document, entry: [{ fullUrl: `${base}Composition/1`, resource: long }, { fullUrl: `${base}Patient/1`, resource: patient }] })).toEqual([]);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(6); // the address was copied for each reference
  });

  test('ATTACK: a media type with many parameters is read in time that grows with their number', () => {
    const started = process.cpuUsage();
    expect(wrong({ resourceType: 'Binary', contentType: `a/b${' ;x=y'.repeat(28)}"` })).toEqual(['Binary.contentType binding']);
    const { user } = process.cpuUsage(started);
    expect(user / 1e6).toBeLessThan(1); // with each parameter twice as long, otherwise
    expect(wrong({ resourceType: 'Binary', contentType: `multipart/related ; type="a;b" ; start= a b;x=y` })).toEqual([]);
  });

  test('ATTACK: two contained resources of one id, of which each reader could take another, are refused', () => {
    const contained = [...prescription.contained, { ...prescription.contained[0], code: { text: 'Morphine' } }];
    expect(wrong({ ...prescription, contained })).toEqual(['MedicationRequest.contained contained-id']);
  });

  test('ATTACK: an error after a hundred warnings is an error', () => {
    const entry = [...Array.from({ length: 200 }, () => ({ resource: { resourceType: 'Claim' } })), { resource: { ...patient, gender: 'foo' } }];
    expect(wrong({ resourceType: 'Bundle', type: 'collection', entry }).at(-1)).toBe('Bundle.entry[200].resource.gender binding');
  });

  test.each([
    ['a script', '<script>alert(1)</script>'], ['an event', '<p onclick="x()">a</p>'], ['an address that runs code', '<a href="java&#115;cript:x()">a</a>'], ['the same in plain', '<a href=" JavaScript:x()">a</a>'],
    ['a frame', '<iframe src="https://example.org"></iframe>'], ['markup that is not closed', '<p>a'], ['nothing', '<p> </p>'], ['a style that fetches', '<p style="background:url(https://example.org)">a</p>'], ['CDATA', '<![CDATA[<script>]]>'],
    ['a style that fetches, spelt otherwise', '<p style="background:&#117;rl(https://example.org)">a</p>'], ['a style that fetches by another function', '<p style="background:image-set(\'https://example.org\' 1x)">a</p>'],
    ['a script in what is a comment for XML and none for HTML', '<!--><script>alert(1)</script>-->a'], ['the same behind a hyphen', '<!---><script>alert(1)</script>-->a'],
    ['a comment that HTML ends by another mark', '<!-- --!><script>alert(1)</script> -->a'], ['an event in a value whose quotes HTML does not see', '<p title=\u00a0"a onclick=alert(1) b">a</p>'],
    ['a citation that runs code', '<q cite="javascript:x()">a</q>'], ['a description that runs code', '<img src="#a" alt="a" longdesc="javascript:x()"/>'],
  ])('ATTACK: a narrative with %s is refused', (_, inside) => {
    expect(wrong({ ...patient, text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>` } })).toEqual(['Patient.text.div txt-1']);
  });
  test('ATTACK: a narrative that goes on after its end is refused', () => {
    expect(wrong({ ...patient, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div><script/>' } })).toEqual(['Patient.text.div txt-1']);
    expect(wrong({ ...patient, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><!-- > --><h2 class="x">a &amp; <b>b</b></h2><br/><img src="#a" alt="a"/><p style="color: rgb(0, 0, 1); font-family: &quot;Arial&quot;">a</p></div>' } })).toEqual([]);
  });
});

describe('assertValid', () => {
  test('names the element and the rule, never the value', () => {
    const attempt = () => assertValid({ ...patient, gender: 'canary' });
    expect(attempt).toThrow(HealthpassError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'fhir-invalid', field: 'Patient.gender', message: 'Patient.gender is no code of the required value set administrative-gender (binding)' }));
  });
});

describe.skipIf(!hasVectors)('validateResource on public records (skipped without the public vectors)', () => {
  test('every resource of the synthetic patients and of the patient summaries is valid', () => {
    const all = vectorResources();
    expect(all.length).toBeGreaterThan(490);
    expect(all.flatMap(wrong)).toEqual([]);
  });
  test('their Bundles are valid as a whole; bills are passed over, and it is said', () => {
    expect(summaries.flatMap((path) => wrong(bundleOf(path)))).toEqual([]);
    const said = patients().flatMap((path) => validateResource(bundleOf(path)));
    expect(new Set(said.map(({ severity, element, rule }) => `${severity} ${element.replace(/\d+/, '')} ${rule}`))).toEqual(new Set(['warning Bundle.entry[].resource.resourceType resource-type']));
  });
});
