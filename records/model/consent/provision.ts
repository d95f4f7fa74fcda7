// Reads Consent.provision and its exceptions, one level deep.
import type { UnixSeconds } from '#passport';
import { child, children, failAt, items, required, text, type Element } from '#formats/fhir/element.ts';
import type { Address } from '../members.ts';
import { PURPOSE_SYSTEM, PURPOSES } from '../purposes.ts';
import { CATEGORIES, type FhirDay, type RecordId } from '../record.ts';
import { EXCEPTIONS_MAX } from './canonical.ts';
import { isDay } from './days.ts';
import { assertAbsent, assertCoded, assertOnly, identityOf, meaningOf, periodOf, referenceOf } from './elements.ts';
import { ACTIONS, oppositeOf, type Action, type Author, type Effect, type Exception, type Narrowing, type Policy } from './policy.ts';
import { decodeRecordId, PATIENT_AUTHOR } from './references.ts';
import { ACTION_EXTENSION, actionCoding, CATEGORY_EXTENSION, categoryCoding, RECIPIENT } from './terms.ts';

/** What the patient chose: a policy that nobody has checked against its grant. */
export type Choices = Omit<Policy, 'version'>;

const PURPOSE_CODES = PURPOSES.map((code) => [{ system: PURPOSE_SYSTEM, code }, code] as const);
const CATEGORY_CODES = CATEGORIES.map((category) => [categoryCoding(category), category] as const);
const ACTION_CODES = ACTIONS.map((action) => [actionCoding(action), action] as const);
const NAMES = ['type', 'period', 'actor', 'purpose', 'dataPeriod', 'data', 'provision', 'modifierExtension'];

/** @throws HealthpassError `fhir-invalid`, `fhir-unsupported`, `fhir-code-unknown` */
export function parseBaseProvision(provision: Element, chainId: number): Choices {
  assertOnly(provision, NAMES);
  const effect = effectOf(provision);
  const period = periodOf(provision, 'period');
  if (period?.from === undefined || period.until === undefined) throw failAt('fhir-unsupported', `${provision.at}.period`, 'has not both a start and an end');
  if (items(provision, 'actor').length !== 1) throw failAt('fhir-unsupported', `${provision.at}.actor`, 'is not one recipient');
  if (items(provision, 'provision').length > EXCEPTIONS_MAX) throw failAt('fhir-unsupported', `${provision.at}.provision`, `has more than ${EXCEPTIONS_MAX} exceptions`);
  return {
    effect,
    recipient: actorsOf(provision, chainId)![0]!,
    actions: modifiers(provision, ACTION_EXTENSION, ACTION_CODES) ?? (['read'] satisfies Action[]),
    from: period.from as UnixSeconds,
    until: period.until as UnixSeconds,
    ...narrowingOf(provision, chainId),
    exceptions: children(provision, 'provision').map((nested) => exceptionOf(nested, oppositeOf(effect), chainId)),
  };
}

function exceptionOf(nested: Element, expected: Effect, chainId: number): Exception {
  assertAbsent(nested, 'provision', 'is an exception to an exception');
  assertOnly(nested, NAMES);
  if (effectOf(nested) !== expected) throw failAt('fhir-unsupported', `${nested.at}.type`, 'is no exception: it says what the provision around it says');
  if (modifiers(nested, ACTION_EXTENSION, ACTION_CODES)) throw failAt('fhir-unsupported', `${nested.at}.modifierExtension`, 'limits an exception to an action');
  if (items(nested, 'data').length > 1) throw failAt('fhir-unsupported', `${nested.at}.data`, 'names more than one');
  const [actors, period] = [actorsOf(nested, chainId), periodOf(nested, 'period')];
  return { ...narrowingOf(nested, chainId), ...(actors && { actors }), ...(period && { period: period as NonNullable<Exception['period']> }) };
}

function effectOf(provision: Element): Effect {
  const type = required(text(provision, 'type'), provision, 'type');
  if (type !== 'permit' && type !== 'deny') throw failAt('fhir-invalid', `${provision.at}.type`, 'is neither permit nor deny');
  return type;
}

function actorsOf(provision: Element, chainId: number): Address[] | undefined {
  const actors = children(provision, 'actor').map((actor) => {
    assertOnly(actor, ['role', 'reference']);
    assertCoded(required(child(actor, 'role'), actor, 'role'), RECIPIENT);
    return identityOf(required(child(actor, 'reference'), actor, 'reference'), chainId);
  });
  return actors.length > 0 ? actors : undefined;
}

function narrowingOf(provision: Element, chainId: number): Narrowing {
  const purposes = children(provision, 'purpose').map((purpose) => meaningOf(purpose, PURPOSE_CODES));
  const categories = modifiers(provision, CATEGORY_EXTENSION, CATEGORY_CODES);
  const dataPeriod = dataPeriodOf(provision);
  return { ...(purposes.length > 0 && { purposes }), ...(categories && { categories }), ...(dataPeriod && { dataPeriod }), ...dataOf(provision, chainId) };
}

function dataPeriodOf(provision: Element): Narrowing['dataPeriod'] {
  const period = child(provision, 'dataPeriod');
  if (!period) return undefined;
  assertOnly(period, ['start', 'end']);
  const day = (bound: string): FhirDay | undefined => {
    const said = text(period, bound);
    if (said !== undefined && !isDay(said)) throw failAt('fhir-unsupported', `${period.at}.${bound}`, 'is not a day');
    return said;
  };
  const [from, until] = [day('start'), day('end')];
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

/** By id or by author. `related` and `dependents` would need the gateway to know what records say. */
function dataOf(provision: Element, chainId: number): Pick<Narrowing, 'records' | 'authors'> {
  const records: RecordId[] = [];
  const authors: Author[] = [];
  for (const data of children(provision, 'data')) {
    assertOnly(data, ['meaning', 'reference']);
    const reference = required(child(data, 'reference'), data, 'reference');
    const meaning = text(data, 'meaning');
    if (meaning === 'instance') records.push(recordOf(reference));
    else if (meaning === 'authoredby') authors.push(referenceOf(reference) === PATIENT_AUTHOR ? 'patient' : identityOf(reference, chainId));
    else throw failAt('fhir-unsupported', `${data.at}.meaning`, 'is neither instance nor authoredby');
  }
  if (records.length > 0 && authors.length > 0) throw failAt('fhir-unsupported', `${provision.at}.data`, 'names both records and authors');
  return { ...(records.length > 0 && { records }), ...(authors.length > 0 && { authors }) };
}

function recordOf(reference: Element): RecordId {
  const id = decodeRecordId(referenceOf(reference));
  if (id === undefined) throw failAt('fhir-unsupported', `${reference.at}.reference`, 'is not the id of a record');
  return id;
}

/** The codes of our modifier extensions of this name. @throws HealthpassError `fhir-unsupported` for one that nobody knows */
function modifiers<T>(provision: Element, url: string, table: Parameters<typeof meaningOf<T>>[1]): T[] | undefined {
  const extensions = children(provision, 'modifierExtension');
  const unknown = extensions.find((extension) => ![CATEGORY_EXTENSION, ACTION_EXTENSION].includes(text(extension, 'url') ?? ''));
  if (unknown) throw failAt('fhir-unsupported', unknown.at, 'may change the meaning of the consent');
  const named = extensions.filter((extension) => text(extension, 'url') === url).map((extension) => {
    assertOnly(extension, ['url', 'valueCoding']);
    return meaningOf(required(child(extension, 'valueCoding'), extension, 'valueCoding'), table);
  });
  return named.length > 0 ? named : undefined;
}
