// People and events that the tests of the register are about.
import type { HealthEvent, Person, UnixSeconds } from '#passport';
import type { Principal } from '#server';

export const NOW = 1_795_350_600;
export const ANA: Person = { family: 'Núñez', given: ['Ana', 'María'], birthDate: '1980-02-29' };
export const BEN: Person = { family: 'Okafor', given: ['Ben'], birthDate: '1975-11-02' };
export const vaccination = (person: Person | undefined = ANA, change: Partial<HealthEvent> = {}): HealthEvent => ({
  kind: 'vaccination', disease: 840539006n, product: 7, dose: 2, series: 2, time: (NOW - 86_400) as UnixSeconds, test: 0, result: 'none', country: 'ES',
  lot: 'LOT-77', performer: 'Clinic', person, ...change,
});
export const clinician = (organisation: string): Principal => ({ kind: 'staff', id: `of-${organisation}`, organisation, permissions: new Set() });
