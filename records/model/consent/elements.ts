// What both halves of reading a Consent need: that an element has nothing that nobody looks at, and codes, people and times as consents write them.
import { child, codings, failAt, isPresent, required, text, type Element } from '#formats/fhir/element.ts';
import type { Address } from '../members.ts';
import { stretchOf } from './days.ts';
import { decodeIdentity } from './references.ts';
import type { Coding } from './terms.ts';

/** Safe to pass over by FHIR R4 itself, wherever they stand (2.4.1: an extension never changes what an element means). */
const PASSED_OVER = ['id', 'extension'];

/** @throws HealthpassError `fhir-unsupported` for whatever else is said there */
export function assertOnly(parent: Element, names: readonly string[]): void {
  const other = Object.keys(parent.value).find((name) => !names.includes(name) && !PASSED_OVER.includes(name));
  if (other !== undefined) throw failAt('fhir-unsupported', /^\w{1,40}$/.test(other) ? `${parent.at}.${other}` : parent.at, 'says something that is not enforced');
}

const isSame = (a: Coding, b: Coding): boolean => a.system === b.system && a.code === b.code;

/** @throws HealthpassError `fhir-unsupported` unless the concept is coded with it */
export function assertCoded(concept: Element, expected: Coding): void {
  if (!codings(concept).some((coding) => isSame(coding, expected))) throw failAt('fhir-unsupported', concept.at, `is not ${expected.code}`);
}

/** The one code of a Coding whose meaning the table knows. */
export function meaningOf<T>(coding: Element, table: readonly (readonly [Coding, T])[]): T {
  const said = { system: text(coding, 'system') ?? '', code: required(text(coding, 'code'), coding, 'code') };
  const known = table.find(([other]) => isSame(other, said));
  if (known === undefined) throw failAt('fhir-code-unknown', coding.at, 'is not a code that is enforced');
  return known[1];
}

/** What a Reference says; a display is for people and passed over. */
export function referenceOf(reference: Element): string {
  assertOnly(reference, ['reference', 'type', 'display']);
  return required(text(reference, 'reference'), reference, 'reference');
}

/** A member or a patient of this chain. @throws HealthpassError `fhir-unsupported` for anybody else */
export function identityOf(reference: Element, chainId: number): Address {
  const identity = decodeIdentity(referenceOf(reference));
  if (identity?.chainId !== chainId) throw failAt('fhir-unsupported', `${reference.at}.reference`, 'is not a did:ethr of this chain');
  return identity.address;
}

/** A Period in seconds, half-open; FHIR's end is included as far as it is precise. */
export function periodOf(parent: Element, name: string): { readonly from?: number; readonly until?: number } | undefined {
  const period = child(parent, name);
  if (!period) return undefined;
  assertOnly(period, ['start', 'end']);
  const stretch = (bound: string) => {
    const said = text(period, bound);
    const found = said === undefined ? undefined : stretchOf(said);
    if (said !== undefined && !found) throw failAt('fhir-unsupported', `${period.at}.${bound}`, 'is neither a day nor a second with its zone');
    return found;
  };
  const [start, end] = [stretch('start'), stretch('end')];
  return { ...(start && { from: start.from }), ...(end && { until: end.until }) };
}

/** @throws HealthpassError `fhir-unsupported` when it is there at all */
export function assertAbsent(parent: Element, name: string, why: string): void {
  if (isPresent(parent, name)) throw failAt('fhir-unsupported', `${parent.at}.${name}`, why);
}
