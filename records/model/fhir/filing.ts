// Under what a resource is filed: its category, the day when what it tells was so, and its code. A category decides who can read it, so whatever says that a record is sensitive wins.
import type { Category, FhirDay } from '../record.ts';
import { SENSITIVITY_CODES } from './generated/sensitivity.ts';
import { isObject, type FhirResource, type JsonObject } from './issue.ts';

export type Code = { readonly system: string; readonly code: string; readonly display?: string };
export type Filing = { readonly category: Category; readonly date: FhirDay; readonly code?: Code };

/**
 * @param today the day on which it is recorded: it serves where the resource has no date of its own, and for what is still to come, as an appointment
 * A partial date stands for its first day: a consent to what is no older than some day must not reach further back than it says.
 */
export function metaOf(resource: FhirResource, today: FhirDay): Filing {
  const [code, date] = [codeOf(resource), clinicalDate(resource)];
  const hasCome = date !== undefined && date <= dayAfter(today); // where its author is, it may be tomorrow
  return { category: categoryOf(resource), date: hasCome ? date : today, ...(code && { code }) };
}

const dayAfter = (day: FhirDay): FhirDay => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : []);
const codingsOf = (concept: unknown): readonly JsonObject[] => list(concept).flatMap(({ coding }) => list(coding));
export const codesOf = (concept: unknown): string[] => codingsOf(concept).flatMap(({ code }) => (typeof code === 'string' ? [code] : []));

const categoryOf = (resource: FhirResource): Category => (isSensitive(resource) ? 'sensitive' : subjectMatter(resource));

/** The category that a resource would have if nothing in it were sensitive. */
export const subjectMatter = (resource: FhirResource): Category => BY_TYPE[resource.resourceType]?.(resource) ?? 'documents';

const SENSITIVITIES = new Set(SENSITIVITY_CODES);
/** v3 Confidentiality: restricted, very restricted. */
const RESTRICTED = new Set(['R', 'V']);

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

/**
 * Labels of v3 ActCode (why it is sensitive) and v3 Confidentiality, on the resource, on a document's Composition and on what a DocumentReference leads to, as codings.
 * A code that is known counts under any system: a label that was written carelessly still says what its author feared.
 */
export function sensitivitiesOf({ meta, confidentiality, securityLabel }: FhirResource): readonly JsonObject[] {
  const labels = [...(isObject(meta) ? list(meta['security']) : []), ...codingsOf(securityLabel), ...(confidentiality === undefined ? [] : [{ system: CONFIDENTIALITY, code: confidentiality }])];
  return labels.filter(({ code }) => typeof code === 'string' && (SENSITIVITIES.has(code) || RESTRICTED.has(code)));
}

function isSensitive(resource: FhirResource): boolean {
  const inside = resource.resourceType === 'Bundle' ? list(resource['entry']).map((entry) => entry['resource']).filter(isObject) : [];
  return sensitivitiesOf(resource).length > 0 || inside.some((item) => isSensitive(item as FhirResource));
}

const always = (category: Category) => (): Category => category;
const BY_TYPE: Readonly<Record<string, (resource: FhirResource) => Category>> = {
  AllergyIntolerance: always('allergies'), Condition: always('conditions'), FamilyMemberHistory: always('conditions'), Immunization: always('immunizations'),
  Medication: always('medications'), MedicationRequest: always('medications'), MedicationStatement: always('medications'), MedicationDispense: always('medications'), MedicationAdministration: always('medications'),
  Observation: ofObservation, DiagnosticReport: ofReport, Specimen: always('results'), ImagingStudy: always('imaging'), Procedure: always('procedures'), Encounter: always('encounters'),
  Device: always('devices'), DeviceUseStatement: always('devices'), CarePlan: always('plans'), CareTeam: always('plans'), Goal: always('plans'), ServiceRequest: always('plans'),
  NutritionOrder: always('plans'), DeviceRequest: always('plans'), VisionPrescription: always('plans'), Appointment: always('encounters'), EpisodeOfCare: always('encounters'), Media: always('imaging'),
  Flag: always('conditions'), ClinicalImpression: always('conditions'), RiskAssessment: always('conditions'), DetectedIssue: always('conditions'), AdverseEvent: always('conditions'), BodyStructure: always('conditions'),
  ImmunizationEvaluation: always('immunizations'), ImmunizationRecommendation: always('immunizations'),
};

/** Codes of the observation categories of HL7; the first of these that an Observation has. */
const OBSERVATIONS: readonly (readonly [string, Category])[] = [['social-history', 'social'], ['vital-signs', 'vitals'], ['imaging', 'imaging'], ['procedure', 'procedures'], ['laboratory', 'results']];
/** LOINC: smoking, alcohol, pregnancy status; blood pressure, heart and breathing rate, temperature, oxygen, height, weight, BMI. For those who write no category. */
const SOCIAL = new Set(['72166-2', '74013-4', '82810-3', '11367-0', '8663-7']);
const VITALS = new Set(['85353-1', '85354-9', '8480-6', '8462-4', '8867-4', '9279-1', '8310-5', '2708-6', '59408-5', '8302-2', '29463-7', '39156-5', '9843-4']);

function ofObservation({ category, code }: FhirResource): Category {
  const categories = codesOf(category);
  const said = OBSERVATIONS.find(([name]) => categories.includes(name))?.[1];
  const codes = codesOf(code);
  return said ?? (codes.some((name) => SOCIAL.has(name)) ? 'social' : codes.some((name) => VITALS.has(name)) ? 'vitals' : 'results');
}

/** HL7 v2 table 0074 and LOINC's class of radiology. */
const IMAGING = new Set(['RAD', 'RX', 'CT', 'CUS', 'MRI', 'NMR', 'NMS', 'OUS', 'RUS', 'VUS', 'XRC', 'IMG', 'imaging', 'LP29684-5']);

function ofReport({ category }: FhirResource): Category {
  return codesOf(category).some((name) => IMAGING.has(name)) ? 'imaging' : 'results';
}

/** Elements that say when it was so, the first that is there; a Period counts from its start. */
const DATES: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ['onsetDateTime', 'onsetPeriod', 'recordedDate', 'lastOccurrence'], Condition: ['onsetDateTime', 'onsetPeriod', 'recordedDate'], FamilyMemberHistory: ['date'],
  MedicationRequest: ['authoredOn'], MedicationStatement: ['effectiveDateTime', 'effectivePeriod', 'dateAsserted'], MedicationDispense: ['whenHandedOver', 'whenPrepared'],
  MedicationAdministration: ['effectiveDateTime', 'effectivePeriod'], Immunization: ['occurrenceDateTime', 'recorded'],
  Observation: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'effectiveTiming', 'issued'], DiagnosticReport: ['effectiveDateTime', 'effectivePeriod', 'issued'],
  Specimen: ['collection.collectedDateTime', 'collection.collectedPeriod', 'receivedTime'], ImagingStudy: ['started'], Procedure: ['performedDateTime', 'performedPeriod'], Encounter: ['period'],
  DocumentReference: ['context.period', 'date'], Composition: ['date'], Bundle: ['timestamp'], DeviceUseStatement: ['timingDateTime', 'timingPeriod', 'recordedOn'], CarePlan: ['period', 'created'], CareTeam: ['period'],
  Goal: ['startDate', 'statusDate'], ServiceRequest: ['authoredOn', 'occurrenceDateTime', 'occurrencePeriod'], Consent: ['dateTime'], AuditEvent: ['recorded'], Provenance: ['occurredDateTime', 'occurredPeriod', 'recorded'], List: ['date'],
  NutritionOrder: ['dateTime'], DeviceRequest: ['authoredOn'], VisionPrescription: ['dateWritten', 'created'], Appointment: ['start', 'created'], EpisodeOfCare: ['period'], Media: ['createdDateTime', 'createdPeriod', 'issued'], Flag: ['period'],
  ClinicalImpression: ['effectiveDateTime', 'effectivePeriod', 'date'], RiskAssessment: ['occurrenceDateTime', 'occurrencePeriod'], DetectedIssue: ['identifiedDateTime', 'identifiedPeriod'], AdverseEvent: ['date', 'detected', 'recordedDate'],
  ImmunizationEvaluation: ['date'], ImmunizationRecommendation: ['date'], QuestionnaireResponse: ['authored'], Communication: ['sent', 'received'], CommunicationRequest: ['authoredOn', 'occurrenceDateTime', 'occurrencePeriod'],
};

/** The clinical date, a day; undefined for a resource that has none. Of an instant, the day as its author's clock showed it. */
export function clinicalDate(resource: FhirResource): FhirDay | undefined {
  const date = writtenDate(resource);
  return date && (date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date);
}

/** The clinical date as exactly as it was written: a year, a month or a day. */
export function writtenDate(resource: FhirResource): string | undefined {
  for (const path of [...(DATES[resource.resourceType] ?? []), 'meta.lastUpdated']) {
    const found = dateOf(path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), resource));
    if (found !== undefined) return found;
  }
  return undefined;
}

function dateOf(value: unknown): string | undefined {
  if (isObject(value)) return dateOf(value['start'] ?? value['end'] ?? (Array.isArray(value['event']) ? value['event'][0] : undefined));
  return typeof value === 'string' && /^\d{4}(-\d\d){0,2}(T|$)/.test(value) ? value.slice(0, 10) : undefined;
}

const CODED = ['code', 'medicationCodeableConcept', 'vaccineCode', 'type', 'reasonCode', 'category'] as const;

/** What it is: the first coding with system and code. A medication may be contained. */
export function codeOf(resource: FhirResource): Code | undefined {
  for (const concept of conceptsOf(resource)) {
    for (const { system, code, display } of codingsOf(concept)) {
      if (typeof system === 'string' && typeof code === 'string') return { system, code, ...(typeof display === 'string' && { display }) };
    }
  }
  return undefined;
}

function conceptsOf(resource: FhirResource): unknown[] {
  const { medicationReference: reference, contained } = resource;
  const name = isObject(reference) && typeof reference['reference'] === 'string' && reference['reference'].startsWith('#') ? reference['reference'].slice(1) : undefined;
  const inside = name === undefined ? undefined : list(contained).find(({ id }) => id === name);
  return [inside?.['code'], ...CODED.map((element) => resource[element])].filter((concept) => concept !== undefined);
}

/** What it is called, for people: the author's words first. A reference that shows a text serves where there is no code. */
export function titleOf(resource: FhirResource): string {
  const own = [resource['title'], resource.resourceType === 'DocumentReference' ? resource['description'] : undefined].find((text) => typeof text === 'string' && text.trim() !== ''); // what its author called it
  if (typeof own === 'string') return own.trim();
  for (const concept of conceptsOf(resource).flatMap(list)) {
    const text = [concept['text'], ...list(concept['coding']).map(({ display }) => display)].find((name) => typeof name === 'string' && name.trim() !== '');
    if (typeof text === 'string') return text.trim();
  }
  const shown = isObject(resource['medicationReference']) ? resource['medicationReference']['display'] : resource['description'];
  return typeof shown === 'string' && shown.trim() !== '' ? shown.trim() : codeOf(resource)?.code ?? resource.resourceType;
}

/** The literal reference to the patient about whom it is (`Patient/1`, `urn:uuid:…`), as the Patient compartment defines it for these types. */
export function patientOf(resource: FhirResource): string | undefined {
  if (resource.resourceType === 'Patient') return typeof resource.id === 'string' ? `Patient/${resource.id}` : undefined;
  for (const element of ['patient', 'subject', 'individual']) {
    const value = resource[element];
    if (isObject(value) && typeof value['reference'] === 'string') return value['reference'];
  }
  return undefined;
}
