// Random patients for the agreement of consents: FHIR Consents as JSON, written by hand and not in canonical form, what the chain says of each, records,
// and requests that lie on the edges of what the consents say more often than chance would have it.
import type { AccessRequest } from '#records/model/consent/index.ts';
import { PURPOSES } from '#records/model/purposes.ts';
import { CATEGORIES, type RecordMeta } from '#records/model/record.ts';
import type { UnixSeconds } from '#passport';
import { address, CONTEXT, recordId } from '../sample.ts';

/** `changed`: another policy stands on chain than the one that we hold. */
export type OnChain = 'stands' | 'revoked' | 'changed';
export type Json = Record<string, unknown>;
export type Patient = { readonly consents: readonly { readonly json: Json; readonly onChain: OnChain }[]; readonly records: readonly RecordMeta[]; readonly requests: readonly AccessRequest[] };
type Random = { readonly below: (n: number) => number; readonly chance: (p: number) => boolean; readonly one: <T>(values: readonly T[]) => T; readonly some: <T>(values: readonly T[], most: number) => T[] };

export const ORGANISATIONS = [address(0x20), address(0x21)];
export const PEOPLE = [address(0x30), address(0x31), address(0x32)];
const AUTHORS = [...PEOPLE, ORGANISATIONS[0]!, 'patient'] as const;
const DATES = ['2024-12-31', '2025-01-01', '2025-06-15', '2025-12-31', '2026-01-01'];
const TIMES = ['2026-01-01T00:00:00Z', '2026-03-31T23:59:59Z', '2026-04-01T00:00:00Z', '2026-07-01T12:30:45Z', '2027-01-01T00:00:00Z'].map((time) => Date.parse(time) / 1000);
// few of many, so that consents and requests meet
const SOME_PURPOSES = PURPOSES.slice(0, 3);
const SOME_CATEGORIES = ['results', 'imaging', 'sensitive'] as const;
const RECORD_IDS = [1, 2, 3].map(recordId);

/** A stream of numbers that a seed repeats (xorshift32). */
export function randomFrom(seed: number): Random {
  let state = seed | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  const one = <T>(values: readonly T[]): T => values[below(values.length)]!;
  return { below, chance: (p) => next() < p, one, some: (values, most) => Array.from({ length: 1 + below(most) }, () => one(values)) };
}

export function randomPatient(random: Random): Patient {
  const { below, one, chance } = random;
  const records = RECORD_IDS.map((id): RecordMeta => ({ id, category: one(chance(0.95) ? SOME_CATEGORIES : CATEGORIES), date: one(DATES), author: one(AUTHORS) }));
  const consents = Array.from({ length: 1 + below(3) }, () => ({ json: randomConsent(random), onChain: chance(0.08) ? 'revoked' : chance(0.04) ? 'changed' : 'stands' } as const));
  return { consents, records, requests: Array.from({ length: 5 }, () => randomRequest(random, records)) };
}

function randomRequest({ one, chance, below }: Random, records: readonly RecordMeta[]): AccessRequest {
  const time = (chance(0.5) ? TIMES[2]! : one(TIMES)) + below(3) - 1;
  const asking = { person: chance(0.1) ? one(ORGANISATIONS) : one(PEOPLE), ...(chance(0.8) && { organisation: one(ORGANISATIONS) }), purpose: one(chance(0.95) ? SOME_PURPOSES : PURPOSES), time: time as UnixSeconds };
  return chance(0.25) ? { ...asking, action: 'write', record: { category: one(SOME_CATEGORIES) } } : { ...asking, action: 'read', record: one(records) };
}

const refer = (who: string) => ({ reference: who === 'patient' ? 'urn:healthpass:author:patient' : `did:ethr:0x7a69:${who}` });
const actor = (who: string) => ({ role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] }, reference: refer(who) });
const action = (code: string) => ({ url: 'urn:healthpass:consent:action', valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/consentaction', code } });
const category = (code: string) => ({ url: 'urn:healthpass:consent:category', valueCoding: { system: 'urn:healthpass:record-category', code } });

function randomConsent(random: Random): Json {
  const { chance, one, below } = random;
  const type = chance(0.75) ? 'permit' : 'deny';
  const actions = one([[], ['access'], ['access', 'collect'], ['collect', 'access'], ['collect']]).map(action);
  const base = randomRule(random, { type, limited: 0.3, many: 3 });
  const nested = Array.from({ length: chance(0.5) ? 0 : 1 + below(3) }, () => randomException(random, type === 'permit' ? 'deny' : 'permit'));
  return {
    resourceType: 'Consent', status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: refer(CONTEXT.patient), dateTime: '2026-01-01', performer: [refer(CONTEXT.patient)], organization: [refer(CONTEXT.gateway)],
    sourceReference: { identifier: { system: 'urn:ietf:rfc:3986', value: `urn:healthpass:grant:eip155:31337:${CONTEXT.registry}:${CONTEXT.grant}` } },
    policy: [{ uri: 'urn:healthpass:consent-policy:1' }],
    provision: {
      ...base,
      ...(actions.length + (base.modifierExtension?.length ?? 0) > 0 && { modifierExtension: [...(base.modifierExtension ?? []), ...actions] }),
      actor: [actor(one(chance(0.6) ? ORGANISATIONS : PEOPLE))],
      period: one(BASE_PERIODS),
      ...(nested.length > 0 && { provision: nested }),
    },
  };
}

const BASE_PERIODS = [
  { start: '2026-01-01', end: '2026-12-31' }, { start: '2026-01-01', end: '2026-03-31' }, { start: '2026-04-01T02:00:00+02:00', end: '2026-07-01T12:30:44Z' }, { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:59:59+01:00' },
  { start: '2025-01-01', end: '2027-06-30' },
];
const NESTED_PERIODS = [{ start: '2026-04-01' }, { end: '2026-03-31' }, { start: '2026-03-31T23:59:59Z', end: '2026-07-01T12:30:45Z' }, { start: '2020-01-01' }, { end: '2026-12-31' }];

/** An exception that is limited by nothing would take its consent back, which is refused: it has at least a date to go by. */
function randomException(random: Random, type: string): Json {
  const { chance, one, some } = random;
  const { modifierExtension, ...rule } = randomRule(random, { type, limited: 0.35, many: 1 });
  const limits: Rule = { ...rule, ...(modifierExtension && { modifierExtension }), ...(chance(0.25) && { actor: some([...PEOPLE, ...ORGANISATIONS, address(0x99)], 2).map(actor) }), ...(chance(0.25) && { period: one(NESTED_PERIODS) }) };
  return limits.data || limits.modifierExtension ? limits : { dataPeriod: { start: one(DATES) }, ...limits };
}

type Rule = Json & { modifierExtension?: Json[] };

function randomRule({ chance, one, some }: Random, { type, limited, many }: { type: string; limited: number; many: number }): Rule {
  const [start, end] = [one(DATES), one(DATES)].toSorted();
  const data = chance(0.5)
    ? some(RECORD_IDS, many).map((id) => ({ meaning: 'instance', reference: { reference: `urn:uuid:${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}` } }))
    : some(AUTHORS, many).map((author) => ({ meaning: 'authoredby', reference: refer(author) }));
  return {
    type,
    ...(chance(limited) && { purpose: some(SOME_PURPOSES, 3).map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code })) }),
    ...(chance(limited * 2) && { modifierExtension: some(SOME_CATEGORIES, 2).map(category) }),
    ...(chance(limited) && { dataPeriod: one([{ start }, { end }, { start, end }]) }),
    ...(chance(limited) && { data }),
  };
}
