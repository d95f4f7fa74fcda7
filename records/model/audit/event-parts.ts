// The agents and entities that AuditEvents are made of. References are by identifier: nobody but who holds the log needs to resolve them.
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Address } from '../members.ts';
import { PURPOSE_SYSTEM, type Purpose } from '../purposes.ts';
import type { AccessPlace, AuditActor, AuditPerson, Asked, Touched } from './access.ts';
import { encodeAsked, uuidOf } from './asked.ts';
import {
  BREAK_THE_GLASS, DOMAIN_RESOURCE, OTHER, OWN, PATIENT_ROLE, PERSON, PROVIDER, QUERY_ROLE, REQUEST_ID, resourceType, SECURITY_RESOURCE, SYSTEM_OBJECT, URI, type Coding,
} from './codes.ts';
import { keccak } from './hex.ts';

export type Concept = { readonly coding: readonly Coding[] };
export type Identified = { readonly type?: string; readonly identifier: { readonly system: string; readonly value: string }; readonly display?: string };
export type Detail = { readonly type: string; readonly valueString: string };
export type Agent = {
  readonly type: Concept;
  readonly role?: readonly Concept[];
  readonly who: Identified | { readonly display: string };
  readonly name?: string;
  readonly requestor: boolean;
  readonly network?: { readonly address?: string; readonly type: string };
  readonly purposeOfUse?: readonly Concept[];
};
export type Entity = {
  readonly what?: Identified;
  readonly type: Coding;
  readonly role?: Coding;
  readonly description?: string;
  readonly query?: string;
  readonly detail?: readonly Detail[];
};

export const concept = (...coding: readonly Coding[]): Concept => ({ coding });
export const purposeConcept = (code: Purpose | typeof BREAK_THE_GLASS): Concept => concept({ system: PURPOSE_SYSTEM, code });

/** The DID of an address as the chain's registry writes it, its letters large and small as ERC-55 has them. */
export function didOf(address: Address, chainId: number): string {
  const digits = address.slice(2);
  const hash = bytesToHex(keccak(utf8ToBytes(digits)));
  const checksummed = [...digits].map((digit, i) => (Number.parseInt(hash[i]!, 16) > 7 ? digit.toUpperCase() : digit)).join('');
  return `did:ethr:0x${chainId.toString(16)}:0x${checksummed}`;
}

export const byDid = (address: Address, chainId: number): Identified => ({ identifier: { system: URI, value: didOf(address, chainId) } });

/** What BALP calls client and server. Where the client called from is not kept: whoever reads is named, and an address on the network tells of a person's life. */
export const clientAgent = (type: Coding): Agent => ({ type: concept(type), who: { display: 'records client' }, requestor: false, network: { type: '2' } });
export const gatewayAgent = (type: Coding, { gateway, chainId }: AccessPlace): Agent =>
  ({ type: concept(type), who: byDid(gateway.address, chainId), requestor: false, network: { address: gateway.url, type: '5' } });

/** Whoever acted, and the organisation it was done for. `as`: as BALP calls the person in this kind of event. */
export function actorAgents(actor: AuditActor, as: Coding, place: AccessPlace, purpose?: Purpose): Agent[] {
  const purposeOfUse = purpose ? { purposeOfUse: [purposeConcept(purpose)] } : {};
  if (actor.kind === 'patient') return [{ type: concept(as), role: [ownRole('patient')], who: pseudonym(place), requestor: true, ...purposeOfUse }];
  const person = personAgent(actor.person, as, true, place, actor.kind === 'delegate' ? 'delegate' : actor.person.role);
  if (actor.kind === 'delegate' || !actor.organisation) return [{ ...person, ...purposeOfUse }];
  return [{ ...person, ...purposeOfUse }, personAgent(actor.organisation, PROVIDER, false, place, undefined)];
}

export const recipientAgent = (person: AuditPerson, as: Coding, place: AccessPlace): Agent => personAgent(person, as, false, place, person.role);

const personAgent = ({ address, name }: AuditPerson, as: Coding, requestor: boolean, { chainId }: AccessPlace, role: string | undefined): Agent => ({
  type: concept(as), ...(role ? { role: [ownRole(role)] } : {}), who: { ...byDid(address, chainId), ...(name === undefined ? {} : { display: name }) }, requestor,
});

const ownRole = (code: string): Concept => concept({ system: OWN.role, code });
const pseudonym = ({ patient }: AccessPlace): Identified => ({ type: 'Patient', identifier: { system: OWN.patient, value: patient } });

export const patientEntity = (place: AccessPlace): Entity => ({ what: pseudonym(place), type: PERSON, role: PATIENT_ROLE });
export const consentEntity = (grant: string, type: Coding = resourceType('Consent'), detail: readonly Detail[] = []): Entity => ({
  what: { type: 'Consent', identifier: { system: OWN.grant, value: grant } }, type, role: DOMAIN_RESOURCE, ...(detail.length > 0 ? { detail } : {}),
});
export const recordEntity = ({ id, category }: Touched, type: Coding, detail: readonly Detail[] = []): Entity => ({
  what: { identifier: { system: URI, value: `urn:uuid:${uuidOf(id)}` } }, type, role: DOMAIN_RESOURCE, detail: [{ type: 'category', valueString: category }, ...detail],
});
export const emergencyEntity = (emergency: string): Entity => ({ what: { identifier: { system: OWN.emergency, value: emergency } }, type: OTHER, role: SECURITY_RESOURCE });
/** BALP's entity of a transaction: what the reader called its request. */
export const requestEntity = (request: string): Entity => ({ what: { identifier: { system: OWN.request, value: request } }, type: REQUEST_ID });
export const queryEntity = (asked: Asked): Entity => ({ type: SYSTEM_OBJECT, role: QUERY_ROLE, description: searchOf(asked), query: btoa(searchOf(asked)) });
export const askedDetail = (asked: Asked): Detail => ({ type: 'query', valueString: searchOf(asked) });
export const categoryDetails = (categories: readonly string[]): Detail[] => categories.map((valueString) => ({ type: 'category', valueString }));

/** FHIR has no empty strings. */
export const NO_FILTER = '*';
const searchOf = (asked: Asked): string => encodeAsked(asked) || NO_FILTER;
