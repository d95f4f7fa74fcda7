// The description of a service (OpenAPI 3.1), made from the routes that serve it: what the schemas read and what is written here cannot differ.
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject, type oas31 } from 'zod-openapi';
import { ERROR_CODES, type ErrorCode } from '#passport';
import { HTTP_STATUS } from './problem.ts';
import type { Answer, Route } from './route.ts';
import { requirements, SECURITY_SCHEMES, type SecurityScheme } from './security-schemes.ts';

export type OpenApiDocument = oas31.OpenAPIObject;

/** What a service says of itself. */
export type ApiInfo = {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** What the routes of a tag have in common. */
  readonly tags: Readonly<Record<string, string>>;
};

const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.enum([...ERROR_CODES, 'not-found', 'internal']).meta({ description: 'Of a closed list; a client decides by it' }),
  field: z.string().optional().meta({ description: 'Path of what is wrong, never its value' }),
}).meta({ id: 'Problem', description: 'Problem details (RFC 9457)' });

const protocolErrorSchema = z.looseObject({ error: z.string(), error_description: z.string().optional() })
  .meta({ id: 'ProtocolError', description: 'An error as OAuth 2.0 writes it (RFC 6749, 5.2)' });

/** Describes every route. `schemes` are the ways in which callers of routes with a permission are known. */
export function describeRoutes(routes: readonly Route[], info: ApiInfo, schemes: readonly SecurityScheme[]): OpenApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) (paths[templateOf(route.path)] ??= {})[route.method] = operationOf(route, schemes);
  const used = new Set<SecurityScheme>(routes.flatMap((route) => schemesOf(route, schemes)));
  const { title, description, version, tags } = info;
  return createDocument({
    openapi: '3.1.0',
    info: { title, description, version, license: { name: 'GPL-3.0-or-later', identifier: 'GPL-3.0-or-later' } },
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name, ...(tags[name] === undefined ? {} : { description: tags[name] }) })),
    paths: paths as ZodOpenApiPathsObject, // methods are those of routes
    components: { securitySchemes: Object.fromEntries([...used].map((name) => [name, SECURITY_SCHEMES[name]])) },
  }, { allowEmptySchema: { custom: true, transform: true, undefined: true } }) as OpenApiDocument; // typed for 3.2 as well; nothing of that is used
}

/** As OpenAPI writes the path of a route: `/offers/{id}`. */
export const templateOf = (path: string): string => path.replace(/:(\w+)(?:\{[^}]*\})?\??/g, '{$1}').replace(/\/\*$/, '/{rest}');

/** `getStatusListsByList`: the method and the path, which are together unique. */
export const operationId = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  method + templateOf(path).split(/[^A-Za-z0-9{]+/).filter(Boolean).map((word) => (word.startsWith('{') ? `By${capital(word.slice(1))}` : capital(word))).join('');

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

const schemesOf = (route: Route, schemes: readonly SecurityScheme[]): readonly SecurityScheme[] => route.schemes ?? (route.permission === null ? [] : schemes);

function operationOf(route: Route, schemes: readonly SecurityScheme[]): ZodOpenApiOperationObject {
  const { body, permission } = route;
  const params = pathParams(route);
  return {
    operationId: operationId(route),
    summary: route.summary,
    ...(permission === null ? {} : { description: `Asks for the permission ${permission}.` }),
    tags: [route.tag],
    ...(params || route.query ? { requestParams: { ...(params ? { path: params } : {}), ...(route.query ? { query: queryOf(route.query) } : {}) } } : {}),
    ...(body ? { requestBody: { required: true, content: { [body.form ? 'application/x-www-form-urlencoded' : 'application/json']: { schema: body.schema } } } } : {}),
    responses: responsesOf(route),
    security: requirements(schemesOf(route, schemes), permission),
  };
}

/** The parameters of the path: as the route's schema reads them, and as text where it leaves one out. */
function pathParams({ path, params }: Route): z.ZodObject | undefined {
  const names = [...templateOf(path).matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  if (names.length === 0) return undefined;
  const shape = params instanceof z.ZodObject ? params.shape : {};
  return z.object(Object.fromEntries(names.map((name) => [name, shape[name] ?? z.string()])));
}

/** OpenAPI knows single parameters only: of alternatives, each may be there. */
function queryOf(query: z.ZodType): z.ZodObject {
  if (query instanceof z.ZodObject) return query;
  if (query instanceof z.ZodPipe) return queryOf(query.in as z.ZodType);
  if (query instanceof z.ZodUnion) return mergedOf((query.options as readonly z.ZodType[]).map((option) => queryOf(option).partial()));
  if (query instanceof z.ZodIntersection) return mergedOf([query.def.left as z.ZodType, query.def.right as z.ZodType].map(queryOf));
  return z.object({}); // one that says nothing of its parameters
}

const mergedOf = (objects: readonly z.ZodObject[]): z.ZodObject => z.object(Object.assign({}, ...objects.map(({ shape }) => shape)) as z.ZodRawShape);

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const answers = Object.entries(route.answers).map(([status, answer]) => [status, { description: answer.description, ...contentOf(answer) }]);
  const failures = failuresOf(route).filter(([status]) => !(status in route.answers)).map(([status, description]) => [status, { description, ...errorContent(route) }]);
  return Object.fromEntries([...answers, ...failures]) as ZodOpenApiResponsesObject; // keys are statuses, and `default`
}

function contentOf({ schema, mediaType }: Answer): object {
  if (schema) return { content: { [mediaType ?? 'application/json']: { schema } } };
  return mediaType === undefined ? {} : { content: { [mediaType]: {} } };
}

const errorContent = ({ errors }: Route): object =>
  (errors === 'protocol' ? { content: { 'application/json': { schema: protocolErrorSchema } } } : { content: { 'application/problem+json': { schema: problemSchema } } });

/** What can go wrong by the kind of the route, and by the codes that it names; anything else is the default. */
function failuresOf({ params, query, body, permission, authorise, problems = [], errors }: Route): (readonly [string, string])[] {
  const takes = params || query || body;
  const codes: ErrorCode[] = [
    ...(takes ? ['request-invalid' as const] : []), ...(body && !body.form ? ['json-malformed' as const, 'json-duplicate-key' as const] : []),
    ...(body ? ['text-too-long' as const] : []), ...(permission === null && !authorise ? [] : ['not-authorised' as const]), ...problems,
  ];
  if (errors === 'protocol') return [...(takes ? [['400', 'The request is refused'] as const] : []), ['default', 'Any other error']];
  const byStatus = Map.groupBy(new Set(codes), (code) => String(HTTP_STATUS[code]));
  return [...[...byStatus].map(([status, named]) => [status, named.join(', ')] as const), ['default', 'Any other problem']];
}
