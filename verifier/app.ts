// The verifier's own routes, beside those of the open protocols: passes and credentials as texts, policies, and what the chain says.
import type { Hono } from 'hono';
import { z } from 'zod';
import { HealthpassError, encodeTrustBundle, policySchema, type KeyRecovery, type Policy, type TrustState, type UnixSeconds, type Verdict } from '#passport';
import type { ProofVerifier } from '#circuits/verify/index.ts';
import { createRouter, didRoutes, healthSchema, route, traced, type Database, type DidResolution, type Route, type RouterOptions } from '#server';
import { verifyPasses, verifyText, type AnchorBook, type Ask, type NullifierBook, type ProofCheck, type TextContext, type VerifierContext } from '#verifier/checks/index.ts';
import { VERIFIER_INFO } from './api-info.ts';
import { batchSchema, openRequest, readBatch, readVerify, requestSchema, verifySchema } from './ask.ts';
import { describeVerdict, verdictSchema } from './describe.ts';
import { createProofQueue } from './proof-queue.ts';
import type { EventTimes } from './openid4vp/events.ts';
import { presentationRoutes } from './openid4vp/routes.ts';
import { createPresentationService, type PresentationDeps } from './openid4vp/service.ts';
import type { RequestBook } from './requests.ts';
import { eventRoutes } from './events/routes.ts';
import type { RuleBook } from './rules/rule-book.ts';
import { ruleRoutes } from './rules/routes.ts';
import { vcApiVerifierRoutes, type VcApiVerifierDeps } from './vc-api/routes.ts';

export type VerifierDeps = {
  readonly proofs: ProofVerifier;
  /** A faster key recovery than the portable one. */
  readonly recoverKey?: KeyRecovery | undefined;
  readonly policies: readonly Policy[];
  /** As snarkjs writes it, for the trust bundle. */
  readonly verifyingKey: unknown;
  /** What is known of the chain now; undefined before it was first read. */
  readonly trust: () => TrustState | undefined;
  readonly nullifiers: NullifierBook;
  readonly requests: RequestBook;
  readonly anchors?: AnchorBook | undefined;
  /** Roots that certificates in SD-JWT VCs have to lead to. */
  readonly certificateRoots?: readonly string[] | undefined;
  /** Without it the service does not speak OpenID4VP. */
  readonly presentations?: (Omit<PresentationDeps, 'policies' | 'verify' | 'now'> & { readonly eventTimes?: EventTimes; readonly stopping?: AbortSignal | undefined }) | undefined;
  /** Without it the service does not speak VC-API. */
  readonly vcApi?: Pick<VcApiVerifierDeps, 'open' | 'issuers'> | undefined;
  /** Where rules and events of its own are kept; without it there are the shipped rules only. */
  readonly keeping?: { readonly database: Database; readonly rules: RuleBook } | undefined;
  readonly now: () => UnixSeconds;
  /** Told of each verdict how it came out, to count it. */
  readonly onVerdict?: ((verdict: Pick<Verdict, 'outcome'> & { readonly reason?: string }) => void) | undefined;
  /** Without it the service resolves no DIDs for others. */
  readonly dids?: DidResolution | undefined;
};
export type VerifierAppOptions = RouterOptions;

export function createVerifier(given: VerifierDeps, options: VerifierAppOptions): Hono {
  const deps = { ...given, checkProof: createProofQueue(given.proofs) };
  return createRouter([...publicRoutes(deps), ...verifyRoutes(deps), ...openId4vpRoutes(deps, options), ...keepingRoutes(deps), ...(deps.dids ? didRoutes(deps.dids) : []), ...(deps.vcApi ? vcApiVerifierRoutes({ ...deps, ...deps.vcApi }) : [])], { info: VERIFIER_INFO, ...options });
}

type Deps = VerifierDeps & { readonly checkProof: ProofCheck };

function publicRoutes(deps: VerifierDeps): Route[] {
  return [
    route({
      method: 'get', path: '/health', summary: 'Say that the service is up', tag: 'operations', permission: null, surface: 'public',
      answers: { 200: { description: 'It is', schema: healthSchema } },
      run: () => ({ status: 'ok' }),
    }),
    route({
      method: 'get', path: '/policies', summary: 'List the policies', tag: 'trust', permission: null, surface: 'public',
      answers: { 200: { description: 'Their documents', schema: z.array(policySchema) } },
      run: () => deps.policies.map((policy) => policy.document),
    }),
    route({
      method: 'get', path: '/policies/:id', summary: 'Give the newest version of a policy', tag: 'trust', permission: null, surface: 'public',
      params: z.object({ id: z.string() }),
      answers: { 200: { description: 'Its document', schema: policySchema } },
      run: ({ params, context }) => deps.policies.findLast(({ id }) => id === params.id)?.document ?? context.notFound(),
    }),
    route({
      method: 'get', path: '/trust-bundle', summary: 'Give what the chain says, for scanners that work offline', tag: 'trust', permission: null, surface: 'public',
      answers: { 200: { description: 'The trust bundle', schema: z.unknown() } },
      problems: ['no-trust-data'],
      run() {
        const trust = deps.trust();
        if (!trust) throw new HealthpassError('no-trust-data', 'the chain has not been read yet', { field: 'trust' });
        return encodeTrustBundle({ trust, policies: deps.policies, verifyingKey: deps.verifyingKey });
      },
    }),
  ];
}

function verifyRoutes(deps: Deps): Route[] {
  const { policies, requests } = deps;
  return [
    route({
      method: 'post', path: '/requests', summary: 'Ask a wallet for a pass, with a challenge of its own', tag: 'verifying', permission: null, limit: 'requests',
      body: { schema: requestSchema },
      answers: { 201: { description: 'What the wallet answers', schema: z.looseObject({ request: z.string(), policy: z.string(), challenge: z.string(), expiresAt: z.int() }) } },
      problems: ['policy-invalid', 'service-unavailable'],
      run: ({ body }) => openRequest(body, policies, { requests, now: deps.now() }),
    }),
    route({
      method: 'post', path: '/verify', summary: 'Verify a pass or a credential', tag: 'verifying', permission: null, limit: 'verification',
      body: { schema: verifySchema },
      answers: { 200: { description: 'The verdict', schema: verdictSchema } },
      problems: ['text-malformed', 'text-too-long', 'jwt-malformed', 'sd-jwt-malformed', 'pass-malformed', 'field-not-canonical', 'point-invalid', 'claims-invalid'],
      async run({ body }) {
        const { text, ask, limits } = await readVerify(body, { requests, now: deps.now() });
        const verdict = await traced('verify', () => verifyText(text, ask, contextOf(deps, limits)));
        deps.onVerdict?.(verdict);
        return describeVerdict(verdict);
      },
    }),
    route({
      method: 'post', path: '/verify/batch', summary: 'Verify many passes at once', tag: 'verifying', permission: null, limit: 'verification',
      body: { schema: batchSchema },
      answers: { 200: { description: 'The verdicts, in order', schema: z.array(z.union([verdictSchema, z.object({ outcome: z.literal('unreadable'), code: z.string() })])) } },
      async run({ body }) {
        const { texts, ask, limits } = readBatch(body, deps.now());
        const answers = await traced('verify batch', () => verifyPasses(texts, ask, contextOf(deps, limits)));
        for (const answer of answers) if ('verdict' in answer) deps.onVerdict?.(answer.verdict);
        return answers.map((answer) => ('verdict' in answer ? describeVerdict(answer.verdict) : { outcome: 'unreadable', code: answer.unreadable }));
      },
    }),
  ];
}

/** Who entered is noted by the session, once it is known that the whole response is accepted. */
function openId4vpRoutes(deps: Deps, { access }: VerifierAppOptions): Route[] {
  const { presentations, policies, now } = deps;
  if (!presentations) return [];
  const verify = async (text: string, ask: Ask) => {
    const verdict = await traced('verify', () => verifyText(text, ask, { ...contextOf(deps, undefined), nullifiers: undefined }));
    deps.onVerdict?.(verdict);
    return verdict;
  };
  return presentationRoutes(createPresentationService({ ...presentations, policies, now, verify }), { access, times: presentations.eventTimes, stopping: presentations.stopping });
}

function keepingRoutes({ keeping, presentations, policies, now }: Deps): Route[] {
  if (!keeping) return [];
  const { database, rules } = keeping;
  return [...ruleRoutes({ rules, shipped: rules.shipped, identity: presentations?.identity, name: presentations?.name, now }), ...eventRoutes({ database, policies, now })];
}

const contextOf = ({ trust, policies, proofs, checkProof, recoverKey, now, nullifiers, anchors, certificateRoots }: Deps, limits: VerifierContext['limits']): TextContext =>
  ({ trust: trust(), policies, proofs, checkProof, recoverKey, now: now(), nullifiers, anchors, certificateRoots, limits });
