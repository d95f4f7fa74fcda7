// The certificates that an issuer sends along with its SD-JWT VCs. A key keeps the chain that an authority gave it first, until that runs out: a new
// one at every start would tell credentials of one day from those of another.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
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

export type CertificateDeps = Omit<Subject, 'publicKey'> & { readonly store: SealedStore; readonly authority: Authority; readonly now: () => number };

export function createCertificates({ store, authority, url, did, name, now }: CertificateDeps): IssuerCertificates {
  return {
    url,
    async chainFor(publicKey) {
      const entry = `certificate/${createHash('sha256').update(`${authority.root} ${publicKey} ${url}`).digest('hex')}`;
      const known = await store.get(entry) as readonly string[] | undefined; // written below
      if (known && new X509Certificate(known[0]!).notAfter.getTime() > now() * 1000) return known; // a chain has a leaf
      const chain = await authority.certify({ url, did, name, publicKey });
      await store.set(entry, chain);
      return chain;
    },
    tokenListUrl: (list) => `${url}/token-status-lists/${list}`,
  };
}
