// What callers of the service may ask, read from JSON: for a text at hand, for many, or ahead of time as a request that a wallet answers.
import { z } from 'zod';
import { HealthpassError, type Policy, type UnixSeconds } from '#passport';
import { parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import type { Ask, Limits } from '#verifier/checks/index.ts';
import type { OpenRequest, RequestBook } from './requests.ts';

const challenge = z.string().regex(/^(?:[0-9a-f]{2}){16,64}$/).transform((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
const audience = z.string().min(1).max(200);
const scope = z.strictObject({ verifier: z.string().max(200), event: z.string().min(1).max(200) });
const match = z.strictObject({ family: z.string().max(200), given: z.array(z.string().max(200)).max(10), birthDate: z.string().max(10) });
const limits = z.strictObject({ root: z.int().min(0), trust: z.int().min(0), code: z.int().min(0) }).partial();
const asked = { policy: z.string().max(64).optional(), audience: audience.optional(), scope: scope.optional(), match: match.optional(), challenge: challenge.optional() };

export const verifySchema = z.strictObject({ ...asked, text: z.string(), limits: limits.optional(), request: z.string().max(64).optional() });
export const batchSchema = z.strictObject({ ...asked, texts: z.array(z.string()).min(1).max(1024), limits: limits.optional() });
export const requestSchema = z.strictObject({ policy: z.string().max(64), audience: audience.optional(), scope: scope.optional(), match: z.boolean().optional() });

type Asked = Omit<z.infer<typeof verifySchema>, 'text' | 'limits' | 'request'>;
type Reading = { readonly requests: RequestBook; readonly now: UnixSeconds };

/** One text to verify. What was asked by a request cannot be asked otherwise now: only the document is compared later. @throws HealthpassError `request-invalid`, `claims-invalid` (match) */
export async function readVerify(asked: z.infer<typeof verifySchema>, { requests, now }: Reading): Promise<{ text: string; ask: Ask; limits: Limits | undefined }> {
  const { text, request, limits: given, ...rest } = asked;
  if (request === undefined) return { text, ask: toAsk(rest, now), limits: given };
  const other = (['policy', 'audience', 'scope', 'challenge'] as const).find((name) => rest[name] !== undefined);
  if (other) throw invalid(other, `${other} was settled by the request`);
  const person = toAsk({ match: rest.match }, now);
  if ((await requests.find(request, now)).match && !person.match) throw invalid('match', 'the request asked for a comparison with a document: say what it reads');
  return { text, ask: { ...(await requests.take(request, now)).ask, ...person }, limits: given };
}

/** Many texts that are asked the same. @throws as {@link readVerify} */
export function readBatch(asked: z.infer<typeof batchSchema>, now: UnixSeconds): { texts: readonly string[]; ask: Ask; limits: Limits | undefined } {
  const { texts, limits: given, ...rest } = asked;
  return { texts, ask: toAsk(rest, now), limits: given };
}

/** A new request, as its wallet reads it. @throws HealthpassError `request-invalid`, `policy-invalid`, `service-unavailable` */
export async function openRequest(asked: z.infer<typeof requestSchema>, policies: readonly Policy[], { requests, now }: Reading): Promise<Readonly<Record<string, unknown>>> {
  const { match: compared = false, ...rest } = asked;
  if (!policies.some(({ id, version }) => rest.policy === id || rest.policy === `${id}@${version}`)) {
    throw new HealthpassError('policy-invalid', 'there is no such policy here', { field: 'policy' });
  }
  const { id, ask, expiresAt }: OpenRequest = await requests.create(toAsk(rest, now), compared, now);
  const bound = { audience: ask.audience, scope: ask.scope, challenge: Buffer.from(ask.challenge).toString('hex') };
  return { request: id, policy: rest.policy, ...bound, ...(compared ? { match: true } : {}), expiresAt };
}

/** A wallet shows its holder one name: whose event it is must be who asks. */
function toAsk({ match: person, ...ask }: Asked, now: UnixSeconds): Ask {
  if (ask.scope && ask.scope.verifier !== ask.audience) throw invalid('scope.verifier', 'the verifier of a scope is the audience');
  return person ? { ...ask, match: { nameDigest: nameDigest(person), birthDate: parseBirthDate(person.birthDate, { now }) } } : ask;
}

const invalid = (field: string, message: string) => new HealthpassError('request-invalid', message, { field });
