// The certificates that an issuer sends along with its SD-JWT VCs. A key keeps the chain that it was given first: a new one at every start
// would tell credentials of one day from those of another.
import type { SealedStore } from '../agent/index.ts';
import type { Authority, Subject } from './authority.ts';

export type IssuerCertificates = {
  /** The issuer's URL: `iss` of its SD-JWT VCs. */
  readonly url: string;
  /** Chain for a key that its DID document lists: leaf first, without the root, base64 of DER. */
  readonly chainFor: (publicKey: string) => Promise<readonly string[]>;
  /** Where the Token Status List of a list is published. */
  readonly tokenListUrl: (list: number) => string;
};

export type CertificateDeps = Pick<Authority, 'certify'> & Omit<Subject, 'publicKey'> & { readonly store: SealedStore };

export function createCertificates({ store, certify, url, did, name }: CertificateDeps): IssuerCertificates {
  return {
    url,
    async chainFor(publicKey) {
      const entry = `certificate/${publicKey}/${url}`;
      const known = await store.get(entry) as readonly string[] | undefined; // written below
      if (known) return known;
      const chain = await certify({ url, did, name, publicKey });
      await store.set(entry, chain);
      return chain;
    },
    tokenListUrl: (list) => `${url}/token-status-lists/${list}`,
  };
}
