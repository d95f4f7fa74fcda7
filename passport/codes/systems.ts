// Code systems by the URIs that FHIR gives them, and the other spellings of them that are met in the field.

export const CVX = 'http://hl7.org/fhir/sid/cvx';
export const SNOMED = 'http://snomed.info/sct';
export const ATC = 'http://www.whocc.no/atc';
export const ICD11 = 'http://id.who.int/icd/release/11/mms';
export const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
export const LOINC = 'http://loinc.org';
/** EU marketing authorisations: `EU/1/20/1528`. */
export const EU_REGISTER = 'https://ec.europa.eu/health/documents/community-register/html/';
/** Names the EU DCC value sets use for products without an EU authorisation. */
export const EU_PRODUCT_NAME = 'http://ec.europa.eu/temp/vaccineproductname';
/** Products prequalified by WHO, as the ICVP guide names them. */
export const WHO_PREQUAL = 'http://smart.who.int/pcmt-vaxprequal/CodeSystem/PreQualProductIds';
export const OBSERVATION_INTERPRETATION = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';

/** What FHIR calls a Coding, as far as it is used here. */
export type Coding = { readonly system: string; readonly code: string };

const SPELLINGS: Readonly<Record<string, string>> = {
  'http://id.who.int/icd11/mms': ICD11,
  'http://hl7.org/fhir/sid/icd-11': ICD11,
  'http://hl7.org/fhir/sid/icd-10-cm': ICD10,
  'http://smart.who.int/pcmt-vaxprequal/CodeSystem/PreQualProductIDs': WHO_PREQUAL,
  'urn:oid:2.16.840.1.113883.12.292': CVX,
  'urn:oid:2.16.840.1.113883.6.1': LOINC,
  'urn:oid:2.16.840.1.113883.6.3': ICD10,
  'urn:oid:2.16.840.1.113883.6.73': ATC,
  'urn:oid:2.16.840.1.113883.6.90': ICD10,
  'urn:oid:2.16.840.1.113883.6.96': SNOMED,
};

/** One text for one concept: system spelled as above, CVX codes with two digits at least. */
export function codingKey({ system, code }: Coding): string {
  const known = Object.hasOwn(SPELLINGS, system) ? SPELLINGS[system]! : system;
  return `${known}|${known === CVX && /^[0-9]$/.test(code) ? `0${code}` : code}`;
}
