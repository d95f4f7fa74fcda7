// The rules of OpenAPI 3.1 that a description of ours can break, each found by its name; and its schemas as readers of what services really answer.
import { z } from 'zod';
import { SECURITY_SCHEMES, type OpenApiDocument } from '#server';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const COMPONENT = /^#\/components\/(schemas|securitySchemes|responses|parameters)\/([A-Za-z0-9._-]+)$/;

type Operation = NonNullable<NonNullable<OpenApiDocument['paths']>[string]['get']>;
type Content = Readonly<Record<string, { readonly schema?: object }>>;

export const operationsIn = ({ paths = {} }: OpenApiDocument): { method: string; path: string; operation: Operation }[] =>
  Object.entries(paths).flatMap(([path, item]) => Object.entries(item).filter(([method]) => METHODS.includes(method)).map(([method, operation]) => ({ method, path, operation: operation as Operation })));

/** What is wrong with a document; nothing for a good one. */
export function brokenRules(document: OpenApiDocument): string[] {
  const broken: string[] = [];
  const rule = (holds: unknown, says: string) => { if (!holds) broken.push(says); };
  rule(/^3\.1\.\d+$/.test(document.openapi), 'openapi is no 3.1 version');
  rule(document.info.title && document.info.version, 'info lacks title or version');
  const operations = operationsIn(document);
  const ids = operations.map(({ operation }) => operation.operationId);
  rule(new Set(ids).size === ids.length && ids.every((id) => id && /^[A-Za-z0-9]+$/.test(id)), 'an operationId is missing or stands twice');
  const tags = document.tags ?? [];
  rule(new Set(tags.map(({ name }) => name)).size === tags.length, 'a tag stands twice');
  for (const { name, description } of tags) rule(description, `tag ${name} is not explained`);
  const shapes = Object.keys(document.paths ?? {}).map((path) => path.replace(/\{[^}]*\}/g, '{}'));
  rule(new Set(shapes).size === shapes.length, 'two paths differ in the names of their parameters only');
  for (const { method, path, operation } of operations) for (const says of brokenOperation(path, operation, document)) broken.push(`${method} ${path}: ${says}`);
  for (const reference of referencesIn(document)) rule(resolves(reference, document), `${reference} leads nowhere`);
  for (const name of Object.keys(document.components?.securitySchemes ?? {})) rule(name in SECURITY_SCHEMES, `security scheme ${name} is unknown`);
  return broken;
}

function brokenOperation(path: string, operation: Operation, document: OpenApiDocument): string[] {
  const broken: string[] = [];
  const rule = (holds: unknown, says: string) => { if (!holds) broken.push(says); };
  const parameters = (operation.parameters ?? []) as { name: string; in: string; required?: boolean; schema?: object }[];
  const wanted = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!);
  const declared = parameters.filter((parameter) => parameter.in === 'path');
  rule(path.startsWith('/') && !/[:*]/.test(path.replace(/^\/[^{]*/, '')), 'the path is not written as OpenAPI writes it');
  rule(wanted.toSorted().join() === declared.map(({ name }) => name).toSorted().join(), 'the parameters of the path are not those that are declared');
  rule(declared.every(({ required }) => required === true), 'a parameter of the path is not required');
  rule(parameters.every(({ schema }) => schema), 'a parameter has no schema');
  rule(new Set(parameters.map((one) => `${one.in} ${one.name}`)).size === parameters.length, 'a parameter stands twice');
  const responses = Object.entries(operation.responses ?? {}) as [string, { description?: string; content?: Content }][];
  rule(responses.some(([status]) => /^[23]\d\d$/.test(status)), 'there is no answer but errors');
  for (const [status, { description, content = {} }] of responses) {
    rule(/^(?:[1-5](?:\d\d|XX)|default)$/.test(status), `${status} is no status`);
    rule(description, `answer ${status} is not explained`);
    rule(Object.keys(content).every((type) => /^[\w.+-]+\/[\w.+*-]+$/.test(type)), `answer ${status} has a media type that is none`);
  }
  rule((operation.tags ?? []).every((name) => document.tags?.some((tag) => tag.name === name)), 'a tag is not declared');
  const schemes = (operation.security ?? []).flatMap((requirement) => Object.keys(requirement));
  rule(schemes.every((name) => document.components?.securitySchemes?.[name]), 'a security scheme is not declared');
  return broken;
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner)));
}

function resolves(reference: string, { components }: OpenApiDocument): boolean {
  const [, kind, name] = COMPONENT.exec(reference) ?? [];
  return kind !== undefined && (components as Record<string, Record<string, unknown>> | undefined)?.[kind]?.[name!] !== undefined;
}

/** A schema of the document as a reader. @throws for one that is no JSON Schema that can be read */
export function readerOf(schema: object, document: OpenApiDocument): z.ZodType {
  const local = JSON.parse(JSON.stringify({ ...schema, $defs: document.components?.schemas ?? {} }).replaceAll('#/components/schemas/', '#/$defs/')) as Parameters<typeof z.fromJSONSchema>[0];
  return z.fromJSONSchema(local);
}

/** What is wrong with an answer by the description of its operation; undefined for what the description allows. */
export function undescribed(document: OpenApiDocument, { method, path, status, type, body }: { method: string; path: string; status: number; type: string; body: unknown }): string | undefined {
  const found = operationsIn(document).find((one) => one.method === method && one.path === path);
  if (!found) return 'the route is not described';
  const responses = (found.operation.responses ?? {}) as Record<string, { content?: Content }>;
  const response = responses[String(status)] ?? responses['default'];
  const content = response?.content?.[type.split(';')[0]!];
  if (!content) return `${status} ${type} is not described`;
  if (!content.schema) return undefined;
  const read = readerOf(content.schema, document).safeParse(body);
  return read.success ? undefined : `${status} is not as described: ${read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join(', ')}`;
}
