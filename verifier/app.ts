// The verifier's JSON service. A route reads its input, calls a verb and writes the answer.
import { Hono } from 'hono';
import { HealthpassError, encodeTrustBundle, type KeyRecovery, type Policy, type TrustState, type UnixSeconds } from '#passport';
import type { ProofVerifier } from '#circuits/verify/index.ts';
import { problemResponse, readJson } from '#server';
import type { AnchorBook } from './anchors.ts';
import { openRequest, readBatch, readVerify } from './ask.ts';
import type { NullifierBook, VerifierContext } from './check-pass.ts';
import { describeVerdict } from './describe.ts';
import type { RequestBook } from './requests.ts';
import { verifyPasses } from './verify.ts';
import { verifyText, type TextContext } from './verify-text.ts';

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
  readonly now: () => UnixSeconds;
  readonly report?: (name: string) => void;
};

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
  app.post('/requests', async (context) => context.json(openRequest(await readJson(context), deps.policies, { requests: deps.requests, now: deps.now() }), 201));
  app.post('/verify', async (context) => {
    const { text, ask, limits } = readVerify(await readJson(context), { requests: deps.requests, now: deps.now() });
    return context.json(describeVerdict(await verifyText(text, ask, contextOf(deps, limits))));
  });
  app.post('/verify/batch', async (context) => {
    const { texts, ask, limits } = readBatch(await readJson(context), deps.now());
    const answers = await verifyPasses(texts, ask, contextOf(deps, limits));
    return context.json(answers.map((answer) => ('verdict' in answer ? describeVerdict(answer.verdict) : { outcome: 'unreadable', code: answer.unreadable })));
  });
  return app;
}

const contextOf = ({ trust, policies, proofs, recoverKey, now, nullifiers, anchors }: VerifierDeps, limits: VerifierContext['limits']): TextContext =>
  ({ trust: trust(), policies, proofs, recoverKey, now: now(), nullifiers, anchors, limits });
