// The verifier's JSON service. A route reads its input, calls a verb and writes the answer.
import { Hono } from 'hono';
import { z } from 'zod';
import { HealthpassError, encodeTrustBundle, type Policy, type TrustState, type UnixSeconds } from '#passport';
import { nameDigest } from '#passport/name.ts';
import { parseBirthDate } from '#passport/birth-date.ts';
import type { ProofVerifier } from '#circuits/verify/index.ts';
import { parseInput, problemResponse, readJson } from '#server';
import type { AnchorBook } from './anchors.ts';
import type { Ask, NullifierBook, VerifierContext } from './check-pass.ts';
import { describeVerdict } from './describe.ts';
import type { RequestBook } from './requests.ts';
import { verifyPasses } from './verify.ts';
import { verifyText, type TextContext } from './verify-text.ts';

export type VerifierDeps = {
  readonly proofs: ProofVerifier;
  readonly policies: readonly Policy[];
  /** As snarkjs writes it, for the trust bundle. */
  readonly verifyingKey: unknown;
  /** What is known of the chain now; undefined before it was first read. */
  readonly trust: () => TrustState | undefined;
  readonly nullifiers: NullifierBook;
  readonly requests: RequestBook;
  readonly anchors?: AnchorBook | undefined;
  readonly now: () => UnixSeconds;
  readonly report?: (name: string) => void;
};

const hexChallenge = z.string().regex(/^[0-9a-f]{32,128}$/).transform((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
const askSchema = z.strictObject({
  policy: z.string().max(64).optional(),
  audience: z.string().min(1).max(200).optional(),
  scope: z.strictObject({ verifier: z.string().max(200), event: z.string().min(1).max(200) }).optional(),
  match: z.strictObject({ family: z.string().max(200), given: z.array(z.string().max(200)).max(10), birthDate: z.string().max(10) }).optional(),
});
const limitsSchema = z.strictObject({ root: z.int().min(0), trust: z.int().min(0), code: z.int().min(0) }).partial();
const verifySchema = askSchema.extend({ text: z.string(), challenge: hexChallenge.optional(), request: z.string().max(64).optional(), limits: limitsSchema.optional() });
const batchSchema = askSchema.extend({ texts: z.array(z.string()).min(1).max(1024), challenge: hexChallenge.optional(), limits: limitsSchema.optional() });

export function createVerifier(deps: VerifierDeps): Hono {
  const app = new Hono();
  app.onError((error, context) => problemResponse(error, context, deps.report));
  app.notFound((context) => context.json({ type: 'about:blank', title: 'There is nothing here.', status: 404, code: 'not-found' }, 404, { 'content-type': 'application/problem+json' }));

  app.get('/health', (context) => context.json({ status: 'ok' }));
  app.get('/policies', (context) => context.json(deps.policies.map((policy) => policy.document)));
  app.get('/policies/:id', (context) => {
    const policy = deps.policies.findLast(({ id }) => id === context.req.param('id'));
    return policy ? context.json(policy.document) : context.notFound();
  });
  app.get('/trust-bundle', (context) => {
    const trust = deps.trust();
    if (!trust) throw new HealthpassError('no-trust-data', 'the chain has not been read yet', { field: 'trust' });
    return context.json(encodeTrustBundle({ trust, policies: deps.policies, verifyingKey: deps.verifyingKey }));
  });
  app.post('/requests', async (context) => {
    const { id, ask, expiresAt } = deps.requests.create(toAsk(parseInput(askSchema, await readJson(context)), deps.now()), deps.now());
    return context.json({ request: id, policy: ask.policy, audience: ask.audience, scope: ask.scope, challenge: Buffer.from(ask.challenge).toString('hex'), expiresAt }, 201);
  });
  app.post('/verify', async (context) => {
    const { text, request, limits, ...asked } = parseInput(verifySchema, await readJson(context));
    const ask = request === undefined ? toAsk(asked, deps.now()) : deps.requests.take(request, deps.now()).ask;
    return context.json(describeVerdict(await verifyText(text, ask, contextOf(deps, limits))));
  });
  app.post('/verify/batch', async (context) => {
    const { texts, limits, ...asked } = parseInput(batchSchema, await readJson(context));
    const answers = await verifyPasses(texts, toAsk(asked, deps.now()), contextOf(deps, limits));
    return context.json(answers.map((answer) => ('verdict' in answer ? describeVerdict(answer.verdict) : { outcome: 'unreadable', code: answer.unreadable })));
  });
  return app;
}

const contextOf = ({ trust, policies, proofs, now, nullifiers, anchors }: VerifierDeps, limits: VerifierContext['limits']): TextContext =>
  ({ trust: trust(), policies, proofs, now: now(), nullifiers, anchors, limits });

function toAsk({ match, ...ask }: z.infer<typeof askSchema> & { challenge?: Uint8Array | undefined }, now: UnixSeconds): Ask {
  if (!match) return ask;
  return { ...ask, match: { nameDigest: nameDigest(match), birthDate: parseBirthDate(match.birthDate, { now }) } };
}
