// What travels from the issuer to the wallet: one health event in three securings under one status entry.
import { z } from 'zod';
import { decodeClaims, encodeClaims, type Claims } from './claims.ts';
import type { ClaimsSignature } from './claims-signature.ts';
import { HealthpassError } from './errors.ts';
import { parseFieldElement, type FieldElement } from './field.ts';
import type { ClaimsKey } from './registry-tree.ts';

/** Public JWK of a P-256 key. */
export type HolderKey = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

/** What a wallet hands to the issuer for one credential: nothing in it is used twice, so issuers cannot link a patient by it. */
export type HolderBinding = {
  /** Poseidon(holder secret, blinding). */
  readonly commitment: FieldElement;
  readonly key: HolderKey;
};

export type IssuedCredential = {
  /** urn:uuid of the credential; the same in the two JWT securings. */
  readonly id: string;
  /** DID of the issuer. */
  readonly issuer: string;
  readonly vcJwt: string;
  readonly sdJwtVc: string;
  readonly claims: Claims;
  readonly claimsKey: ClaimsKey;
  readonly signature: ClaimsSignature;
};

const jwkCoordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const bindingSchema = z.strictObject({
  commitment: z.string(),
  key: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: jwkCoordinate, y: jwkCoordinate }),
});
const issuedSchema = z.strictObject({
  id: z.string().regex(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  issuer: z.string().max(200).startsWith('did:ethr:'),
  vcJwt: z.string().max(20_000),
  sdJwtVc: z.string().max(20_000),
  claims: z.array(z.string()).length(16),
  claimsKey: z.strictObject({ x: z.string(), y: z.string() }),
  signature: z.strictObject({ R8x: z.string(), R8y: z.string(), S: z.string() }),
});

/** JSON form: field elements as decimal strings. */
export const encodeHolderBinding = (binding: HolderBinding): unknown => ({ commitment: binding.commitment.toString(), key: binding.key });

/** @throws HealthpassError `request-invalid`, `field-not-canonical` */
export function parseHolderBinding(input: unknown): HolderBinding {
  const parsed = bindingSchema.safeParse(input);
  if (!parsed.success) throw invalid('request-invalid', 'the holder binding', parsed.error);
  return { commitment: parseFieldElement(parsed.data.commitment, 'commitment'), key: parsed.data.key };
}

export const encodeIssuedCredential = (credential: IssuedCredential): unknown => ({
  ...credential,
  claims: encodeClaims(credential.claims).map(String),
  claimsKey: { x: credential.claimsKey.x.toString(), y: credential.claimsKey.y.toString() },
  signature: { R8x: credential.signature.R8x.toString(), R8y: credential.signature.R8y.toString(), S: credential.signature.S.toString() },
});

/** Reads the JSON form; signatures are not checked here. @throws HealthpassError `request-invalid`, `field-not-canonical`, `claims-invalid` */
export function parseIssuedCredential(input: unknown): IssuedCredential {
  const parsed = issuedSchema.safeParse(input);
  if (!parsed.success) throw invalid('request-invalid', 'the credential', parsed.error);
  const { claims, claimsKey, signature, ...rest } = parsed.data;
  return {
    ...rest,
    claims: decodeClaims(claims.map((value, i) => parseFieldElement(value, `claims.${i}`))),
    claimsKey: { x: parseFieldElement(claimsKey.x, 'claimsKey.x'), y: parseFieldElement(claimsKey.y, 'claimsKey.y') },
    signature: {
      R8x: parseFieldElement(signature.R8x, 'signature.R8x'),
      R8y: parseFieldElement(signature.R8y, 'signature.R8y'),
      S: parseFieldElement(signature.S, 'signature.S'),
    },
  };
}

function invalid(code: 'request-invalid', what: string, error: z.ZodError): HealthpassError {
  const path = error.issues[0]!.path.join('.') || 'body';
  return new HealthpassError(code, `${what} has a wrong or missing ${path}`, { field: path });
}
