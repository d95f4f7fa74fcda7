// The issuer's routes for its own staff and command line, and what it publishes: whole lists, whole blocks and whole anchors, so that who
// fetches one of them does not say which credential is his.
import type { Hono } from 'hono';
import { z } from 'zod';
import { encodeIssuedCredential, parseHolderBinding } from '#passport';
import { encodeResignatureBlock } from '#passport/resignature.ts';
import { parseFhir } from '#formats/fhir/index.ts';
import { createRouter, route, wholeNumberText, type Route, type RouterOptions } from '#server';
import { anchorLeaves } from './anchor.ts';
import { ISSUER_INFO } from './api-info.ts';
import { chainWriteRoutes } from './outbox/routes.ts';
import { paperRoutes } from './paper/routes.ts';
import { patientRoutes } from './patients/index.ts';
import type { IssuerService } from './service.ts';
import { statusRoutes } from './status-routes.ts';

const FHIR_MAX_BYTES = 5_000_000;

const fhir = z.unknown().meta({ description: 'A FHIR R4 Immunization, Observation, Condition or Bundle, as a value or as text' });
const patient = z.unknown().optional().meta({ description: 'A FHIR Patient, for a resource that comes without one' });
const binding = z.unknown().meta({ description: 'A holder binding: {commitment, key: {kty, crv, x, y}}' });
const refused = z.array(z.object({ path: z.string(), code: z.string(), field: z.string().optional(), message: z.string() })).meta({ description: 'What of the record cannot be attested' });
const decimal = z.string().meta({ description: 'A field element, decimal' });

const FHIR_PROBLEMS = ['fhir-invalid', 'fhir-unsupported', 'fhir-status', 'fhir-code-unknown', 'fhir-patient-mismatch', 'fhir-no-event'] as const;
const CHAIN_PROBLEMS = ['chain-unavailable', 'chain-inconsistent', 'transaction-failed'] as const;

const previewBody = z.strictObject({ fhir, patient });
const issueBody = z.strictObject({ fhir, patient, bindings: z.array(binding).max(1000), lifetime: z.int().min(60).optional().meta({ description: 'Seconds' }) });
const rotateBody = z.strictObject({ keys: z.enum(['claims', 'did', 'all']) });

/** What the staff's programs call. */
function staffRoutes(service: IssuerService): Route[] {
  return [
    route({
      method: 'post', path: '/preview', summary: 'Say how many credentials a record gives', tag: 'issuing', permission: 'credentials:issue',
      body: { schema: previewBody, maxBytes: FHIR_MAX_BYTES },
      answers: { 200: { description: 'How many holder bindings are needed', schema: z.object({ events: z.int(), refused }) } },
      problems: FHIR_PROBLEMS,
      run({ body }) {
        const parsed = parseFhir(body.fhir, { now: service.now(), patient: body.patient });
        return { events: parsed.events.length, refused: parsed.refused };
      },
    }),
    route({
      method: 'post', path: '/credentials', summary: 'Issue a credential for every health event of a record', tag: 'issuing', permission: 'credentials:issue',
      body: { schema: issueBody, maxBytes: FHIR_MAX_BYTES },
      answers: { 201: { description: 'Each credential in its three securings', schema: z.object({ credentials: z.array(z.unknown()), refused }) } },
      problems: [...FHIR_PROBLEMS, 'claims-invalid', 'field-not-canonical', 'point-invalid', 'issuer-not-accredited', 'list-full', 'no-trust-data', 'chain-inconsistent', 'sealed-invalid', 'service-unavailable'],
      async run({ body: { bindings, ...request }, principal }) {
        const result = await service.issue({ ...request, bindings: bindings.map(parseHolderBinding) }, principal);
        return { credentials: result.credentials.map(encodeIssuedCredential), refused: result.refused };
      },
    }),
    ...chainWriteRoutes(service.chainWrites),
    ...statusRoutes(service),
    route({
      method: 'post', path: '/keys/rotate', summary: 'Rotate the claims key, the keys of the DID document, or both', tag: 'keys', permission: 'keys:rotate',
      body: { schema: rotateBody },
      answers: {
        200: {
          description: 'The new keys, once final',
          schema: z.object({
            claims: z.object({ key: z.object({ x: decimal, y: decimal }), signedAgain: z.int() }).optional(),
            did: z.object({ vc: z.string(), sd: z.string() }).optional(),
          }),
        },
      },
      problems: CHAIN_PROBLEMS,
      run: ({ body, principal }) => service.rotate(body.keys, principal),
    }),
    route({
      method: 'post', path: '/anchors', summary: 'Anchor what was issued since the last anchor', tag: 'keys', permission: 'anchors:write',
      answers: { 200: { description: 'How many anchors went out', schema: z.object({ anchors: z.int() }) } },
      problems: CHAIN_PROBLEMS,
      run: async ({ principal }) => ({ anchors: await service.anchor(principal) }),
    }),
  ];
}

/** What anybody may read. */
function publicRoutes(service: IssuerService): Route[] {
  return [
    route({
      method: 'get', path: '/health', summary: 'Say that the service is up', tag: 'operations', permission: null, surface: 'public',
      answers: { 200: { description: 'It is', schema: z.object({ status: z.literal('ok'), did: z.string() }) } },
      run: () => ({ status: 'ok', did: service.did }),
    }),
    route({
      method: 'get', path: '/resignatures/:list/:block', summary: 'Give the claims signatures that the last rotation made again, a whole block', tag: 'keys', permission: null, surface: 'public',
      params: z.object({ list: wholeNumberText, block: wholeNumberText }),
      answers: {
        200: {
          description: 'The block',
          schema: z.object({ list: z.int(), block: z.int(), key: z.object({ x: decimal, y: decimal }), signatures: z.array(z.tuple([z.int(), decimal, decimal, decimal])) }),
        },
      },
      problems: ['index-out-of-range'],
      run: async ({ params }) => encodeResignatureBlock(await service.resignatures(params.list, params.block)),
    }),
    route({
      method: 'get', path: '/anchors/:root', summary: 'Give the leaves of an anchor', tag: 'keys', permission: null, surface: 'public',
      params: z.object({ root: z.string() }),
      answers: { 200: { description: 'The leaves', schema: z.object({ root: z.string(), list: z.int(), leaves: z.array(z.string()) }) } },
      async run({ params: { root }, context }) {
        const anchor = /^0x[0-9a-f]{64}$/.test(root) ? await service.anchorByRoot(root) : undefined;
        return anchor ? { root: anchor.root, list: anchor.list, leaves: anchorLeaves(anchor.leaves) } : context.notFound();
      },
    }),
  ];
}

export type IssuerAppOptions = RouterOptions & {
  /** Routes of open protocols and of other parts. */
  readonly protocols?: readonly Route[] | undefined;
};

export const createIssuer = (service: IssuerService, { protocols = [], ...options }: IssuerAppOptions): Hono =>
  createRouter([...publicRoutes(service), ...staffRoutes(service), ...paperRoutes(service), ...patientRoutes(service.patients), ...protocols], { info: ISSUER_INFO, ...options });
