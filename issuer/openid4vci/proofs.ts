// Proofs that a wallet holds the keys it wants credentials for (OpenID4VCI 1.0, appendix F.1). The library checks signature, type, audience and
// issuer; it leaves open what is checked here: one algorithm, one key in the header and nothing else in it, the age, and a nonce in every proof.
import { Openid4vciIssuer, type IssuerMetadataResult } from '@openid4vc/openid4vci';
import { z } from 'zod';
import { didOfHolder } from '#formats/credential/index.ts';
import { isHealthpassError, parseFieldElement, type FieldElement, type HolderKey } from '#passport';
import { ProtocolError } from '#server';
import type { Format } from './configurations.ts';
import { CLOCK_WINDOW } from './dpop.ts';
import { BATCH_SIZE } from './metadata.ts';
import type { Nonces } from './nonces.ts';
import { CALLBACKS, keyOfSigner } from './secrets.ts';

export type ProvenHolder = { readonly key: HolderKey; readonly commitment?: FieldElement };
/** The holders of a request, in its order, and the nonce that all their proofs carry. */
export type Proven = { readonly holders: readonly ProvenHolder[]; readonly nonce: string; readonly nonceExpiry: number };

export type ProofContext = {
  readonly metadata: IssuerMetadataResult;
  readonly nonces: Nonces;
  readonly now: number;
  readonly format: Format;
  /** Client id of the token; absent where the wallet gave none. */
  readonly client: string | undefined;
};

/** `proofs` with one member, `jwt`. Others are proof types that no configuration names. */
const proofsSchema = z.strictObject({ jwt: z.array(z.string().max(10_000)).min(1) });
const headerSchema = z.strictObject({ alg: z.literal('ES256'), typ: z.literal('openid4vci-proof+jwt'), jwk: z.unknown().optional(), kid: z.string().optional() });

const library = new Openid4vciIssuer({ callbacks: CALLBACKS });

/** @throws ProtocolError `invalid_proof`, `invalid_nonce` */
export async function verifyProofs(proofs: unknown, context: ProofContext): Promise<Proven> {
  const parsed = proofsSchema.safeParse(proofs);
  if (!parsed.success) throw invalidProof('proofs has to hold proofs of the type jwt, and of no other');
  if (parsed.data.jwt.length > BATCH_SIZE) throw invalidProof(`a request can have ${BATCH_SIZE} proofs`);
  const checked = await Promise.all(parsed.data.jwt.map((jwt) => verifyProof(jwt, context)));
  const { nonce } = checked[0]!; // there is one at least
  if (checked.some((proof) => proof.nonce !== nonce)) throw invalidProof('the proofs of a request have to carry the same nonce');
  const holders = checked.map(({ holder }) => holder);
  assertDifferent(holders.map(({ key }) => didOfHolder(key)));
  assertDifferent(holders.flatMap(({ commitment }) => commitment?.toString() ?? []));
  const nonceExpiry = await context.nonces.expiryOf('c_nonce', nonce, context.now);
  if (nonceExpiry === undefined) throw new ProtocolError('invalid_nonce', 'the nonce is not one of this issuer, or has expired');
  return { holders, nonce, nonceExpiry };
}

async function verifyProof(jwt: string, { metadata, now, format, client }: ProofContext): Promise<{ holder: ProvenHolder; nonce: string }> {
  assertHeader(jwt);
  const { payload, signer } = await library.verifyCredentialRequestJwtProof({ issuerMetadata: metadata, jwt, now: new Date(now * 1000) }).catch(() => {
    throw invalidProof('a proof does not hold'); // the library quotes the proof in its words
  });
  if (payload.aud !== metadata.credentialIssuer.credential_issuer) throw invalidProof('a proof is for another issuer');
  if (Math.abs(now - payload.iat) > CLOCK_WINDOW) throw invalidProof('a proof is too old, or from the future');
  if (payload.iss !== undefined && payload.iss !== client) throw invalidProof('a proof is of another client');
  if (typeof payload.nonce !== 'string' || payload.nonce === '') throw invalidProof('a proof carries no nonce');
  const holder = { key: keyOfSigner(signer), ...(format === 'healthpass-claims' && { commitment: readCommitment(payload['holder_commitment']) }) };
  return { holder, nonce: payload.nonce };
}

/** Exactly one key, and nothing that the library would pass over: no x5c, no crit, no attestation whose truth nobody checked. */
function assertHeader(jwt: string): void {
  try {
    const header = headerSchema.safeParse(JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString('utf8')));
    if (header.success && (header.data.jwk === undefined) !== (header.data.kid === undefined)) return;
  } catch {
    // what is no JSON is refused below
  }
  throw invalidProof('the header of a proof has to have alg ES256, typ and one of jwk and kid');
}

function readCommitment(value: unknown): FieldElement {
  try {
    const commitment = typeof value === 'string' ? parseFieldElement(value, 'holder_commitment') : 0n;
    if (commitment !== 0n) return commitment as FieldElement; // parsed above
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
  }
  throw invalidProof('a proof lacks the commitment of its holder');
}

function assertDifferent(names: readonly string[]): void {
  if (new Set(names).size !== names.length) throw invalidProof('two proofs are of one holder, which would link credentials');
}

export const invalidProof = (description: string) => new ProtocolError('invalid_proof', description);
