// What a verifier asks for, read strictly: the wallet derives the scope itself from what it shows to the holder, and refuses an event
// that does not name the present day, so that no verifier can follow a person from one day to the next.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { verifySignedRule, type RuleContext, type VerifiedRule } from '#formats/rule/index.ts';
import { CHALLENGE_MAX, CHALLENGE_MIN, HealthpassError, scopeOf, type FieldElement, type Policy } from '#passport';
import type { PassScope } from './records.ts';

export type PresentationRequest = {
  /** Policy id, optionally `id@version`. */
  readonly policy: string;
  /** Who asks, as it is shown to the holder. */
  readonly audience?: string | undefined;
  /** 16 to 64 random bytes of the verifier. */
  readonly challenge?: Uint8Array | undefined;
  /** One entry a person: the event, whose name carries its day. Needs an audience. */
  readonly scope?: { readonly event: string } | undefined;
  /** Whether the pass is to be compared with an identity document. */
  readonly match?: boolean | undefined;
  /** The verifier's name for this request, to answer with. */
  readonly request?: string | undefined;
  /** The rule itself, signed by its verifier (`HPR1:…` or a compact JWS), for wallets that do not know it: see {@link ruleOfRequest}. */
  readonly rule?: string | undefined;
  /** When the verifier takes no answer any more. */
  readonly expiresAt?: number | undefined;
};

/** Nothing invisible and no change of direction: what the holder reads is what is bound. */
const shownText = z.string().min(1).max(200).regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u).refine((text) => text === text.trim() && text === text.normalize('NFC'));
const challenge = z.string().regex(new RegExp(`^(?:[0-9a-f]{2}){${CHALLENGE_MIN},${CHALLENGE_MAX}}$`)).transform((hex) => hexToBytes(hex));
const requestSchema = z.strictObject({
  policy: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?(?:@[1-9]\d{0,4})?$/),
  audience: shownText.optional(),
  challenge: challenge.optional(),
  scope: z.strictObject({ event: shownText, verifier: shownText.optional() }).optional(),
  match: z.boolean().optional(),
  request: z.string().min(1).max(64).optional(),
  rule: z.string().min(1).max(15_000).optional(),
  expiresAt: z.int().min(0).optional(),
});

/**
 * Reads the JSON form, the challenge in hex. A scope may name its verifier, which must be the audience: the holder is shown one name.
 * @throws HealthpassError `request-invalid`, naming the field
 */
export function parsePresentationRequest(input: unknown, now: number): PresentationRequest {
  const parsed = requestSchema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.issues[0]!.path.join('.') || 'request');
  const { scope, ...request } = parsed.data;
  if (scope?.verifier !== undefined && scope.verifier !== request.audience) throw invalid('scope.verifier');
  const read = { ...request, ...(scope ? { scope: { event: scope.event } } : {}) };
  assertRequest(read, now);
  return read;
}

export const encodePresentationRequest = (request: PresentationRequest): unknown =>
  ({ ...request, ...(request.challenge ? { challenge: bytesToHex(request.challenge) } : {}) });

/** What the schema does not say: it is asked again whenever something is shown. @throws HealthpassError `request-invalid` */
export function assertRequest({ audience, challenge: bytes, scope, expiresAt }: PresentationRequest, now: number): void {
  if (expiresAt !== undefined && now >= expiresAt) throw invalid('expiresAt');
  if (audience !== undefined && !shownText.safeParse(audience).success) throw invalid('audience');
  if (bytes && (bytes.length < CHALLENGE_MIN || bytes.length > CHALLENGE_MAX)) throw invalid('challenge');
  if (!scope) return;
  if (audience === undefined) throw invalid('audience');
  if (!shownText.safeParse(scope.event).success || !isEventOfToday(scope.event, now)) throw invalid('scope.event');
}

/** Whether the name carries exactly one day, as YYYY-MM-DD, and it is that day somewhere on Earth (UTC+14 to UTC-12). */
export function isEventOfToday(event: string, now: number): boolean {
  const [day, second] = event.match(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g) ?? [];
  if (day === undefined || second !== undefined) return false;
  const begins = Date.parse(`${day}T00:00:00Z`) / 1000; // NaN, or another day, for one that the calendar does not have
  if (Number.isNaN(begins) || !new Date(begins * 1000).toISOString().startsWith(day)) return false;
  return now >= begins - 14 * 3600 && now < begins + 36 * 3600;
}

/** Audience and event of a request that asked for one entry a person. */
export const scopeOfRequest = ({ audience, scope }: PresentationRequest): PassScope | undefined =>
  scope && audience !== undefined ? { audience, event: scope.event } : undefined;

/** The scope signal; 0 without a scope. */
export const scopeSignal = (scope: PassScope | undefined): FieldElement => (scope ? scopeOf(scope.audience, scope.event) : (0n as FieldElement));

/** The policy that a request names, in its newest version unless it names one. @throws HealthpassError `policy-invalid` when it is not known */
export function choosePolicy(name: string, policies: readonly Policy[]): Policy {
  const [id, version] = name.split('@');
  const known = policies.filter((policy) => policy.id === id && (version === undefined || policy.version === Number(version)));
  const newest = known.toSorted((a, b) => b.version - a.version)[0];
  if (!newest) throw new HealthpassError('policy-invalid', 'the wallet does not know the policy asked for', { field: 'policy' });
  return newest;
}

/**
 * The rule that a request brings along, with who signed it; undefined where it brings none. It has to be the one that the request names, and is to be used
 * for this request alone: a rule of some verifier does not replace one that the wallet knows by that name.
 * @throws HealthpassError `request-invalid` (another rule than the request names), and as verifySignedRule
 */
export async function ruleOfRequest({ policy, rule }: PresentationRequest, context: RuleContext): Promise<VerifiedRule | undefined> {
  if (rule === undefined) return undefined;
  const verified = await verifySignedRule(rule, context);
  const { id, version } = verified.policy;
  if (policy !== id && policy !== `${id}@${version}`) throw invalid('rule');
  return verified;
}

const invalid = (field: string) => new HealthpassError('request-invalid', `the request has a wrong or missing ${field}`, { field });
