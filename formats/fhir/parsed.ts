// What reading a FHIR record gives.
import { isHealthpassError, type ErrorCode } from '#passport/errors.ts';
import type { HealthEvent, Person } from '#passport/event.ts';

/** The resources that hold an event. */
export const EVENT_TYPES = ['Immunization', 'Observation', 'Condition'] as const;
export type EventType = (typeof EVENT_TYPES)[number];
export const isEventType = (type: string | undefined): type is EventType => (EVENT_TYPES as readonly (string | undefined)[]).includes(type);

export type FhirEvent = {
  readonly event: HealthEvent;
  /** FHIRPath of the resource: `Immunization`, `Bundle.entry[3].resource`. */
  readonly path: string;
  readonly resourceId?: string;
};
export type FhirRefusal = {
  readonly path: string;
  readonly code: ErrorCode;
  /** The element that is the reason, from its resource on: `Immunization.occurrenceDateTime`. */
  readonly field: string | undefined;
  readonly message: string;
};
export type ParsedFhir = {
  readonly events: readonly FhirEvent[];
  /** Every Immunization, Observation and Condition of a Bundle that gave no event, and a Patient name that could not be used. */
  readonly refused: readonly FhirRefusal[];
  /** The one person whom all events are about; undefined when the record does not say. */
  readonly patient: Person | undefined;
};
export type FhirOptions = {
  /** Unix seconds. */
  readonly now: number;
  /** A Patient resource for a record that comes without one. */
  readonly patient?: unknown;
  /** Resources that came beside the record, by `Type/id`: its references may lead to them. */
  readonly resources?: ReadonlyMap<string, unknown>;
};

/** @throws the error itself unless it is a coded one */
export function refusalOf(error: unknown, path: string): FhirRefusal {
  if (!isHealthpassError(error)) throw error;
  return { path, code: error.code, field: error.field, message: error.message };
}
