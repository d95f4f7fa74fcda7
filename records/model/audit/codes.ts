// Codes of AuditEvents as IHE BALP 1.1 prescribes them, and those of our own that no standard has.
export type Coding = { readonly system: string; readonly code: string; readonly display?: string };

export const PROFILE = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.';
const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const ENTITY = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';

export const REST: Coding = { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'Restful Operation' };
export const interaction = (code: 'read' | 'search' | 'create' | 'update' | 'delete'): Coding => ({ system: 'http://hl7.org/fhir/restful-interaction', code });
export const SECURITY_ALERT: Coding = { system: DCM, code: '110113', display: 'Security Alert' };
export const EXPORT: Coding = { system: DCM, code: '110106', display: 'Export' };
export const DISCLOSE: Coding = { system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'disclose', display: 'Disclose Record Lifecycle Event' };
export const AUTHORISED_BY_CONSENT: Coding = { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType', code: 'AuthZ-Consent', display: 'Authorization Decision using Roles and Consent' };
export const OVERRIDE = {
  opened: { system: DCM, code: '110127', display: 'Emergency Override Started' },
  ended: { system: DCM, code: '110138', display: 'Emergency Override Stopped' },
} as const satisfies Record<string, Coding>;

export const APPLICATION: Coding = { system: DCM, code: '110150', display: 'Application' };
export const SOURCE_ROLE: Coding = { system: DCM, code: '110153', display: 'Source Role ID' };
export const DESTINATION_ROLE: Coding = { system: DCM, code: '110152', display: 'Destination Role ID' };
export const CUSTODIAN: Coding = { system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'custodian', display: 'Custodian' };
export const AUTHORISATION_SERVER: Coding = { system: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type', code: 'authserver', display: 'authorization server' };
export const RECIPIENT: Coding = { system: PARTICIPATION, code: 'IRCP', display: 'information recipient' };
export const AUTHOR: Coding = { system: PARTICIPATION, code: 'AUT', display: 'author (originator)' };
export const PROVIDER: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code: 'PROV', display: 'healthcare provider' };
export const PATIENT_ADVOCATE: Coding = { system: 'http://snomed.info/sct', code: '429577009', display: 'Patient advocate' };
export const APPLICATION_SERVER: Coding = { system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4', display: 'Application Server' };

export const PERSON: Coding = { system: ENTITY, code: '1', display: 'Person' };
export const SYSTEM_OBJECT: Coding = { system: ENTITY, code: '2', display: 'System Object' };
export const OTHER: Coding = { system: ENTITY, code: '4', display: 'Other' };
/** BALP's own, for what tells one request from another. */
export const REQUEST_ID: Coding = { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId' };
export const resourceType = (code: 'Consent' | 'Binary'): Coding => ({ system: 'http://hl7.org/fhir/resource-types', code });
export const PATIENT_ROLE: Coding = { system: OBJECT_ROLE, code: '1', display: 'Patient' };
export const DOMAIN_RESOURCE: Coding = { system: OBJECT_ROLE, code: '4', display: 'Domain Resource' };
export const SECURITY_RESOURCE: Coding = { system: OBJECT_ROLE, code: '13', display: 'Security Resource' };
export const QUERY_ROLE: Coding = { system: OBJECT_ROLE, code: '24', display: 'Query' };

export const BREAK_THE_GLASS = 'BTG';
/** `system`s of identifiers and codes of this protocol. */
export const OWN = {
  role: 'urn:healthpass:role', patient: 'urn:healthpass:relationship', grant: 'urn:healthpass:grant', emergency: 'urn:healthpass:emergency', emergencyStep: 'urn:healthpass:emergency-step',
  emergencyReason: 'urn:healthpass:emergency-reason', disclosure: 'urn:healthpass:disclosure', request: 'urn:healthpass:request',
} as const;
/** Of identifiers that are URIs (did:ethr, urn:uuid). */
export const URI = 'urn:ietf:rfc:3986';
