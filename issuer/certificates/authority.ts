// A certificate authority of an accrediting body: it says that a key of an issuer's DID document signs under the issuer's URL. Where a body has
// handed one to the operator it is read from PEM; on machines on which there is no other, one is made.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension, PemConverter, X509Certificate, X509CertificateGenerator,
} from '@peculiar/x509';
import { p256 } from '@noble/curves/nist.js';
import { isCertified } from '#formats/sd-jwt-vc/x5c.ts';
import { HealthpassError, isHealthpassError } from '#passport';
import { readJsonFile, writeFileAtomic } from '#server';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const YEAR = 365 * 86_400_000;
/** Keys are rotated by the DID document; a certificate outlives its key's use. */
const [ROOT_YEARS, LEAF_YEARS] = [20, 10];

export type Subject = {
  /** The issuer's URL; its host becomes a DNS name or an address. */
  readonly url: string;
  readonly did: string;
  readonly name: string;
  /** Compressed P-256 key, in hex. */
  readonly publicKey: string;
};
export type Authority = {
  /** Its own certificate, base64 of DER; what verifiers may demand that chains end in. */
  readonly root: string;
  /** A chain for one key, leaf first, without the root. @throws HealthpassError `configuration-invalid` when the authority has run out */
  readonly certify: (subject: Subject) => Promise<readonly string[]>;
};

type Stored = { readonly privateKey: string; readonly certificate: string };

/** The authority whose key lies in a file that only its owner reads, made on first use. @throws HealthpassError `configuration-invalid` */
export async function openAuthority(file: string, name: string, now: () => number): Promise<Authority> {
  const stored = (await readJsonFile(file) as Stored | undefined) ?? await createRoot(name, now());
  if (typeof stored.privateKey !== 'string' || typeof stored.certificate !== 'string') throw new HealthpassError('configuration-invalid', 'the file of the certificate authority is not as it was written', { field: 'authority' });
  await writeFileAtomic(file, `${JSON.stringify(stored)}\n`, 0o600);
  const signingKey = await crypto.subtle.importKey('pkcs8', Buffer.from(stored.privateKey, 'base64'), ALGORITHM, false, ['sign']);
  const root = new X509Certificate(stored.certificate);
  return authorityOf([root], signingKey, now);
}

/**
 * An authority that somebody else has set up: its chain in PEM, its own certificate first, and its key, PKCS #8 in PEM.
 * @throws HealthpassError `configuration-invalid` for one whose certificates no verifier would take
 */
export async function readAuthority(chainPem: string, keyPem: string, now: () => number): Promise<Authority> {
  const read = async (): Promise<Authority> => {
    const [own, ...above] = PemConverter.decode(chainPem).map((der) => new X509Certificate(der));
    if (!own) throw invalid('has no certificate');
    const chain: Chain = [own, ...above];
    const signingKey = await crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(keyPem), ALGORITHM, false, ['sign']);
    const authority = authorityOf(chain, signingKey, now);
    const top = chain.at(-1)!;
    const probe: Subject = { url: 'https://issuer.example', did: 'did:example:issuer', name: 'Issuer', publicKey: Buffer.from(p256.getPublicKey(p256.utils.randomSecretKey(), true)).toString('hex') };
    const roots = isSelfSigned(top) ? [top.toString('base64')] : undefined;
    if (!isCertified(await authority.certify(probe), probe, { issuedAt: now(), roots })) throw invalid('cannot certify: it is none, has another key, or its chain is not whole');
    return authority;
  };
  return read().catch((error: unknown) => { throw isHealthpassError(error) ? error : invalid('or its key cannot be read'); });
}

type Chain = readonly [X509Certificate, ...X509Certificate[]];

function authorityOf(chain: Chain, signingKey: webcrypto.CryptoKey, now: () => number): Authority {
  const [own] = chain;
  // HAIP: the chain ends below the authority that verifiers know.
  const besides = chain.filter((certificate) => !isSelfSigned(certificate)).map((certificate) => certificate.toString('base64'));
  return {
    root: own.toString('base64'),
    async certify(subject) {
      if (chain.some(({ notBefore, notAfter }) => now() * 1000 < notBefore.getTime() || now() * 1000 >= notAfter.getTime())) throw invalid('has run out, or is not valid yet');
      return [await leafFor(subject, chain, signingKey, now()), ...besides];
    },
  };
}

const isSelfSigned = ({ subject, issuer }: X509Certificate): boolean => subject === issuer;
const invalid = (what: string) => new HealthpassError('configuration-invalid', `the certificate authority ${what}`, { field: 'authority' });

async function createRoot(name: string, now: number): Promise<Stored> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }], keys, signingAlgorithm: ALGORITHM, ...lasting(now, ROOT_YEARS),
    extensions: [
      new BasicConstraintsExtension(true, 1, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { privateKey: Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64'), certificate: certificate.toString('base64') };
}

async function leafFor({ url, did, name, publicKey }: Subject, chain: Chain, signingKey: webcrypto.CryptoKey, now: number): Promise<string> {
  const point = p256.Point.fromHex(publicKey).toBytes(false) as Uint8Array<ArrayBuffer>; // a fresh array
  const key = await crypto.subtle.importKey('raw', point, ALGORITHM, true, ['verify']);
  const { hostname } = new URL(url);
  const leaf = await X509CertificateGenerator.create({
    subject: [{ CN: [name] }], issuer: chain[0].subject, publicKey: key, signingKey, signingAlgorithm: ALGORITHM, ...within(lasting(now, LEAF_YEARS), chain),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true), new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new SubjectAlternativeNameExtension([{ type: 'url', value: url }, { type: 'url', value: did }, { type: isAddress(hostname) ? 'ip' : 'dns', value: hostname }]),
      await AuthorityKeyIdentifierExtension.create(chain[0].publicKey), await SubjectKeyIdentifierExtension.create(key),
    ],
  });
  return leaf.toString('base64');
}

/** From an hour ago, as clocks differ. */
const lasting = (now: number, years: number) => ({ notBefore: new Date(now * 1000 - 3_600_000), notAfter: new Date(now * 1000 + years * YEAR) });
/** No longer than what it hangs on. */
const within = ({ notBefore, notAfter }: ReturnType<typeof lasting>, chain: Chain) => ({
  notBefore: new Date(Math.max(notBefore.getTime(), ...chain.map((above) => above.notBefore.getTime()))),
  notAfter: new Date(Math.min(notAfter.getTime(), ...chain.map((above) => above.notAfter.getTime()))),
});
const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.startsWith('[');
