// VC-API, verifying side: any credential or presentation by the rules of the W3C. 200 for what holds, 400 with problem details for what does not.
import type { Context } from 'hono';
import { z } from 'zod';
import { isVcProblem, verifyAnyCredential, verifyAnyPresentation, type VerifiedCredential, type VerifyContext } from '#formats/w3c/index.ts';
import type { TrustState, UnixSeconds } from '#passport';
import { route, vcApiObject, VC_API_MAX_BYTES, vcProblemSchema, type Route } from '#server';
import type { AnchorBook } from '#verifier/checks/index.ts';
import { verifyHealthCredential } from './health-credential.ts';
import { statusOf } from './status.ts';
import { findKeyIn, isAccredited } from './trusted-keys.ts';

export type VcApiVerifierDeps = {
  /** Whether anybody may call: the development profile. */
  readonly open: boolean;
  readonly issuers: readonly string[];
  readonly trust: () => TrustState | undefined;
  /** For signatures by keys that were retired since; without it they are refused. */
  readonly anchors?: AnchorBook | undefined;
  readonly now: () => UnixSeconds;
};

const credentialBody = z.looseObject({ verifiableCredential: z.unknown(), options: vcApiObject.optional() });
const presentationBody = z.looseObject({
  verifiablePresentation: z.unknown(),
  options: z.looseObject({ challenge: z.string().max(500).optional(), domain: z.string().max(500).optional() }).optional(),
});
const accredited = z.union([z.boolean(), z.literal('unknown')]).meta({ description: 'Whether the registry on chain accredits the issuer; no part of `verified`' });
const credentialResult = z.object({ issuer: z.string(), securing: z.string(), accredited, checks: z.array(z.string()), warnings: z.array(z.string()) });
const verified = z.object({ verified: z.literal(true), checks: z.array(z.string()), warnings: z.array(z.string()), errors: z.array(vcProblemSchema).length(0), accredited: accredited.optional() });
const refused = z.object({ verified: z.literal(false), checks: z.array(z.string()), warnings: z.array(z.string()), errors: z.array(vcProblemSchema), problemDetails: z.array(vcProblemSchema) });
const answers = (schema: z.ZodType) => ({ 200: { description: 'It holds', schema }, 400: { description: 'It does not hold', schema: refused } });

export function vcApiVerifierRoutes(deps: VcApiVerifierDeps): Route[] {
  const permission = deps.open ? null : 'presentations:request' as const;
  return [
    route({
      method: 'post', path: '/credentials/verify', summary: 'Verify a credential (VC-API)', tag: 'vc-api', limit: 'vc-api', permission,
      body: { schema: credentialBody, maxBytes: VC_API_MAX_BYTES },
      answers: answers(verified.extend({ credential: z.unknown(), issuer: z.string(), securing: z.string() })),
      run: ({ body, context }) => telling(context, async () => {
        const credential = await verifyAnyCredential(body.verifiableCredential, contextOf(deps, body.options));
        return { verified: true, ...resultOf(deps, credential), errors: [], problemDetails: [], credential: credential.document };
      }),
    }),
    route({
      method: 'post', path: '/presentations/verify', summary: 'Verify a presentation and the credentials in it (VC-API)', tag: 'vc-api', limit: 'vc-api', permission,
      body: { schema: presentationBody, maxBytes: VC_API_MAX_BYTES },
      answers: answers(verified.extend({ holder: z.string().optional(), presentation: z.unknown(), credentialResults: z.array(credentialResult) })),
      run: ({ body, context }) => telling(context, async () => {
        const { document, holder, credentials } = await verifyAnyPresentation(body.verifiablePresentation, body.options ?? {}, contextOf(deps, body.options));
        const credentialResults = credentials.map((credential) => resultOf(deps, credential));
        const warnings = credentialResults.flatMap((result) => result.warnings);
        return { verified: true, checks: ['form', 'proof'], warnings, errors: [], problemDetails: [], holder, presentation: document, credentialResults };
      }),
    }),
  ];
}

const resultOf = ({ trust }: VcApiVerifierDeps, { issuer, securing, checks, warnings }: VerifiedCredential) =>
  ({ issuer, securing, checks, warnings, accredited: isAccredited(trust(), issuer) });

/** `checks` of a request may leave out the status of lists that are not read here; nothing else can be left out. */
function contextOf({ trust, issuers, anchors, now }: VcApiVerifierDeps, options: Record<string, unknown> = {}): VerifyContext {
  const { checks } = options;
  const withoutStatus = Array.isArray(checks) && !checks.some((check) => ['status', 'credentialStatus', 'statusList'].includes(`${check}`));
  return {
    now: new Date(now() * 1000), findKey: findKeyIn(trust(), now()), statusOf: (entry) => statusOf({ issuers, trust }, entry), withoutStatus,
    verifyHealthCredential: (text, holder) => verifyHealthCredential({ trust: trust(), anchors, now: now() }, text, holder),
  };
}

async function telling(context: Context, verify: () => Promise<object>): Promise<unknown> {
  try {
    return await verify();
  } catch (error) {
    if (!isVcProblem(error)) throw error;
    return context.json({ verified: false, checks: [], warnings: [], errors: [error.details], problemDetails: [error.details] }, 400);
  }
}
