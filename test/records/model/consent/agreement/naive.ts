// What a Consent permits, read straight from its FHIR JSON by the words of FHIR R4 and IHE PCF, as slowly and plainly as can be. It knows nothing of policies,
// words, bits or keys, and shares no line with what it checks.
import type { AccessRequest } from '#records/model/consent/index.ts';
import type { Json, Patient } from './random.ts';

type Coded = { readonly code: string };
type Provision = {
  readonly type: 'permit' | 'deny';
  readonly period?: { readonly start?: string; readonly end?: string };
  readonly actor?: readonly { readonly reference: { readonly reference: string } }[];
  readonly purpose?: readonly Coded[];
  readonly dataPeriod?: { readonly start?: string; readonly end?: string };
  readonly data?: readonly { readonly meaning: string; readonly reference: { readonly reference: string } }[];
  readonly modifierExtension?: readonly { readonly url: string; readonly valueCoding: Coded }[];
  readonly provision?: readonly Provision[];
};

export const provisionOf = (json: Json): Provision => json.provision as Provision;
const coded = (provision: Provision, name: string) => (provision.modifierExtension ?? []).filter(({ url }) => url.endsWith(name)).map(({ valueCoding }) => valueCoding.code);

/** Whether the patient, by all that stands on chain, lets this happen. */
export function isPermitted({ consents }: Pick<Patient, 'consents'>, request: AccessRequest): boolean {
  const concerned = consents.filter(({ json }) => concerns(provisionOf(json), request));
  if (concerned.some(({ onChain }) => onChain === 'changed')) return false;
  const said = concerned.filter(({ onChain }) => onChain === 'stands').map(({ json }) => saysOf(provisionOf(json), request));
  return said.includes('permit') && !said.includes('deny');
}

/** The recipient is one who asks. */
const concerns = ({ actor }: Provision, request: AccessRequest): boolean => isAsking(actor![0]!.reference.reference, request);
const isAsking = (did: string, { person, organisation }: AccessRequest): boolean => did.endsWith(person) || (organisation !== undefined && did.endsWith(organisation));

export function saysOf(provision: Provision, request: AccessRequest): 'permit' | 'deny' | 'nothing' {
  const actions = coded(provision, ':action');
  if (!(actions.length > 0 ? actions : ['access']).includes(request.action === 'read' ? 'access' : 'collect')) return 'nothing';
  if (!isInTime(provision, request) || !isForPurpose(provision, request) || !isInCategory(provision, request)) return 'nothing';
  if (request.action === 'write' ? provision.type === 'deny' && namesData(provision) : !isAboutRecord(provision, request)) return 'nothing';
  const exception = (provision.provision ?? []).find((nested) => isException(nested, request));
  return exception ? exception.type : provision.type;
}

function isException(nested: Provision, request: AccessRequest): boolean {
  if (nested.actor && !nested.actor.some(({ reference }) => isAsking(reference.reference, request))) return false;
  if (!isInTime(nested, request) || !isForPurpose(nested, request) || !isInCategory(nested, request)) return false;
  return request.action === 'write' ? !namesData(nested) : isAboutRecord(nested, request);
}

/** FHIR's Period: both ends belong to it, a day from its first second to its last. */
export function isInTime({ period = {} }: Provision, { time }: AccessRequest): boolean {
  const instant = (text: string, ofDay: string) => Date.parse(text.includes('T') ? text : `${text}T${ofDay}Z`);
  if (period.start !== undefined && time * 1000 < instant(period.start, '00:00:00')) return false;
  return period.end === undefined || time * 1000 <= instant(period.end, '23:59:59');
}

export const isForPurpose = ({ purpose }: Provision, request: AccessRequest): boolean => purpose === undefined || purpose.some(({ code }) => code === request.purpose);

function isInCategory(provision: Provision, { record }: AccessRequest): boolean {
  const categories = coded(provision, ':category');
  if (categories.length > 0) return categories.includes(record.category);
  return provision.type === 'deny' || record.category !== 'sensitive';
}

const namesData = ({ data, dataPeriod }: Provision): boolean => data !== undefined || dataPeriod !== undefined;

function isAboutRecord({ data, dataPeriod = {} }: Provision, request: AccessRequest): boolean {
  if (request.action !== 'read') throw new TypeError('a record is read');
  const { id, date, author } = request.record;
  if (dataPeriod.start !== undefined && Date.parse(date) < Date.parse(dataPeriod.start)) return false;
  if (dataPeriod.end !== undefined && Date.parse(date) > Date.parse(dataPeriod.end)) return false;
  if (data === undefined) return true;
  return data.some(({ meaning, reference: { reference } }) => (meaning === 'instance' ? reference.replaceAll('-', '') === `urn:uuid:${id}` : reference.endsWith(`:${author}`)));
}

/** What is asked as keys are released, of one consent: all but what keys carry, which is what concerns the record alone. */
export function isReleased(provision: Provision, request: AccessRequest): boolean {
  if (!concerns(provision, request) || !isInTime(provision, request) || !isForPurpose(provision, request)) return false;
  const nested = provision.provision ?? [];
  if (provision.type === 'deny') return nested.some((exception) => isException(exception, request));
  return !nested.some((exception) => (exception.purpose ?? exception.actor ?? exception.period) !== undefined && isException(exception, request));
}

/** Whether this consent denies the record to the recipient of the other, whoever of it asks, why and whenever the other holds. */
export function deniesForGood(denial: Provision, other: Provision, request: AccessRequest): boolean {
  const actions = coded(denial, ':action');
  const edge = (text: string, ofDay: string) => Date.parse(text.includes('T') ? text : `${text}T${ofDay}Z`);
  return denial.type === 'deny' && denial.purpose === undefined && denial.provision === undefined && (actions.length === 0 || actions.includes('access'))
    && denial.actor![0]!.reference.reference === other.actor![0]!.reference.reference
    && edge(denial.period!.start!, '00:00:00') <= edge(other.period!.start!, '00:00:00') && edge(denial.period!.end!, '23:59:59') >= edge(other.period!.end!, '23:59:59')
    && isInCategory(denial, request) && isAboutRecord(denial, request);
}
