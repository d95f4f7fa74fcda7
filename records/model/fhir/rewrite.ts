// Changing the references of a resource: every Reference and nothing else, wherever it stands.
import { isObject, type FhirResource, type JsonObject } from './issue.ts';

/** A copy in which `change` has been asked for every object that has a literal `reference`. Opaque numbers stay as they are. */
export function rewriteReferences(resource: FhirResource, change: (reference: string, holder: JsonObject) => JsonObject): FhirResource {
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (!isObject(value) || 'rawJSON' in value) return value;
    const copy: Record<string, unknown> = {};
    for (const [name, item] of Object.entries(value)) copy[name] = rewrite(item);
    return typeof copy['reference'] === 'string' ? change(copy['reference'], copy) : copy;
  };
  return rewrite(resource) as FhirResource; // the root of a resource has no `reference` of its own
}

/** Literal references of a resource, without those to what is contained. */
export function referencesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (!isObject(value)) return [];
  const own = typeof value['reference'] === 'string' && !value['reference'].startsWith('#') ? [value['reference']] : [];
  return [...own, ...Object.values(value).flatMap(referencesOf)];
}
