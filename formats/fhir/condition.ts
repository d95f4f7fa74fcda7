// FHIR R4 Condition: a disease that was confirmed and is over.
import { diseaseByCoding } from '#passport/codes/index.ts';
import type { HealthEvent } from '#passport/event.ts';
import { subjectOf, type Context } from './context.ts';
import { assertNoModifier, child, failAt, isCoded, isPresent, oneMeaning, required, text, type Element } from './element.ts';
import { parseEventTime } from './event-time.ts';
import { placeOf } from './place.ts';

export const CLINICAL_STATUS = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
export const VERIFICATION_STATUS = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

/** @throws HealthpassError naming the element that keeps the recovery from being attested */
export function parseCondition(resource: Element, context: Context): HealthEvent {
  const person = subjectOf(resource, 'subject', context);
  assertNoModifier(resource);
  assertStatus(resource, 'clinicalStatus', CLINICAL_STATUS, ['resolved', 'remission', 'inactive'], 'does not say that the disease is over');
  assertStatus(resource, 'verificationStatus', VERIFICATION_STATUS, ['confirmed'], 'is not confirmed');
  const disease = oneMeaning(required(child(resource, 'code'), resource, 'code'), diseaseByCoding, Object.is);
  return {
    kind: 'recovery', disease: disease.snomed, product: 0, dose: 0, series: 0,
    time: readOnset(resource, context.now),
    test: 0,
    result: 'none',
    ...placeOf(resource, [], context),
    lot: undefined,
    person,
  };
}

/** Every code of the status must be a good one: a status that says two things says nothing. */
function assertStatus(resource: Element, name: string, system: string, good: readonly string[], what: string): void {
  const status = child(resource, name);
  const bad = ['active', 'recurrence', 'relapse', 'unconfirmed', 'provisional', 'differential', 'refuted', 'entered-in-error'];
  if (!status || !isCoded(status, system, good) || isCoded(status, system, bad)) throw failAt('fhir-status', `Condition.${name}`, what);
}

/** The onset stands for the first positive finding. */
function readOnset(resource: Element, now: number) {
  const onset = text(resource, 'onsetDateTime');
  if (onset === undefined && ['onsetAge', 'onsetPeriod', 'onsetRange', 'onsetString'].some((name) => isPresent(resource, name))) {
    throw failAt('fhir-unsupported', 'Condition.onset', 'is not a date: give onsetDateTime');
  }
  return parseEventTime(required(onset, resource, 'onsetDateTime'), 'Condition.onsetDateTime', { now, dayEnd: 'last-second' });
}
