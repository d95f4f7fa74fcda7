// Credentials and presentations in a JWS: VC-JOSE-COSE (`vc+jwt`, `vp+jwt`: the payload is the document itself) and the older encoding of
// VC Data Model 1.1 (6.3.1: the document in a `vc` or `vp` claim). The media type says which of the two is meant, never the content.
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { createJws, readJws, readObject, type Jws, type JwsForm } from '../credential/jws.ts';
import { CLOCK_SKEW } from '../credential/checks.ts';
import { verifyEcdsa } from '../credential/signature.ts';
import { isHealthpassError } from '#passport/errors.ts';
import { parseSelfDid, type SelfKey } from './did-key.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import type { ParsedCredential } from './model/credential.ts';
import { malformed, VcProblem } from './problem.ts';

const FORM: JwsForm = { code: 'jwt-malformed', maxLength: 500_000 };

export type JoseKind = 'credential' | 'presentation';
/** How a JWS holds its document: as its payload, or in a claim. */
export type JoseEncoding = 'vc-jose' | 'vc-1.1';

/** A key that credentials are verified with. */
export type VerificationKey = { readonly controller: string; readonly kind: 'Ed25519' | 'P-256' | 'secp256k1'; readonly publicKey: Uint8Array };
/** Key of a verification method by its DID URL, or of a DID with one only; undefined where it cannot be had. */
export type FindKey = (url: string) => Promise<VerificationKey | undefined>;

export const findSelfKey: FindKey = async (url) => {
  const key = parseSelfDid(url);
  return key && { controller: key.did, kind: key.kind, publicKey: key.publicKey };
};

export type JoseSigner = { readonly key: SelfKey; readonly sign: (message: Uint8Array) => Promise<Uint8Array> | Uint8Array };

const TYPES = { credential: 'vc+jwt', presentation: 'vp+jwt' } as const;
const CONTENT = { credential: 'vc', presentation: 'vp' } as const;

/** Secures a document as VC-JOSE-COSE does, with ES256. */
export const secureJose = (document: JsonObject, kind: JoseKind, { key, sign }: JoseSigner, claims: JsonObject = {}): Promise<string> =>
  createJws({ alg: 'ES256', typ: TYPES[kind], cty: CONTENT[kind], kid: key.kid, iss: key.did }, { ...document, ...claims }, sign);

/**
 * Secures a credential in the encoding of data model 1.1 with ES256K: as it stands in `vc`, the registered claims in addition (6.3.1). Nothing of
 * it gets a place outside of `vc`, whatever its members are called.
 */
export function secureLegacyJose(credential: ParsedCredential, { kid, sign }: { readonly kid: string; readonly sign: JoseSigner['sign'] }): Promise<string> {
  const { document, issuer, validFrom, validUntil } = credential;
  const subject = isJsonObject(document['credentialSubject']) ? document['credentialSubject']['id'] : undefined;
  const [nbf, exp] = [validFrom, validUntil].map((time) => (time === undefined ? undefined : time / 1000));
  return createJws({ alg: 'ES256K', typ: 'JWT', kid }, { iss: issuer, sub: subject, jti: document['id'], nbf, exp, vc: document }, sign); // JSON leaves out what is undefined
}

export type OpenedJose = { readonly document: JsonObject; readonly signer: string; readonly claims: JsonObject };

/**
 * Verifies a JWS and gives its document. Nothing of the payload is read before the signature holds.
 * @throws VcProblem
 */
export async function openJose(text: unknown, kind: JoseKind, encoding: JoseEncoding, { findKey, now }: { findKey: FindKey; now: number }): Promise<OpenedJose> {
  const jws = readText(text);
  assertHeader(jws.header, kind, encoding);
  const key = await keyOf(jws, encoding, findKey);
  if (!signatureHolds(jws, key)) throw new VcProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the signature does not verify');
  const claims = readPayload(jws.payload);
  assertTimes(claims, now);
  return { document: encoding === 'vc-jose' ? documentOf(claims, jws.header, key, kind) : legacyDocument(claims, kind), signer: key.controller, claims };
}

/** Whether the payload of a JWT of data model 1.1 has something. Only which reader takes it may hang on this: nothing is verified. */
export function claimsToBe(text: string, kind: JoseKind, is: (document: JsonObject) => boolean): boolean {
  try {
    const inner = readPayload(readText(text).payload)[CONTENT[kind]];
    return isJsonObject(inner) && is(inner);
  } catch {
    return false; // another reader says what is wrong with it
  }
}

/** The document of a JWT of data model 1.1 that was verified. @throws VcProblem */
export const documentOfJwt = (text: string, kind: JoseKind): JsonObject => legacyDocument(readPayload(readText(text).payload), kind);

function readText(text: unknown): Jws {
  try {
    return readJws(text, FORM);
  } catch (error) {
    throw isHealthpassError(error) ? new VcProblem('PARSING_ERROR', error.message) : error;
  }
}

function readPayload(bytes: Uint8Array): JsonObject {
  try {
    return readObject(bytes, 'jwt-malformed', 64);
  } catch (error) {
    throw isHealthpassError(error) ? new VcProblem('PARSING_ERROR', error.message) : error;
  }
}

const ALGORITHMS = { Ed25519: ['EdDSA', 'Ed25519'], 'P-256': ['ES256'], secp256k1: ['ES256K'] } as const;

/** What would have a key come from the message itself, or change what is signed, is refused rather than ignored. */
const FORBIDDEN = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip'];

function assertHeader(header: Jws['header'], kind: JoseKind, encoding: JoseEncoding): void {
  if (FORBIDDEN.some((name) => name in header)) throw new VcProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the header names a key or an extension of its own');
  const wanted = encoding === 'vc-jose' ? [TYPES[kind]] : ['JWT', undefined];
  if (!(wanted as unknown[]).includes(header['typ'])) throw malformed('typ', `is not ${TYPES[kind]}`);
  const content = header['cty'];
  if (encoding === 'vc-jose' && content !== undefined && content !== CONTENT[kind]) throw malformed('cty', `is not ${CONTENT[kind]}`);
}

async function keyOf({ header, payload }: Jws, encoding: JoseEncoding, findKey: FindKey): Promise<VerificationKey> {
  const { kid } = header;
  // A kid that is no absolute URL is a fragment of the issuer; which issuer, the payload claims, and it is believed only once the key fits.
  const issuer = kid === undefined || !`${kid}`.includes(':') ? claimedIssuer(readPayload(payload), encoding) : undefined;
  const url = issuer === undefined ? kid : kid === undefined ? issuer : `${issuer}#${`${kid}`.replace(/^#/, '')}`;
  const key = typeof url === 'string' ? await findKey(url) : undefined;
  if (!key) throw new VcProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the key of the signature cannot be resolved here');
  if (!(ALGORITHMS[key.kind] as readonly unknown[]).includes(header['alg'])) throw new VcProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'alg is not that of the key');
  return key;
}

function claimedIssuer(claims: JsonObject, encoding: JoseEncoding): unknown {
  const { iss, issuer, holder } = claims;
  if (encoding === 'vc-1.1' || iss !== undefined) return iss;
  const party = issuer ?? holder;
  return isJsonObject(party) ? party['id'] : party;
}

function signatureHolds({ signingInput, signature }: Jws, { kind, publicKey }: VerificationKey): boolean {
  const message = utf8ToBytes(signingInput);
  if (kind !== 'Ed25519') return verifyEcdsa(kind, bytesToHex(publicKey), message, signature);
  try {
    return signature.length === 64 && ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** `exp` and `nbf` speak of the JWT (RFC 7519, 4.1). Nothing hangs on `iat`, which some write as a text. */
function assertTimes({ exp, nbf }: JsonObject, now: number): void {
  for (const [name, value] of Object.entries({ exp, nbf })) {
    if (value !== undefined && (typeof value !== 'number' || !Number.isFinite(value) || value < 0)) throw malformed(name, 'is no time');
  }
  if (typeof exp === 'number' && now >= exp + CLOCK_SKEW) throw new VcProblem('RANGE_ERROR', 'the token has run out');
  if (typeof nbf === 'number' && now + CLOCK_SKEW < nbf) throw new VcProblem('RANGE_ERROR', 'the token is not valid yet');
}

const CLAIMS = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf']);

/** The payload is the document; JWT claims beside it say nothing else than it does (VC-JOSE-COSE, 3.1 and 4). */
function documentOf(claims: JsonObject, header: Jws['header'], key: VerificationKey, kind: JoseKind): JsonObject {
  if ('vc' in claims || 'vp' in claims) throw malformed('vc', 'and vp may not stand in this kind of token');
  const document = Object.fromEntries(Object.entries(claims).filter(([name]) => !CLAIMS.has(name)));
  const party = kind === 'credential' ? document['issuer'] : document['holder'];
  const id = isJsonObject(party) ? party['id'] : party;
  const issuers = [claims['iss'], header['iss']].filter((iss) => iss !== undefined);
  if (!issuers.every((iss) => iss === (id ?? key.controller))) throw malformed('iss', `is not the ${kind === 'credential' ? 'issuer' : 'holder'}`);
  if (kind === 'credential' && claims['jti'] !== undefined && claims['jti'] !== document['id']) throw malformed('jti', 'is not the id of the credential');
  return document;
}

/** VC Data Model 1.1, 6.3.1: registered claims stand for properties of the document; where both are there, they agree. */
function legacyDocument(claims: JsonObject, kind: JoseKind): JsonObject {
  const inner = claims[CONTENT[kind]];
  if (!isJsonObject(inner)) throw malformed(CONTENT[kind], 'is no object');
  const document: JsonObject = { ...inner };
  const put = (property: string, value: unknown) => {
    if (value === undefined) return;
    const present = document[property];
    const same = isJsonObject(present) ? present['id'] === value : present === undefined || present === value || Date.parse(`${present}`) === Date.parse(`${value}`);
    if (!same) throw malformed(property, 'differs from the claim that stands for it');
    document[property] = present ?? value;
  };
  put(kind === 'credential' ? 'issuer' : 'holder', claims['iss']);
  put('id', claims['jti']);
  if (kind === 'presentation') return document;
  const version2 = (document['@context'] as unknown[] | undefined)?.[0] === 'https://www.w3.org/ns/credentials/v2';
  const date = (seconds: unknown) => (typeof seconds === 'number' ? new Date(Math.round(seconds * 1000)).toISOString() : undefined);
  put(version2 ? 'validFrom' : 'issuanceDate', date(claims['nbf']));
  put(version2 ? 'validUntil' : 'expirationDate', date(claims['exp']));
  if (claims['sub'] !== undefined && isJsonObject(document['credentialSubject'])) {
    const subject = document['credentialSubject'];
    if (subject['id'] !== undefined && subject['id'] !== claims['sub']) throw malformed('sub', 'is not the subject');
    document['credentialSubject'] = { id: claims['sub'], ...subject };
  }
  return document;
}
