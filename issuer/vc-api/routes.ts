// VC-API as HTTP. Each way of securing has a base path of its own besides, for clients that cannot send options. In development anybody may call;
// otherwise whoever may issue.
import { z } from 'zod';
import { answerVcApi, route, vcApiObject, VC_API_MAX_BYTES, vcProblemSchema, type Permission, type Route } from '#server';
import { isJsonObject, type JsonObject } from '#formats/w3c/index.ts';
import type { Format } from './secure.ts';
import { STATUS_PROBLEMS, type VcApi } from './service.ts';

const BASES: readonly (readonly [base: string, format: Format])[] = [['', 'eddsa-rdfc-2022'], ['/data-integrity', 'eddsa-rdfc-2022'], ['/vc-jose-cose', 'vc+jwt'], ['/jwt-vc', 'jwt_vc']];

const issueBody = z.looseObject({ credential: z.unknown().meta({ description: 'The credential to secure, VC Data Model 1.1 or 2.0' }), options: vcApiObject.optional() });
const statusEntry = z.looseObject({ type: z.string().optional(), statusPurpose: z.string().optional(), status: z.union([z.boolean(), z.enum(['0', '1'])]).optional() });
const statusBody = z.looseObject({ credentialId: z.string().min(1).max(2000), credentialStatus: z.union([statusEntry, z.array(statusEntry).length(1)]), status: z.boolean().optional() });

export type VcApiRoutesOptions = {
  /** Whether anybody may call: the development profile. */
  readonly open: boolean;
};

export function vcApiRoutes(api: VcApi, { open }: VcApiRoutesOptions): Route[] {
  const permission = (needed: Permission) => (open ? null : needed);
  return [
    route({
      method: 'get', path: '/vc-api', summary: 'Name the issuers that VC-API signs as', tag: 'vc-api', permission: null, surface: 'public',
      answers: { 200: { description: 'DIDs by the way of securing', schema: z.object({ issuers: z.record(z.string(), z.string()) }) } },
      run: () => ({ issuers: api.issuers }),
    }),
    ...BASES.map(([base, format]) => route({
      method: 'post', path: `${base}/credentials/issue`, summary: `Secure a credential (VC-API), by ${format} unless options say otherwise`, tag: 'vc-api', limit: 'vc-api', permission: permission('credentials:issue'),
      body: { schema: issueBody, maxBytes: VC_API_MAX_BYTES },
      answers: {
        201: { description: 'The secured credential', schema: z.object({ verifiableCredential: vcApiObject }) },
        400: { description: 'The credential is at fault', schema: vcProblemSchema, mediaType: 'application/problem+json' },
      },
      problems: ['issuer-not-accredited', 'list-full'],
      run: ({ body, principal, context }) => answerVcApi(context, async () => {
        const secured = await api.issue(body.credential, body.options ?? {}, format, principal);
        return body.options?.['returns'] === 'credential' ? context.json(secured, 201) : { verifiableCredential: secured };
      }),
    })),
    route({
      method: 'post', path: '/credentials/status', summary: 'Revoke, suspend or reinstate a credential (VC-API)', tag: 'vc-api', limit: 'vc-api', permission: permission('credentials:status'),
      body: { schema: statusBody },
      answers: { 200: { description: 'It is on chain', schema: z.object({ credentialId: z.string(), status: z.boolean() }) } },
      problems: [...STATUS_PROBLEMS],
      run: ({ body, principal, context }) => answerVcApi(context, async () => {
        const entry = [body.credentialStatus].flat()[0] as JsonObject & { status?: unknown }; // the schema wants one
        const status = body.status ?? (entry.status === undefined ? true : entry.status === true || entry.status === '1');
        await api.changeStatus({ credentialId: body.credentialId, credentialStatus: isJsonObject(entry) ? entry : {}, status }, principal);
        return { credentialId: body.credentialId, status };
      }),
    }),
  ];
}
