// A FHIR Bundle: its entries, its one Patient, and what the references of its resources lead to.
import { assertNoModifier, child, element, failAt, items, text, type Element } from './element.ts';
import { isEventType, refusalOf, type FhirRefusal } from './parsed.ts';
import { parsePatient, readReference, type Patient } from './patient.ts';

const TYPES = ['collection', 'document', 'transaction', 'searchset', 'batch'];

export type BundleEntry = { readonly resource: Element; readonly path: string; readonly fullUrl: string | undefined };
export type IndexedBundle = {
  readonly entries: readonly BundleEntry[];
  /** Entries that cannot be read at all. */
  readonly broken: readonly FhirRefusal[];
  readonly bundled: { readonly patient: Patient; readonly path: string } | undefined;
  readonly resources: ReadonlyMap<string, Element>;
};

/** @throws HealthpassError `fhir-unsupported` for a type of Bundle that is no record, `fhir-patient-mismatch` for several persons */
export function indexBundle(bundle: Element, given: Patient | undefined, now: number): IndexedBundle {
  assertNoModifier(bundle);
  if (!TYPES.includes(text(bundle, 'type', 64) ?? '')) throw failAt('fhir-unsupported', 'Bundle.type', `is not one of ${TYPES.join(', ')}`);
  const broken: FhirRefusal[] = [];
  const entries = items(bundle, 'entry').flatMap((item, i) => {
    const path = `Bundle.entry[${i}]`;
    try {
      return readEntry(item, path);
    } catch (error) {
      broken.push(refusalOf(error, path));
      return [];
    }
  });
  const bundled = bundledPatient(entries, given, now);
  if (!bundled && !given?.references.length) assertOneSubject(entries);
  return { entries, broken, bundled, resources: referenceTargets(entries) };
}

function readEntry(item: unknown, path: string): BundleEntry[] {
  const entry = element(item, path);
  assertNoModifier(entry);
  const request = child(entry, 'request');
  const resource = child(entry, 'resource');
  if (!resource || (request && text(request, 'method') === 'DELETE')) return [];
  const type = text(resource, 'resourceType', 64);
  if (type === undefined || !/^[A-Za-z]+$/.test(type)) throw failAt('fhir-invalid', `${path}.resource.resourceType`, 'is not the name of a resource type');
  return [{ resource: { at: type, value: resource.value }, path: `${path}.resource`, fullUrl: text(entry, 'fullUrl') }];
}

function bundledPatient(entries: readonly BundleEntry[], given: Patient | undefined, now: number): IndexedBundle['bundled'] {
  const [first, second] = entries.filter(({ resource }) => resource.at === 'Patient');
  if (!first) return undefined;
  if (second) throw failAt('fhir-patient-mismatch', 'Bundle.entry', 'holds more than one Patient');
  if (given) throw failAt('fhir-patient-mismatch', 'Bundle.entry', 'holds a Patient while another is given');
  return { patient: parsePatient(first.resource.value, { now, fullUrl: first.fullUrl }), path: first.path };
}

/** Without a Patient to hold them against, the references must at least agree with each other: one Bundle is about one person. */
function assertOneSubject(entries: readonly BundleEntry[]): void {
  const subjects = new Set<string>();
  entries.forEach(({ resource }, i) => {
    if (!isEventType(resource.at)) return;
    const reference = child(resource, resource.at === 'Immunization' ? 'patient' : 'subject');
    const subject = reference && readReference(reference);
    if (!subject) return;
    // a Patient inside a resource is that resource's own
    subjects.add(subject.reference?.startsWith('#') ? `${i}${subject.reference}` : (subject.reference ?? subject.identifier ?? ''));
  });
  if (subjects.size > 1) throw failAt('fhir-patient-mismatch', 'Bundle.entry', 'is about more than one patient');
}

/** Resources by fullUrl and by `Type/id`; a name that two resources bear leads nowhere. */
function referenceTargets(entries: readonly BundleEntry[]): Map<string, Element> {
  const targets = new Map<string, Element>();
  const taken = new Set<string>();
  for (const { resource, fullUrl } of entries) {
    const id = resource.value['id'];
    const names = new Set([...(fullUrl === undefined ? [] : [fullUrl]), ...(typeof id === 'string' ? [`${resource.at}/${id}`] : [])]);
    for (const name of names) {
      if (taken.has(name)) targets.delete(name);
      else targets.set(name, resource);
      taken.add(name);
    }
  }
  return targets;
}
