// What a resource is read against: the clock, the patient, and the other resources of its Bundle.
import type { Person } from '#passport/event.ts';
import { child, children, failAt, isPresent, required, text, type Element } from './element.ts';
import { contradictsPatient, namesPatient, parsePatient, readReference, type Patient } from './patient.ts';

export type Context = {
  /** Unix seconds. */
  readonly now: number;
  /** The Patient of the Bundle: every reference must name it. */
  readonly bundled: Patient | undefined;
  /** The Patient whom the caller gave with the record: no reference may speak against it. */
  readonly given: Patient | undefined;
  /** Resources of the Bundle by fullUrl and by `Type/id`. */
  readonly resources: ReadonlyMap<string, Element>;
};

/** The resource that a Reference element points to, in the Bundle or inside the referring resource; undefined when it is elsewhere. */
export function resolve(reference: Element | undefined, container: Element, context: Context): Element | undefined {
  const target = reference && text(reference, 'reference');
  if (target === undefined) return undefined;
  return target.startsWith('#') ? contained(container, target.slice(1)) : context.resources.get(target.replace(/\/_history\/[^/]*$/, ''));
}

const contained = (container: Element, id: string): Element | undefined =>
  children(container, 'contained').find((resource) => resource.value['id'] === id);

/**
 * The person whom a resource is about.
 * @throws HealthpassError `fhir-patient-mismatch` when it refers to somebody else, or to nobody where a patient is at hand
 */
export function subjectOf(resource: Element, name: 'patient' | 'subject', context: Context): Person | undefined {
  const optional = resource.value['resourceType'] === 'Observation' && !context.bundled && !context.given;
  if (optional && !isPresent(resource, name)) return undefined;
  const reference = required(child(resource, name), resource, name);
  const subject = readReference(reference);
  if (subject.reference?.startsWith('#')) return containedSubject(resource, subject.reference.slice(1), reference.at, context);
  if (context.bundled && !namesPatient(subject, context.bundled)) throw failAt('fhir-patient-mismatch', reference.at, 'does not refer to the patient of the Bundle');
  if (context.given && contradictsPatient(subject, context.given)) throw failAt('fhir-patient-mismatch', reference.at, 'does not refer to the given patient');
  return (context.bundled ?? context.given)?.person;
}

function containedSubject(resource: Element, id: string, at: string, context: Context): Person {
  const patient = contained(resource, id);
  if (patient?.value['resourceType'] !== 'Patient') throw failAt('fhir-patient-mismatch', at, 'refers to no Patient inside the resource');
  if (context.bundled || context.given) throw failAt('fhir-patient-mismatch', at, 'refers to a Patient inside the resource while another is given');
  return parsePatient(patient.value, { now: context.now }).person;
}
