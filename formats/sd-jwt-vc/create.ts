// Making an SD-JWT VC with ES256. Every claim about health and person can be disclosed alone; decoys hide how many there are.
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { HolderKey } from '#passport/credential.ts';
import type { HealthEvent } from '#passport/event.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { writeSdClaims } from '../credential/forms.ts';
import { parseHolderKey } from '../credential/holder.ts';
import { encodeBase64url } from '../credential/jws.ts';
import { createCredentialStatus, type StatusEntry } from '../credential/status.ts';
import { hashBytes } from './library.ts';
import { typeIntegrity } from './type-metadata.ts';
import { ID_CLAIM, readSdJwt, SD_DIGESTS } from './text.ts';

/** The issuer's P-256 key, by its name in the DID document. */
export type SdSigningKey = {
  readonly kid: string;
  /** ES256 over the message: r ‖ s. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array> | Uint8Array;
};

export type Certified = {
  /** The issuer's URL, which the leaf is for. */
  readonly url: string;
  /** Leaf first, without the root, base64 of DER. */
  readonly x5c: readonly string[];
  /** The Token Status List of the entry. */
  readonly statusListUrl: string;
};

export type SdOptions = {
  readonly event: HealthEvent;
  /** urn:uuid, the same in every securing of the credential; disclosed only when the holder wants to. */
  readonly id: string;
  /** Its DID. */
  readonly issuer: string;
  /** Names the issuer by URL and brings its certificates along. */
  readonly certified?: Certified | undefined;
  readonly holderKey: HolderKey;
  readonly status: StatusEntry;
  readonly issuedAt: UnixSeconds;
  readonly validUntil: UnixSeconds;
  /** Salts and decoys; by default from the system. */
  readonly random?: ((length: number) => Uint8Array) | undefined;
};

/** @throws HealthpassError `claims-invalid`, `point-invalid` */
export async function createSdJwtVc(key: SdSigningKey, options: SdOptions): Promise<{ readonly text: string; readonly signingInput: string }> {
  const { event, id, issuer, certified, holderKey, status, issuedAt, validUntil, random = randomBytes } = options;
  const { vct, claims } = writeSdClaims(event);
  const disclosable = { [ID_CLAIM]: id, ...claims };
  const instance = new SDJwtVcInstance({
    signer: async (data) => encodeBase64url(await key.sign(utf8ToBytes(data))),
    signAlg: 'ES256',
    hasher: hashBytes,
    hashAlg: 'sha-256',
    saltGenerator: (length) => encodeBase64url(random(length)),
  });
  const jwk = parseHolderKey(holderKey, 'holderKey');
  const payload = {
    iss: certified?.url ?? issuer, iat: issuedAt, exp: validUntil, vct, cnf: { jwk }, credentialStatus: createCredentialStatus(status),
    ...(certified && { status: { status_list: { idx: status.index, uri: certified.statusListUrl } }, 'vct#integrity': typeIntegrity(event.kind) }),
    ...disclosable,
  };
  const names = Object.keys(disclosable);
  const frame = { _sd: names as (keyof typeof payload)[], _sd_decoy: SD_DIGESTS - names.length }; // each is a key of the payload
  const text = await instance.issue(payload, frame, { header: { kid: key.kid, ...(certified && { x5c: [...certified.x5c] }) } });
  return { text, signingInput: readSdJwt(text).jws.signingInput };
}
