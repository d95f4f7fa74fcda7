// The key of the gateway's own statements, and the account that it sends with: one secp256k1 key from its folder. Its DID lists no other key.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { createDid } from '#contracts/did/index.ts';
import { createJws } from '#formats/credential/jws.ts';
import { createSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import type { GatewaySigner } from './deps.ts';

/** @param key 32 bytes @throws TypeError unless it is a key of the curve */
export function createGatewaySigner(key: Uint8Array, chainId: number): GatewaySigner {
  const { address, sign } = createSigner(key);
  const did = createDid(chainId, address);
  return {
    address, did,
    sign: (name, value) => sign(offChain(chainId), name, value),
    jwt: (claims) => createJws({ alg: 'ES256K', typ: 'JWT', kid: `${did}#controller` }, { iss: did, ...claims }, (message) => secp256k1.sign(message, key, { lowS: true })),
  };
}
