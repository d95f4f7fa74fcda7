// What a row of a campaign says: health events and the holders they are for. The dry run and issuing read rows by this same code, so what
// the one accepts the other does not refuse but for time that has passed.
import { z } from 'zod';
import { HealthpassError, isHealthpassError, parseHolderBinding, parseJson, type ErrorCode, type HealthEvent, type HolderBinding } from '#passport';
import { canTransliterate } from '#passport/transliteration/transliterate.ts';
import { parseFhir, type FhirRefusal } from '#formats/fhir/index.ts';
import { columnOf, readCellRecord } from './cells.ts';
import { HIDDEN, type Cells, type RowRefusal } from './csv.ts';
import type { DateFormat } from './dates.ts';

/** A row as it waits, sealed: cells by meaning, or a record as it came, with the name that its Bundle gave it. */
export type RowContent = { readonly cells: Cells } | { readonly text: string; readonly fullUrl?: string };

export type ReadRow = {
  /** One at least. */
  readonly events: readonly HealthEvent[];
  /** None, or one an event. */
  readonly bindings: readonly HolderBinding[];
  /** What the provider calls the row. */
  readonly key: string | undefined;
  /** What of the row is left out; the rest is issued. */
  readonly warning: RowRefusal | undefined;
};

export type RowContext = {
  readonly now: number;
  readonly dates: DateFormat;
  /** Resources of other rows, by `Type/id` and fullUrl. */
  readonly resources: ReadonlyMap<string, unknown>;
};

type Resource = Readonly<Record<string, unknown>>;
const KEY_MAX = 200;

/** A line that brings holders along. Strict: a word that is not known might have been meant to change something. */
const wrapped = z.strictObject({ id: z.string().min(1).max(KEY_MAX).optional(), resource: z.record(z.string(), z.unknown()), patient: z.record(z.string(), z.unknown()).optional(), bindings: z.array(z.unknown()).max(100).optional() });
export type FhirRow = { readonly resource: Resource; readonly patient?: Resource | undefined; readonly bindings: readonly unknown[]; readonly key: string | undefined };

/** @throws HealthpassError `json-…`, `request-invalid`, `fhir-invalid` */
export function parseFhirRow(text: string): FhirRow {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new HealthpassError('fhir-invalid', 'the row is no resource', { field: 'resource' });
  if ('resourceType' in value) return { resource: value as Resource, bindings: [], key: keyOf(value as Resource) }; // a JSON object
  const parsed = wrapped.safeParse(value);
  if (!parsed.success) throw new HealthpassError('request-invalid', 'the row is neither a resource nor one with its holders', { field: parsed.error.issues[0]!.path.join('.') || 'resource' });
  const { id, resource, patient, bindings = [] } = parsed.data;
  return { resource, patient, bindings, key: id ?? keyOf(resource) };
}

function keyOf({ id, resourceType }: Resource): string | undefined {
  return typeof id === 'string' && id !== '' && id.length <= KEY_MAX && typeof resourceType === 'string' ? `${resourceType}/${id}` : undefined;
}

/**
 * Reads a row; the code that says why it makes nothing is that of the record's own checks.
 * @throws HealthpassError
 */
export function readRow(content: RowContent, context: RowContext): ReadRow {
  const read = 'cells' in content ? readCells(content.cells, context) : readFhir(content.text, context);
  for (const event of read.events) assertPlain(event);
  assertHolders(read);
  return read;
}

function readCells(cells: Cells, context: RowContext): ReadRow {
  const { resource, patient, key, bindings } = readCellRecord(cells, context.dates);
  if (key !== undefined && key.length > KEY_MAX) throw new HealthpassError('text-too-long', 'the id of the row is too long', { field: 'id' });
  try {
    const { events } = parseFhir(resource, { now: context.now, patient });
    return { events: events.map(({ event }) => event), bindings, key, warning: warningOf(events.map(({ event }) => event), [], 'family') };
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    throw new HealthpassError(error.code, `the row has a ${columnOf(error.field) ?? 'cell'} that cannot be attested`, { field: columnOf(error.field) ?? 'row' });
  }
}

function readFhir(text: string, context: RowContext): ReadRow {
  const { resource, patient, bindings, key } = parseFhirRow(text);
  const options = { now: context.now, resources: context.resources, patient: patient ?? (resource['resourceType'] === 'Bundle' ? undefined : patientFor(resource, context.resources)) };
  const { events, refused } = parseFhir(resource, options);
  return { events: events.map(({ event }) => event), bindings: bindings.map(parseHolderBinding), key, warning: warningOf(events.map(({ event }) => event), refused, 'Patient.name') };
}

/** The Patient of another row whom a resource names. One that no row brought cannot be attested to anybody. */
function patientFor(resource: Resource, resources: RowContext['resources']): unknown {
  const reference = subjectReference(resource);
  if (reference === undefined || reference.startsWith('#')) return undefined;
  const patient = resources.get(reference);
  if (patient === undefined) throw new HealthpassError('fhir-patient-mismatch', 'the row refers to a patient whom the file does not bring', { field: 'patient' });
  // It was found by this very reference, which may be a fullUrl beside its id.
  return typeof patient === 'object' && patient !== null ? { ...patient, id: undefined } : patient;
}

const subjectReference = (resource: Resource): string | undefined => referenceIn(resource[resource['resourceType'] === 'Immunization' ? 'patient' : 'subject']);

function referenceIn(value: unknown): string | undefined {
  const reference = typeof value === 'object' && value !== null ? (value as { reference?: unknown }).reference : undefined;
  return typeof reference === 'string' ? reference.replace(/\/_history\/[^/]*$/, '') : undefined;
}

/** References of a record that other rows may answer: its patient, the visit, place and institutions. Bounded by the list of places. */
export function referencesOf(resource: Resource): string[] {
  const at = (value: unknown, ...path: readonly string[]): unknown[] => {
    const items = Array.isArray(value) ? value.slice(0, 20) : [value];
    const [name, ...rest] = path;
    return name === undefined ? items : items.flatMap((item) => (typeof item === 'object' && item !== null && Object.hasOwn(item, name) ? at((item as Resource)[name], ...rest) : []));
  };
  const places = [['patient'], ['subject'], ['encounter'], ['location'], ['performer', 'actor'], ['performer'], ['serviceProvider'], ['location', 'location']];
  const found = places.flatMap((path) => at(resource, ...path)).map(referenceIn).filter((reference) => reference !== undefined && !reference.startsWith('#') && reference.length <= 500);
  return [...new Set(found as string[])]; // filtered
}

function warningOf(events: readonly HealthEvent[], refused: readonly FhirRefusal[], nameField: string): RowRefusal | undefined {
  const [first] = refused;
  if (first) return { code: first.code, field: first.field ?? first.path };
  const unreadable = events.some(({ person }) => person && !canTransliterate([person.family, ...person.given].join(' ')));
  return unreadable ? { code: 'claims-invalid', field: nameField } : undefined;
}

/** Text that looks like another: marks that turn it round or hide in it. */
function assertPlain({ person, lot, performer }: HealthEvent): void {
  const fields: readonly (readonly [string, string | undefined])[] = [['family', person?.family], ['given', person?.given.join(' ')], ['lot', lot], ['performer', performer]];
  const bad = fields.find(([, text]) => text !== undefined && HIDDEN.test(text));
  if (bad) throw new HealthpassError('text-malformed', `${bad[0]} holds marks that hide or turn text round`, { field: bad[0] });
}

/** Holders come for all events of a row or for none: which event would do without? */
function assertHolders({ events, bindings }: ReadRow): void {
  if (bindings.length !== 0 && bindings.length !== events.length) throw new HealthpassError('request-invalid', 'the row has not as many holder bindings as events', { field: 'bindings' });
  if (new Set(bindings.map(({ commitment }) => commitment)).size !== bindings.length) throw new HealthpassError('request-invalid', 'a holder binding is used twice', { field: 'bindings' });
}

/** @throws the error itself unless it is a coded one */
export function rowRefusalOf(error: unknown): RowRefusal {
  if (!isHealthpassError(error)) throw error;
  return { code: error.code satisfies ErrorCode, field: error.field ?? 'row' };
}
