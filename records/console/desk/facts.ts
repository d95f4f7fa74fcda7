// What a resource says, as short facts in the order in which a reader wants them. Whatever is not told here stands in the original.
import { cautionsOf } from '#records/model/fhir/cautions.ts';
import type { FhirResource } from '#records/model/fhir/issue.ts';

export const FACTS = [
  'caution', 'value', 'interpretation', 'range', 'clinicalStatus', 'verificationStatus', 'criticality', 'severity', 'reaction', 'dosage', 'reason', 'onset', 'period', 'date', 'lot', 'dose', 'priority', 'performer', 'type', 'code', 'status', 'note', 'text',
] as const;
export type FactName = (typeof FACTS)[number];
export type Fact = { readonly name: FactName; readonly says: readonly string[]; /** A day or a time of FHIR, to be written as the reader's language does. */ readonly isDate?: true };

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter(isObject);
const text = (value: unknown): string[] => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []);

/** A CodeableConcept, a Coding, a Reference or a list of them. */
function conceptOf(value: unknown): string[] {
  return list(value).flatMap((each) => {
    if (typeof each['text'] === 'string') return [each['text']];
    const [coding] = list(each['coding']);
    return text(coding?.['display'] ?? coding?.['code'] ?? each['display'] ?? each['code']);
  });
}
const quantityOf = (value: unknown): string[] => (isObject(value) && value['value'] !== undefined ? [`${value['comparator'] ?? ''}${String(value['value'])} ${String(value['unit'] ?? value['code'] ?? '')}`.trim()] : []);
const rangeOf = (value: unknown): string[] => list(value).flatMap((each) => (typeof each['text'] === 'string' ? [each['text']] : [[...quantityOf(each['low']), ...quantityOf(each['high'])].join(' – ')])).filter(Boolean);

/** `value[x]` of an Observation, and that of its parts with their names. */
function valueOf(resource: Json): string[] {
  const own = Object.entries(resource).find(([key]) => /^value[A-Z]/.test(key))?.[1];
  const parts = list(resource['component']).map((part) => [...conceptOf(part['code']), ...valueOf(part)].join(': '));
  return [...(typeof own === 'object' ? [...quantityOf(own), ...(quantityOf(own).length === 0 ? conceptOf(own) : [])] : text(own)), ...parts];
}

const attachedText = (resource: Json): string[] => list(resource['content']).flatMap(({ attachment }) => {
  if (!isObject(attachment) || typeof attachment['data'] !== 'string' || !String(attachment['contentType']).startsWith('text/plain')) return [];
  try {
    return [new TextDecoder().decode(Uint8Array.from(atob(attachment['data']), (character) => character.charCodeAt(0)))];
  } catch {
    return [];
  }
});

const READERS: Readonly<Record<FactName, (resource: FhirResource) => readonly string[]>> = {
  caution: cautionsOf,
  value: valueOf,
  interpretation: ({ interpretation }) => conceptOf(interpretation),
  range: ({ referenceRange }) => rangeOf(referenceRange),
  clinicalStatus: ({ clinicalStatus }) => conceptOf(clinicalStatus),
  verificationStatus: ({ verificationStatus }) => conceptOf(verificationStatus),
  criticality: ({ criticality }) => text(criticality),
  severity: ({ severity }) => conceptOf(severity),
  reaction: ({ reaction }) => list(reaction).map((each) => [...conceptOf(each['manifestation']), ...text(each['severity'])].join(', ')),
  dosage: ({ dosage, dosageInstruction }) => [...list(dosage), ...list(dosageInstruction)].flatMap((each) => text(each['text'])),
  reason: ({ reasonCode }) => conceptOf(reasonCode),
  onset: ({ onsetDateTime }) => text(onsetDateTime),
  period: ({ period, effectivePeriod, performedPeriod }) => list(period ?? effectivePeriod ?? performedPeriod).flatMap(({ start }) => text(start)),
  date: ({ effectiveDateTime, occurrenceDateTime, performedDateTime, authoredOn, recordedDate, date }) => text(effectiveDateTime ?? occurrenceDateTime ?? performedDateTime ?? authoredOn ?? recordedDate ?? date),
  lot: ({ lotNumber }) => text(lotNumber),
  dose: ({ protocolApplied }) => list(protocolApplied).flatMap((each) => text(each['doseNumberPositiveInt'] ?? each['doseNumberString'])),
  priority: ({ priority }) => text(priority),
  performer: ({ performer }) => list(performer).flatMap((each) => text(each['display'] ?? (isObject(each['actor']) ? each['actor']['display'] : undefined))),
  type: ({ type, category, class: kind }) => [...conceptOf(type), ...conceptOf(category), ...conceptOf(kind), ...(Array.isArray(category) ? category.flatMap(text) : [])].filter((each) => !FILED_AS.includes(each)),
  code: ({ code, vaccineCode, medicationCodeableConcept }) => list(code ?? vaccineCode ?? medicationCodeableConcept).flatMap(({ coding }) => list(coding).map((each) => [systemName(each['system']), String(each['code'] ?? '')].filter(Boolean).join(' '))),
  status: ({ status }) => text(status),
  note: ({ note }) => list(note).flatMap((each) => text(each['text'])),
  text: (resource) => attachedText(resource),
};
/** Categories that say no more than the kind under which a record is filed. */
const FILED_AS: readonly string[] = ['laboratory', 'vital-signs'];
const DATES: readonly FactName[] = ['onset', 'period', 'date'];

export const factsOf = (resource: FhirResource): readonly Fact[] => FACTS.flatMap((name): Fact[] => {
  const says = READERS[name](resource).filter((each) => each !== '');
  return says.length === 0 ? [] : [{ name, says, ...(DATES.includes(name) && { isDate: true }) }];
});

const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  'http://loinc.org': 'LOINC', 'http://snomed.info/sct': 'SNOMED CT', 'http://hl7.org/fhir/sid/icd-10': 'ICD-10', 'http://hl7.org/fhir/sid/cvx': 'CVX', 'http://www.whocc.no/atc': 'ATC', 'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
};
const systemName = (system: unknown): string => SYSTEM_NAMES[String(system)] ?? '';
