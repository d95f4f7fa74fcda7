// FHIR R4 in and out.
export { parseFhir } from './parse.ts';
export type { FhirRefusal } from './parsed.ts';
export { toFhir } from './write.ts';
