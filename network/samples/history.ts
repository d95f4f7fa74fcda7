// What the sample provider did over the past five weeks, so that a console has something to show: visits of invented people, dated back from `now`.
import { ADULT, CHILD, CLINIC, type SamplePerson } from './people.ts';
import { sampleDose, samplePatient, sampleRecovery, sampleTest, type Dose, type Resource } from './resources.ts';

const person = (n: number, family: string, given: string, bornYearsAgo: number): SamplePerson =>
  ({ uuid: `urn:uuid:0a5a7b1e-0000-4000-8000-0000000020${String(n).padStart(2, '0')}`, family, given: [given, 'Utopia'], bornYearsAgo });

/** Nobody of them exists. */
export const PATIENTS: readonly SamplePerson[] = [
  ADULT, CHILD, person(1, 'Muster', 'Jonas', 34), person(2, 'Ejemplo', 'Lucía', 28), person(3, 'Exemple', 'Hugo', 52), person(4, 'Beispiel', 'Mira', 9), person(5, 'Sample', 'Amina', 63),
  person(6, 'Specimen', 'Noor', 19), person(7, 'Muestra', 'Tomás', 47), person(8, 'Échantillon', 'Zoé', 71), person(9, 'Utopia', 'Kofi', 5), person(10, 'Sample', 'Mei', 38),
];

const VACCINES: readonly Omit<Dose, 'daysAgo' | 'dose'>[] = [
  { cvx: '208', against: ['covid-19'], of: 2, lot: 'UTO-CV-8' }, { cvx: '03', against: ['measles', 'mumps', 'rubella'], of: 2, lot: 'UTO-MM-9' }, { cvx: '183', against: ['yellow-fever'], of: 1, lot: 'UTO-YF-4' },
];
const DAYS = 35;
/** Visits on each day of the week, the first being the day furthest back. */
const VISITS = [2, 3, 1, 2, 3, 0, 0];

export type Visit = { readonly daysAgo: number; readonly record: Resource };

/** The oldest first. */
export function sampleHistory(now: number): Visit[] {
  const visits: Visit[] = [];
  for (let daysAgo = DAYS; daysAgo >= 1; daysAgo--) {
    for (let n = VISITS[(DAYS - daysAgo) % VISITS.length]!; n > 0; n--) visits.push({ daysAgo, record: recordOf(now, daysAgo, visits.length) });
  }
  return visits;
}

function recordOf(now: number, daysAgo: number, visit: number): Resource {
  const who = PATIENTS[visit % PATIENTS.length]!;
  const round = Math.floor(visit / PATIENTS.length); // how often this person was there before
  const contained = [{ ...samplePatient(now, who), id: 'patient' }, { ...CLINIC.resource, id: 'clinic' }];
  if (visit % 7 === 3) return { ...sampleTest(now, '#patient', { positive: visit % 2 === 0, hoursAgo: daysAgo * 24 + 2 }), contained, performer: [{ reference: '#clinic' }] };
  if (visit % 17 === 9) return { ...sampleRecovery(now, '#patient', { daysAgo: daysAgo + 14 }), contained };
  const vaccine = VACCINES[visit % VACCINES.length]!;
  return { ...sampleDose(now, '#patient', { ...vaccine, dose: Math.min(round + 1, vaccine.of), daysAgo }), contained, performer: [{ actor: { reference: '#clinic' } }] };
}
