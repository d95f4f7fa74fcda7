// A Bundle from elsewhere as single records: each stands alone, since each has readers of its own. What is about the patient becomes a record; who did it, where
// and with what medication goes into the records that name them.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport/errors.ts';
import { JSON_MAX_BYTES, parseJson } from '#passport/json.ts';
import { contentOf, parseWithDigits, type Content } from './content.ts';
import { sensitivitiesOf } from './filing.ts';
import { isObject, type FhirResource, type Issue, type JsonObject } from './issue.ts';
import { referencesOf, rewriteReferences } from './rewrite.ts';
import { isKept } from './tables.ts';
import { validateResource } from './validate.ts';

export type Import = {
  readonly patient: Content | undefined;
  /** In the order of the Bundle, with the digits of their decimals as they came. */
  readonly records: readonly Content[];
  /** What was left: where it stands, and why. */
  readonly left: readonly { readonly element: string; readonly reason: 'type-not-kept' | 'invalid' | 'no-record'; readonly issues: readonly Issue[] }[];
};

/** Not about a patient: these go where they are referred to. */
const COMPANIONS: ReadonlySet<string> = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication', 'Substance', 'Endpoint', 'Group']);
/** Says how others filed or protected something; here that is said anew. */
const NO_RECORDS: ReadonlySet<string> = new Set(['Composition', 'Provenance', 'Consent', 'AuditEvent', 'Bundle', 'OperationOutcome', 'Binary', 'List', 'RelatedPerson']);
/** Rules that dom-2, dom-4 and dom-5 set for what is contained; a narrative is not part of it either. */
const NOT_INSIDE = ['contained', 'meta', 'text'] as const;

/** Companions of one record, and bytes of all records: a small Bundle in which each names all the others would fill the memory. */
const MOST_COMPANIONS = 16;
const MOST_BYTES = 4 * JSON_MAX_BYTES;

/** `siblings`: of an entry with an address of the web, those under the same base by type and id, itself among them. */
type Entry = { readonly at: string; readonly fullUrl: string; readonly siblings: ReadonlyMap<string, Entry>; readonly resource: FhirResource; readonly name: string };

/**
 * @param bundle JSON of a Bundle of any type
 * @throws HealthpassError `fhir-invalid` unless it is a Bundle, `fhir-patient-mismatch` for more than one Patient, `text-too-long` also where its records are, and as `parseJson`
 */
export function resourcesOf(bundle: Uint8Array | string): Import {
  const strict = parseJson(bundle);
  if (!isObject(strict) || strict['resourceType'] !== 'Bundle') throw new HealthpassError('fhir-invalid', 'the file holds no Bundle', { field: 'Bundle.resourceType' });
  const text = typeof bundle === 'string' ? bundle : new TextDecoder().decode(bundle);
  const whole = parseWithDigits(text) as FhirResource; // strict has shown that it is one
  const entries = nameEntries(whole);
  if (entries.filter(({ resource }) => resource.resourceType === 'Patient').length > 1) throw new HealthpassError('fhir-patient-mismatch', 'Bundle.entry holds more than one Patient', { field: 'Bundle.entry' });
  const find = finder(entries);
  const labels = [whole, ...entries.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === 'Composition')].flatMap(sensitivitiesOf);
  const left: Import['left'][number][] = [];
  let length = 0;
  const contents = entries.flatMap((entry) => {
    if (COMPANIONS.has(entry.resource.resourceType)) return [];
    const reason = NO_RECORDS.has(entry.resource.resourceType) ? 'no-record' : isKept(entry.resource.resourceType) ? undefined : 'type-not-kept';
    if (reason) return left.push({ element: entry.at, reason, issues: [] }), [];
    const alone = JSON.stringify(standAlone(entry, find, labels));
    if ((length += alone.length) > MOST_BYTES) throw new HealthpassError('text-too-long', 'the records of the Bundle are too long together', { field: 'Bundle.entry' });
    const issues = validateResource(parseJson(alone)).filter(({ severity }) => severity === 'error');
    if (issues.length > 0) return left.push({ element: entry.at, reason: 'invalid', issues }), [];
    return [contentOf(alone)];
  });
  return { patient: contents.find(({ resource }) => resource.resourceType === 'Patient'), records: contents.filter(({ resource }) => resource.resourceType !== 'Patient'), left };
}

/** Entries with the name that each will have, `Type/id`: its own, unless another has it already or it has none. */
function nameEntries(bundle: FhirResource): Entry[] {
  const taken = new Set<string>();
  const bases = new Map<string, Map<string, Entry>>();
  const list: readonly unknown[] = Array.isArray(bundle['entry']) ? bundle['entry'] : [];
  return list.flatMap((item, i) => {
    const resource = isObject(item) ? item['resource'] : undefined;
    if (!isObject(item) || !isObject(resource) || typeof resource['resourceType'] !== 'string') return [];
    const fullUrl = typeof item['fullUrl'] === 'string' ? item['fullUrl'] : '';
    const own = typeof resource['id'] === 'string' && /^[A-Za-z0-9\-.]{1,64}$/.test(resource['id']) ? `${resource['resourceType']}/${resource['id']}` : undefined;
    const name = own !== undefined && !taken.has(own) ? own : `${resource['resourceType']}/${bytesToHex(sha256(utf8ToBytes(`${fullUrl} ${i}`))).slice(0, 32)}`;
    taken.add(name);
    const [, base = '', place = ''] = /^(https?:\/\/.*\/)([A-Za-z]+\/[^/]+)$/.exec(fullUrl) ?? [];
    const siblings = bases.get(base) ?? new Map<string, Entry>();
    const entry = { at: `Bundle.entry[${i}].resource`, fullUrl, siblings, resource: resource as FhirResource, name };
    if (base !== '') bases.set(base, siblings.set(place, entry));
    return [entry];
  });
}

type Find = (reference: string, from: Entry) => Entry | undefined;

/** FHIR R4, 2.36.4.1: by fullUrl; a relative reference by the base of the entry that has it, then by type and id where only one has them. */
function finder(entries: readonly Entry[]): Find {
  const byUrl = new Map<string, Entry>();
  const byName = new Map<string, Entry | undefined>();
  for (const entry of entries) {
    if (entry.fullUrl !== '') byUrl.set(entry.fullUrl, entry);
    const own = `${entry.resource.resourceType}/${String(entry.resource.id)}`;
    byName.set(own, byName.has(own) ? undefined : entry);
  }
  return (reference, { siblings }) => {
    const plain = reference.replace(/\/_history\/[^/]*$/, '');
    return byUrl.get(plain) ?? siblings.get(plain) ?? byName.get(plain);
  };
}

/**
 * The resource under its new name, its references leading to the new names or to what is now inside it. What was labelled sensitive with the document around it,
 * or with what comes into it, has the label itself from here on: nothing contained may have one (dom-5), and the document is gone.
 */
function standAlone(entry: Entry, find: Find, labels: readonly JsonObject[]): FhirResource {
  const own: readonly unknown[] = Array.isArray(entry.resource['contained']) ? entry.resource['contained'] : [];
  const inside = companionsOf(entry, find);
  const taken = new Set(own.filter(isObject).map(({ id }) => id));
  const free = Array.from({ length: inside.size + taken.size }, (_, i) => `x${i + 1}`).filter((id) => !taken.has(id));
  const ids = new Map([...inside].map((companion, i) => [companion, free[i]!]));
  const rename = (from: Entry) => (reference: string, holder: object) => {
    const target = reference.startsWith('#') ? undefined : find(reference, from);
    if (!target) return { ...holder };
    const id = ids.get(target);
    return { ...holder, reference: id === undefined ? target.name : `#${id}` };
  };
  const companions = [...ids].map(([companion, id]) => {
    const bare = Object.fromEntries(Object.entries(companion.resource).filter(([name]) => !(NOT_INSIDE as readonly string[]).includes(name)));
    return rewriteReferences({ ...bare, resourceType: companion.resource.resourceType, id }, rename(companion));
  });
  const { contained: _, ...rest } = rewriteReferences(entry.resource, rename(entry));
  const contained = [...own, ...companions];
  const named = { ...rest, id: entry.name.slice(entry.name.indexOf('/') + 1), ...(contained.length > 0 && { contained }) } as FhirResource; // the type is in the rest
  return labelled(named, [...labels, ...[...inside].flatMap(({ resource }) => sensitivitiesOf(resource))]);
}

function labelled(resource: FhirResource, labels: readonly JsonObject[]): FhirResource {
  const { meta, ...rest } = resource;
  const had: readonly unknown[] = isObject(meta) && Array.isArray(meta['security']) ? meta['security'] : [];
  const security = [...new Map([...had, ...labels].map((label) => [JSON.stringify(label), label])).values()];
  return labels.length === 0 ? resource : { ...rest, meta: { ...(isObject(meta) && meta), security } } as FhirResource; // as before, and its meta
}

/**
 * Whom and what a record names, and whom those name, the nearest first. Nothing contained may contain anything (dom-2): a companion that does is left where it was,
 * under its name, and so are those beyond what any record needs.
 */
function companionsOf(entry: Entry, find: Find): ReadonlySet<Entry> {
  const found = new Set<Entry>();
  const follow = (from: Entry) => {
    for (const reference of referencesOf(from.resource)) {
      const target = find(reference, from);
      if (target && COMPANIONS.has(target.resource.resourceType) && target.resource['contained'] === undefined && found.size < MOST_COMPANIONS) found.add(target);
    }
  };
  follow(entry);
  for (const companion of found) follow(companion); // also those that are found on the way
  return found;
}
