// The certificate authority of an accrediting body, for machines on which there is no other: it says that a key of an issuer's DID document
// signs under the issuer's URL. Where a body runs a real one, its certificates are read from a file instead.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension, X509Certificate, X509CertificateGenerator,
} from '@peculiar/x509';
import { p256 } from '@noble/curves/nist.js';
import { HealthpassError } from '#passport';
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
  /** base64 of DER; what verifiers may demand that chains end in. */
  readonly root: string;
  /** A chain for one key, leaf first, without the root. */
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
  return { root: stored.certificate, certify: async (subject) => [await leafFor(subject, root, signingKey, now())] };
}

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

async function leafFor({ url, did, name, publicKey }: Subject, root: X509Certificate, signingKey: webcrypto.CryptoKey, now: number): Promise<string> {
  const point = p256.Point.fromHex(publicKey).toBytes(false) as Uint8Array<ArrayBuffer>; // a fresh array
  const key = await crypto.subtle.importKey('raw', point, ALGORITHM, true, ['verify']);
  const { hostname } = new URL(url);
  const leaf = await X509CertificateGenerator.create({
    subject: [{ CN: [name] }], issuer: root.subject, publicKey: key, signingKey, signingAlgorithm: ALGORITHM, ...lasting(now, LEAF_YEARS),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true), new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new SubjectAlternativeNameExtension([{ type: 'url', value: url }, { type: 'url', value: did }, { type: isAddress(hostname) ? 'ip' : 'dns', value: hostname }]),
      await AuthorityKeyIdentifierExtension.create(root.publicKey), await SubjectKeyIdentifierExtension.create(key),
    ],
  });
  return leaf.toString('base64');
}

/** From an hour ago, as clocks differ. */
const lasting = (now: number, years: number) => ({ notBefore: new Date(now * 1000 - 3_600_000), notAfter: new Date(now * 1000 + years * YEAR) });
const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.startsWith('[');
