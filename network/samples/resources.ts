// FHIR resources of a sample record, dated back from `now` so that no sample grows old.
import { CVX, LOINC, SNOMED, snomedOf, type DiseaseId } from '#passport/codes/index.ts';
import { CLINIC, type SamplePerson } from './people.ts';

export type Resource = { readonly resourceType: string } & Readonly<Record<string, unknown>>;

const HOUR = 3600;
const DAY = 24 * HOUR;

const iso = (time: number) => `${new Date(time * 1000).toISOString().slice(0, 19)}Z`;
/** Half past nine in the morning, UTC, some days ago. */
const morning = (now: number, daysAgo: number) => iso(Math.floor(now / DAY - daysAgo) * DAY + 9.5 * HOUR);
const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const CLINICAL = 'http://terminology.hl7.org/CodeSystem';

export function samplePatient(now: number, { family, given, bornYearsAgo }: SamplePerson): Resource {
  const year = new Date(now * 1000).getUTCFullYear() - bornYearsAgo - 1;
  return { resourceType: 'Patient', name: [{ use: 'official', family, given }], birthDate: `${year}-05-17` };
}

export type Dose = { readonly cvx: string; readonly against: readonly DiseaseId[]; readonly dose: number; readonly of: number; readonly daysAgo: number; readonly lot: string };

export const sampleDose = (now: number, patient: string, { cvx, against, dose, of, daysAgo, lot }: Dose): Resource => ({
  resourceType: 'Immunization',
  status: 'completed',
  vaccineCode: concept(CVX, cvx),
  patient: { reference: patient },
  occurrenceDateTime: morning(now, daysAgo),
  lotNumber: lot,
  performer: [{ actor: { reference: CLINIC.uuid } }],
  protocolApplied: [{ targetDisease: against.map((id) => concept(SNOMED, snomedOf(id).toString())), doseNumberPositiveInt: dose, seriesDosesPositiveInt: of }],
});

/** A PCR test for COVID-19. */
export const sampleTest = (now: number, patient: string, { positive, hoursAgo }: { readonly positive: boolean; readonly hoursAgo: number }): Resource => ({
  resourceType: 'Observation',
  status: 'final',
  category: [concept(`${CLINICAL}/observation-category`, 'laboratory')],
  code: concept(LOINC, '94500-6'),
  subject: { reference: patient },
  effectiveDateTime: iso(now - hoursAgo * HOUR),
  performer: [{ reference: CLINIC.uuid }],
  valueCodeableConcept: concept(SNOMED, positive ? '260373001' : '260415000'),
});

/** COVID-19, confirmed and over. */
export const sampleRecovery = (now: number, patient: string, { daysAgo }: { readonly daysAgo: number }): Resource => ({
  resourceType: 'Condition',
  clinicalStatus: concept(`${CLINICAL}/condition-clinical`, 'resolved'),
  verificationStatus: concept(`${CLINICAL}/condition-ver-status`, 'confirmed'),
  code: concept(SNOMED, snomedOf('covid-19').toString()),
  subject: { reference: patient },
  onsetDateTime: morning(now, daysAgo).slice(0, 10),
});
