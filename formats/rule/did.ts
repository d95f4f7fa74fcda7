// A DID that carries its own key (did:ethr with a public key): what it has signed can be checked without the chain. What the chain says of it
// since is not seen, so such a name alone makes nobody known.

const KEY_NAME = /^(did:ethr:(?:0x[0-9a-f]{1,16}:)?0x(0[23][0-9a-f]{64}))#controllerKey$/;

/** The DID and key that a key name stands for; undefined for any other. */
export function keyOfDid(kid: unknown): { readonly did: string; readonly publicKey: string } | undefined {
  const match = typeof kid === 'string' ? KEY_NAME.exec(kid) : null;
  return match ? { did: match[1]!, publicKey: match[2]! } : undefined;
}
