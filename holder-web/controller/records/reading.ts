// What a record says, for the person it is about: short facts in the order in which one wants to know them. Codes stay codes here: the page has words for
// those it knows. Whatever is not told stands in the original.
import { cautionsOf, titleOf, type FhirResource } from '#records/model/fhir/index.ts';

export const FACTS = [
  'caution', 'value', 'interpretation', 'range', 'result', 'status', 'certainty', 'criticality', 'severity', 'reaction', 'dosage', 'asks', 'reason', 'since', 'until', 'when', 'body', 'made', 'lot', 'dose', 'performer', 'kind', 'note', 'text', 'file',
] as const;
export type FactName = (typeof FACTS)[number];
/** Codes of FHIR's lists of states, certainty, severity and the like, that a page has words for. */
export const CODES = [
  'active', 'inactive', 'resolved', 'remission', 'recurrence', 'relapse', 'confirmed', 'unconfirmed', 'provisional', 'differential', 'refuted', 'entered-in-error', 'completed', 'in-progress', 'final', 'preliminary', 'amended', 'corrected',
  'registered', 'cancelled', 'stopped', 'on-hold', 'draft', 'planned', 'finished', 'current', 'superseded', 'intended', 'not-taken', 'not-done', 'unknown', 'low', 'high', 'unable-to-assess', 'mild', 'moderate', 'severe', 'routine', 'urgent',
  'asap', 'stat', 'yes', 'no', 'do-not-perform', 'not-ordered', 'qualified',
] as const;
export type Code = (typeof CODES)[number];
export const isCode = (text: string): text is Code => (CODES as readonly string[]).includes(text);

/** `code`: of FHIR's lists; `day`: YYYY, YYYY-MM or YYYY-MM-DD. */
export type Said = { readonly as: 'text' | 'code' | 'day'; readonly says: string };
export type Fact = { readonly name: FactName; readonly says: readonly Said[] };

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const objects = (value: unknown): Json[] => list(value).filter(isObject);
const plainOf = (value: unknown): string[] => list(value).flatMap((each) => (typeof each === 'string' || typeof each === 'number' ? [String(each)] : []));
const texts = (value: unknown): Said[] => plainOf(value).map((says) => ({ as: 'text', says }));
const days = (value: unknown): Said[] => plainOf(value).filter((says) => /^\d{4}(-\d\d){0,2}(T|$)/.test(says)).map((says) => ({ as: 'day', says: says.slice(0, 10) }));
const codes = (value: unknown): Said[] => plainOf(value).map((says) => ({ as: 'code', says }));

/** A CodeableConcept, a Coding or a Reference: its author's words, else the display, else the code. */
const concepts = (value: unknown): Said[] => objects(value).flatMap((each): Said[] => {
  const [coding] = objects(each['coding']);
  const said = each['text'] ?? coding?.['display'] ?? each['display'];
  return typeof said === 'string' ? texts(said) : codes(coding?.['code'] ?? each['code']);
});
/** The code of a concept whose list the page knows, whatever it is displayed as. */
const listed = (value: unknown): Said[] => objects(value).flatMap((each) => codes(objects(each['coding'])[0]?.['code']).concat(each['coding'] === undefined ? texts(each['text']) : []));

const quantity = (value: unknown): string[] => (isObject(value) && value['value'] !== undefined ? [`${String(value['comparator'] ?? '')}${String(value['value'])} ${String(value['unit'] ?? value['code'] ?? '')}`.trim()] : []);
const range = (value: unknown): string[] => objects(value).flatMap((each) => (typeof each['text'] === 'string' ? [each['text']] : [[...quantity(each['low']), ...quantity(each['high'])].join(' – ')])).filter((says) => says !== '');

function valueOf(resource: Json): Said[] {
  const own = Object.entries(resource).find(([name]) => /^value[A-Z]/.test(name))?.[1];
  const said = typeof own === 'boolean' ? codes(own ? 'yes' : 'no') : isObject(own) ? (quantity(own).length > 0 ? texts(quantity(own)) : concepts(own)) : texts(own);
  const parts = objects(resource['component']).flatMap((part) => valueOf(part).map(({ says }): Said => ({ as: 'text', says: [...concepts(part['code']).map((name) => name.says), says].join(': ') })));
  return [...said, ...parts];
}

/** Text that was put into a document, as text and nothing else. */
const textInside = (resource: Json): Said[] => objects(resource['content']).flatMap(({ attachment }) => {
  if (!isObject(attachment) || typeof attachment['data'] !== 'string' || !String(attachment['contentType']).startsWith('text/plain')) return [];
  try {
    return texts(new TextDecoder().decode(Uint8Array.from(atob(attachment['data']), (character) => character.charCodeAt(0))));
  } catch {
    return [];
  }
});
const attached = (resource: Json): Said[] => objects(resource['content']).flatMap(({ attachment }) => (isObject(attachment) && !String(attachment['contentType']).startsWith('text/plain') ? texts(attachment['title'] ?? attachment['contentType']) : []));
const startOf = (value: unknown) => objects(value).flatMap(({ start }) => days(start));
const endOf = (value: unknown) => objects(value).flatMap(({ end }) => days(end));

const READERS: Readonly<Record<FactName, (resource: FhirResource) => readonly Said[]>> = {
  caution: (resource) => cautionsOf(resource).map((says) => ({ as: 'code', says })),
  value: valueOf,
  interpretation: ({ interpretation }) => concepts(interpretation),
  range: ({ referenceRange }) => texts(range(referenceRange)),
  result: ({ conclusion, outcome }) => [...texts(conclusion), ...concepts(outcome)],
  status: ({ clinicalStatus, status }) => (clinicalStatus === undefined ? codes(status) : listed(clinicalStatus)),
  certainty: ({ verificationStatus }) => listed(verificationStatus),
  criticality: ({ criticality }) => codes(criticality),
  severity: ({ severity }) => concepts(severity),
  reaction: ({ reaction }) => objects(reaction).flatMap(({ manifestation, severity, description }) => [...concepts(manifestation), ...texts(description), ...codes(severity)]),
  dosage: ({ dosage, dosageInstruction }) => [...objects(dosage), ...objects(dosageInstruction)].flatMap(({ text }) => texts(text)),
  asks: ({ resourceType, orderDetail }) => (resourceType === 'ServiceRequest' ? concepts(orderDetail) : []),
  reason: ({ reasonCode }) => concepts(reasonCode),
  since: ({ onsetDateTime, onsetPeriod, effectivePeriod, period }) => [...days(onsetDateTime), ...startOf(onsetPeriod ?? effectivePeriod ?? period)],
  until: ({ abatementDateTime, effectivePeriod, period }) => [...days(abatementDateTime), ...endOf(effectivePeriod ?? period)],
  when: ({ effectiveDateTime, occurrenceDateTime, performedDateTime, performedPeriod, authoredOn, recordedDate, date }) => [...days(effectiveDateTime ?? occurrenceDateTime ?? performedDateTime ?? authoredOn ?? recordedDate ?? date), ...startOf(performedPeriod)].slice(0, 1),
  body: ({ bodySite }) => concepts(bodySite),
  made: ({ manufacturer }) => concepts(manufacturer),
  lot: ({ lotNumber }) => texts(lotNumber),
  dose: ({ protocolApplied }) => objects(protocolApplied).flatMap((each) => texts(each['doseNumberPositiveInt'] ?? each['doseNumberString'])),
  performer: ({ performer }) => objects(performer).flatMap((each) => texts(each['display'] ?? (isObject(each['actor']) ? each['actor']['display'] : undefined))),
  kind: ({ resourceType, type, class: kind }) => (resourceType === 'AllergyIntolerance' ? [] : [...concepts(type), ...concepts(kind)]),
  note: ({ note }) => objects(note).flatMap(({ text }) => texts(text)),
  text: textInside,
  file: attached,
};

/** What stands under a name, each thing once. */
export const factsOf = (resource: FhirResource): readonly Fact[] => FACTS.flatMap((name): Fact[] => {
  const said = READERS[name](resource);
  const says = said.filter((each, at) => each.says !== '' && said.findIndex((other) => other.says === each.says) === at);
  return says.length === 0 ? [] : [{ name, says }];
});

/** Members whom a referral or an order is for, by their DID. */
export const performersOf = (resource: FhirResource): readonly { readonly address: string; readonly name: string }[] => {
  if (resource.resourceType !== 'ServiceRequest') return [];
  return objects(resource['performer']).flatMap(({ identifier, display }) => {
    const address = isObject(identifier) && /^did:ethr:(?:0x[0-9a-f]+:)?(0x[0-9a-f]{40})$/i.exec(String(identifier['value']))?.[1];
    return address ? [{ address: address.toLowerCase(), name: typeof display === 'string' ? display : '' }] : [];
  });
};

/** What a record is called, without what a laboratory's code adds for other laboratories: "Hemoglobin [Mass/volume] in Blood". */
export const plainTitle = (resource: FhirResource): string => titleOf(resource).replace(/\s*\[[^\]]*\]/g, '').trim() || titleOf(resource);
