// A rule that a verifier has signed: a compact JWS of its document, under the name by which the verifier asks (OpenID4VP client identifier).
// Who reads it learns whose rule it is before anything of it is used. docs/protocol.md, "Signed rules".
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';
import { isHealthpassError, parsePolicy, type Policy, type PolicyDocument, type UnixSeconds } from '#passport';
import { readJws, readObject, type Jws } from '../credential/jws.ts';
import { ALGORITHMS, verifyEcdsa, type KeyType } from '../credential/signature.ts';
import { decodeDenseJws, encodeDenseJws, type DenseForm } from '../dense/dense.ts';
import { keyOfDid } from './did.ts';

export const RULE_TYPE = 'healthpass-rule+jwt';
/** `HPR1:`, and what follows as docs/protocol.md writes it. */
export const RULE_PREFIX = 'HPR1:';
const TEXT_MAX_LENGTH = 60_000;
const FORM: DenseForm = { prefix: RULE_PREFIX, code: 'rule-malformed', field: 'rule', maxBytes: 45_000 };
const CLOCK_SKEW = 60;

/** Signs a payload as a compact JWS of a type: see verifier/openid4vp/identity.ts. */
export type RuleSigning = { readonly clientId: string; readonly sign: (payload: object, type: string) => Promise<string> };

export type RuleSigner =
  /** `name` only where an authority that is known here vouches for it. */
  | { readonly by: 'certificate'; readonly clientId: string; readonly name: string | undefined; readonly hosts: readonly string[] }
  | { readonly by: 'did'; readonly clientId: string; readonly did: string };

export type VerifiedRule = {
  readonly policy: Policy;
  readonly signer: RuleSigner;
  /** Whether the signer is one that the reader knows: by a certificate of a known authority, or by name. */
  readonly known: boolean;
  readonly signedAt: UnixSeconds;
  /** The compact JWS. */
  readonly jws: string;
};

export type RuleContext = {
  readonly now: number;
  /** Authorities of verifiers, PEM or base64. */
  readonly roots?: readonly string[] | undefined;
  /** Client identifiers that the reader has taken as known. */
  readonly knownSigners?: readonly string[] | undefined;
};

const payloadSchema = z.strictObject({ iss: z.string().min(1).max(300), iat: z.int().min(0), rule: z.record(z.string(), z.unknown()) });

/** What readers make of the clauses themselves is not signed: the sentence, and where the schema stands. */
export function createSignedRule(document: PolicyDocument, { clientId, sign }: RuleSigning, now: UnixSeconds): Promise<string> {
  const rule = Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'asks' && name !== '$schema'));
  return sign({ iss: clientId, iat: now, rule }, RULE_TYPE);
}

export const encodeRuleText = (jws: string): Promise<string> => encodeDenseJws(jws, FORM);

/** Of a compact JWS or of the text of a code. @throws HealthpassError `rule-malformed`, `rule-signature-invalid`, `policy-invalid`, `text-too-long`, and as parseJson */
export async function verifySignedRule(text: string, context: RuleContext): Promise<VerifiedRule> {
  const jws = text.startsWith(RULE_PREFIX) ? await decodeDenseJws(text, FORM) : text;
  const read = readJws(jws, { code: 'rule-malformed', maxLength: TEXT_MAX_LENGTH });
  if (read.header['typ'] !== RULE_TYPE || 'crit' in read.header || 'b64' in read.header) throw new HealthpassError('rule-malformed', 'the token is no signed rule', { field: 'typ' });
  const { vouched, ...signer } = await verifySigner(read, context);
  const payload = payloadSchema.safeParse(readObject(read.payload, 'rule-malformed', 16)); // its signature holds
  if (!payload.success) throw new HealthpassError('rule-malformed', 'the rule is not as a signed rule is', { field: payload.error.issues[0]!.path.join('.') || 'payload' });
  const { iss, iat, rule } = payload.data;
  if (iss !== signer.clientId) throw invalid('iss');
  if (iat > context.now + CLOCK_SKEW) throw invalid('iat');
  const policy = parsePolicy({ ...rule, asks: asksOf(rule) });
  return { policy, signer, known: vouched || (context.knownSigners ?? []).includes(signer.clientId), signedAt: iat as UnixSeconds, jws };
}

/** A document needs one; whoever shows a rule makes his own sentence of its clauses. */
const asksOf = ({ title }: Readonly<Record<string, unknown>>): unknown => ({ en: (title as { en?: unknown } | undefined)?.en });

type Vouched = RuleSigner & { readonly vouched: boolean };

/** The key comes from what the header names; nothing that the payload says is looked at before. */
async function verifySigner(jws: Jws, context: RuleContext): Promise<Vouched> {
  const { x5c, kid } = jws.header;
  if ((x5c === undefined) === (kid === undefined)) throw invalid('kid');
  return x5c === undefined ? verifyDid(jws, kid) : verifyCertificate(jws, x5c, context);
}

function verifyDid(jws: Jws, kid: unknown): Vouched {
  const key = keyOfDid(kid);
  if (!key) throw invalid('kid');
  assertSigned(jws, 'secp256k1', key.publicKey);
  return { by: 'did', clientId: `decentralized_identifier:${key.did}`, did: key.did, vouched: false };
}

/** Fetched only where it is needed: reading certificates takes far more code than everything else here. */
async function verifyCertificate(jws: Jws, x5c: unknown, { roots = [], now }: RuleContext): Promise<Vouched> {
  const { hashOfCertificate, readCertificates } = await import('../signer/certificate.ts');
  const hash = hashOfCertificate(x5c);
  if (hash === undefined) throw invalid('x5c');
  const { name, hosts, publicKey, vouched } = await readCertificates(x5c, hash, { roots, now }).catch((error: unknown) => { throw isHealthpassError(error) ? invalid('x5c') : error; });
  assertSigned(jws, 'P-256', publicKey);
  return { by: 'certificate', clientId: `x509_hash:${hash}`, name: vouched ? name : undefined, hosts: vouched ? hosts : [], vouched };
}

function assertSigned({ header, signingInput, signature }: Jws, type: KeyType, publicKey: string): void {
  if (header['alg'] !== ALGORITHMS[type]) throw invalid('alg');
  if (!verifyEcdsa(type, publicKey, utf8ToBytes(signingInput), signature)) throw invalid('signature');
}

const invalid = (field: string) => new HealthpassError('rule-signature-invalid', `the signature of the rule does not hold (${field})`, { field });
