// The text of an SD-JWT VC (RFC 9901, draft-ietf-oauth-sd-jwt-vc) read strictly: issuer-signed JWT, disclosures, key binding JWT.
// @sd-jwt/core is lenient here (it lets a disclosure overwrite a registered claim, and passes over digests that stand twice), so what is
// verified is read by this file and not by it.
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { HolderKey } from '#passport/credential.ts';
import { HealthpassError, isHealthpassError } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';
import { parseSdClaims, SD_CLAIM_NAMES, VCTS, type OpenClaims } from '../credential/forms.ts';
import { parseHolderKey } from '../credential/holder.ts';
import { decodeBase64url, encodeBase64url, readJws, readObject, type Jws, type JwsForm } from '../credential/jws.ts';
import { credentialStatusSchema, type CredentialStatus } from '../credential/status.ts';
import { numericDate } from '../vc-jwt/payload.ts';

export const SD_JWT_MAX_LENGTH = 20_000;
/** Digests in every credential: real ones and decoys, so that their number does not tell which claims there are. */
export const SD_DIGESTS = 16;
/** Name of the disclosable claim that holds the credential's id: for the wallet, as verifiers could follow a holder by it. */
export const ID_CLAIM = 'jti';

const CODE = 'sd-jwt-malformed';
const FORM: JwsForm = { code: CODE, maxLength: SD_JWT_MAX_LENGTH };
const SALT = /^[A-Za-z0-9_-]{22,64}$/;

export type Disclosure = { readonly name: string; readonly value: unknown; readonly digest: string };
export type SdJwtText = {
  readonly jws: Jws;
  readonly disclosures: readonly Disclosure[];
  /** Everything up to and with the last `~`: what `sd_hash` is over. */
  readonly presented: string;
  readonly keyBinding: Jws | undefined;
};

/** SHA-256 in base64url of ASCII text: `sd_hash`, and digests of disclosures. */
export const hashText = (text: string): string => encodeBase64url(sha256(utf8ToBytes(text)));

/** @throws HealthpassError `sd-jwt-malformed`, `text-too-long`, `json-malformed`, `json-duplicate-key` */
export function readSdJwt(text: unknown): SdJwtText {
  if (typeof text !== 'string') throw malformed('is no text');
  if (text.length > SD_JWT_MAX_LENGTH) throw new HealthpassError('text-too-long', `the SD-JWT is longer than ${SD_JWT_MAX_LENGTH} characters`);
  const [jwt, ...rest] = text.split('~');
  const keyBinding = rest.pop();
  if (keyBinding === undefined) throw malformed('has no ~');
  if (rest.length > SD_DIGESTS) throw malformed('has more disclosures than a credential has claims');
  return {
    jws: readJws(jwt, FORM),
    disclosures: rest.map(readDisclosure),
    presented: text.slice(0, text.length - keyBinding.length),
    keyBinding: keyBinding === '' ? undefined : readJws(keyBinding, FORM),
  };
}

function readDisclosure(encoded: string): Disclosure {
  const value = parseJson(decodeBase64url(encoded, CODE), { maxDepth: 8 });
  // Two elements would be an item of an array, which no credential of ours discloses.
  if (!Array.isArray(value) || value.length !== 3) throw malformed('has a disclosure that is not salt, name and value');
  const [salt, name, claim] = value as [unknown, unknown, unknown];
  if (typeof salt !== 'string' || !SALT.test(salt) || typeof name !== 'string') throw malformed('has a disclosure with a wrong salt or name');
  return { name, value: claim, digest: hashText(encoded) };
}

const members = {
  iat: numericDate,
  nbf: numericDate.optional(),
  exp: numericDate,
  vct: z.enum(VCTS),
  cnf: z.strictObject({ jwk: z.unknown() }),
  credentialStatus: credentialStatusSchema,
  _sd: z.array(z.string().regex(/^[A-Za-z0-9_-]{43}$/)).max(SD_DIGESTS),
  _sd_alg: z.literal('sha-256'),
};
/** By DID: nothing besides. */
const plain = z.strictObject({ iss: z.string().max(300).startsWith('did:'), ...members });
/** By URL, with certificates in the header: the status as a Token Status List too, and what the type's metadata have to be. */
const certified = z.strictObject({
  iss: z.url({ protocol: /^https?$/ }).max(300),
  ...members,
  status: z.strictObject({ status_list: z.strictObject({ idx: z.int().min(0), uri: z.url({ protocol: /^https?$/ }).max(500) }) }),
  'vct#integrity': z.string().regex(/^sha256-[A-Za-z0-9+/]{43}=$/),
}).refine(({ status, credentialStatus }) => status.status_list.idx === credentialStatus.statusRegistry.index, 'the two names of the status entry differ');
const payloadSchema = z.union([plain, certified])
  .refine(({ iat, nbf, exp, _sd }) => (nbf ?? iat) < exp && new Set(_sd).size === _sd.length);

export type SdJwtPayload = {
  /** A DID, or the URL that certificates have to bind to one. */
  readonly issuer: string;
  readonly vct: string;
  readonly holderKey: HolderKey;
  readonly validity: { readonly iat: number; readonly nbf: number | undefined; readonly exp: number };
  readonly status: CredentialStatus;
  readonly digests: readonly string[];
};

/** Reads the payload of an issuer-signed JWT whose signature was verified; undefined when it lacks what it must have. */
export function parseSdJwtPayload(bytes: Uint8Array): SdJwtPayload | undefined {
  return lenient(() => {
    const parsed = payloadSchema.safeParse(readObject(bytes, CODE));
    if (!parsed.success) return undefined;
    const { iss, iat, nbf, exp, vct, cnf, credentialStatus, _sd } = parsed.data;
    return { issuer: iss, vct, holderKey: parseHolderKey(cnf.jwk, 'cnf.jwk'), validity: { iat, nbf, exp }, status: credentialStatus, digests: _sd };
  });
}

/**
 * What the disclosures say; undefined unless each has its digest in the signed payload, none stands twice, and each is a claim that this
 * type of credential has. Registered names (`iss`, `exp`, `cnf` …) are none, so nothing signed can be overwritten.
 */
export function openDisclosures({ vct, digests }: SdJwtPayload, disclosures: readonly Disclosure[]): OpenClaims | undefined {
  const names = new Set(disclosures.map(({ name }) => name));
  const found = new Set(disclosures.map(({ digest }) => digest));
  if (names.size !== disclosures.length || found.size !== disclosures.length) return undefined;
  if (disclosures.some(({ digest, name }) => !digests.includes(digest) || !(name === ID_CLAIM || SD_CLAIM_NAMES.includes(name)))) return undefined;
  const claims = disclosures.filter(({ name }) => name !== ID_CLAIM).map(({ name, value }) => [name, value] as const);
  return lenient(() => parseSdClaims(vct, Object.fromEntries(claims)));
}

function lenient<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isHealthpassError(error)) return undefined;
    throw error;
  }
}

const malformed = (what: string) => new HealthpassError(CODE, `the SD-JWT ${what}`);
