// A wallet made of the client code of @openid4vc, with keys of its own.
import { createHash, randomBytes } from 'node:crypto';
import { clientAuthenticationAnonymous, clientAuthenticationNone, HashAlgorithm, type CallbackContext, type RequestDpopOptions } from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { createHolderSigner, type HolderSigner } from '#formats/credential/index.ts';
import { createJws } from '#formats/credential/jws.ts';

export type LibraryWallet = { readonly client: Openid4vciClient; readonly newKey: () => HolderSigner; readonly dpop: () => RequestDpopOptions };

/** @param extra claims that go into every proof */
export function libraryWallet({ clientId, extra = {} }: { clientId?: string; extra?: object } = {}): LibraryWallet {
  const keys = new Map<string, HolderSigner>();
  const never = () => Promise.reject(new Error('not needed'));
  const callbacks: CallbackContext = {
    fetch: globalThis.fetch as NonNullable<CallbackContext['fetch']>, // the same, by a narrower name
    hash: (data, algorithm) => new Uint8Array(createHash(algorithm === HashAlgorithm.Sha256 ? 'sha256' : 'sha512').update(data).digest()),
    generateRandom: (length) => new Uint8Array(randomBytes(length)),
    async signJwt(signer, { header, payload }) {
      if (signer.method !== 'jwk') throw new Error('keys are JWKs here');
      const own = keys.get(String(signer.publicJwk.x))!;
      const jwt = await createJws(header, payload && header.typ === 'openid4vci-proof+jwt' ? { ...payload, ...extra } : payload ?? {}, own.sign);
      return { jwt, signerJwk: signer.publicJwk };
    },
    verifyJwt: never, encryptJwe: never, decryptJwe: never,
    clientAuthentication: clientId === undefined ? clientAuthenticationAnonymous() : clientAuthenticationNone({ clientId }),
  };
  const newKey = () => {
    const signer = createHolderSigner();
    keys.set(signer.key.x, signer);
    return signer;
  };
  return { client: new Openid4vciClient({ callbacks }), newKey, dpop: () => ({ signer: signerOf(newKey()) }) };
}

export const signerOf = ({ key }: HolderSigner) => ({ method: 'jwk', alg: 'ES256', publicJwk: { ...key } }) as const;
