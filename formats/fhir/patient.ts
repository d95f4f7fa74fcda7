// The Patient: whose record it is, and whether a reference of the record means that patient.
import { parseBirthDate } from '#passport/birth-date.ts';
import type { Person } from '#passport/event.ts';
import { isHealthpassError } from '#passport/errors.ts';
import { canTransliterate } from '#passport/transliteration/transliterate.ts';
import { assertNoModifier, child, children, element, failAt, flag, text, texts, type Element } from './element.ts';

export type Patient = {
  readonly person: Person;
  /** References that mean this patient: `Patient/1`, `urn:uuid:…`, the fullUrl of its Bundle entry. */
  readonly references: readonly string[];
  /** Business identifiers, `system|value`. */
  readonly identifiers: readonly string[];
  /** The patient has a name, but not one with family and given names apart. */
  readonly nameUnusable: boolean;
};

/**
 * @throws HealthpassError `fhir-invalid`, `fhir-unsupported`, `fhir-status`, naming the element
 */
export function parsePatient(value: unknown, { now, fullUrl }: { readonly now: number; readonly fullUrl?: string | undefined }): Patient {
  const patient = element(value, 'Patient');
  if (text(patient, 'resourceType') !== 'Patient') throw failAt('fhir-invalid', 'Patient.resourceType', 'is not Patient');
  assertNoModifier(patient);
  if (flag(patient, 'active') === false) throw failAt('fhir-status', 'Patient.active', 'says that the record is no longer used');
  for (const link of children(patient, 'link')) {
    if (text(link, 'type') === 'replaced-by') throw failAt('fhir-status', `${link.at}.type`, 'says that another record took the place of this one');
  }
  const id = text(patient, 'id', 64);
  const name = chooseName(patient, now);
  return {
    person: { family: name?.family ?? '', given: name?.given ?? [], birthDate: readBirthDate(patient, now) },
    references: [...(id === undefined ? [] : [`Patient/${id}`]), ...(fullUrl === undefined ? [] : [fullUrl])],
    identifiers: children(patient, 'identifier').flatMap(identifierKey),
    nameUnusable: name === undefined && children(patient, 'name').length > 0,
  };
}

function readBirthDate(patient: Element, now: number): string | undefined {
  const birthDate = text(patient, 'birthDate', 10);
  if (birthDate === undefined) return undefined;
  try {
    parseBirthDate(birthDate, { now });
  } catch (error) {
    if (isHealthpassError(error)) throw failAt('fhir-invalid', 'Patient.birthDate', 'is not a date of the past since 1800');
    throw error;
  }
  return birthDate;
}

type Name = { readonly family: string; readonly given: readonly string[]; readonly rank: number };
const NAME_MAX = 200;
const RANKS = ['official', 'usual', '', 'temp'];

/**
 * The name in use: official before usual before any other; before all of these one that can be written in A-Z, because a person may
 * have one name in two scripts. Former names, nicknames and names without parts are passed over.
 */
function chooseName(patient: Element, now: number): Name | undefined {
  const names = children(patient, 'name').flatMap((name): Name[] => {
    const use = RANKS.indexOf(text(name, 'use') ?? '');
    const [family, given] = [text(name, 'family', NAME_MAX) ?? '', texts(name, 'given', NAME_MAX)];
    if (given.join(' ').length > NAME_MAX) throw failAt('fhir-invalid', `${name.at}.given`, `is longer than ${NAME_MAX} characters`);
    if (use < 0 || (family === '' && given.length === 0) || isOver(name, now)) return [];
    return [{ family, given, rank: use + (canTransliterate([family, ...given].join(' ')) ? 0 : RANKS.length) }];
  });
  return names.sort((a, b) => a.rank - b.rank)[0];
}

function isOver(name: Element, now: number): boolean {
  const period = child(name, 'period');
  const end = period && text(period, 'end', 40);
  return end !== undefined && Date.parse(end) / 1000 < now;
}

function identifierKey(identifier: Element): string[] {
  const [system, value] = [text(identifier, 'system'), text(identifier, 'value')];
  return value === undefined ? [] : [`${system ?? ''}|${value}`];
}

/** What a Reference element says: a text, a business identifier, both or nothing. */
export type SubjectReference = { readonly at: string; readonly reference: string | undefined; readonly identifier: string | undefined };

export function readReference(reference: Element): SubjectReference {
  const identifier = child(reference, 'identifier');
  // a version of a resource is that resource
  const target = text(reference, 'reference')?.replace(/\/_history\/[^/]*$/, '');
  return { at: reference.at, reference: target, identifier: identifier && identifierKey(identifier)[0] };
}

/** Whether a reference names the patient that its own Bundle carries: nothing is taken on trust. */
export const namesPatient = ({ reference, identifier }: SubjectReference, patient: Patient): boolean =>
  reference === undefined ? identifier !== undefined && patient.identifiers.includes(identifier) : patient.references.includes(reference);

/** Whether a reference speaks against a patient whom the caller gave with the record: only what both sides name can. */
export function contradictsPatient({ reference, identifier }: SubjectReference, patient: Patient): boolean {
  const own = patient.references[0]?.replace(/^Patient\//, '');
  if (reference !== undefined) {
    return own !== undefined && ![`Patient/${own}`, `urn:uuid:${own}`].includes(reference) && !(/^https?:/.test(reference) && reference.endsWith(`/Patient/${own}`));
  }
  return identifier !== undefined && patient.identifiers.length > 0 && !patient.identifiers.includes(identifier);
}
