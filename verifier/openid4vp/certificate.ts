// The certificate that stands behind `x509_hash`: made by a certificate authority of this installation in development, brought along elsewhere.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { p256 } from '@noble/curves/nist.js';
import * as x509 from '@peculiar/x509';
import { HealthpassError } from '#passport';
import { createHolderSigner } from '#formats/credential/index.ts';

/** Leaf first, DER in base64, without the authority that wallets trust; and the P-256 secret of the leaf. */
export type VerifierCertificate = { readonly chain: readonly string[]; readonly secretKey: Uint8Array };
/** `root`: PEM, what wallets of this installation are given to trust. */
export type DevelopmentCertificate = VerifierCertificate & { readonly root: string; readonly url: string };

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;
const LIFETIME = 3650 * DAY;

/** A new authority and a certificate of it for a service at `url`. The authority's secret is forgotten at once. */
export async function createDevelopmentCertificate(url: string, name: string, now: number): Promise<DevelopmentCertificate> {
  const authority = await webcrypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  const secretKey = p256.utils.randomSecretKey();
  const validity = { notBefore: new Date(now * 1000 - DAY), notAfter: new Date(now * 1000 + LIFETIME) };
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=healthpass development authority', keys: authority, signingAlgorithm: ALGORITHM, ...validity, serialNumber: randomSerial(),
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true), await x509.SubjectKeyIdentifierExtension.create(authority.publicKey)],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [name] }], issuer: root.subject, publicKey: await publicKeyOf(secretKey), signingKey: authority.privateKey, signingAlgorithm: ALGORITHM, ...validity, serialNumber: randomSerial(),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.SubjectAlternativeNameExtension(namesOf(url)), await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  return { chain: [toBase64(leaf)], secretKey, root: root.toString('pem'), url };
}

/** A certificate from PEM files: the chain, leaf first, and the PKCS #8 key of the leaf. @throws HealthpassError `configuration-invalid` */
export async function readCertificate(chainPem: string, keyPem: string): Promise<VerifierCertificate> {
  const invalid = (what: string) => new HealthpassError('configuration-invalid', `the verifier's certificate ${what}`, { field: 'certificate' });
  try {
    const chain = x509.PemConverter.decode(chainPem).map((der) => new x509.X509Certificate(der));
    const key = await webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(keyPem), ALGORITHM, true, ['sign']);
    const { d } = await webcrypto.subtle.exportKey('jwk', key);
    const secretKey = new Uint8Array(Buffer.from(d!, 'base64url')); // a private EC key has one
    const own = new Uint8Array(await webcrypto.subtle.exportKey('spki', await publicKeyOf(secretKey)));
    if (!Buffer.from(chain[0]!.publicKey.rawData).equals(own)) throw invalid('has another key');
    if (chain[0]!.subject === chain[0]!.issuer) throw invalid('is its own authority');
    // HAIP: the chain ends below the authority that the wallet knows.
    return { chain: chain.filter((certificate) => certificate.subject !== certificate.issuer).map(toBase64), secretKey };
  } catch (error) {
    throw error instanceof HealthpassError ? error : invalid('or its key cannot be read');
  }
}

/** The same from a file. @throws HealthpassError `configuration-invalid` */
export async function readCertificateFile(path: string, keyPem: string | undefined): Promise<VerifierCertificate> {
  const chain = await readFile(path, 'utf8').catch(() => undefined);
  if (chain === undefined) throw new HealthpassError('configuration-invalid', 'HEALTHPASS_VERIFIER_CERTIFICATE names a file that cannot be read', { field: 'HEALTHPASS_VERIFIER_CERTIFICATE' });
  if (keyPem === undefined) throw new HealthpassError('configuration-invalid', 'HEALTHPASS_VERIFIER_CERTIFICATE_KEY is needed and not set', { field: 'HEALTHPASS_VERIFIER_CERTIFICATE_KEY' });
  return readCertificate(chain, keyPem);
}

function publicKeyOf(secretKey: Uint8Array): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('jwk', { ...createHolderSigner(secretKey).key, ext: true }, ALGORITHM, true, ['verify']);
}

function namesOf(url: string): x509.JsonGeneralNames {
  const { hostname, origin } = new URL(url);
  return [{ type: /^[\d.]+$|:/.test(hostname) ? 'ip' : 'dns', value: hostname }, { type: 'url', value: origin }];
}

const randomSerial = (): string => Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex');
const toBase64 = (certificate: x509.X509Certificate): string => Buffer.from(certificate.rawData).toString('base64');
