// Whether what a wallet presented is what was asked (OpenID4VP 1.0, 8.6). Every condition of the query is checked here, against what was
// verified; the wallet's choice is not relied on. A presentation that fails is discarded, one for another request spoils the whole response.
import { isHealthpassError, PASS_PREFIX, verdictFor, type FieldElement, type Reason, type Shown, type Verdict } from '#passport';
import type { OpenClaims } from '#formats/credential/index.ts';
import {
  claimsFor, documentOf, isAnswered, JWT_VC_FORMAT, keepAsked, passChallenge, PASS_FORMAT, SD_JWT_FORMAT, typesOf, type ClaimQuery, type OpenQuery, type PassQuery,
} from '#formats/openid4vp/index.ts';
import { parseSdJwtPayload, readSdJwt } from '#formats/sd-jwt-vc/text.ts';
import type { Ask } from '#verifier/checks/index.ts';
import { describeVerdict, type DescribedVerdict } from '../describe.ts';
import { authoritiesOf } from './authorities.ts';
import type { VpToken } from './response.ts';
import type { Request } from './sessions.ts';

/** Verifies one text as `/verify` does, without noting who entered. */
export type VerifyText = (text: string, ask: Ask) => Promise<Verdict>;

export type Judged =
  | { readonly verdict: Verdict; /** Names of claims that were shown and not asked; what they said is not kept. */ readonly dropped: readonly string[] }
  | { readonly unreadable: string };
export type JudgedToken = Readonly<Record<string, readonly Judged[]>>;

/** Reasons of a presentation that was made for something else than this request. */
const FOREIGN: readonly Reason[] = ['challenge-wrong', 'challenge-missing', 'audience-wrong'];

type Judging = { readonly request: Request; readonly clientId: string; readonly responseUri: string; readonly verify: VerifyText };

export async function judgeToken(token: VpToken, judging: Judging): Promise<JudgedToken> {
  const judged: Record<string, Judged[]> = {};
  for (const [id, texts] of Object.entries(token)) {
    const query = judging.request.query.credentials.find((credential) => credential.id === id);
    if (!query || query.format === 'other') continue; // readResponse has refused it
    judged[id] = await Promise.all(texts.map((text) => judge(text, query, judging)));
  }
  return judged;
}

async function judge(text: string, query: PassQuery | OpenQuery, judging: Judging): Promise<Judged> {
  if (!isOfFormat(text, query.format)) return fails('query-unsatisfied');
  try {
    return query.format === PASS_FORMAT ? await judgePass(text, query, judging) : await judgeOpen(text, query, judging);
  } catch (error) {
    if (isHealthpassError(error)) return { unreadable: error.code };
    throw error;
  }
}

/** A text is read as what was asked, or not at all. */
const isOfFormat = (text: string, format: string): boolean =>
  (text.startsWith(PASS_PREFIX) ? PASS_FORMAT : text.includes('~') ? SD_JWT_FORMAT : JWT_VC_FORMAT) === format;

async function judgePass(text: string, { meta: { policies, scope, match } }: PassQuery, { request, clientId, responseUri, verify }: Judging): Promise<Judged> {
  const verdict = await verify(text, {
    policy: policies.length === 1 ? policies[0] : undefined,
    audience: clientId, challenge: passChallenge({ clientId, nonce: request.nonce, responseUri }),
    scope: scope && { verifier: clientId, event: scope.event }, match: match ? request.document : undefined,
  });
  if (verdict.outcome !== 'accepted' || verdict.shown.form !== 'pass') return { verdict, dropped: [] };
  const { policy, version } = verdict.shown;
  return policies.some((wanted) => wanted === policy || wanted === `${policy}@${version}`) ? { verdict, dropped: [] } : fails('policy-mismatch');
}

async function judgeOpen(text: string, query: OpenQuery, { request, clientId, verify }: Judging): Promise<Judged> {
  // A holder binding that is there is checked even where none was asked.
  const bound = query.require_cryptographic_holder_binding || (query.format === SD_JWT_FORMAT ? !text.endsWith('~') : isPresentation(text));
  const binding = bound ? { audience: clientId, challenge: new Uint8Array(Buffer.from(request.nonce, 'hex')) } : {};
  const verdict = await verify(text, { ...binding, policy: request.policies[query.id] });
  if (verdict.outcome !== 'accepted') return { verdict, dropped: [] };
  const shown = credentialOf(verdict.shown);
  if (!shown) return fails('query-unsatisfied');
  const claims = shown.claims as OpenClaims; // the readers of both forms put OpenClaims there
  const document = documentOf(query.format, claims, issuerIn(text, query) ?? shown.issuer);
  if (!isOfType(query, claims, document)) return fails('query-unsatisfied');
  if (!isOfAuthority(query, shown.issuer, text)) return fails('issuer-unasked');
  const asked = claimsFor(query, document);
  return asked ? keep(verdict, shown, query, asked) : fails('claim-missing');
}

type OpenShown = Extract<Shown, { form: 'vc-jwt' | 'sd-jwt-vc' }>;

/** The one credential that was shown: a presentation of several answers no query. */
function credentialOf(shown: Shown): OpenShown | undefined {
  if (shown.form === 'pass') return undefined;
  if (shown.form !== 'vp-jwt') return shown;
  const [only, ...others] = shown.credentials;
  return others.length === 0 && only?.form === 'vc-jwt' ? only : undefined;
}

function isOfType(query: OpenQuery, claims: OpenClaims, document: Readonly<Record<string, unknown>>): boolean {
  if (query.format === SD_JWT_FORMAT) return query.meta.vct_values.some((vct) => vct === document['vct']);
  const types = typesOf(claims);
  return query.meta.type_values.some((all) => all.every((type) => types.includes(type)));
}

const isOfAuthority = ({ trusted_authorities: trusted }: OpenQuery, issuer: string, text: string): boolean =>
  !trusted || trusted.some(({ type, values }) => authoritiesOf(type, issuer, text).some((authority) => values.includes(authority)));

/** What was asked is kept. A credential that cannot disclose in parts and of which no claims were named was asked whole. */
function keep(verdict: Verdict, shown: OpenShown, query: OpenQuery, asked: readonly ClaimQuery[]): Judged {
  if (verdict.outcome !== 'accepted' || (query.format === JWT_VC_FORMAT && !query.claims)) return { verdict, dropped: [] };
  const { claims, dropped } = keepAsked(query.format, shown.claims as OpenClaims, asked); // as in judgeOpen
  return { verdict: { ...verdict, shown: { ...shown, claims } }, dropped };
}

/** How a credential that was verified names its issuer itself: some by URL. */
const issuerIn = (text: string, { format }: OpenQuery): string | undefined =>
  format === SD_JWT_FORMAT ? parseSdJwtPayload(readSdJwt(text).jws.payload)?.issuer : undefined;

function isPresentation(jwt: string): boolean {
  const payload = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();
  return payload.includes('"vp"'); // only which of two strict readers takes it hangs on this
}

export type SessionResult = Pick<DescribedVerdict, 'outcome' | 'says' | 'next' | 'fixer'> & { readonly reason?: Reason; readonly credentials: Readonly<Record<string, readonly unknown[]>> };

/** One verdict over all presentations. */
export function concludeSession(judged: JudgedToken, { query }: Request): SessionResult {
  const all = Object.values(judged).flat();
  const reasons = all.flatMap((entry) => ('verdict' in entry && entry.verdict.outcome !== 'accepted' ? [entry.verdict.reason] : []));
  const foreign = reasons.find((reason) => FOREIGN.includes(reason));
  const answered = new Set(Object.entries(judged).filter(([, entries]) => entries.some(isAccepted)).map(([id]) => id));
  const credentials = Object.fromEntries(Object.entries(judged).map(([id, entries]) => [id, entries.map((entry) => describe(entry, foreign !== undefined))]));
  if (foreign === undefined && isAnswered(query, answered)) return { outcome: 'accepted', credentials };
  const { freshness: _, ...verdict } = describeVerdict(verdictFor(foreign ?? reasons[0] ?? 'query-unsatisfied'));
  return { ...verdict, credentials };
}

export const isAccepted = (entry: Judged): boolean => 'verdict' in entry && entry.verdict.outcome === 'accepted';

/** Of a response that is refused as a whole nothing that was shown is kept. */
function describe(entry: Judged, spoiled: boolean): unknown {
  if ('unreadable' in entry) return { outcome: 'unreadable', code: entry.unreadable };
  if (spoiled && entry.verdict.outcome === 'accepted') return { outcome: 'discarded' };
  return { ...describeVerdict(entry.verdict), ...(entry.dropped.length > 0 && { dropped: entry.dropped }) };
}

const fails = (reason: Reason): Judged => ({ verdict: verdictFor(reason), dropped: [] });

/** Marks of one entry a person, in accepted passes: whose book they go into, by query. */
export function entriesOf(judged: JudgedToken, { query }: Request): { readonly id: string; readonly event: string; readonly nullifier: FieldElement }[] {
  return query.credentials.flatMap((credential) => {
    if (credential.format !== PASS_FORMAT || !credential.meta.scope) return [];
    const [entry] = judged[credential.id] ?? [];
    if (!entry || !('verdict' in entry) || entry.verdict.outcome !== 'accepted' || entry.verdict.shown.form !== 'pass') return [];
    return [{ id: credential.id, event: credential.meta.scope.event, nullifier: BigInt(`0x${entry.verdict.shown.nullifier!}`) as FieldElement }]; // verifyPass gave a field element
  });
}

export const alreadyEntered = (): Judged => fails('scope-used');
