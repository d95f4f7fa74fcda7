// What FHIR says of a type, out of the compact tables: each type is read when it is first met.
import { TABLES } from './generated/tables.ts';

/** As generate.ts writes them. An element: `min..max type,type @binding !rule!rule`; a type `#Path` is an element of its own, `Reference(A|B)` names its targets, `Quantity:Profile` a profiled quantity. */
export type Tables = {
  readonly types: Readonly<Record<string, { readonly rules?: string; readonly elements: Readonly<Record<string, string>> }>>;
  readonly invariants: Readonly<Record<string, readonly [expression: string, human: string]>>;
  /** Codes by system, or what an open system's codes look like. */
  readonly codes: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly resources: string;
  readonly known: string;
};

export type Binding = { readonly name: string; readonly accepts: (code: string, system?: string) => boolean };
export type Property = {
  /** As its element is named: `value[x]`, `status`. */
  readonly element: string;
  /** Name of its type in these tables (`Observation.component`, `SimpleQuantity`), or of a primitive. */
  readonly type: string;
  readonly array: boolean;
  readonly max: number;
  readonly targets: ReadonlySet<string> | undefined;
  readonly binding: Binding | undefined;
  readonly rules: readonly string[];
  /** `_birthDate`: what stands beside a primitive. */
  readonly beside: boolean;
};
export type TypeTable = {
  readonly name: string;
  /** As FHIRPath calls it: `ObservationComponent`. */
  readonly pathName: string;
  readonly properties: ReadonlyMap<string, Property>;
  /** Elements that must be there, each with the names it may have in JSON. */
  readonly needed: readonly { readonly element: string; readonly names: readonly string[] }[];
  readonly rules: readonly string[];
};

/** Types that stand in a record, a Bundle or a contained resource. */
export const RESOURCE_TYPES: readonly string[] = TABLES.resources.split(' ');
export const isKept = (() => {
  const kept = new Set(RESOURCE_TYPES);
  return (type: unknown): type is string => typeof type === 'string' && kept.has(type);
})();
/** Every resource type of FHIR R4, kept here or not. */
export const isFhirType = (() => {
  const known = new Set(TABLES.known.split(' '));
  return (type: string): boolean => known.has(type);
})();

const read = new Map<string, TypeTable>();

/** @throws TypeError for a type that no element of the tables has */
export function typeTable(name: string): TypeTable {
  const known = read.get(name);
  if (known) return known;
  if (!Object.hasOwn(TABLES.types, name)) throw new TypeError('the tables name a type that they lack');
  const table = readType(name);
  read.set(name, table);
  return table;
}

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function readType(name: string): TypeTable {
  const { rules, elements } = TABLES.types[name]!;
  const properties = new Map<string, Property>();
  const needed: TypeTable['needed'][number][] = [];
  for (const [element, text] of Object.entries(elements)) {
    const [cardinality, kinds, ...rest] = text.split(' ') as [string, string, ...string[]]; // as generate.ts writes it
    const [least, most] = cardinality.split('..') as [string, string];
    const names = kinds.split(/,(?![^(]*\))/).flatMap((kind) => {
      const [code, argument = ''] = kind.split(/[:(]/) as [string, string?];
      const json = element.endsWith('[x]') ? element.slice(0, -3) + capitalise(code) : element;
      const property: Property = {
        element, array: most === '*' || Number(most) > 1, max: most === '*' ? Infinity : Number(most), beside: false,
        type: code.startsWith('#') ? code.slice(1) : kind.includes(':') ? argument : code,
        targets: kind.includes('(') ? new Set(argument.slice(0, -1).split('|')) : undefined,
        binding: bindingOf(rest.find((part) => part.startsWith('@'))?.slice(1)), rules: rest.find((part) => part.startsWith('!'))?.slice(1).split('!') ?? [],
      };
      properties.set(json, property);
      if (!isPrimitive(property.type)) return [json];
      properties.set(`_${json}`, { ...property, beside: true });
      return [json, `_${json}`];
    });
    if (Number(least) > 0) needed.push({ element, names });
  }
  const pathName = name === 'SimpleQuantity' || name === 'MoneyQuantity' ? 'Quantity' : name.split('.').map(capitalise).join('');
  return { name, pathName, properties, needed, rules: rules?.split(' ') ?? [] };
}

/** Primitive types begin with a small letter; elements of their own and data types do not. */
export const isPrimitive = (type: string): boolean => type.charCodeAt(0) >= 97;

const bindings = new Map<string, Binding>();

function bindingOf(name: string | undefined): Binding | undefined {
  if (name === undefined) return undefined;
  const known = bindings.get(name);
  if (known) return known;
  const codes = TABLES.codes[name]!;
  const binding = { name, accepts: typeof codes === 'string' ? OPEN[codes]! : fromList(codes) };
  bindings.set(name, binding);
  return binding;
}

function fromList(codes: Readonly<Record<string, string>>): Binding['accepts'] {
  const bySystem = new Map(Object.entries(codes).map(([system, list]) => [system, new Set(list.split(' '))]));
  const all = new Set([...bySystem.values()].flatMap((list) => [...list]));
  return (code, system) => (system === undefined ? all : bySystem.get(system))?.has(code) ?? false;
}

/**
 * RFC 6838, 4.2, with parameters, whose values FHIR's own examples leave unquoted whatever is in them; ISO 4217: three letters.
 * No value ends with a space: one before a semicolon that could be of either would double the time that each parameter takes.
 */
const OPEN: Readonly<Record<string, Binding['accepts']>> = {
  mime: (code) => /^[A-Za-z0-9][\w!#$&^.+-]{0,126}\/[A-Za-z0-9][\w!#$&^.+-]{0,126}( ?; ?[\w.+-]+=("[^"\\]*"|[^"\\;]*[^"\\; ]))*$/.test(code),
  currency: (code) => /^[A-Z]{3}$/.test(code),
};

/** @returns the expression of an invariant, and what it asks in words */
export const invariantOf = (key: string): readonly [expression: string, human: string] => TABLES.invariants[key]!;
