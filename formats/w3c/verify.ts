// Verifying a credential or presentation of anybody, whatever secures it: form, proof, period, status, in this order, each reported on its own.
// Whether its issuer is accredited is told beside the result and never part of it.
import { CLOCK_SKEW } from '../credential/checks.ts';
import { CONTEXTS } from '../credential/forms.ts';
import { assertJsonLd, verifyPresentationProofs, verifyProofs } from './data-integrity.ts';
import { isEnvelope, readEnvelope } from './envelope.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { claimsToBe, documentOfJwt, openJose, type FindKey, type JoseEncoding, type JoseKind } from './jose.ts';
import { parseCredential, type ParsedCredential } from './model/credential.ts';
import { parsePresentation, type ParsedPresentation } from './model/presentation.ts';
import { malformed, VcProblem } from './problem.ts';
import { assertSignedTerms } from './signed-terms.ts';

/** What looking at one status entry tells; `unchecked` where the list is none that can be read here. */
export type StatusAnswer = { readonly status: 'valid' | 'revoked' | 'suspended' | 'unchecked'; readonly purpose?: string; readonly list?: string };

export type VerifyContext = {
  readonly now: Date;
  readonly findKey: FindKey;
  /** @throws VcProblem for an entry of a list of ours that cannot be read */
  readonly statusOf: (entry: JsonObject) => StatusAnswer;
  /** Whether the caller takes upon himself a status that cannot be read here. Never where it can. */
  readonly withoutStatus: boolean;
  /**
   * Verifies a health credential in the form that our issuers sign, for its holder where one presents it.
   * @returns the DID of its issuer
   * @throws VcProblem
   */
  readonly verifyHealthCredential: (text: string, holder: string | undefined) => Promise<string>;
};

export type Check = 'form' | 'proof' | 'validity' | 'status';
export type VerifiedCredential = {
  readonly document: JsonObject;
  readonly issuer: string;
  readonly securing: 'data-integrity' | 'vc+jwt' | 'jwt';
  readonly checks: readonly Check[];
  readonly warnings: readonly string[];
};

/** @throws VcProblem */
export async function verifyAnyCredential(input: unknown, context: VerifyContext, holder?: string): Promise<VerifiedCredential> {
  const jwt = jwtOf(input, 'credential');
  if (jwt && isHealthCredential(jwt)) return verifyOwnForm(jwt, context, holder);
  const { parsed, securing } = await openCredential(input, jwt, context);
  assertPeriod(parsed, context.now);
  const status = checkStatus(parsed, context);
  const warnings = [...status.warnings, ...ownTerms(parsed, securing), ...parsed.uncompared.map(() => 'a related resource was not fetched and its digest not compared')];
  return { document: parsed.document, issuer: parsed.issuer, securing, checks: ['form', 'proof', 'validity', ...(status.checked ? ['status' as const] : [])], warnings };
}

/** Our own form says so by its contexts. One of them is not known here, and none is needed: every member of this form is read by its schema. */
const isHealthCredential = ({ text, encoding }: ShownJwt): boolean =>
  encoding === 'vc-1.1' && claimsToBe(text, 'credential', ({ '@context': contexts }) => JSON.stringify(contexts) === JSON.stringify(CONTEXTS));

async function verifyOwnForm({ text, shown }: ShownJwt, { verifyHealthCredential }: VerifyContext, holder: string | undefined): Promise<VerifiedCredential> {
  const issuer = await verifyHealthCredential(text, holder);
  const document = documentOfJwt(text, 'credential');
  assertShown(shown, document);
  return { document, issuer, securing: 'jwt', checks: ['form', 'proof', 'validity', 'status'], warnings: [] };
}

async function openCredential(input: unknown, jwt: ShownJwt | undefined, context: VerifyContext): Promise<{ parsed: ParsedCredential; securing: VerifiedCredential['securing'] }> {
  if (!jwt) {
    const parsed = parseCredential(input);
    await verifyProofs(parsed.document, context.now);
    await assertSignedTerms(parsed.document);
    return { parsed, securing: 'data-integrity' };
  }
  const { document, signer } = await openJose(jwt.text, 'credential', jwt.encoding, { findKey: context.findKey, now: context.now.getTime() / 1000 });
  assertShown(jwt.shown, document);
  const parsed = parseCredential(document);
  if (parsed.issuer !== signer) throw new VcProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the signature is not one of the issuer');
  await assertJsonLd(document);
  return { parsed, securing: jwt.encoding === 'vc-jose' ? 'vc+jwt' : 'jwt' };
}

/** A JWT, and the object that was shown beside it where there is one. */
type ShownJwt = { readonly text: string; readonly encoding: JoseEncoding; readonly shown?: JsonObject };

/** The JWT that something holds: an envelope, a bare text (data model 1.1), or the object that Veramo makes of one. */
function jwtOf(input: unknown, kind: JoseKind): ShownJwt | undefined {
  if (isEnvelope(input, kind)) return readEnvelope(input, kind);
  if (typeof input === 'string') return { text: input, encoding: 'vc-1.1' };
  const { proof, ...shown } = isJsonObject(input) ? input : {};
  if (!isJsonObject(proof) || proof['type'] !== 'JwtProof2020') return undefined;
  if (typeof proof['jwt'] !== 'string' || Object.keys(proof).length !== 2) throw malformed('proof', 'is no JWT and nothing else');
  return { text: proof['jwt'], encoding: 'vc-1.1', shown };
}

/** Only the JWT was signed. An object beside it is what its reader goes by, so it has to say the same. */
function assertShown(shown: JsonObject | undefined, document: JsonObject): void {
  if (shown && sortedJson(plain(shown)) !== sortedJson(plain(document))) throw new VcProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the object says something else than the JWT that was signed');
}

/** Of the graph that was signed, each holder may write the names anew: by a context in place, or as whole IRIs. */
const ownTerms = ({ document }: ParsedCredential, securing: VerifiedCredential['securing']): string[] => {
  const { proof: _, ...said } = document;
  const isOwn = [document['@context']].flat().some(isJsonObject) || hasIriName(said);
  return securing === 'data-integrity' && isOwn ? ['members mean what @context says, whatever they are called: some are named by the document itself'] : [];
};

const hasIriName = (value: unknown): boolean => typeof value === 'object' && value !== null
  && Object.entries(value).some(([name, inner]) => (!Array.isArray(value) && name.includes(':')) || (name !== '@context' && hasIriName(inner)));

const DATES = ['issuanceDate', 'expirationDate', 'validFrom', 'validUntil'];

/** Two spellings of the same: a party that is its id alone, and a date. */
function plain(document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(document).map(([name, value]) => {
    if ((name === 'issuer' || name === 'holder') && isJsonObject(value) && Object.keys(value).length === 1) return [name, value['id']];
    return [name, DATES.includes(name) && typeof value === 'string' ? Date.parse(value) : value];
  }));
}

const sortedJson = (value: unknown): string => JSON.stringify(value, (_name, inner: unknown) => (isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner));

function assertPeriod({ validFrom, validUntil }: ParsedCredential, now: Date): void {
  if (validFrom !== undefined && now.getTime() + CLOCK_SKEW * 1000 < validFrom) throw new VcProblem('RANGE_ERROR', 'the credential is not valid yet');
  if (validUntil !== undefined && now.getTime() >= validUntil + CLOCK_SKEW * 1000) throw new VcProblem('RANGE_ERROR', 'the credential has run out');
}

function checkStatus({ status }: ParsedCredential, { statusOf, withoutStatus }: VerifyContext): { checked: boolean; warnings: string[] } {
  const answers = status.map(statusOf);
  const blocked = answers.find((answer) => answer.status === 'revoked' || answer.status === 'suspended');
  if (blocked) throw new VcProblem('STATUS_VERIFICATION_ERROR', `the credential is ${blocked.status}`);
  const unchecked = answers.filter((answer) => answer.status === 'unchecked').length;
  if (unchecked > 0 && !withoutStatus) throw new VcProblem('STATUS_RETRIEVAL_ERROR', 'the credential names a status list that is not read here');
  return { checked: unchecked === 0 && answers.length > 0, warnings: unchecked > 0 ? ['the status was not checked: its list is not read here'] : [] };
}

export type VerifiedPresentation = { readonly document: JsonObject; readonly holder: string | undefined; readonly credentials: readonly VerifiedCredential[] };
export type PresentationAudience = { readonly challenge?: string | undefined; readonly domain?: string | undefined };

/** @throws VcProblem also where no challenge is given: a presentation that answers none could be an old one */
export async function verifyAnyPresentation(input: unknown, audience: PresentationAudience, context: VerifyContext): Promise<VerifiedPresentation> {
  const parsed = await openPresentation(input, audience, context);
  const credentials: VerifiedCredential[] = [];
  for (const credential of parsed.credentials) credentials.push(await verifyAnyCredential(credential, context, parsed.holder));
  return { document: parsed.document, holder: parsed.holder, credentials };
}

async function openPresentation(input: unknown, { challenge, domain }: PresentationAudience, context: VerifyContext): Promise<ParsedPresentation> {
  const jwt = jwtOf(input, 'presentation');
  if (jwt) {
    const { document, signer, claims } = await openJose(jwt.text, 'presentation', jwt.encoding, { findKey: context.findKey, now: context.now.getTime() / 1000 });
    assertShown(jwt.shown, document);
    assertAnswers(claims, assertChallenge(challenge), domain);
    return assertHolder(parsePresentation(document), signer);
  }
  const parsed = parsePresentation(input);
  await verifyPresentationProofs(parsed.document, { challenge: assertChallenge(challenge), domain }, context.now);
  const [proof] = [parsed.document['proof']].flat() as { verificationMethod: string }[]; // verified
  return assertHolder(parsed, proof!.verificationMethod.split('#')[0]!);
}

function assertChallenge(challenge: string | undefined): string {
  if (challenge === undefined || challenge === '') throw new VcProblem('INVALID_CHALLENGE_ERROR', 'options.challenge is missing: a presentation is checked against the challenge that it answers');
  return challenge;
}

function assertAnswers({ nonce, aud }: JsonObject, challenge: string, domain: string | undefined): void {
  if (nonce !== challenge) throw new VcProblem('INVALID_CHALLENGE_ERROR', 'nonce is not the challenge that was asked for');
  if (domain !== undefined && ![aud].flat().includes(domain)) throw new VcProblem('INVALID_DOMAIN_ERROR', 'aud is not the domain that was asked for');
}

function assertHolder(parsed: ParsedPresentation, signer: string): ParsedPresentation {
  if (parsed.holder !== undefined && parsed.holder !== signer) throw new VcProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the presentation is not signed by its holder');
  return { ...parsed, holder: parsed.holder ?? signer };
}
