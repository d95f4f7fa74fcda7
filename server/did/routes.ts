// DID resolution over HTTP, as universal resolvers offer it (DID Resolution, HTTPS binding).
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { route, type Route } from '../http/route.ts';
import { DOCUMENT_TYPE, RESOLUTION_STATUS, type DidResolution, type Resolution } from './resolution.ts';

const RESULT_TYPES = ['application/did-resolution', 'application/ld+json', 'application/json'];
const DOCUMENT_TYPES = [DOCUMENT_TYPE, 'application/did+json', 'application/did'];
const ANY = ['*/*', 'application/*'];

const resultSchema = z.object({ didDocument: z.record(z.string(), z.unknown()).nullable(), didResolutionMetadata: z.record(z.string(), z.unknown()), didDocumentMetadata: z.record(z.string(), z.unknown()) });
const answer = (description: string) => ({ description, schema: resultSchema, mediaType: 'application/did-resolution' });

export function didRoutes(resolve: DidResolution): Route[] {
  return [
    route({
      method: 'get', path: '/1.0/identifiers/:did{.+}', summary: 'Resolve a DID: did:ethr of this chain, did:key or did:jwk', tag: 'trust', permission: null, surface: 'public',
      params: z.object({ did: z.string() }),
      query: z.object({ versionId: z.string().optional().meta({ description: 'A block: the document as it was then, which verifies nothing now' }), versionTime: z.string().optional().meta({ description: 'Not supported' }) }),
      answers: {
        200: answer('The document and what is known of it; the document alone where `Accept` asks for application/did+ld+json'), 400: answer('This is no DID'), 404: answer('There is no such DID here'),
        406: answer('No representation that was asked for'), 410: answer('The DID is deactivated'), 500: answer('The chain cannot be read'), 501: answer('Another method, or a version by time'),
      },
      async run({ params, query, context }) {
        const form = formOf(context);
        const resolution = await resolve(params.did, query);
        return form ? give(context, resolution, form) : refuse(context);
      },
    }),
  ];
}

/** The first media range that can be served; the whole result where anything will do. */
function formOf(context: Context): { isDocument: boolean; mediaType: string } | undefined {
  const ranges = (context.req.header('accept') ?? '*/*').split(',').map((range) => range.split(';')[0]!.trim().toLowerCase());
  for (const range of ranges) {
    if (ANY.includes(range)) return { isDocument: false, mediaType: RESULT_TYPES[0]! };
    if (RESULT_TYPES.includes(range)) return { isDocument: false, mediaType: range };
    if (DOCUMENT_TYPES.includes(range)) return { isDocument: true, mediaType: range };
  }
  return undefined;
}

function give(context: Context, resolution: Resolution, { isDocument, mediaType }: { isDocument: boolean; mediaType: string }): Response {
  const { didResolutionMetadata: { error }, didDocumentMetadata: { deactivated }, didDocument } = resolution;
  const status = error ? RESOLUTION_STATUS[error] : deactivated ? 410 : 200;
  context.header('vary', 'accept');
  context.header('cache-control', 'no-cache');
  const document = isDocument && status === 200;
  return context.body(JSON.stringify(document ? didDocument : resolution), status as ContentfulStatusCode, { 'content-type': document || !isDocument ? mediaType : RESULT_TYPES[0]! });
}

const refuse = (context: Context): Response =>
  give(context, { didDocument: null, didResolutionMetadata: { error: 'representationNotSupported', errorMessage: 'none of the media types that were asked for is given' }, didDocumentMetadata: {} }, { isDocument: false, mediaType: RESULT_TYPES[0]! });
