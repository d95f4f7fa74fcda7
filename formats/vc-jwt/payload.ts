// The payload of a VC-JWT: VC Data Model 1.1, section 6.3.1, as did-jwt-vc writes it. `iss`, `sub`, `jti`, `nbf` and `exp` stand for
// issuer, subject, id, issuance and expiration date; a copy of one of them inside `vc` is allowed and has to say the same. One that names no
// subject is on paper: no device holds it.
import { z } from 'zod';
import { CONTEXTS, parseSubject, type OpenClaims } from '../credential/forms.ts';
import { parseHolderDid } from '../credential/holder.ts';
import { readObject } from '../credential/jws.ts';
import { credentialStatusSchema, type CredentialStatus } from '../credential/status.ts';
import { isHealthpassError } from '#passport/errors.ts';
import type { HolderKey } from '#passport/credential.ts';

/** Whole seconds from 1970 to 2444; fractions, texts and negative times are no dates. */
export const numericDate = z.int().min(0).max(2 ** 34 - 2_208_988_800);
const did = z.string().max(300).startsWith('did:');
const uuid = z.string().regex(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const contexts = z.array(z.unknown()).refine((value) => JSON.stringify(value) === JSON.stringify(CONTEXTS));

const schema = z.strictObject({
  iss: did,
  sub: did.optional(),
  jti: uuid,
  nbf: numericDate,
  exp: numericDate,
  iat: numericDate.optional(),
  vc: z.strictObject({
    '@context': contexts,
    type: z.array(z.string()).max(3),
    credentialSubject: z.looseObject({ id: did.optional() }),
    credentialStatus: credentialStatusSchema,
    issuer: did.optional(),
    id: uuid.optional(),
    issuanceDate: z.iso.datetime().optional(),
    expirationDate: z.iso.datetime().optional(),
  }),
}).refine(({ iss, sub, jti, nbf, exp, vc }) =>
  nbf < exp && same(vc.issuer, iss) && same(vc.id, jti) && same(vc.credentialSubject.id, sub)
  && same(secondsOf(vc.issuanceDate), nbf) && same(secondsOf(vc.expirationDate), exp));

export type VcPayload = {
  readonly issuer: string;
  readonly id: string;
  /** did:jwk; undefined on paper. */
  readonly holder: string | undefined;
  readonly holderKey: HolderKey | undefined;
  readonly validity: { readonly iat: number | undefined; readonly nbf: number; readonly exp: number };
  readonly status: CredentialStatus;
  readonly claims: OpenClaims;
};

/** Reads the payload of a JWT whose signature was verified; undefined for one that lacks what a credential must have. */
export function parseVcPayload(bytes: Uint8Array): VcPayload | undefined {
  try {
    const parsed = schema.safeParse(readObject(bytes, 'jwt-malformed'));
    if (!parsed.success) return undefined;
    const { iss, sub, jti, iat, nbf, exp, vc } = parsed.data;
    const { id: _, ...subject } = vc.credentialSubject;
    return {
      issuer: iss, id: jti, holder: sub, holderKey: sub === undefined ? undefined : parseHolderDid(sub, 'sub'), validity: { iat, nbf, exp },
      status: vc.credentialStatus, claims: parseSubject(vc.type, subject),
    };
  } catch (error) {
    if (isHealthpassError(error)) return undefined;
    throw error;
  }
}

const same = <T>(copy: T | undefined, original: T | undefined): boolean => copy === undefined || copy === original;
const secondsOf = (date: string | undefined): number | undefined => (date === undefined ? undefined : Date.parse(date) / 1000);
