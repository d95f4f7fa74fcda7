// Two invented persons and an invented clinic, in the manner of the specimens that print on sample passports.

export type SamplePerson = { readonly uuid: string; readonly family: string; readonly given: readonly string[]; readonly bornYearsAgo: number };

/** An adult whose record is complete. */
export const ADULT: SamplePerson = { uuid: 'urn:uuid:0a5a7b1e-0000-4000-8000-00000000e110', family: 'Specimen', given: ['Erika', 'Utopia'], bornYearsAgo: 41 };
/** A child with one dose against measles: fails what the adult passes. */
export const CHILD: SamplePerson = { uuid: 'urn:uuid:0a5a7b1e-0000-4000-8000-00000000c41d', family: 'Specimen', given: ['Juno', 'Utopia'], bornYearsAgo: 7 };

export const CLINIC = {
  uuid: 'urn:uuid:0a5a7b1e-0000-4000-8000-0000000c1141',
  resource: { resourceType: 'Organization', name: 'Clinic of Utopia (invented)', address: [{ city: 'Utopia', country: 'AT' }] },
} as const;
