// The certificate that a verifier signs with (client identifier prefix `x509_hash`): its hash is the name, its chain has to end at an
// authority that the reader trusts, for the name in it to mean anything.
import 'reflect-metadata';
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509';
import { base64 } from '@scure/base';
import { HealthpassError } from '#passport/errors.ts';
import { encodeBase64url } from '../credential/jws.ts';

export type CertificateHolder = {
  /** Common name, as the authority vouches for it. */
  readonly name: string;
  /** DNS names, addresses and URIs in the certificate. */
  readonly hosts: readonly string[];
  /** Compressed P-256 public key in hex. */
  readonly publicKey: string;
};

const CHAIN_MAX = 5;

type Trusting = {
  /** Authorities in PEM or base64. */
  readonly roots: readonly string[];
  readonly now: number;
};

/** @throws HealthpassError `request-invalid`: another certificate than the client identifier names, out of its time, or of no authority known here */
export async function verifyCertificates(x5c: unknown, hash: string, trusting: Trusting): Promise<CertificateHolder> {
  const { vouched, ...holder } = await readCertificates(x5c, hash, trusting);
  if (!vouched) throw invalid('x5c', 'no authority known here for its');
  return holder;
}

/**
 * The same where an authority that is not known here is no reason to refuse: then `vouched` is false, and the name is one that anybody can give himself.
 * @throws HealthpassError `request-invalid`: another certificate than the client identifier names, out of its time, or a chain that does not hold
 */
export async function readCertificates(x5c: unknown, hash: string, { roots, now }: Trusting): Promise<CertificateHolder & { readonly vouched: boolean }> {
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > CHAIN_MAX) throw invalid('x5c');
  const chain = x5c.map(readCertificate);
  const [leaf] = chain as [X509Certificate];
  if (encodeBase64url(sha256(new Uint8Array(leaf.rawData))) !== hash) throw invalid('client_id');
  const date = new Date(now * 1000);
  const vouched = await isVouched(chain, roots.map((root) => new X509Certificate(root)), date);
  await assertLinked(chain, date);
  if (leaf.getExtension(BasicConstraintsExtension)?.ca || !mayUse(leaf, KeyUsageFlags.digitalSignature)) throw invalid('x5c');
  const hosts = leaf.getExtension(SubjectAlternativeNameExtension)?.names.items.map(({ value }) => value) ?? [];
  return { name: leaf.subjectName.getField('CN')[0] ?? leaf.subject, hosts, publicKey: keyOf(leaf), vouched };
}

/** What a certificate is called by as a client identifier; undefined where there is none to be read. */
export function hashOfCertificate(x5c: unknown): string | undefined {
  const leaf: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  try {
    return typeof leaf === 'string' ? encodeBase64url(sha256(base64.decode(leaf))) : undefined;
  } catch {
    return undefined;
  }
}

/** The last is signed by an authority; a leaf that signs itself is by nobody. */
async function isVouched(chain: readonly X509Certificate[], roots: readonly X509Certificate[], date: Date): Promise<boolean> {
  const [last] = chain.slice(-1) as [X509Certificate];
  const root = (await Promise.all(roots.map(async (root) => ((await isSignedBy(last, root, date)) ? root : undefined)))).find(Boolean);
  return root !== undefined && !last.equal(root);
}

/** Each is signed by the next, and in its time. */
async function assertLinked(chain: readonly X509Certificate[], date: Date): Promise<void> {
  for (const [i, certificate] of chain.entries()) {
    const next = chain[i + 1];
    if (!isInTime(certificate, date) || (next && !(await isSignedBy(certificate, next, date)))) throw invalid('x5c');
  }
}

const isInTime = ({ notBefore, notAfter }: X509Certificate, date: Date): boolean => notBefore <= date && date <= notAfter;

async function isSignedBy(certificate: X509Certificate, issuer: X509Certificate, date: Date): Promise<boolean> {
  const inTime = [certificate, issuer].every((one) => isInTime(one, date));
  if (!inTime || certificate.issuer !== issuer.subject || !issuer.getExtension(BasicConstraintsExtension)?.ca || !mayUse(issuer, KeyUsageFlags.keyCertSign)) return false;
  return certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true }).catch(() => false);
}

const mayUse = (certificate: X509Certificate, flag: KeyUsageFlags): boolean => ((certificate.getExtension(KeyUsagesExtension)?.usages ?? flag) & flag) !== 0;

function readCertificate(text: unknown): X509Certificate {
  try {
    return new X509Certificate(base64.decode(text as string) as Uint8Array<ArrayBuffer>); // decode refuses what is no text
  } catch {
    throw invalid('x5c');
  }
}

/** A P-256 key ends with its uncompressed point. */
function keyOf({ publicKey }: X509Certificate): string {
  try {
    return p256.Point.fromBytes(new Uint8Array(publicKey.rawData).slice(-65)).toHex(true);
  } catch {
    throw invalid('x5c');
  }
}

const invalid = (field: string, what = 'a wrong or missing') => new HealthpassError('request-invalid', `the request has ${what} ${field}`, { field });
