// Reading a patient summary: its sections, with the resources of each.
import { HealthpassError } from '#passport/errors.ts';
import { isObject, type FhirResource, type JsonObject } from '../issue.ts';

export type SummarySection = {
  readonly title: string;
  /** LOINC; empty where the document has none. */
  readonly code: string;
  /** The narrative without its markup. */
  readonly text: string;
  readonly emptyReason?: string;
  readonly entries: readonly FhirResource[];
};

/** Sections in their order, those within others after them. @throws HealthpassError `fhir-invalid` unless it is a document */
export function sectionsOf(bundle: FhirResource): readonly SummarySection[] {
  const entries = arrayOf(bundle['entry']);
  const composition = entries[0]?.['resource'];
  if (bundle.resourceType !== 'Bundle' || bundle['type'] !== 'document' || !isObject(composition) || composition['resourceType'] !== 'Composition') throw new HealthpassError('fhir-invalid', 'the Bundle is no document', { field: 'Bundle.type' });
  const byUrl = new Map(entries.flatMap(({ fullUrl, resource }) => (isObject(resource) ? [fullUrl, `${String(resource['resourceType'])}/${String(resource['id'])}`].map((name) => [name, resource as FhirResource] as const) : [])));
  const read = (section: JsonObject): SummarySection[] => {
    const reason = firstCode(section['emptyReason']);
    const targets = arrayOf(section['entry']).flatMap(({ reference }) => (typeof reference === 'string' ? byUrl.get(reference) ?? [] : []));
    const own = { title: textOf(section['title']), code: firstCode(section['code']) ?? '', text: plain(isObject(section['text']) ? textOf(section['text']['div']) : ''), entries: targets, ...(reason !== undefined && { emptyReason: reason }) };
    return [own, ...arrayOf(section['section']).flatMap(read)];
  };
  return arrayOf(composition['section']).flatMap(read);
}

const arrayOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const firstCode = (concept: unknown): string | undefined => {
  const [coding] = isObject(concept) ? arrayOf(concept['coding']) : [];
  return typeof coding?.['code'] === 'string' ? coding['code'] : undefined;
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'" };
/** Words for people, to be shown as text and never as markup. */
const plain = (xhtml: string): string => xhtml.replace(/<!--[^]*?-->/g, '').replace(/<\/(p|div|li|tr|h\d)>|<br\s*\/?>/gi, '\n').replace(/<[^>]*>/g, ' ')
  .replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole).replace(/[^\S\n]+/g, ' ').replace(/ ?\n[\s]*/g, '\n').trim();
