// The two openly readable forms of a health event: `credentialSubject` of a W3C credential (VCDM 1.1), and the claims of an SD-JWT VC.
import { z } from 'zod';
import type { Kind } from '#passport/claims.ts';
import { HealthpassError } from '#passport/errors.ts';
import type { HealthEvent } from '#passport/event.ts';
import { FIELD_NAMES, FIELDS, fieldBySdName, parseFields, readFields, writeFields, type FieldName, type Fields } from './fields.ts';

const PERSON = ['familyName', 'givenName', 'birthDate'] as const;

type Form = {
  /** Type of the W3C credential, besides `VerifiableCredential` and `HealthCredential`. */
  readonly type: string;
  readonly vct: string;
  readonly fields: readonly FieldName[];
  /** Of each group at least one has to be there in a whole credential. */
  readonly required: readonly (readonly FieldName[])[];
};

/** One entry a kind of event. */
export const FORMS: Readonly<Record<Kind, Form>> = {
  vaccination: {
    type: 'VaccinationCredential',
    vct: 'urn:healthpass:vaccination:1',
    fields: ['disease', 'product', 'doseNumber', 'seriesDoses', 'occurred', 'country', 'lotNumber', 'performer', ...PERSON],
    required: [['product', 'disease'], ['occurred']],
  },
  test: {
    type: 'TestCredential',
    vct: 'urn:healthpass:test:1',
    fields: ['disease', 'test', 'result', 'occurred', 'country', 'performer', ...PERSON],
    required: [['disease'], ['test'], ['result'], ['occurred']],
  },
  recovery: {
    type: 'RecoveryCredential',
    vct: 'urn:healthpass:recovery:1',
    fields: ['disease', 'test', 'result', 'occurred', 'country', 'performer', ...PERSON],
    required: [['disease'], ['occurred']],
  },
};

const KIND_NAMES = Object.keys(FORMS) as readonly Kind[];
/** Fields that some form has and that can be disclosed, by their name in an SD-JWT VC. */
export const SD_CLAIM_NAMES: readonly string[] = FIELD_NAMES.map((name) => FIELDS[name].sd);

/** Types of SD-JWT VC, one a kind of event. */
export const VCTS: readonly string[] = KIND_NAMES.map((kind) => FORMS[kind].vct);

/** What a credential says, as far as it was shown. */
export type OpenClaims = { readonly kind: Kind; readonly event: Fields; readonly person: Fields };

export const HEALTH_CREDENTIAL = 'HealthCredential';
export const CONTEXTS = [
  'https://www.w3.org/2018/credentials/v1',
  'https://www.w3.org/ns/credentials/status/v1',
  { '@vocab': 'urn:healthpass:terms:' },
] as const;

const subjectSchema = z.strictObject({ event: z.record(z.string(), z.unknown()), person: z.record(z.string(), z.unknown()).optional() });

/** @throws HealthpassError `claims-invalid` for an event that lacks what its kind needs, or is out of form */
export function openClaims(event: HealthEvent): OpenClaims {
  const form = FORMS[event.kind];
  return divide(event.kind, complete(writeFields(event, form.fields), form));
}

/** Types and `credentialSubject` without its id. */
export function writeSubject(event: HealthEvent): { type: string[]; credentialSubject: { event: Fields; person?: Fields } } {
  const claims = openClaims(event);
  const person = Object.keys(claims.person).length > 0 ? { person: claims.person } : {};
  return { type: ['VerifiableCredential', HEALTH_CREDENTIAL, FORMS[event.kind].type], credentialSubject: { event: claims.event, ...person } };
}

/** @throws HealthpassError `claims-invalid` for other types or fields than {@link writeSubject} gives */
export function parseSubject(type: readonly string[], credentialSubject: unknown): OpenClaims {
  const kind = KIND_NAMES.find((name) => type.length === 3 && type[0] === 'VerifiableCredential' && type[1] === HEALTH_CREDENTIAL && type[2] === FORMS[name].type);
  if (!kind) throw invalid('type');
  const subject = subjectSchema.safeParse(credentialSubject);
  if (!subject.success) throw invalid('credentialSubject');
  const { event, person = {} } = subject.data;
  const form = FORMS[kind];
  const claims = { kind, event: parseFields(event, part(form, 'event')), person: parseFields(person, part(form, 'person')) };
  complete({ ...claims.event, ...claims.person }, form);
  return claims;
}

/** `vct` and the claims that stand beside it, each of which can be disclosed alone. */
export function writeSdClaims(event: HealthEvent): { vct: string; claims: Record<string, unknown> } {
  const { event: health, person } = openClaims(event);
  const entries = Object.entries({ ...health, ...person }).map(([name, value]) => [FIELDS[name as FieldName].sd, value]); // keys of Fields
  return { vct: FORMS[event.kind].vct, claims: Object.fromEntries(entries) };
}

/** @throws HealthpassError `claims-invalid` for another `vct`, or a claim that it does not have or that is out of form */
export function parseSdClaims(vct: unknown, disclosed: Readonly<Record<string, unknown>>): OpenClaims {
  const kind = KIND_NAMES.find((name) => FORMS[name].vct === vct);
  if (!kind) throw invalid('vct');
  const entries = Object.entries(disclosed).map(([sd, value]) => [fieldBySdName.get(sd) ?? sd, value] as const);
  return divide(kind, parseFields(Object.fromEntries(entries), FORMS[kind].fields));
}

/** The health event as far as it was shown, for judging it against a policy. */
export const eventOf = ({ kind, event, person }: OpenClaims): Partial<HealthEvent> & Pick<HealthEvent, 'kind'> =>
  ({ kind, ...readFields({ ...event, ...person }) });

const part = (form: Form, which: 'event' | 'person') => form.fields.filter((name) => FIELDS[name].part === which);

function divide(kind: Kind, fields: Fields): OpenClaims {
  const of = (which: 'event' | 'person'): Fields => Object.fromEntries(Object.entries(fields).filter(([name]) => FIELDS[name as FieldName].part === which)); // keys of Fields
  return { kind, event: of('event'), person: of('person') };
}

function complete(fields: Fields, { required }: Form): Fields {
  for (const names of required) if (names.every((name) => fields[name] === undefined)) throw invalid(names[0]!);
  return fields;
}

const invalid = (field: string) => new HealthpassError('claims-invalid', `the credential has a wrong or missing ${field}`, { field });
