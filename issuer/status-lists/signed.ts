// Status lists that carry the issuer's signature, for software that does not read the chain: BitstringStatusListCredential (W3C) and Token Status
// List (IETF). They end soon after the chain was last read, so that a service that has lost the chain does not keep an old list alive.
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { addProof, secureJose, VC_2, type JsonObject } from '#formats/w3c/index.ts';
import { createJws } from '#formats/credential/jws.ts';
import type { ListRecord } from '#passport';
import type { VcApiKeys } from '../vc-api/index.ts';
import type { Purpose } from '../vc-api/entries.ts';
import { blockedBits, suspendedBits, tokenStatuses } from './bits.ts';
import { encodeBits } from './published.ts';

/** Seconds that a reader may keep a list before he asks again, and that one is valid after the chain was read. */
export const STATUS_TTL = 60;
export const STATUS_LIFETIME = 3600;

/** Of what a list is made. Times in Unix seconds. */
export type ListMoment = { readonly record: ListRecord; readonly url: string; readonly at: number };

const dateOf = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/** The credential before it is secured, under the name that will secure it. */
async function listCredential({ record, url, at }: ListMoment, statusPurpose: Purpose, issuer: string): Promise<JsonObject> {
  return {
    '@context': [VC_2], id: url, type: ['VerifiableCredential', 'BitstringStatusListCredential'], issuer, validFrom: dateOf(at), validUntil: dateOf(at + STATUS_LIFETIME),
    credentialSubject: {
      id: `${url}#list`, type: 'BitstringStatusList', statusPurpose, ttl: STATUS_TTL * 1000,
      encodedList: await encodeBits(statusPurpose === 'revocation' ? blockedBits(record) : suspendedBits(record)),
    },
  };
}

export const listWithProof = async ({ proofs }: VcApiKeys, moment: ListMoment, purpose: Purpose): Promise<string> =>
  JSON.stringify(await addProof(await listCredential(moment, purpose, proofs.key.did), proofs, new Date(moment.at * 1000)));

export const listAsJwt = async ({ jose }: VcApiKeys, moment: ListMoment, purpose: Purpose): Promise<string> =>
  secureJose(await listCredential(moment, purpose, jose.key.did), 'credential', jose);

/** Token Status List, 5.1: two bits an entry, so that a suspension is told from a revocation. */
export async function tokenStatusList({ jose }: VcApiKeys, { record, url, at }: ListMoment, aggregation: string): Promise<string> {
  const lst = (await promisify(deflate)(tokenStatuses(record), { level: 9 })).toString('base64url');
  const payload = { iss: jose.key.did, sub: url, iat: at, exp: at + STATUS_LIFETIME, ttl: STATUS_TTL, status_list: { bits: 2, lst, aggregation_uri: aggregation } };
  return createJws({ alg: 'ES256', typ: 'statuslist+jwt', kid: jose.key.kid }, payload, jose.sign);
}
