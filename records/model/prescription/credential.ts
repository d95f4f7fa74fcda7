// A prescription as a verifiable credential: a VC-JWT (VC Data Model 1.1, section 6.3.1; ES256K, did:ethr) over a FHIR MedicationRequest. It names no
// patient: whoever holds the secret of a use can have it dispensed, as with a slip of paper, and once.
import { z } from 'zod';
import { createJws, readJws, readObject } from '#formats/credential/jws.ts';
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import { contentOf, isSignedBy, type Author, type FhirResource } from '../fhir/index.ts';
import { bytes32Text } from '../exchange/wire.ts';
import type { Address } from '../members.ts';
import { MOST_REPEATS } from './request.ts';
import { useCommitment, useSecret } from './secret.ts';

type Hex = `0x${string}`;
const CONTEXTS = ['https://www.w3.org/2018/credentials/v1'] as const;
const TYPES = ['VerifiableCredential', 'MedicationPrescription'] as const;
const HEADER = { alg: 'ES256K', typ: 'JWT' } as const;
const FORM = { code: 'jwt-malformed', maxLength: 40_000 } as const;
/** A FHIR resource within a credential within a token. */
const MOST_DEPTH = 24;

const time = z.int().min(0).max(2 ** 34);
const claimsSchema = z.strictObject({
  iss: z.string().regex(/^did:ethr:0x[1-9a-f][0-9a-f]{0,12}:0x[0-9a-fA-F]{40}$/), jti: z.string().regex(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/), nbf: time, exp: time,
  vc: z.strictObject({
    '@context': z.tuple([z.literal(CONTEXTS[0])]), type: z.tuple([z.literal(TYPES[0]), z.literal(TYPES[1])]),
    credentialSubject: z.strictObject({ medicationRequest: z.looseObject({ resourceType: z.literal('MedicationRequest') }), uses: z.array(bytes32Text).min(1).max(MOST_REPEATS + 1) }),
  }),
});

export type Prescription = {
  /** urn:uuid */
  readonly id: string;
  readonly prescriber: Address;
  readonly did: string;
  readonly chainId: number;
  readonly validFrom: UnixSeconds;
  /** It is no longer valid at this moment. */
  readonly validUntil: UnixSeconds;
  readonly resource: FhirResource;
  /** A commitment to the secret of each use, the first one first. */
  readonly uses: readonly Hex[];
};

/** @throws HealthpassError `fhir-invalid`; `request-invalid` where validity or repeats are not said, or make no sense */
export async function createPrescription(resource: FhirResource, secret: Hex, author: Author): Promise<string> {
  const { validFrom, validUntil, repeats } = termsOf(contentOf(JSON.stringify(resource)).resource);
  const uses = Array.from({ length: repeats + 1 }, (_, number) => useCommitment(useSecret(secret, number)));
  const vc = { '@context': CONTEXTS, type: TYPES, credentialSubject: { medicationRequest: resource, uses } };
  return createJws(HEADER, { iss: author.did, jti: `urn:uuid:${crypto.randomUUID()}`, nbf: validFrom, exp: validUntil, vc }, author.sign);
}

/**
 * Reads one that its prescriber signed. Whether that is somebody who may prescribe, the chain says.
 * @throws HealthpassError `jwt-malformed` for what is no prescription, `signature-invalid`
 */
export function readPrescription(jwt: string): Prescription {
  try {
    const jws = readJws(jwt, FORM);
    const claims = claimsSchema.safeParse(readObject(jws.payload, 'jwt-malformed', MOST_DEPTH));
    if (!claims.success || JSON.stringify(jws.header) !== JSON.stringify(HEADER)) throw malformed();
    const { iss, jti, nbf, exp, vc: { credentialSubject: { medicationRequest, uses } } } = claims.data;
    const prescriber = iss.slice(-42).toLowerCase() as Address; // the pattern of the claim ends with an address
    if (!isSignedBy(jws, prescriber)) throw new HealthpassError('signature-invalid', 'the prescriber did not sign this', { field: 'prescription' });
    const { resource } = contentOf(JSON.stringify(medicationRequest));
    const { validFrom, validUntil, repeats } = termsOf(resource);
    if (validFrom !== nbf || validUntil !== exp || repeats + 1 !== uses.length || new Set(uses).size !== uses.length) throw malformed();
    return { id: jti, prescriber, did: iss, chainId: Number(iss.split(':')[2]), validFrom, validUntil, resource, uses };
  } catch (error) {
    if (isHealthpassError(error) && error.code === 'signature-invalid') throw error;
    if (isHealthpassError(error)) throw malformed();
    throw error;
  }
}

const termsSchema = z.looseObject({
  status: z.literal('active'), intent: z.literal('order'),
  dispenseRequest: z.looseObject({ numberOfRepeatsAllowed: z.int().min(0).max(MOST_REPEATS), validityPeriod: z.looseObject({ start: z.iso.datetime({ offset: true }), end: z.iso.datetime({ offset: true }) }) }),
});

function termsOf(resource: FhirResource): { readonly validFrom: UnixSeconds; readonly validUntil: UnixSeconds; readonly repeats: number } {
  const terms = termsSchema.safeParse(resource);
  const { validityPeriod: { start, end }, numberOfRepeatsAllowed: repeats } = terms.data?.dispenseRequest ?? { validityPeriod: { start: '', end: '' }, numberOfRepeatsAllowed: 0 };
  const [validFrom, validUntil] = [secondsOf(start), secondsOf(end)];
  if (!terms.success || !(validFrom < validUntil)) throw new HealthpassError('request-invalid', 'a prescription is active, and says how often and how long it may be dispensed', { field: 'dispenseRequest' });
  return { validFrom, validUntil, repeats };
}

const secondsOf = (date: string): UnixSeconds => Math.floor(Date.parse(date) / 1000) as UnixSeconds;
const malformed = () => new HealthpassError('jwt-malformed', 'this is no prescription', { field: 'prescription' });
