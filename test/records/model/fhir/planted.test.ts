// Mistakes planted into the least resource of each type that is kept, as the tables of FHIR have it: each is refused by its element and its rule.
import { describe, expect, test } from 'vitest';
import { RESOURCE_TYPES, validateResource } from '#records/model/fhir/index.ts';
import { TABLES } from '#records/model/fhir/generated/tables.ts';
import { isPrimitive, typeTable, type Property } from '#records/model/fhir/tables.ts';

type Json = Record<string, unknown>;
const errorsOf = (resource: Json): string[] => validateResource(resource).filter(({ severity }) => severity === 'error').map(({ element, rule }) => `${element} ${rule}`);
const PRIMITIVES: Readonly<Record<string, unknown>> = {
  boolean: true, integer: 1, positiveInt: 1, unsignedInt: 1, decimal: 1, date: '2025-01-01', dateTime: '2025-01-01', instant: '2025-01-01T00:00:00Z', uri: 'urn:a', url: 'urn:a', canonical: 'urn:a', code: 'a', id: 'a', string: 'a', markdown: 'a',
};
/** What invariants ask beyond the elements that are needed. */
const BESIDES: Readonly<Record<string, Json>> = {
  AllergyIntolerance: { clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] } }, Appointment: { status: 'proposed' }, Consent: { policy: [{ uri: 'urn:a' }] },
  Bundle: { type: 'collection' }, Organization: { name: 'a' },
};
const INSIDE: Readonly<Record<string, Json>> = { 'Appointment.participant': { type: [{ text: 'a' }] }, 'ImmunizationRecommendation.recommendation': { vaccineCode: [{ text: 'a' }] } };
const FILLER = { extension: [{ url: 'urn:a', valueBoolean: true }] };

const codeOf = (name: string): { system: string; code: string } | undefined => {
  const codes = TABLES.codes[name]!;
  return typeof codes === 'string' ? undefined : Object.entries(codes).map(([system, list]) => ({ system, code: list.split(' ')[0]! }))[0];
};

function valueOf({ type, targets, binding }: Property): unknown {
  const bound = binding && codeOf(binding.name);
  if (isPrimitive(type)) return bound?.code ?? (binding ? 'text/plain' : PRIMITIVES[type]);
  if (type === 'Reference') return { reference: `${targets ? [...targets][0]! : 'Patient'}/1` };
  if (bound) return type === 'Coding' ? bound : { coding: [bound] };
  return leastOf(type, INSIDE[type] ?? FILLER);
}

function leastOf(type: string, besides: Json): Json {
  const { properties, needed } = typeTable(type);
  const own = needed.map(({ names: [name] }) => {
    const property = properties.get(name!)!;
    return [name!, property.array ? [valueOf(property)] : valueOf(property)] as const;
  });
  return { ...besides, ...Object.fromEntries(own), ...BESIDES[type] };
}

describe('validateResource, of mistakes that are planted', () => {
  test.each(RESOURCE_TYPES)('%s', (type) => {
    const least = { ...leastOf(type, {}), resourceType: type, language: 'en' };
    expect(errorsOf(least)).toEqual([]);
    const { properties, needed } = typeTable(type);
    expect(errorsOf({ ...least, colour: 'red' })).toContain(`${type}.colour unknown-element`);
    expect(errorsOf({ ...least, id: 'a_b' })).toContain(`${type}.id format`);
    expect(errorsOf({ ...least, language: ['en'] })).toContain(`${type}.language cardinality`);
    for (const { element, names } of needed) {
      const without = Object.fromEntries(Object.entries(least).filter(([name]) => !names.includes(name)));
      expect(errorsOf(without)).toContain(`${type}.${element} cardinality`);
    }
    for (const [name, property] of properties) {
      if (property.beside) continue;
      const at = `${type}.${name}${property.array ? '[0]' : ''}`;
      const broken = (value: unknown) => errorsOf({ ...least, [name]: property.array ? [value] : value });
      expect(broken(null)).toContain(`${at} type`);
      if (property.binding && property.type === 'code') expect(broken('no such code')).toContain(`${at} binding`);
      if (property.binding && property.type === 'CodeableConcept') expect(broken({ coding: [{ system: 'urn:a', code: 'a' }] })).toContain(`${at} binding`);
      if (property.targets && !property.targets.has('Bundle')) expect(broken({ reference: 'Bundle/1' })).toContain(`${at}.reference reference-target`);
    }
  });
});
