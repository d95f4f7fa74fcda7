// What a reference leads to, as far as it can be told without asking a server: the type that its text names, or the resource it names in the same Bundle or container.
import { isObject, type JsonObject } from './issue.ts';
import { isFhirType } from './tables.ts';

const LITERAL = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** Resource types by the names they bear in a Bundle: fullUrl. */
export function typesByUrl(bundle: JsonObject): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  if (!Array.isArray(bundle['entry'])) return types;
  for (const entry of bundle['entry']) {
    if (!isObject(entry) || typeof entry['fullUrl'] !== 'string' || !isObject(entry['resource']) || typeof entry['resource']['resourceType'] !== 'string') continue;
    types.set(entry['fullUrl'], entry['resource']['resourceType']);
  }
  return types;
}

const contained = new WeakMap<JsonObject, ReadonlyMap<string, string>>();

/** Types of the contained resources by their ids. Read once a container: asking for each of many references would take time that grows with the square of the input. */
export function containedTypes(container: JsonObject): ReadonlyMap<string, string> {
  const known = contained.get(container);
  if (known) return known;
  const list: readonly unknown[] = Array.isArray(container['contained']) ? container['contained'] : [];
  const types = new Map(list.flatMap((item) => (isObject(item) && typeof item['id'] === 'string' ? [[item['id'], typeName(item) ?? ''] as const] : [])));
  contained.set(container, types);
  return types;
}

type Known = { readonly container: JsonObject; readonly bundled: ReadonlyMap<string, string> | undefined };

/** Types that a Reference names, each by another way: its text, what is contained or bundled under it, and its `type`. */
export function namedTypes({ reference, type }: JsonObject, { container, bundled }: Known): string[] {
  const named = typeof reference === 'string' ? typeOfText(reference, container, bundled) : undefined;
  const said = typeof type === 'string' && isFhirType(type) ? type : undefined;
  return [named, said].filter((name) => name !== undefined);
}

function typeOfText(reference: string, container: JsonObject, bundled: Known['bundled']): string | undefined {
  if (reference === '#') return typeName(container);
  if (reference.startsWith('#')) return containedTypes(container).get(reference.slice(1));
  const inBundle = bundled?.get(reference);
  if (inBundle !== undefined || reference.startsWith('urn:')) return inBundle;
  const conditional = /^([A-Z][A-Za-z]+)\?/.exec(reference)?.[1];
  const name = conditional ?? LITERAL.exec(reference)?.[1];
  // a relative reference says a type, whether FHIR has it or not; in an address of the web only a name that FHIR has is one
  return name !== undefined && (isFhirType(name) || !reference.includes(':')) ? name : undefined;
}

const typeName = (resource: unknown): string | undefined => (isObject(resource) && typeof resource['resourceType'] === 'string' ? resource['resourceType'] : undefined);
