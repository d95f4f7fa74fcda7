// Whether a resource is one of FHIR R4 as HL7 defines it: structure, cardinality, one type of a choice, formats, required bindings, targets of references and invariants.
import { HealthpassError } from '#passport/errors.ts';
import { bundleFaults } from './bundle.ts';
import { invariantsOf, narrativeHolds, type Around } from './invariants.ts';
import { isObject, type FhirResource, type Issue, type JsonObject } from './issue.ts';
import { isInForm, jsonTypeOf } from './primitives.ts';
import { namedTypes, typesByUrl } from './references.ts';
import { isFhirType, isKept, isPrimitive, typeTable, type Property, type TypeTable } from './tables.ts';

/** An input that is wrong everywhere is not described to its end. */
const MAX_ISSUES = 100;
const MAX_DEPTH = 64;
/** Invariants speak of what has the structure of its type; of the rest nothing can be said, and evaluating it is what an attacker would like. */
const STRUCTURE: ReadonlySet<string> = new Set(['type', 'depth', 'cardinality', 'unknown-element', 'ele-1', 'resource-type']);

type Report = (element: string, rule: string, message: string, severity?: Issue['severity']) => void;
/** `depth` counts nested elements; `valued`: what stands beside a primitive whose value is there; `bundled` are the types in the Bundle around; `broken` counts faults of structure so far. */
type Place = Around & { readonly path: string; readonly depth: number; readonly valued: boolean; readonly bundled: ReadonlyMap<string, string> | undefined; readonly report: Report; readonly broken: () => number };

/** Everything that is wrong, in the order in which it was met: at most 100 errors and 100 warnings. A resource is valid when no issue is an `error`. */
export function validateResource(resource: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  const counts = { error: 0, warning: 0 };
  let broken = 0;
  const report: Report = (element, rule, message, severity = 'error') => {
    if (severity === 'error' && STRUCTURE.has(rule)) broken++;
    if (counts[severity]++ < MAX_ISSUES) issues.push({ severity, element, rule, message }); // counted apart: warnings must not crowd out an error
  };
  if (isObject(resource)) walkResource(resource, { path: nameOf(resource), depth: 0, valued: false, resource, container: resource, bundled: undefined, report, broken: () => broken });
  else report('Resource', 'type', 'is not a JSON object');
  return issues;
}

const nameOf = ({ resourceType }: JsonObject): string => (typeof resourceType === 'string' && isFhirType(resourceType) ? resourceType : 'Resource');

/** @throws HealthpassError `fhir-invalid`, whose `field` is the element and whose message ends with the rule */
export function assertValid(resource: unknown): asserts resource is FhirResource {
  const issue = validateResource(resource).find(({ severity }) => severity === 'error');
  if (issue) throw new HealthpassError('fhir-invalid', `${issue.element} ${issue.message} (${issue.rule})`, { field: issue.element });
}

function walkResource(resource: JsonObject, place: Place): void {
  const type = resource['resourceType'];
  if (!isKept(type)) return refuseType(type, resource, place);
  const bundled = type === 'Bundle' ? typesByUrl(resource) : place.bundled;
  if (type === 'Bundle') for (const { at, rule, message } of bundleFaults(resource)) place.report(`${place.path}.${at}`, rule, message);
  if (!haveOwnIds(resource['contained'])) place.report(`${place.path}.contained`, 'contained-id', 'holds two resources of one id');
  walkObject(resource, typeTable(type), [], { ...place, bundled });
}

/** Of two that share an id each reader could take another: FHIR R4 has their ids unique within the container. */
function haveOwnIds(contained: unknown): boolean {
  const ids = Array.isArray(contained) ? contained.flatMap((item: unknown) => (isObject(item) && item['id'] !== undefined ? [item['id']] : [])) : [];
  return new Set(ids).size === ids.length;
}

/** What others send holds bills and more that is no record: in a Bundle it is passed over, unread, and said. */
function refuseType(type: unknown, resource: JsonObject, { path, container, depth, report }: Place): void {
  if (typeof type !== 'string' || !isFhirType(type)) return report(`${path}.resourceType`, 'resource-type', 'is no resource type of FHIR R4');
  const passedOver = depth > 0 && container === resource;
  report(`${path}.resourceType`, 'resource-type', passedOver ? 'is a type that is not kept here; it was not checked' : 'is a type that is not kept here', passedOver ? 'warning' : 'error');
}

const rulesCache = new WeakMap<TypeTable, ReturnType<typeof invariantsOf>>();
const elementRules = new Map<string, ReturnType<typeof invariantsOf>>();

function rulesOf(table: TypeTable, extra: readonly string[]): ReturnType<typeof invariantsOf> {
  const key = extra.length === 0 ? undefined : `${table.name} ${extra.join(' ')}`;
  const known = key === undefined ? rulesCache.get(table) : elementRules.get(key);
  if (known) return known;
  const rules = invariantsOf([...new Set([...table.rules, ...extra])], table);
  if (key === undefined) rulesCache.set(table, rules);
  else elementRules.set(key, rules);
  return rules;
}

function walkObject(value: JsonObject, table: TypeTable, extraRules: readonly string[], place: Place): void {
  const { path, report } = place;
  if (place.depth > MAX_DEPTH) return report(path, 'depth', 'is nested too deep');
  const before = place.broken();
  const keys = Object.keys(value);
  if (keys.length === 0 || (keys.length === 1 && keys[0] === 'id' && !place.valued)) report(path, 'ele-1', 'has neither a value nor children');
  const chosen = new Map<string, string>();
  for (const key of keys) {
    const property = table.properties.get(key);
    if (!property) {
      if (key !== 'resourceType' || value !== place.resource) report(below(path, key), 'unknown-element', 'is no element of this type');
      continue;
    }
    if (value[key] === undefined) continue;
    if (property.element.endsWith('[x]')) checkChoice(chosen, property, key, place);
    walkProperty(value, key, property, place);
  }
  for (const { element, names } of table.needed) {
    if (!names.some((name) => value[name] !== undefined)) report(below(path, element), 'cardinality', 'is missing');
  }
  if (place.broken() !== before) return;
  for (const { key, human, holds } of rulesOf(table, extraRules)) {
    if (!holds(value, place)) report(path, key, `breaks the rule: ${human}`);
  }
}

/** Keys of the input are shown only where they look like names of elements. */
const below = (path: string, key: string): string => `${path}.${/^_?[A-Za-z][A-Za-z0-9_-]{0,63}(\[x\])?$/.test(key) ? key : '?'}`;

function checkChoice(chosen: Map<string, string>, { element }: Property, key: string, { path, report }: Place): void {
  const name = key.startsWith('_') ? key.slice(1) : key;
  const before = chosen.get(element);
  if (before !== undefined && before !== name) report(below(path, element), 'choice', 'has more than one type; only one may be there');
  chosen.set(element, name);
}

function walkProperty(parent: JsonObject, key: string, property: Property, place: Place): void {
  const { report } = place;
  const path = below(place.path, key);
  const value = parent[key];
  if (!property.array) return Array.isArray(value) ? report(path, 'cardinality', 'is a list where one value may be') : walkValue(value, property, path, place, property.beside && isThere(parent[key.slice(1)]));
  if (!Array.isArray(value)) return report(path, 'cardinality', 'is not a list');
  if (value.length === 0) return report(path, 'cardinality', 'is an empty list');
  if (value.length > property.max) report(path, 'cardinality', `has more than ${property.max} values`);
  const partner = isPrimitive(property.type) ? parent[property.beside ? key.slice(1) : `_${key}`] : undefined;
  // of a list of primitives, some may have extensions only, some a value only: null stands for what is not there
  for (let i = 0; i < value.length; i++) {
    const isPaired = Array.isArray(partner) && isThere(partner[i]);
    if (!(value[i] === null && isPaired)) walkValue(value[i], property, `${path}[${i}]`, place, isPaired);
  }
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

/** @param valued of what stands beside a primitive, whether its value is there */
function walkValue(value: unknown, property: Property, path: string, place: Place, valued: boolean): void {
  const { type, binding, targets, rules, beside } = property;
  const { report } = place;
  if (value === null || value === undefined) return report(path, 'type', 'is null');
  if (!isPrimitive(type) || beside) {
    if (!isObject(value)) return report(path, 'type', 'is not an object');
    const inside = { ...place, path, depth: place.depth + 1, valued: beside && valued };
    if (type === 'Resource' || isKept(type)) return walkInner(value, property.element === 'contained', inside);
    walkObject(value, typeTable(beside ? 'Element' : type), beside ? [] : rules, inside);
    if (targets) checkTargets(value, targets, inside);
    if (binding && !beside) checkConcept(value, binding, inside);
    return;
  }
  if (typeof value !== jsonTypeOf(type)) return report(path, 'type', `is not a ${jsonTypeOf(type)}`);
  if (!isInForm(type, value)) return report(path, 'format', `is not in the form of a ${type}`);
  if (type === 'xhtml' && !narrativeHolds(value)) report(path, 'txt-1', 'breaks the rule: the narrative holds only the allowed formatting, and says something');
  if (binding && !binding.accepts(value as string)) report(path, 'binding', `is no code of the required value set ${binding.name}`); // bound primitives are codes
}

/** What is contained shares the container's names; a resource in a Bundle is a container of its own. */
const walkInner = (resource: JsonObject, contained: boolean, place: Place): void =>
  walkResource(resource, { ...place, resource, container: contained ? place.container : resource });

function checkTargets(value: JsonObject, targets: ReadonlySet<string>, place: Place): void {
  if (namedTypes(value, place).some((type) => !targets.has(type))) place.report(`${place.path}.reference`, 'reference-target', `does not lead to ${[...targets].join(' or ')}`);
}

function checkConcept(value: JsonObject, { name, accepts }: NonNullable<Property['binding']>, { path, report }: Place): void {
  const codings = Array.isArray(value['coding']) ? value['coding'] : [value];
  const fits = codings.some((coding: unknown) => isObject(coding) && typeof coding['code'] === 'string' && accepts(coding['code'], typeof coding['system'] === 'string' ? coding['system'] : ''));
  if (!fits) report(path, 'binding', `has no code of the required value set ${name}`);
}
