// What FHIR asks of a Bundle in words and not as an invariant (2.36.1, 2.36.4.1, 2.40.1): names of entries are absolute, and a document has with it what its Composition refers to.
import { isObject, type JsonObject } from './issue.ts';

type Fault = { readonly at: string; readonly rule: 'full-url' | 'document-reference'; readonly message: string };

export function bundleFaults(bundle: JsonObject): Fault[] {
  const entries = arrayOf(bundle['entry']);
  const relative = entries.flatMap(({ fullUrl }, i): Fault[] =>
    typeof fullUrl === 'string' && !ABSOLUTE.test(fullUrl) ? [{ at: `entry[${i}].fullUrl`, rule: 'full-url', message: 'is no absolute address' }] : []);
  return bundle['type'] === 'document' ? [...relative, ...strayReferences(entries)] : relative;
}

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const arrayOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const objectsOf = (value: unknown): JsonObject[] => (isObject(value) ? [value] : arrayOf(value));

/** What a Composition refers to and the document does not hold, whether by fullUrl, under the base of the Composition, or by type and id. */
function strayReferences(entries: readonly JsonObject[]): Fault[] {
  const [first] = entries;
  const composition = first?.['resource'];
  if (!isObject(composition) || composition['resourceType'] !== 'Composition') return []; // bdl-11 says so
  const base = /^(https?:\/\/.*\/)Composition\/[^/]+$/.exec(String(first?.['fullUrl']))?.[1] ?? '';
  const below = new Set(entries.flatMap(({ fullUrl }) => (base !== '' && typeof fullUrl === 'string' && fullUrl.startsWith(base) ? [fullUrl.slice(base.length)] : [])));
  const names = new Set(entries.flatMap(({ fullUrl, resource }) => [fullUrl, isObject(resource) && typeof resource['id'] === 'string' ? `${String(resource['resourceType'])}/${resource['id']}` : undefined]));
  return referencesOf(composition, 'entry[0].resource').flatMap(([at, { reference }]): Fault[] => {
    if (typeof reference !== 'string' || reference.startsWith('#')) return [];
    const plain = reference.replace(/\/_history\/[^/]*$/, '');
    const held = below.has(plain) || [reference, plain, plain.startsWith(base) ? plain.slice(base.length) : plain].some((name) => names.has(name));
    return held ? [] : [{ at: `${at}.reference`, rule: 'document-reference', message: 'leads to nothing that the document holds' }];
  });
}

type Found = readonly [at: string, reference: JsonObject];

/** The elements of a Composition whose targets a document holds (2.40.1). */
function referencesOf(composition: JsonObject, at: string): Found[] {
  const within = (holder: JsonObject, path: string, name: string): Found[] =>
    objectsOf(holder[name]).map((reference, i) => [`${path}.${name}${Array.isArray(holder[name]) ? `[${i}]` : ''}`, reference]);
  const sections = (holder: JsonObject, path: string): Found[] => arrayOf(holder['section']).flatMap((section, i) => {
    const own = `${path}.section[${i}]`;
    return [...['author', 'focus', 'entry'].flatMap((name) => within(section, own, name)), ...sections(section, own)];
  });
  return [
    ...['subject', 'encounter', 'author', 'custodian'].flatMap((name) => within(composition, at, name)),
    ...arrayOf(composition['attester']).flatMap((attester, i) => within(attester, `${at}.attester[${i}]`, 'party')),
    ...arrayOf(composition['event']).flatMap((event, i) => within(event, `${at}.event[${i}]`, 'detail')),
    ...sections(composition, at),
  ];
}
