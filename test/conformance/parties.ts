// Others who sign: issuers and holders whose keys are made in the tests, with libraries that the services do not use for it where there are any.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { generate } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { CompactSign, generateKeyPair, exportJWK, type CryptoKey } from 'jose';
import jsigs from 'jsonld-signatures';
import { loadDocument } from '#formats/w3c/contexts.ts';
import { credential, type Json } from './services.ts';

export type JosePerson = { readonly did: string; readonly kid: string; readonly alg: 'ES256' | 'EdDSA'; readonly key: CryptoKey; readonly sign: (payload: unknown, header: Json) => Promise<string> };

/** Somebody with a did:jwk. */
export async function createJosePerson(alg: 'ES256' | 'EdDSA' = 'ES256'): Promise<JosePerson> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const did = `did:jwk:${Buffer.from(JSON.stringify(await exportJWK(publicKey))).toString('base64url')}`;
  const sign = (payload: unknown, header: Json) => new CompactSign(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))).setProtectedHeader({ alg, ...header }).sign(privateKey);
  return { did, kid: `${did}#0`, alg, key: publicKey, sign };
}

export const envelope = (text: string, mediaType = 'application/vc+jwt', type = 'EnvelopedVerifiableCredential'): Json => ({ '@context': 'https://www.w3.org/ns/credentials/v2', id: `data:${mediaType},${text}`, type });

/** Somebody with a did:key, who signs Data Integrity proofs. */
export async function createProofPerson() {
  const { publicKeyMultibase } = await generate({ seed: new Uint8Array(32).fill(9) });
  const did = `did:key:${publicKeyMultibase}`;
  const pair = await generate({ seed: new Uint8Array(32).fill(9), id: `${did}#${publicKeyMultibase}`, controller: did });
  const suite = (proof?: Json) => Object.assign(new DataIntegrityProof({ signer: pair.signer(), cryptosuite }), proof ? { proof } : {});
  return {
    did,
    issue: (changes: Json = {}, proof?: Json) => issue({ credential: structuredClone(credential({ issuer: did, ...changes })), suite: suite(proof), documentLoader: loadDocument, now: new Date(), maxClockSkew: 60 }) as Promise<Json>,
    present: (presentation: Json, audience: { challenge: string; domain?: string }) =>
      jsigs.sign(structuredClone(presentation), { suite: suite(), purpose: new jsigs.purposes.AuthenticationProofPurpose(audience), documentLoader: loadDocument }) as Promise<Json>,
  };
}
