// A JSON Schema in words, for people: one row a field, its type in a few words.
import type { oas31 } from 'zod-openapi';

export type Schema = oas31.SchemaObject | oas31.ReferenceObject;
export type Field = { readonly name: string; readonly type: string; readonly required: boolean; readonly description: string };

const DEEPEST = 4;

/** The fields of an object, or of the objects of a list, nested ones as `limits.root`. None where the schema is neither. */
export function fieldsOf(schema: Schema, prefix = '', depth = 0): Field[] {
  if (depth > DEEPEST || isReference(schema)) return [];
  if (schema.items) return fieldsOf(schema.items, `${prefix}[].`, depth + 1);
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const name = `${prefix}${key}`;
    const nested = isReference(value) ? [] : fieldsOf(value, value.items ? name : `${name}.`, depth + 1);
    return [{ name, type: typeOf(value), required: schema.required?.includes(key) ?? false, description: isReference(value) ? '' : value.description ?? '' }, ...nested];
  });
}

/** `list of text`, `whole number from 60`, `"a" or "b"`. */
export function typeOf(schema: Schema): string {
  if (isReference(schema)) return schema.$ref.split('/').at(-1)!;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map(typeOf))].join(' or ');
  if (schema.allOf) return [...new Set(schema.allOf.map(typeOf))].join(' and ');
  if (schema.prefixItems) return `tuple of ${schema.prefixItems.map(typeOf).join(', ')}`;
  if (schema.items) return `list of ${typeOf(schema.items)}${range(schema.minItems, schema.maxItems)}`;
  return plainType(schema);
}

const WORDS: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false', object: 'object', array: 'list', null: 'null' };

function plainType({ type, format, minimum, maximum, minLength, maxLength, pattern }: oas31.SchemaObject): string {
  if (type === undefined) return 'any value';
  const words = [type].flat().map((name) => WORDS[name] ?? name).join(' or ');
  const bounds = type === 'string' ? range(minLength, maxLength, ' characters') : range(minimum, maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum);
  return `${words}${format ? ` (${format})` : ''}${bounds}${pattern && !format ? ` as ${pattern}` : ''}`;
}

function range(least: number | undefined, most: number | undefined, unit = ''): string {
  const from = least === undefined || least === Number.MIN_SAFE_INTEGER ? '' : ` from ${least}`;
  const to = most === undefined ? '' : `${from ? ' to' : ', at most'} ${most}`;
  return from || to ? `${from}${to}${unit}` : '';
}

export const isReference = (thing: object): thing is oas31.ReferenceObject => '$ref' in thing && typeof thing.$ref === 'string';
