// Making a VC-JWT (VC Data Model 1.1, ES256K) through a Veramo agent.
import type { HolderKey } from '#passport/credential.ts';
import { HealthpassError } from '#passport/errors.ts';
import type { HealthEvent } from '#passport/event.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { CONTEXTS, writeSubject } from '../credential/forms.ts';
import { didOfHolder, parseHolderKey } from '../credential/holder.ts';
import { readJws } from '../credential/jws.ts';
import { createCredentialStatus, type StatusEntry } from '../credential/status.ts';
import { VC_JWT_FORM } from './verify.ts';

/** The part of a Veramo agent that issuing takes (`@veramo/credential-w3c` with `@veramo/credential-jwt`). */
export type CredentialAgent = {
  readonly createVerifiableCredential: (args: {
    credential: { issuer: string } & Record<string, unknown>; proofFormat: 'jwt'; keyRef: string; header: { kid: string };
  }) => Promise<{ proof: { jwt?: string } }>;
};

/** The key to sign with: its name in the agent and in the DID document. */
export type VcSigningKey = { readonly keyRef: string; readonly kid: string };

export type VcOptions = {
  readonly event: HealthEvent;
  /** urn:uuid, the same in every securing of the credential. */
  readonly id: string;
  /** did:ethr of the issuer. */
  readonly issuer: string;
  /** Made for this credential alone. Undefined for one on paper, which nobody's device holds: whoever shows it is compared with a document. */
  readonly holderKey: HolderKey | undefined;
  readonly status: StatusEntry;
  readonly issuedAt: UnixSeconds;
  readonly validUntil: UnixSeconds;
};

export type SignedText = { readonly text: string; /** What the record digest is over. */ readonly signingInput: string };

/** @throws HealthpassError `claims-invalid`, `point-invalid`, or `request-invalid` when the agent did not sign with the key asked for */
export async function createVcJwt(agent: CredentialAgent, key: VcSigningKey, options: VcOptions): Promise<SignedText> {
  const { proof } = await agent.createVerifiableCredential({
    credential: credentialOf(options), proofFormat: 'jwt', keyRef: key.keyRef, header: { kid: key.kid },
  });
  const { header, signingInput } = readJws(proof.jwt, VC_JWT_FORM);
  // An agent picks its algorithm by the type of the key, and takes any header: hold it to what was asked.
  if (header.kid !== key.kid || header.alg !== 'ES256K') throw new HealthpassError('request-invalid', 'the agent signed in another way than asked', { field: 'keyRef' });
  return { text: proof.jwt!, signingInput }; // readJws took it for a text
}

function credentialOf({ event, id, issuer, holderKey, status, issuedAt, validUntil }: VcOptions) {
  const { type, credentialSubject } = writeSubject(event);
  return {
    '@context': [...CONTEXTS],
    id,
    type,
    issuer,
    issuanceDate: new Date(issuedAt * 1000).toISOString(),
    expirationDate: new Date(validUntil * 1000).toISOString(),
    credentialSubject: { ...(holderKey && { id: didOfHolder(parseHolderKey(holderKey, 'holderKey')) }), ...credentialSubject },
    credentialStatus: createCredentialStatus(status),
  };
}
