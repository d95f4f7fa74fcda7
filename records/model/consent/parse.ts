// Reads a FHIR R4 Consent as IHE PCF 1.1 profiles it: Explicit Basic, and of Explicit Intermediate the options timeframe, data by id, data author and
// additional purpose of use. What is not enforced is refused, with the element's name: a consent must not say more than what holds.
import { child, children, element, failAt, items, required, text, type Element } from '#formats/fhir/element.ts';
import type { Address } from '../members.ts';
import { stretchOf } from './days.ts';
import { assertCoded, assertOnly, identityOf } from './elements.ts';
import { parseBaseProvision, type Choices } from './provision.ts';
import { decodeGrantPlace, URI_SYSTEM, type GrantPlace } from './references.ts';
import { CONSENT_CATEGORY, POLICY_URI, SCOPE } from './terms.ts';

/** What a Consent says; that it holds for a grant is for `compile` to find. */
export type Consent = GrantPlace & {
  /** The address of the relationship that the consent is of. */
  readonly patient: Address;
  /** Who gave it: the patient, or somebody who acts for the patient. */
  readonly performer: Address;
  /** The gateway that is to enforce it. */
  readonly gateway: Address;
  readonly choices: Choices;
};

const NAMES = [
  'resourceType', 'meta', 'language', 'text', 'identifier', 'status', 'scope', 'category', 'patient', 'dateTime', 'performer', 'organization', 'sourceReference', 'policy', 'provision',
];

/** @throws HealthpassError `fhir-invalid`, `fhir-unsupported`, `fhir-status`, `fhir-code-unknown`; its field is the element */
export function parseConsent(json: unknown): Consent {
  const consent = element(json, 'Consent');
  if (text(consent, 'resourceType') !== 'Consent') throw failAt('fhir-invalid', 'Consent.resourceType', 'is not Consent');
  assertOnly(consent, NAMES);
  assertCeremony(consent);
  const place = placeOf(required(child(consent, 'sourceReference'), consent, 'sourceReference'));
  const { chainId } = place;
  return {
    ...place,
    patient: identityOf(required(child(consent, 'patient'), consent, 'patient'), chainId),
    performer: identityOf(onlyOne(consent, 'performer'), chainId),
    gateway: identityOf(onlyOne(consent, 'organization'), chainId),
    choices: parseBaseProvision(required(child(consent, 'provision'), consent, 'provision'), chainId),
  };
}

/** What PCF asks of every consent, whatever it permits. */
function assertCeremony(consent: Element): void {
  if (required(text(consent, 'status'), consent, 'status') !== 'active') throw failAt('fhir-status', 'Consent.status', 'is not active');
  assertCoded(required(child(consent, 'scope'), consent, 'scope'), SCOPE);
  assertCoded(onlyOne(consent, 'category'), CONSENT_CATEGORY);
  if (!stretchOf(required(text(consent, 'dateTime'), consent, 'dateTime'))) throw failAt('fhir-unsupported', 'Consent.dateTime', 'is neither a day nor a second with its zone');
  const policy = onlyOne(consent, 'policy');
  assertOnly(policy, ['uri']);
  if (text(policy, 'uri') !== POLICY_URI) throw failAt('fhir-unsupported', `${policy.at}.uri`, 'is not the policy that is enforced');
}

/** The source is the grant on chain: there is the signature. */
function placeOf(source: Element): GrantPlace {
  assertOnly(source, ['identifier', 'type', 'display']);
  const identifier = required(child(source, 'identifier'), source, 'identifier');
  const place = text(identifier, 'system') === URI_SYSTEM ? decodeGrantPlace(text(identifier, 'value') ?? '') : undefined;
  if (!place) throw failAt('fhir-unsupported', identifier.at, 'is not a grant on chain');
  return place;
}

function onlyOne(consent: Element, name: string): Element {
  if (items(consent, name).length > 1) throw failAt('fhir-unsupported', `Consent.${name}`, 'is more than one');
  return required(children(consent, name)[0], consent, name);
}
