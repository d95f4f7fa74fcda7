// AuditEvents read back into what was done, for the words of the wallet and of the command line. Who has signed them is decided elsewhere: here
// only what our gateways write is understood, and everything else is refused rather than half told.
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { DENY_REASONS } from '../consent/decide.ts';
import { isAddress, ROLES } from '../members.ts';
import { PURPOSES, PURPOSE_SYSTEM } from '../purposes.ts';
import { CATEGORIES, type Category } from '../record.ts';
import { CONSENT_CHANGES, EMERGENCY_STEPS, type Access, type AccessRead, type AuditActor, type AuditPerson, type Touched } from './access.ts';
import { decodeAsked, recordOf } from './asked.ts';
import { AUTHOR, DESTINATION_ROLE, OWN, PATIENT_ADVOCATE, PROVIDER, RECIPIENT, type Coding } from './codes.ts';
import { createAuditEvent } from './event.ts';
import { NO_FILTER } from './event-parts.ts';
import { isBytes32, type Hex } from './hex.ts';

const coding = z.object({ system: z.string(), code: z.string() });
const concept = z.object({ coding: z.array(coding).min(1) });
const who = z.object({ identifier: z.object({ system: z.string(), value: z.string() }).optional(), display: z.string().optional() });
const eventSchema = z.object({
  resourceType: z.literal('AuditEvent'), type: coding, subtype: z.array(coding).min(1), recorded: z.iso.datetime(), outcome: z.enum(['0', '8']), outcomeDesc: z.string().optional(),
  purposeOfEvent: z.array(concept).optional(),
  agent: z.array(z.object({ type: concept, role: z.array(concept).optional(), who, requestor: z.boolean(), network: z.object({ address: z.string().optional() }).optional() })),
  entity: z.array(z.object({
    what: who.optional(), type: coding, role: coding.optional(), description: z.string().optional(), detail: z.array(z.object({ type: z.string(), valueString: z.string() })).optional(),
  })),
});
type Event = z.infer<typeof eventSchema>;
type Agent = Event['agent'][number];
type Entity = Event['entity'][number];

/**
 * Reads the text of an event. What comes out is all that it says: written again it gives the same bytes.
 * @throws HealthpassError `log-malformed` for what no gateway of ours has written
 */
export function readAuditEvent(document: string): AccessRead {
  try {
    const event = eventSchema.parse(parseJson(document));
    const read = { access: accessOf(event), place: placeOf(event) };
    if (JSON.stringify(createAuditEvent(read.access, read.place)) === document) return read;
  } catch {
    // told below
  }
  throw new HealthpassError('log-malformed', 'an entry of the account of accesses cannot be read', { field: 'document' });
}

function accessOf(event: Event): Access {
  const action = event.subtype[0]!.code;
  const grant = ids(event, OWN.grant)[0];
  const emergency = ids(event, OWN.emergency)[0];
  const records = event.entity.flatMap((entity) => touchedBy(entity));
  const purpose = present(purposeOf(event));
  if (action === 'disclose') return {
    kind: 'disclosed', actor: actorOf(event, PATIENT_ADVOCATE), to: oneOf(['delegate', 'guardian'], event.subtype[1]?.code), recipient: must(event.agent, DESTINATION_ROLE), categories: categoriesOf(event),
  };
  if (action === 'AuthZ-Consent') return {
    kind: 'denied', actor: actorOf(event, RECIPIENT), purpose: required(purpose.purpose), action: oneOf(['read', 'write'], detail(event, 'action')), asked: askedOf(detail(event, 'query')),
    ...present({ grant }), reason: oneOf(DENY_REASONS, event.outcomeDesc),
  };
  if (emergency && action !== 'search' && action !== 'read') return {
    kind: 'emergency', step: oneOf(EMERGENCY_STEPS, event.subtype.at(-1)!.code), actor: actorOf(event, RECIPIENT), emergency, ...present({ reason: codeOf(event.purposeOfEvent, OWN.emergencyReason) }),
  };
  if (action === 'read' || action === 'search') {
    const withheld = records.filter(({ isWithheld }) => isWithheld).map(({ touched }) => touched);
    const released = records.filter(({ isWithheld }) => !isWithheld).map(({ touched }) => touched);
    const asked = action === 'read' ? { records: released.map(({ id }) => id) } : askedOf(event.entity.find(({ description }) => description !== undefined)?.description);
    return { kind: 'read', actor: actorOf(event, RECIPIENT), purpose: required(purpose.purpose), asked, released, ...(withheld.length > 0 ? { withheld } : {}), ...present({ grant, emergency, request: ids(event, OWN.request)[0] }) };
  }
  if (records.length > 0) return { kind: 'written', actor: actorOf(event, AUTHOR), ...purpose, record: records[0]!.touched, ...present({ grant }) };
  const change = CONSENT_CHANGES[['create', 'update', 'delete'].indexOf(action)];
  const categories = categoriesOf(event);
  return { kind: 'consent', change: required(change), actor: actorOf(event, AUTHOR), grant: required(grant), recipient: must(event.agent, RECIPIENT), ...(categories.length > 0 ? { categories } : {}) };
}

function placeOf({ recorded, agent, entity }: Event): AccessRead['place'] {
  const gateway = required(agent.find(({ network }) => network?.address !== undefined));
  const did = required(gateway.who.identifier?.value);
  const patient = required(entity.find(({ type }) => type.code === '1')?.what?.identifier?.value);
  return { gateway: { address: addressOf(did), url: required(gateway.network?.address) }, chainId: Number.parseInt(did.split(':')[2]!, 16), patient, time: (Date.parse(recorded) / 1000) as UnixSeconds };
}

function actorOf({ agent }: Event, as: Coding): AuditActor {
  const person = required(agent.find(({ type, requestor }) => requestor && has(type, as)));
  const role = person.role?.[0]?.coding[0]?.code;
  if (role === 'patient' && person.who.identifier?.system === OWN.patient) return { kind: 'patient' };
  if (role === 'delegate') return { kind: 'delegate', person: personOf({ ...person, role: undefined }) };
  const organisation = agent.find(({ type }) => has(type, PROVIDER));
  // Who acts for no organisation stands there once more.
  const isOwn = organisation === undefined || organisation.who.identifier?.value === person.who.identifier?.value;
  return { kind: 'member', person: personOf(person), ...(isOwn ? {} : { organisation: personOf(organisation) }) };
}

function personOf({ who: { identifier, display }, role }: Agent): AuditPerson {
  const code = role?.[0]?.coding[0]?.code;
  return { address: addressOf(required(identifier?.value)), ...present({ name: display, role: code === undefined ? undefined : oneOf(ROLES, code) }) };
}

const must = (agents: readonly Agent[], as: Coding): AuditPerson => personOf(required(agents.find(({ type, requestor }) => !requestor && has(type, as))));

function touchedBy({ what, detail: details = [] }: Entity): { readonly touched: Touched; readonly isWithheld: boolean }[] {
  const uuid = /^urn:uuid:(.+)$/.exec(what?.identifier?.value ?? '')?.[1];
  if (uuid === undefined) return [];
  const category = details.find(({ type }) => type === 'category')?.valueString;
  return [{ touched: { id: required(recordOf(uuid)), category: oneOf(CATEGORIES, category) }, isWithheld: details.some(({ type }) => type === 'withheld') }];
}

const categoriesOf = ({ entity }: Event): Category[] => entity.flatMap(({ detail: details = [] }) => details.filter(({ type }) => type === 'category').map(({ valueString }) => oneOf(CATEGORIES, valueString)));
const askedOf = (text: string | undefined) => required(decodeAsked(text === NO_FILTER ? '' : required(text)));
const detail = ({ entity }: Event, name: string) => entity.flatMap(({ detail: details = [] }) => details).find(({ type }) => type === name)?.valueString;
const ids = ({ entity }: Event, system: string): Hex[] => entity.flatMap(({ what }) => (what?.identifier?.system === system && isBytes32(what.identifier.value) ? [what.identifier.value] : []));
const codeOf = (concepts: Event['purposeOfEvent'], system: string) => concepts?.flatMap((each) => each.coding).find((each) => each.system === system)?.code;
const purposeOf = ({ purposeOfEvent }: Event) => {
  const code = codeOf(purposeOfEvent, PURPOSE_SYSTEM);
  return { purpose: code === undefined ? undefined : oneOf(PURPOSES, code) };
};
const has = (given: Agent['type'], wanted: Coding): boolean => given.coding.some(({ system, code }) => system === wanted.system && code === wanted.code);
const addressOf = (did: string) => {
  const address = did.split(':').at(-1)!.toLowerCase();
  if (!isAddress(address)) throw new Error('no address');
  return address;
};

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing');
  return value;
}
function oneOf<const T extends string>(list: readonly T[], value: string | undefined): T {
  return required(list.find((item) => item === value));
}
/** Without what is undefined. */
const present = <T extends Record<string, unknown>>(values: T) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [Name in keyof T]?: NonNullable<T[Name]> };
