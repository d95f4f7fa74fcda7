// Codes of this counter for wallets: a challenge that one presentation answers, made by the service, or by this device where it cannot be reached.
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Asking } from '../engine/messages.ts';

/** Seconds that a code of this device alone is good for; the service says it of its own. */
const LIFETIME = 300;

export type Wanted = { readonly policy: string; readonly audience: string; readonly event: string | undefined; readonly match: boolean; /** Signed, where wallets may not know it. */ readonly rule?: string | undefined };
export type OpenRequest = {
  /** What the code says, as wallets read it. */
  readonly text: string;
  readonly asked: Pick<Asking, 'audience' | 'challenge' | 'request' | 'event'>;
  readonly expiresAt: number;
  readonly source: 'service' | 'device';
};

export type RequestDeps = {
  /** Posts JSON to the service. Rejects when it is out of reach; undefined where it does not want it. */
  readonly post: (path: string, body: unknown) => Promise<unknown>;
  readonly random: (bytes: number) => Uint8Array;
  readonly now: () => number;
};

export async function openRequest({ policy, audience, event, match, rule }: Wanted, { post, random, now }: RequestDeps): Promise<OpenRequest> {
  const scope = event === undefined ? {} : { scope: { event, verifier: audience } };
  const wanted = { policy, audience, ...scope, ...(match ? { match } : {}) };
  // What a document reads stays on this device, and entries are noted by its lane: the service could do neither, so then the question is this device's own.
  const given = match || event !== undefined ? undefined : await post('/requests', wanted).then(readAnswer, () => undefined);
  const challenge = given?.challenge ?? bytesToHex(random(16));
  const expiresAt = given?.expiresAt ?? now() + LIFETIME;
  return {
    text: await textOf({ ...wanted, challenge, expiresAt, ...(given && { request: given.request }), ...(rule !== undefined && { rule }) }),
    asked: { audience, challenge, request: given?.request, event }, expiresAt, source: given ? 'service' : 'device',
  };
}

/** A signed rule is long: then the code is written as densely as it gets. */
const textOf = async (request: Readonly<Record<string, unknown>>): Promise<string> =>
  (request['rule'] === undefined ? JSON.stringify(request) : (await import('#formats/rule/index.ts')).encodeRequestText(request));

type Answer = { readonly request: string; readonly challenge: string; readonly expiresAt: number };

function readAnswer(answer: unknown): Answer | undefined {
  const { request, challenge, expiresAt } = (answer ?? {}) as Partial<Record<keyof Answer, unknown>>;
  return typeof request === 'string' && typeof challenge === 'string' && /^[0-9a-f]{32,128}$/.test(challenge) && typeof expiresAt === 'number' ? { request, challenge, expiresAt } : undefined;
}
