// FHIR R4 Immunization: a dose that was given.
import { diseaseByCoding, resolveProduct, snomedOf, type Product } from '#passport/codes/index.ts';
import type { HealthEvent } from '#passport/event.ts';
import { subjectOf, type Context } from './context.ts';
import { assertNoModifier, child, children, codings, failAt, flag, isPresent, required, text, type Element } from './element.ts';
import { parseEventTime } from './event-time.ts';
import { placeOf } from './place.ts';

/** @throws HealthpassError naming the element that keeps the dose from being attested */
export function parseImmunization(resource: Element, context: Context): HealthEvent {
  const person = subjectOf(resource, 'patient', context);
  assertNoModifier(resource);
  if (text(resource, 'status') !== 'completed') throw failAt('fhir-status', 'Immunization.status', 'is not completed');
  if (flag(resource, 'isSubpotent')) throw failAt('fhir-unsupported', 'Immunization.isSubpotent', 'says that the dose was too weak to count');
  const occurrence = text(resource, 'occurrenceDateTime');
  if (occurrence === undefined && isPresent(resource, 'occurrenceString')) {
    throw failAt('fhir-unsupported', 'Immunization.occurrenceString', 'does not say when in a form that can be read: give occurrenceDateTime');
  }
  const product = readProduct(required(child(resource, 'vaccineCode'), resource, 'vaccineCode'));
  const performers = children(resource, 'performer');
  assertNoModifier(...performers);
  return {
    kind: 'vaccination',
    // one disease is stated where the product leaves no choice; a combination is named by its product alone
    disease: product.against.length === 1 ? snomedOf(product.against[0]!) : 0n,
    product: product.index,
    ...readDoses(children(resource, 'protocolApplied'), product),
    time: parseEventTime(required(occurrence, resource, 'occurrenceDateTime'), 'Immunization.occurrenceDateTime', { now: context.now, dayEnd: 'last-second' }),
    test: 0,
    result: 'none',
    ...placeOf(resource, performers.map((performer) => child(performer, 'actor')), context),
    lot: text(resource, 'lotNumber', 100),
    person,
  };
}

function readProduct(vaccineCode: Element): Product {
  const product = resolveProduct(codings(vaccineCode));
  if (product === 'unknown') throw failAt('fhir-code-unknown', vaccineCode.at, 'has no code that the product table knows');
  if (product === 'ambiguous') throw failAt('fhir-invalid', vaccineCode.at, 'has codes of different products');
  return product;
}

/**
 * Dose number and length of the series. A combination may count differently for each of its diseases: the smallest dose number and the
 * longest series stand, so that no series looks further along than it is.
 */
function readDoses(protocols: readonly Element[], product: Product): { dose: number; series: number } {
  assertNoModifier(...protocols);
  for (const protocol of protocols) assertTargets(protocol, product);
  const doses = protocols.flatMap((protocol) => readCount(protocol, 'doseNumber'));
  const series = protocols.flatMap((protocol) => readCount(protocol, 'seriesDoses'));
  return { dose: doses.length === 0 ? 0 : Math.min(...doses), series: series.length === 0 ? 0 : Math.max(...series) };
}

/** `…PositiveInt`, or `…String` where it is a number; words such as "Booster" say no number. */
function readCount(protocol: Element, name: 'doseNumber' | 'seriesDoses'): number[] {
  const at = `${protocol.at}.${name}PositiveInt`;
  const written = protocol.value[`${name}PositiveInt`];
  if (written === undefined) {
    const words = text(protocol, `${name}String`, 100);
    return words !== undefined && /^[1-9][0-9]{0,2}$/.test(words) ? [inRange(Number(words), `${protocol.at}.${name}String`)] : [];
  }
  if (typeof written !== 'number' || !Number.isInteger(written)) throw failAt('fhir-invalid', at, 'is not a positive integer');
  return [inRange(written, at)];
}

function inRange(count: number, at: string): number {
  if (count < 1 || count > 255) throw failAt('fhir-invalid', at, 'is not an integer from 1 to 255');
  return count;
}

/** A record that gives a product against none of the diseases that it says it is for contradicts itself. */
function assertTargets(protocol: Element, product: Product): void {
  const targets = children(protocol, 'targetDisease').flatMap((concept) => codings(concept)).map(diseaseByCoding).filter((disease) => disease !== undefined);
  if (targets.length > 0 && !targets.some((disease) => product.against.includes(disease.id))) {
    throw failAt('fhir-invalid', `${protocol.at}.targetDisease`, 'is no disease that the vaccine is against');
  }
}
