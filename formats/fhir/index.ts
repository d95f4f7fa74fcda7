// FHIR R4 in and out.
export { parseFhir } from './parse.ts';
export { EVENT_TYPES, type EventType, type FhirEvent, type FhirOptions, type FhirRefusal, type ParsedFhir } from './parsed.ts';
export { toFhir, type FhirResource } from './write.ts';
