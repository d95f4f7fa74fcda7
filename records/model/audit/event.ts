// Accesses as FHIR R4 AuditEvents by IHE BALP: PatientRead, PatientQuery, PatientCreate, PatientUpdate and PatientDelete for what was done, AuthZconsent
// for what was refused, PrivacyDisclosure.Source for keys that were handed on, and DICOM's security alerts for emergencies.
import { AUTHOR, APPLICATION, APPLICATION_SERVER, AUTHORISATION_SERVER, AUTHORISED_BY_CONSENT, BREAK_THE_GLASS, CUSTODIAN, DESTINATION_ROLE, DISCLOSE, DOMAIN_RESOURCE, EXPORT, interaction, OVERRIDE, OWN,
  PATIENT_ADVOCATE, PROFILE, PROVIDER, RECIPIENT, resourceType, REST, SECURITY_ALERT, SOURCE_ROLE, SYSTEM_OBJECT, type Coding } from './codes.ts';
import type { Access, AccessPlace } from './access.ts';
import {
  actorAgents, askedDetail, byDid, categoryDetails, clientAgent, concept, consentEntity, emergencyEntity, gatewayAgent, patientEntity, purposeConcept, queryEntity, recipientAgent, recordEntity, requestEntity,
  type Agent, type Concept, type Entity, type Identified,
} from './event-parts.ts';

export type AuditEvent = {
  readonly resourceType: 'AuditEvent';
  readonly meta?: { readonly profile: readonly string[] };
  readonly type: Coding;
  readonly subtype: readonly Coding[];
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
  readonly recorded: string;
  /** 0 success, 8 refused, as BALP's example of a denied authorisation has it. */
  readonly outcome: '0' | '8';
  readonly outcomeDesc?: string;
  readonly purposeOfEvent?: readonly Concept[];
  readonly agent: readonly Agent[];
  readonly source: { readonly observer: Identified; readonly type: readonly Coding[] };
  readonly entity: readonly Entity[];
};
type Told = Omit<AuditEvent, 'resourceType' | 'recorded' | 'source' | 'meta' | 'outcome'> & { readonly profile?: string; readonly outcome?: '8' };

/** The event of an access. Whoever withheld records are named in it is for the patient alone: readers get receipts, not events. */
export function createAuditEvent(access: Access, place: AccessPlace): AuditEvent {
  const { profile, outcome = '0', ...told } = eventOf(access, place);
  return {
    resourceType: 'AuditEvent',
    ...(profile ? { meta: { profile: [`${PROFILE}${profile}`] } } : {}),
    ...told,
    recorded: new Date(place.time * 1000).toISOString(),
    outcome,
    source: { observer: byDid(place.gateway.address, place.chainId), type: [APPLICATION_SERVER] },
  };
}

function eventOf(access: Access, place: AccessPlace): Told {
  switch (access.kind) {
    case 'read': return readEvent(access, place);
    case 'denied': return deniedEvent(access, place);
    case 'written': return writtenEvent(access, place);
    case 'consent': return consentEvent(access, place);
    case 'emergency': return emergencyEvent(access, place);
    case 'disclosed': return disclosedEvent(access, place);
  }
}
type Of<Kind extends Access['kind']> = Extract<Access, { kind: Kind }>;

/** One record by its id is a read; whatever else is a query, whose records stand beside it as entities of their own. */
function readEvent({ actor, purpose, asked, released, withheld = [], grant, emergency, request }: Of<'read'>, place: AccessPlace): Told {
  const isQuery = released.length !== 1 || withheld.length > 0 || asked.records?.length !== 1 || asked.records[0] !== released[0]!.id || asked.categories !== undefined || asked.from !== undefined || asked.until !== undefined;
  const [client, server] = isQuery ? [SOURCE_ROLE, DESTINATION_ROLE] : [DESTINATION_ROLE, SOURCE_ROLE];
  return {
    profile: isQuery ? 'PatientQuery' : 'PatientRead',
    type: REST, subtype: [interaction(isQuery ? 'search' : 'read')], action: isQuery ? 'E' : 'R',
    purposeOfEvent: [purposeConcept(purpose), ...(emergency ? [purposeConcept(BREAK_THE_GLASS)] : [])],
    agent: [clientAgent(client), gatewayAgent(server, place), ...actorAgents(actor, RECIPIENT, place, purpose)],
    entity: [
      patientEntity(place), ...(grant ? [consentEntity(grant)] : []), ...(emergency ? [emergencyEntity(emergency)] : []), ...(request ? [requestEntity(request)] : []),
      ...(isQuery
        ? [queryEntity(asked), ...released.map((record) => recordEntity(record, resourceType('Binary'))), ...withheld.map((record) => recordEntity(record, resourceType('Binary'), [{ type: 'withheld', valueString: 'true' }]))]
        : released.map((record) => recordEntity(record, SYSTEM_OBJECT))),
    ],
  };
}

function deniedEvent({ actor, purpose, action, asked, grant, reason }: Of<'denied'>, place: AccessPlace): Told {
  const detail = [{ type: 'action', valueString: action }, askedDetail(asked)];
  return {
    // The profile knows decisions by a consent only.
    ...(grant ? { profile: 'AuthZconsent' } : {}),
    type: SECURITY_ALERT, subtype: [AUTHORISED_BY_CONSENT], action: 'E', outcome: '8', outcomeDesc: reason,
    purposeOfEvent: [purposeConcept(purpose)],
    agent: [clientAgent(APPLICATION), gatewayAgent(AUTHORISATION_SERVER, place), ...withOrganisation(actorAgents(actor, RECIPIENT, place, purpose))],
    entity: grant ? [patientEntity(place), consentEntity(grant, undefined, detail)] : [{ ...patientEntity(place), detail }],
  };
}

/** The profile asks for an organisation: who acts for none is one for itself. */
const withOrganisation = (agents: readonly Agent[]): Agent[] => (agents.length > 1 ? [...agents] : [...agents, { type: concept(PROVIDER), who: agents[0]!.who, requestor: false }]);

function writtenEvent({ actor, purpose, record, grant }: Of<'written'>, place: AccessPlace): Told {
  return {
    profile: 'PatientCreate', type: REST, subtype: [interaction('create')], action: 'C', ...(purpose ? { purposeOfEvent: [purposeConcept(purpose)] } : {}),
    agent: [clientAgent(SOURCE_ROLE), gatewayAgent(DESTINATION_ROLE, place), ...actorAgents(actor, AUTHOR, place, purpose)],
    entity: [patientEntity(place), recordEntity(record, SYSTEM_OBJECT), ...(grant ? [consentEntity(grant)] : [])],
  };
}

const CONSENT_EVENTS = {
  granted: { profile: 'PatientCreate', subtype: [interaction('create')], action: 'C', client: SOURCE_ROLE, server: DESTINATION_ROLE },
  changed: { profile: 'PatientUpdate', subtype: [interaction('update')], action: 'U', client: SOURCE_ROLE, server: DESTINATION_ROLE },
  withdrawn: { profile: 'PatientDelete', subtype: [interaction('delete')], action: 'D', client: APPLICATION, server: CUSTODIAN },
} as const;

function consentEvent({ change, actor, grant, recipient, categories = [] }: Of<'consent'>, place: AccessPlace): Told {
  const { client, server, ...told } = CONSENT_EVENTS[change];
  return {
    ...told, type: REST,
    agent: [clientAgent(client), gatewayAgent(server, place), ...actorAgents(actor, AUTHOR, place), recipientAgent(recipient, RECIPIENT, place)],
    entity: [patientEntity(place), consentEntity(grant, SYSTEM_OBJECT, categoryDetails(categories))],
  };
}

function emergencyEvent({ step, actor, emergency, reason }: Of<'emergency'>, place: AccessPlace): Told {
  return {
    type: SECURITY_ALERT, subtype: [...(step === 'opened' || step === 'ended' ? [OVERRIDE[step]] : []), { system: OWN.emergencyStep, code: step }], action: 'E',
    purposeOfEvent: [purposeConcept('ETREAT'), purposeConcept(BREAK_THE_GLASS), ...(reason ? [concept({ system: OWN.emergencyReason, code: reason })] : [])],
    agent: [gatewayAgent(AUTHORISATION_SERVER, place), ...actorAgents(actor, RECIPIENT, place)],
    entity: [patientEntity(place), emergencyEntity(emergency)],
  };
}

function disclosedEvent({ actor, to, recipient, categories }: Of<'disclosed'>, place: AccessPlace): Told {
  return {
    profile: 'PrivacyDisclosure.Source', type: EXPORT, subtype: [DISCLOSE, { system: OWN.disclosure, code: to }], action: 'R',
    agent: [gatewayAgent(SOURCE_ROLE, place), { ...recipientAgent(recipient, DESTINATION_ROLE, place), network: { type: '2' } }, ...actorAgents(actor, PATIENT_ADVOCATE, place)],
    entity: [patientEntity(place), { type: SYSTEM_OBJECT, role: DOMAIN_RESOURCE, detail: categoryDetails(categories) }],
  };
}

