// A record in which every field that may hold something about a person holds a word that stands nowhere else.
const word = (name: string) => `zq${name}canary`;
const NAMES = [
  'family', 'given', 'prefix', 'suffix', 'nametext', 'identifier', 'phone', 'street', 'city', 'contact', 'maiden', 'lot', 'performer', 'site', 'note', 'narrative', 'manufacturer', 'encounter',
  'recorder', 'display', 'extension', 'reaction', 'comment', 'device', 'specimen', 'interpretation', 'onset', 'evidence', 'stage',
] as const;
const [W] = [Object.fromEntries(NAMES.map((name) => [name, word(name)])) as Record<(typeof NAMES)[number], string>];

export const BIRTH_DATE = '1911-02-03';
/** What may stand in no log, no error, no file of a service and no byte of the chain. */
export const CANARIES: readonly string[] = [...NAMES.map(word), BIRTH_DATE, '19110203'];

const code = (system: string, value: string) => ({ coding: [{ system, code: value, display: W.display }], text: W.display });
const SNOMED = 'http://snomed.info/sct';
const annotations = {
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${W.narrative}</div>` },
  extension: [{ url: 'urn:example:extension', valueString: W.extension }],
  note: [{ text: W.note, authorString: W.recorder }],
};
const patient = {
  resourceType: 'Patient', id: 'p', birthDate: BIRTH_DATE, gender: 'other', maritalStatus: { text: W.maiden },
  identifier: [{ system: 'urn:example:id', value: W.identifier }],
  name: [{ use: 'official', family: W.family, given: [W.given], prefix: [W.prefix], suffix: [W.suffix], text: W.nametext }],
  telecom: [{ system: 'phone', value: W.phone }], address: [{ line: [W.street], city: W.city, country: 'AT' }], contact: [{ name: { text: W.contact } }],
  text: annotations.text, extension: annotations.extension,
};
const subject = { reference: 'urn:uuid:0a5a7b1e-0000-4000-8000-000000000001', display: W.nametext };

export const canaryBundle = (now: number): unknown => {
  const day = (ago: number) => new Date((now - ago * 86_400) * 1000).toISOString().slice(0, 10);
  const resources = [
    {
      resourceType: 'Immunization', status: 'completed', vaccineCode: code('http://hl7.org/fhir/sid/cvx', '208'), patient: subject, occurrenceDateTime: `${day(60)}T09:30:00Z`,
      lotNumber: W.lot, performer: [{ actor: { display: W.performer } }], site: { text: W.site }, manufacturer: { display: W.manufacturer }, encounter: { display: W.encounter },
      reaction: [{ detail: { display: W.reaction } }], protocolApplied: [{ targetDisease: [code(SNOMED, '840539006')], doseNumberPositiveInt: 2, seriesDosesPositiveInt: 2 }], ...annotations,
    },
    {
      resourceType: 'Observation', status: 'final', code: code('http://loinc.org', '94500-6'), subject, effectiveDateTime: `${day(1)}T08:00:00Z`, valueCodeableConcept: code(SNOMED, '260415000'),
      category: [code('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')], performer: [{ display: W.performer }], device: { display: W.device },
      specimen: { display: W.specimen }, interpretation: [{ text: W.interpretation }], ...annotations,
    },
    {
      resourceType: 'Condition', subject, code: code(SNOMED, '840539006'), onsetDateTime: day(100), recorder: { display: W.recorder }, evidence: [{ detail: [{ display: W.evidence }] }],
      stage: [{ summary: { text: W.stage } }], ...annotations,
      clinicalStatus: code('http://terminology.hl7.org/CodeSystem/condition-clinical', 'resolved'), verificationStatus: code('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
    },
  ];
  return { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: subject.reference, resource: patient }, ...resources.map((resource) => ({ resource }))] };
};
