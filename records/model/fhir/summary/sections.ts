// Sections of the International Patient Summary (HL7 IPS 2.0): LOINC code, title, and which records belong there.
import { subjectMatter } from '../filing.ts';
import { isObject, type FhirResource } from '../issue.ts';

export type Section = {
  readonly code: string;
  /** LOINC's name. */
  readonly display: string;
  readonly title: string;
  /** IPS asks for it even where there is nothing to say. */
  readonly required: boolean;
  readonly holds: (resource: FhirResource) => boolean;
};

export const LOINC = 'http://loinc.org';

const codesOf = (concept: unknown): unknown[] => (isObject(concept) && Array.isArray(concept['coding']) ? concept['coding'].filter(isObject).map(({ code }) => code) : []);
const isPast = ({ clinicalStatus }: FhirResource): boolean => codesOf(clinicalStatus).some((code) => ['inactive', 'remission', 'resolved'].includes(String(code)));
const of = (...types: readonly string[]) => ({ resourceType }: FhirResource): boolean => types.includes(resourceType);
const observed = (...matters: readonly string[]) => (resource: FhirResource): boolean => resource.resourceType === 'Observation' && matters.includes(subjectMatter(resource));

/** LOINC: whether somebody is pregnant, the expected date of delivery, and the outcomes of pregnancies, as IPS lists them. */
const PREGNANCY = new Set(['82810-3', '11778-8', '11779-6', '11780-4', '11636-8', '11637-6', '11638-4', '11639-2', '11640-0', '11612-9', '11613-7', '11614-5', '33065-4']);
const isOfPregnancy = ({ code }: FhirResource): boolean => codesOf(code).some((name) => PREGNANCY.has(String(name)));

/** LOINC: smoking and drinking, of which a section has one statement each. */
const STATED_ONCE = ['72166-2', '74013-4'];
export const statedOnce = ({ code }: FhirResource): string | undefined => STATED_ONCE.find((name) => codesOf(code).includes(name));

export const SECTIONS: readonly Section[] = [
  { code: '48765-2', display: 'Allergies and adverse reactions Document', title: 'Allergies and intolerances', required: true, holds: of('AllergyIntolerance') },
  { code: '11450-4', display: 'Problem list - Reported', title: 'Problems', required: true, holds: (resource) => of('Condition')(resource) && !isPast(resource) },
  { code: '10160-0', display: 'History of Medication use Narrative', title: 'Medications', required: true, holds: of('MedicationStatement', 'MedicationRequest') },
  { code: '11369-6', display: 'History of Immunization Narrative', title: 'Immunizations', required: false, holds: of('Immunization') },
  { code: '30954-2', display: 'Relevant diagnostic tests/laboratory data Narrative', title: 'Results', required: false, holds: (resource) => of('DiagnosticReport')(resource) || (observed('results', 'imaging', 'procedures')(resource) && !isOfPregnancy(resource)) },
  { code: '47519-4', display: 'History of Procedures Document', title: 'Procedures', required: false, holds: of('Procedure') },
  { code: '46264-8', display: 'History of medical device use', title: 'Medical devices', required: false, holds: of('DeviceUseStatement') },
  { code: '8716-3', display: 'Vital signs', title: 'Vital signs', required: false, holds: observed('vitals') },
  { code: '18776-5', display: 'Plan of care note', title: 'Plan of care', required: false, holds: of('CarePlan', 'ImmunizationRecommendation') },
  { code: '29762-2', display: 'Social history Narrative', title: 'Social history', required: false, holds: (resource) => observed('social')(resource) && !isOfPregnancy(resource) },
  { code: '10162-6', display: 'History of pregnancies Narrative', title: 'Pregnancies', required: false, holds: (resource) => of('Observation')(resource) && isOfPregnancy(resource) },
  { code: '104605-1', display: 'Alert', title: 'Alerts', required: false, holds: of('Flag') },
  { code: '47420-5', display: 'Functional status assessment note', title: 'Functional status', required: false, holds: of('ClinicalImpression') },
  { code: '11348-0', display: 'History of Past illness note', title: 'Past illnesses', required: false, holds: (resource) => of('Condition')(resource) && isPast(resource) },
];

/** Written by mistake, cancelled or not yet meant: no part of what is so. */
export function isRetracted({ status, verificationStatus, docStatus }: FhirResource): boolean {
  return [status, docStatus, ...codesOf(verificationStatus)].some((code) => ['entered-in-error', 'cancelled', 'refuted', 'draft', 'not-done', 'not-taken', 'registered'].includes(String(code)));
}

const ABSENT = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';
/** SNOMED CT: no known allergy, also to drugs, food, environment; no current problems; no medication; no information. */
const NONE_KNOWN = new Set(['1287211007', '716186003', '409137002', '429625007', '428607008', '160245001', '787481004']);

/** Somebody's statement that there is none, or that nothing is known. It holds for what its author knew, on its day. */
export function saysNone(resource: FhirResource): boolean {
  const concept = resource['code'] ?? resource['medicationCodeableConcept'] ?? resource['vaccineCode'];
  if (!isObject(concept) || !Array.isArray(concept['coding'])) return false;
  return concept['coding'].filter(isObject).some(({ system, code }) => system === ABSENT || (typeof code === 'string' && NONE_KNOWN.has(code)));
}
