// Where a service describes itself: for programs, and for people.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DOCS_STYLE } from './docs-style.ts';
import { renderDocs } from './docs-page.ts';
import { describeRoutes, type ApiInfo, type OpenApiDocument } from './openapi.ts';
import type { Route } from './route.ts';
import type { SecurityScheme } from './security-schemes.ts';

const STYLE_HASH = createHash('sha256').update(DOCS_STYLE).digest('base64');
/** Nothing but our own style: no script, no frame, nothing from elsewhere. */
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Two routes that describe all others and themselves. The document is made when it is first asked for. */
export function describingRoutes(routes: readonly Route[], info: ApiInfo, schemes: readonly SecurityScheme[]): Route[] {
  let document: OpenApiDocument | undefined;
  let page: Promise<string> | undefined;
  const describing: Route[] = [
    {
      method: 'get', path: '/openapi.json', summary: 'Describe the service for programs', tag: 'operations', permission: null, surface: 'public',
      answers: { 200: { description: 'The OpenAPI 3.1 document', schema: z.looseObject({ openapi: z.literal('3.1.0') }) } },
      run: () => documentOf(),
    },
    {
      method: 'get', path: '/docs', summary: 'Describe the service for people', tag: 'operations', permission: null, surface: 'page',
      answers: { 200: { description: 'A page without scripts', mediaType: 'text/html' } },
      run: async ({ context }) => context.html(await (page ??= renderDocs(documentOf())), 200, { 'content-security-policy': PAGE_POLICY, 'x-content-type-options': 'nosniff' }),
    },
  ];
  const documentOf = () => (document ??= describeRoutes([...routes, ...describing], info, schemes));
  return describing;
}
