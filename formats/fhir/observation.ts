// FHIR R4 laboratory Observation: a test with the answer yes or no.
import { observationByCoding, resultByCoding, type AttestedResult, type ObservationCode } from '#passport/codes/index.ts';
import type { HealthEvent } from '#passport/event.ts';
import { subjectOf, type Context } from './context.ts';
import { assertNoModifier, child, children, codings, failAt, isCoded, isPresent, oneMeaning, required, text, type Element } from './element.ts';
import { parseEventTime, type DayEnd } from './event-time.ts';
import { placeOf } from './place.ts';

export const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const FINISHED = ['final', 'amended', 'corrected'];

/**
 * The end of its day that stands for a test of unknown time: the beginning for a negative one, which is good for a short while, the end for
 * a positive one, which counts after a while.
 */
export const dayEndOf = (result: AttestedResult): DayEnd => (result === 'notDetected' ? 'first-second' : 'last-second');

/** @throws HealthpassError naming the element that keeps the test from being attested */
export function parseObservation(resource: Element, context: Context): HealthEvent {
  const person = subjectOf(resource, 'subject', context);
  assertNoModifier(resource);
  if (!children(resource, 'category').some((category) => isCoded(category, OBSERVATION_CATEGORY, ['laboratory']))) {
    throw failAt('fhir-unsupported', 'Observation.category', 'is not laboratory');
  }
  if (!FINISHED.includes(text(resource, 'status') ?? '')) throw failAt('fhir-status', 'Observation.status', 'is not final, amended or corrected');
  const { test, disease } = readCode(required(child(resource, 'code'), resource, 'code'));
  const result = readResult(resource);
  return {
    kind: 'test', disease, product: 0, dose: 0, series: 0,
    time: readTime(resource, context.now, dayEndOf(result)),
    test,
    result,
    ...placeOf(resource, children(resource, 'performer'), context),
    lot: undefined,
    person,
  };
}

const readCode = (code: Element): ObservationCode =>
  oneMeaning(code, observationByCoding, (a, b) => a.test === b.test && a.disease === b.disease);

function readTime(resource: Element, now: number, dayEnd: DayEnd) {
  const instant = text(resource, 'effectiveInstant');
  if (instant !== undefined) return parseEventTime(instant, 'Observation.effectiveInstant', { now, dayEnd });
  const dateTime = text(resource, 'effectiveDateTime');
  if (dateTime === undefined && (isPresent(resource, 'effectivePeriod') || isPresent(resource, 'effectiveTiming'))) {
    throw failAt('fhir-unsupported', 'Observation.effective', 'is not a moment: give effectiveDateTime');
  }
  return parseEventTime(required(dateTime, resource, 'effectiveDateTime'), 'Observation.effectiveDateTime', { now, dayEnd });
}

/** Value and interpretation, of which at least one must answer and both must agree. */
function readResult(resource: Element): AttestedResult {
  if (isPresent(resource, 'dataAbsentReason')) throw failAt('fhir-invalid', 'Observation.dataAbsentReason', 'says that there is no result');
  const value = child(resource, 'valueCodeableConcept');
  const fromValue = value && oneMeaning(value, resultByCoding, Object.is);
  const interpretations = children(resource, 'interpretation');
  const fromInterpretation = interpretations.flatMap((concept) => codings(concept)).map(resultByCoding).filter((result) => result !== undefined);
  const results = [...(fromValue ? [fromValue] : []), ...fromInterpretation];
  const [first] = results;
  if (first === undefined) {
    const at = interpretations.length > 0 ? 'Observation.interpretation' : 'Observation.valueCodeableConcept';
    throw failAt('fhir-code-unknown', at, 'does not say detected or not detected');
  }
  if (results.some((result) => result !== first)) throw failAt('fhir-invalid', 'Observation.interpretation', 'contradicts the value or itself');
  return first;
}
