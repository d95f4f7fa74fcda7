// Sample FHIR records for the demonstration and the documentation. Nobody in them exists.
import { ADULT, CHILD, CLINIC, type SamplePerson } from './people.ts';
import { sampleDose, samplePatient, sampleRecovery, sampleTest, type Dose, type Resource } from './resources.ts';

const YEAR = 365;

const COVID = { cvx: '208', against: ['covid-19'], of: 2 } as const;
const MMR = { cvx: '03', against: ['measles', 'mumps', 'rubella'], of: 2 } as const;
const YELLOW_FEVER: Dose = { cvx: '183', against: ['yellow-fever'], dose: 1, of: 1, daysAgo: 2 * YEAR, lot: 'UTO-YF-3' };

const ADULT_DOSES: readonly Dose[] = [
  { ...COVID, dose: 1, daysAgo: 95, lot: 'UTO-CV-1' },
  { ...COVID, dose: 2, daysAgo: 60, lot: 'UTO-CV-2' },
  YELLOW_FEVER,
  { ...MMR, dose: 1, daysAgo: 39 * YEAR, lot: 'UTO-MM-4' },
  { ...MMR, dose: 2, daysAgo: 36 * YEAR, lot: 'UTO-MM-5' },
  { cvx: '113', against: ['tetanus', 'diphtheria'], dose: 4, of: 4, daysAgo: 3 * YEAR, lot: 'UTO-TD-6' },
];

/**
 * The record of an adult: a complete series against COVID-19, yellow fever, measles twice, a tetanus booster, a negative PCR test of this
 * morning, a positive one of 110 days ago, and the recovery from it. `now` in Unix seconds.
 */
export const sampleBundle = (now: number): Resource => bundleOf(now, ADULT, [
  ...ADULT_DOSES.map((dose) => sampleDose(now, ADULT.uuid, dose)),
  sampleTest(now, ADULT.uuid, { positive: false, hoursAgo: 6 }),
  sampleTest(now, ADULT.uuid, { positive: true, hoursAgo: 110 * 24 }),
  sampleRecovery(now, ADULT.uuid, { daysAgo: 112 }),
]);

/** The record of a child with one dose against measles and nothing else. */
export const sampleChildBundle = (now: number): Resource => bundleOf(now, CHILD, [sampleDose(now, CHILD.uuid, { ...MMR, dose: 1, daysAgo: 5 * YEAR, lot: 'UTO-MM-7' })]);

/** A yellow fever vaccination alone, with its patient and its clinic inside. */
export const sampleImmunization = (now: number): Resource => ({
  ...sampleDose(now, '#patient', YELLOW_FEVER),
  contained: [{ ...samplePatient(now, ADULT), id: 'patient' }, { ...CLINIC.resource, id: 'clinic' }],
  performer: [{ actor: { reference: '#clinic' } }],
});

const bundleOf = (now: number, person: SamplePerson, events: readonly Resource[]): Resource => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { fullUrl: person.uuid, resource: samplePatient(now, person) },
    { fullUrl: CLINIC.uuid, resource: CLINIC.resource },
    ...events.map((resource) => ({ resource })),
  ],
});
