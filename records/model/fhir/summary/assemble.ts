// An International Patient Summary of what one reader may see. That reader may not see everything, and must not learn what is missing nor take a gap for an answer:
// a section without entries says `unavailable`, whether nothing was recorded, nothing may be seen, or one entry of many is hidden.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { UnixSeconds } from '#passport/time.ts';
import { canonicalJson } from '../content.ts';
import { patientOf } from '../filing.ts';
import type { FhirResource, JsonObject } from '../issue.ts';
import { narrativeOf } from '../narrative.ts';
import { referencesOf, rewriteReferences } from '../rewrite.ts';
import { searchRecords, type Opened } from '../search.ts';
import { assertValid } from '../validate.ts';
import { lineOf } from './narrative.ts';
import { isRetracted, LOINC, saysNone, SECTIONS, statedOnce, type Section } from './sections.ts';

export type SummaryInput = {
  readonly patient: FhirResource;
  /** What the reader has opened. */
  readonly records: readonly Opened[];
  /** Who has it made: a member, or the patient. */
  readonly author: { readonly did: string; readonly name?: string; readonly kind: 'practitioner' | 'organisation' | 'patient' };
  readonly now: UnixSeconds;
};

const PROFILE = 'http://hl7.org/fhir/uv/ips/StructureDefinition/';
const NOTHING = 'Withheld or not available. This does not mean that there is none.';
const MORE = 'Other entries may be withheld or not available.';

type Member = { readonly url: string; readonly resource: FhirResource };

/** @returns a Bundle of type document. @throws HealthpassError `fhir-invalid` where the patient or a record is not valid */
export function assembleSummary({ patient, records, author, now }: SummaryInput): FhirResource {
  const named = records.filter(({ resource }) => !isRetracted(resource)).map(({ meta, resource }) => ({ meta, resource, url: urlOf(resource) })).toSorted((a, b) => (a.url < b.url ? -1 : 1));
  const members = distinct(searchRecords(named, {}).map(({ resource, url }) => ({ resource, url })));
  const owner: Member = { url: urlOf(patient), resource: identified(patient) };
  const sections = SECTIONS.map((section) => ({ section, entries: entriesOf(section, members) })).filter(({ section, entries }) => section.required || entries.length > 0);
  const included = withReferred(sections.flatMap(({ entries }) => entries), members);
  const writer: Member = author.kind === 'patient' ? owner : memberOf(writerOf(author));
  const date = new Date(now * 1000).toISOString();
  const composition = memberOf({
    resourceType: 'Composition', meta: { profile: [`${PROFILE}Composition-uv-ips`] }, status: 'final', type: { coding: [{ system: LOINC, code: '60591-5', display: 'Patient summary Document' }] }, subject: { reference: owner.url }, date,
    author: [{ reference: writer.url }], title: 'International Patient Summary', section: sections.map(({ section, entries }) => sectionOf(section, entries)),
  });
  const seen = new Set(included.map(({ url }) => url));
  const urls = new Map([...namesOf(members)].filter(([, url]) => url !== undefined && seen.has(url)));
  const all = distinct([composition, ...[owner, ...included].map((member) => ({ ...member, resource: bundled(member.resource, owner.url, urls) })), ...(writer === owner ? [] : [writer])]);
  const bundle = {
    resourceType: 'Bundle', meta: { profile: [`${PROFILE}Bundle-uv-ips`] }, identifier: { system: 'urn:ietf:rfc:3986', value: uuidOf(canonicalJson([date, all.map(({ url }) => url)])) }, type: 'document', timestamp: date,
    entry: all.map(({ url, resource }) => ({ fullUrl: url, resource })),
  };
  assertValid(bundle);
  return bundle;
}

const memberOf = (resource: FhirResource): Member => ({ url: urlOf(resource), resource });
const urlOf = (resource: FhirResource): string => uuidOf(canonicalJson(resource));
const distinct = (members: readonly Member[]): Member[] => [...new Map(members.map((member) => [member.url, member])).values()];

/** One name for one content (RFC 9562, version 8), so that the same records always give the same summary. */
function uuidOf(text: string): string {
  const hex = bytesToHex(sha256(utf8ToBytes(text)));
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const UNKNOWN = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };

/** IPS asks for a name and a day of birth; where there is none, that is said. */
function identified(patient: FhirResource): FhirResource {
  const { name, birthDate, _birthDate: reason } = patient;
  return { ...patient, ...(name === undefined && { name: [{ _text: UNKNOWN }] }), ...(birthDate === undefined && reason === undefined && { _birthDate: UNKNOWN }) };
}

/** Where there is something, nobody's statement that there is nothing is repeated beside it; of what is stated once, the latest is. Members come with the latest first. */
function entriesOf({ holds }: Section, members: readonly Member[]): Member[] {
  const stated = new Set<string>();
  const own = members.filter(({ resource }) => {
    if (!holds(resource)) return false;
    const once = statedOnce(resource);
    const isRepeated = once !== undefined && stated.has(once);
    if (once !== undefined) stated.add(once);
    return !isRepeated;
  });
  const positive = own.filter(({ resource }) => !saysNone(resource));
  return positive.length > 0 ? positive : own;
}

function sectionOf({ code, display, title }: Section, entries: readonly Member[]): JsonObject {
  const head = { title, code: { coding: [{ system: LOINC, code, display }] } };
  if (entries.length > 0) return { ...head, text: narrativeOf([...entries.map(({ resource }) => lineOf(resource)), MORE]), entry: entries.map(({ url }) => ({ reference: url })) };
  const reason = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'unavailable', display: 'Unavailable' }], text: NOTHING };
  return { ...head, text: narrativeOf([NOTHING]), emptyReason: reason };
}

function writerOf({ did, name, kind }: SummaryInput['author']): FhirResource {
  const identifier = [{ system: 'urn:ietf:rfc:3986', value: did }];
  return kind === 'organisation' ? { resourceType: 'Organization', identifier, ...(name !== undefined && { name }) } : { resourceType: 'Practitioner', identifier, ...(name !== undefined && { name: [{ text: name }] }) };
}

/** Records by `Type/id`; a name that two bear leads nowhere, since authors number their records without knowing of each other. */
function namesOf(members: readonly Member[]): ReadonlyMap<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  for (const { url, resource } of members) {
    const name = `${resource.resourceType}/${String(resource.id)}`;
    names.set(name, names.has(name) ? undefined : url);
  }
  return names;
}

/** IPS has one of each. */
const THERE_ALREADY: ReadonlySet<string> = new Set(['Composition', 'Patient']);

/** The entries, and what they refer to as far as the reader has it. */
function withReferred(entries: readonly Member[], all: readonly Member[]): Member[] {
  const urls = namesOf(all);
  const byUrl = new Map(all.map((member) => [member.url, member]));
  const found = new Set(entries);
  for (const { resource } of found) {
    for (const reference of referencesOf(resource)) {
      const target = byUrl.get(urls.get(reference) ?? '');
      if (target && !THERE_ALREADY.has(target.resource.resourceType)) found.add(target); // a Set is walked on to what is added while it is walked
    }
  }
  return [...found];
}

/** References to the patient and to entries lead into the Bundle. Others lead nowhere that this reader could follow: what they show of their own stays, the address goes. */
function bundled(resource: FhirResource, patient: string, urls: ReadonlyMap<string, string | undefined>): FhirResource {
  const subject = patientOf(resource);
  return rewriteReferences(resource, (reference, holder) => {
    if (reference.startsWith('#')) return { ...holder }; // also to a patient that is contained: nothing else names that
    const url = reference === subject ? patient : urls.get(reference);
    if (url !== undefined) return { ...holder, reference: url };
    const rest = Object.fromEntries(Object.entries(holder).filter(([name]) => name !== 'reference'));
    return rest['display'] === undefined && rest['identifier'] === undefined ? { ...rest, display: 'Not available' } : rest;
  });
}
