// Verify: one verdict on whatever text a person presents: a pass, a VC-JWT, a VP-JWT with credentials inside, an SD-JWT VC, or a certificate on
// paper, which is a VC-JWT that nobody's device holds.
import { bytesToHex } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import {
  HealthpassError, PASS_PREFIX, parseJson, toSeconds1900, unmetConditions, verdictFor, windowFrom,
  type Claims, type FieldElement, type Policy, type Reason, type Seconds1900, type Shown, type Verdict,
} from '#passport';
import { parseBirthDate, UNKNOWN_BIRTH_DATE } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import { canTransliterate } from '#passport/transliteration/transliterate.ts';
import { eventOf, type OpenClaims, type TrustContext } from '#formats/credential/index.ts';
import { decodePaper, PAPER_PREFIX } from '#formats/paper/index.ts';
import { verifySdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { verifyVcJwt, verifyVpJwt } from '#formats/vc-jwt/index.ts';
import type { AnchorBook } from './anchors.ts';
import { freshnessOf, type Ask, type VerifierContext } from './check-pass.ts';
import { TEXT_MAX_LENGTH, TRUST_AGE } from './limits.ts';
import { verifyPass } from './verify-pass.ts';


export type TextContext = VerifierContext & {
  /** For signatures by keys that were retired since; without it they are refused. */
  readonly anchors?: AnchorBook | undefined;
  /** Roots that certificates in SD-JWT VCs have to lead to, base64 of DER; without them any chain that holds together is taken. */
  readonly certificateRoots?: readonly string[] | undefined;
};

/**
 * @throws HealthpassError `text-malformed` for a text that is none of the forms; the codes of the form for one that is badly formed
 */
export async function verifyText(text: string, ask: Ask, context: TextContext): Promise<Verdict> {
  if (text.length > TEXT_MAX_LENGTH) throw new HealthpassError('text-too-long', 'the text is longer than any presentation', { field: 'text' });
  const trimmed = text.trim();
  if (trimmed.startsWith(PASS_PREFIX)) return verifyPass(trimmed, ask, context);
  const open = trimmed.startsWith(PAPER_PREFIX) ? await decodePaper(trimmed) : trimmed;
  const check = () => verifyOpenForm(open, ask, { ...trustContext(ask, context), certificateRoots: context.certificateRoots });
  const verdict = check();
  const isRetired = verdict.outcome === 'refused' && verdict.reason === 'issuer-key-retired';
  const again = isRetired && context.trust && (await context.anchors?.load(context.trust));
  return judge(again ? check() : verdict, ask, context);
}

function verifyOpenForm(text: string, ask: Ask, trust: TrustContext & Pick<TextContext, 'certificateRoots'>): Verdict {
  // Whoever gave his name or asked a question is answered by the holder, or not at all. A presentation names both: '' fits none.
  const bound = ask.challenge !== undefined || ask.audience !== undefined;
  const [challenge, audience] = [ask.challenge ? bytesToHex(ask.challenge) : '', ask.audience ?? ''];
  if (text.includes('~')) {
    return verifySdJwtVc(text, { ...trust, ...(bound ? { requireKeyBinding: true, nonce: challenge, audience } : { requireKeyBinding: false }) });
  }
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) throw new HealthpassError('text-malformed', 'the text is no pass, JWT or SD-JWT', { field: 'text' });
  if (isPresentation(text)) return verifyVpJwt(text, { ...trust, challenge, audience });
  return bound ? verdictFor('holder-binding-missing', freshnessOf(trust.trust)) : verifyVcJwt(text, trust);
}

/** Whether the payload of a JWT says that it is a presentation. Only which reader takes it hangs on this; each checks its own form. */
function isPresentation(jwt: string): boolean {
  try {
    const payload = parseJson(base64urlnopad.decode(jwt.split('.')[1]!), { maxBytes: TEXT_MAX_LENGTH });
    return typeof payload === 'object' && payload !== null && 'vp' in payload;
  } catch {
    return false;
  }
}

function trustContext(ask: Ask, { trust, now, limits, policies, anchors }: TextContext): TrustContext {
  const policy = ask.policy === undefined ? undefined : findPolicy(policies, ask.policy);
  return { trust, now, maxTrustAge: Math.min(limits?.trust ?? TRUST_AGE, policy?.freshness.trust ?? TRUST_AGE), anchorProof: anchors?.lookup };
}

const findPolicy = (policies: readonly Policy[], asked: string): Policy | undefined =>
  policies.findLast(({ id, version }) => asked === id || asked === `${id}@${version}`);

/** Whether what was shown openly meets what else was asked. */
function judge(verdict: Verdict, ask: Ask, { policies, now }: TextContext): Verdict {
  if (verdict.outcome !== 'accepted') return verdict;
  const refuse = (reason: Reason) => verdictFor(reason, verdict.freshness);
  if (ask.scope) return refuse('scope-missing'); // only a pass carries the mark that lets one person enter once
  const policy = ask.policy === undefined ? undefined : findPolicy(policies, ask.policy);
  if (ask.policy !== undefined && !policy) return refuse('policy-unknown');
  if (isOnPaper(verdict.shown) && !ask.match) return refuse('document-needed'); // nothing else says whose it is
  const fitting = credentialsOf(verdict.shown).filter((claims) => !policy || satisfies(policy, claims, now));
  if (fitting.length === 0) return refuse('policy-unsatisfied');
  const mismatch = ask.match && compare(fitting, ask.match, now);
  return mismatch ? refuse(mismatch) : verdict;
}

/** Whether one of the credentials shown is of the person on the identity document. */
function compare(shown: readonly OpenClaims[], match: NonNullable<Ask['match']>, now: number): Reason | undefined {
  const persons = shown.flatMap((claims) => {
    const person = eventOf(claims).person;
    const named = person?.birthDate !== undefined && canTransliterate([person.family, ...person.given].join(' '));
    return named ? [{ nameDigest: nameDigest(person), birthDate: parseBirthDate(person.birthDate, { now }) }] : [];
  }).filter((person) => person.nameDigest !== 0n);
  if (persons.length === 0) return 'match-missing';
  return persons.some((person) => person.nameDigest === match.nameDigest && person.birthDate === match.birthDate) ? undefined : 'match-wrong';
}

const isOnPaper = (shown: Shown): boolean => shown.form === 'vc-jwt' && shown.onPaper === true;

function credentialsOf(shown: Shown): OpenClaims[] {
  if (shown.form === 'vp-jwt') return shown.credentials.flatMap(credentialsOf);
  return shown.form === 'pass' ? [] : [shown.claims as OpenClaims]; // the readers of both forms put OpenClaims there
}

/** One clause has to hold now. What was not disclosed counts as not given, which satisfies nothing that asks for it. */
function satisfies(policy: Policy, open: OpenClaims, now: number): boolean {
  const event = eventOf(open);
  const instant = windowFrom({ grid: 1, length: 0 }, toSeconds1900(now));
  const claims: Claims = {
    kind: event.kind, disease: event.disease ?? 0n, product: event.product ?? 0, dose: event.dose ?? 0, series: event.series ?? 0,
    eventTime: event.time === undefined ? (0 as Seconds1900) : toSeconds1900(event.time),
    test: event.test ?? 0, result: event.result ?? 'none', country: '',
    birthDate: event.person?.birthDate === undefined ? UNKNOWN_BIRTH_DATE : parseBirthDate(event.person.birthDate, { now }),
    nameDigest: 0n as FieldElement, holder: 0n as FieldElement, list: 1, index: 0, validUntil: instant.end, salt: 0n as FieldElement,
  };
  return policy.clauses.some((clause) => (event.time !== undefined || clause.ageFrom === 0) && unmetConditions(clause, claims, instant).length === 0);
}
