// FHIR R4 JSON to health events: one Immunization, Observation or Condition, or a Bundle of them with its Patient.
import { HealthpassError } from '#passport/errors.ts';
import type { HealthEvent } from '#passport/event.ts';
import { parseJson } from '#passport/json.ts';
import { dayOf } from '#passport/time.ts';
import { indexBundle } from './bundle.ts';
import { parseCondition } from './condition.ts';
import type { Context } from './context.ts';
import { element, failAt, text, type Element } from './element.ts';
import { parseImmunization } from './immunization.ts';
import { parseObservation } from './observation.ts';
import { isEventType, refusalOf, type EventType, type FhirEvent, type FhirOptions, type FhirRefusal, type ParsedFhir } from './parsed.ts';
import { parsePatient, type Patient } from './patient.ts';

const READERS = {
  Immunization: parseImmunization,
  Observation: parseObservation,
  Condition: parseCondition,
} as const satisfies Record<EventType, (resource: Element, context: Context) => HealthEvent>;

/**
 * Reads a FHIR R4 resource: JSON text, its bytes, or the value that {@link parseJson} made of it.
 * @throws HealthpassError `text-too-long`, `json-malformed`, `json-duplicate-key`; for one resource the reason why it gives no event; for a
 * Bundle `fhir-no-event` when nothing in it gives one, `fhir-patient-mismatch` when it is about several persons. `field` names the element.
 */
export function parseFhir(input: unknown, options: FhirOptions): ParsedFhir {
  const value = typeof input === 'string' || input instanceof Uint8Array ? parseJson(input) : input;
  const type = text(element(value, 'resource'), 'resourceType', 64);
  const given = options.patient === undefined ? undefined : parsePatient(options.patient, options);
  if (type === 'Bundle') return parseBundle(element(value, 'Bundle'), given, options.now);
  if (!isEventType(type)) throw failAt('fhir-unsupported', 'resourceType', 'is not Immunization, Observation, Condition or Bundle');
  const context: Context = { now: options.now, bundled: undefined, given, resources: beside(options.resources) };
  const read = parseEvent(element(value, type), type, type, context);
  return { events: [read], refused: unusableName(given, 'Patient'), patient: read.event.person };
}

/** What is no object leads nowhere. */
function beside(resources: FhirOptions['resources'] = new Map()): Context['resources'] {
  return new Map([...resources].flatMap(([name, value]) => (typeof value === 'object' && value !== null ? [[name, element(value, name)] as const] : [])));
}

function parseBundle(bundle: Element, given: Patient | undefined, now: number): ParsedFhir {
  const { entries, broken, bundled, resources } = indexBundle(bundle, given, now);
  const context: Context = { now, bundled: bundled?.patient, given, resources };
  const events: FhirEvent[] = [];
  const refused: FhirRefusal[] = [...broken, ...unusableName(bundled?.patient ?? given, bundled?.path ?? 'Patient')];
  for (const { resource, path } of entries) {
    if (!isEventType(resource.at)) continue;
    try {
      events.push(parseEvent(resource, resource.at, path, context));
    } catch (error) {
      refused.push(refusalOf(error, path));
    }
  }
  if (events.length === 0) throw nothingUsable(refused);
  return { events, refused, patient: events[0]!.event.person };
}

function parseEvent(resource: Element, type: EventType, path: string, context: Context): FhirEvent {
  const event = READERS[type](resource, context);
  assertAfterBirth(event, resource);
  const resourceId = text(resource, 'id', 64);
  return resourceId === undefined ? { event, path } : { event, path, resourceId };
}

/** An event before the birth of its patient is a mistake in one of the two. A day of grace for zones. */
function assertAfterBirth(event: HealthEvent, resource: Element): void {
  const birthDate = event.person?.birthDate;
  if (birthDate === undefined) return;
  const earliest = Number(birthDate.replaceAll('-', '').padEnd(8, '01'));
  if (dayOf(event.time + 86_400) < earliest) throw failAt('fhir-invalid', resource.at, 'lies before the birth of the patient');
}

function unusableName(patient: Patient | undefined, path: string): FhirRefusal[] {
  if (!patient?.nameUnusable) return [];
  const { code, message, field } = failAt('fhir-unsupported', 'Patient.name', 'has no family and given names apart: credentials will hold no name');
  return [{ path, code, field, message }];
}

/** Names the refusal that most likely is the one to mend: not the measurements and diagnoses that were never meant to be attested. */
function nothingUsable(refused: readonly FhirRefusal[]): HealthpassError {
  const likely = refused.find(({ code }) => code !== 'fhir-unsupported' && code !== 'fhir-code-unknown') ?? refused[0];
  const why = likely ? `; ${likely.path}: ${likely.message}` : '';
  return new HealthpassError('fhir-no-event', `the Bundle holds nothing that can be attested${why}`, likely?.field === undefined ? {} : { field: likely.field });
}

