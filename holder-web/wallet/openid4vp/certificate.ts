// The certificate that a request is signed with (client identifier prefix `x509_hash`): its hash is the name, its chain has to end at an
// authority that this wallet trusts.
import 'reflect-metadata';
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509';
import { base64 } from '@scure/base';
import { encodeBase64url } from '#formats/credential/jws.ts';
import { invalid } from './platform.ts';

export type CertificateHolder = {
  /** Common name, as the authority vouches for it. */
  readonly name: string;
  /** DNS names, addresses and URIs in the certificate. */
  readonly hosts: readonly string[];
  /** Compressed P-256 public key in hex. */
  readonly publicKey: string;
};

const CHAIN_MAX = 5;

/**
 * @param roots authorities in PEM or base64
 * @throws HealthpassError `request-invalid`: another certificate than the client identifier names, out of its time, or of no authority known here
 */
export async function verifyCertificates(x5c: unknown, hash: string, { roots, now }: { readonly roots: readonly string[]; readonly now: number }): Promise<CertificateHolder> {
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > CHAIN_MAX) throw invalid('x5c');
  const chain = x5c.map(readCertificate);
  const [leaf] = chain as [X509Certificate];
  if (encodeBase64url(sha256(new Uint8Array(leaf.rawData))) !== hash) throw invalid('client_id');
  await assertChain(chain, roots.map((root) => new X509Certificate(root)), new Date(now * 1000));
  if (leaf.getExtension(BasicConstraintsExtension)?.ca || !mayUse(leaf, KeyUsageFlags.digitalSignature)) throw invalid('x5c');
  return { name: leaf.subjectName.getField('CN')[0] ?? leaf.subject, hosts: leaf.getExtension(SubjectAlternativeNameExtension)?.names.items.map(({ value }) => value) ?? [], publicKey: keyOf(leaf) };
}

/** Each is signed by the next, the last by an authority; a leaf that signs itself is by nobody. */
async function assertChain(chain: readonly X509Certificate[], roots: readonly X509Certificate[], date: Date): Promise<void> {
  const [last] = chain.slice(-1) as [X509Certificate];
  const root = (await Promise.all(roots.map(async (root) => ((await isSignedBy(last, root, date)) ? root : undefined)))).find(Boolean);
  if (!root || last.equal(root)) throw invalid('x5c', 'no authority known here for its');
  for (const [i, certificate] of chain.entries()) {
    const next = chain[i + 1];
    if (next && !(await isSignedBy(certificate, next, date))) throw invalid('x5c');
  }
}

async function isSignedBy(certificate: X509Certificate, issuer: X509Certificate, date: Date): Promise<boolean> {
  const inTime = [certificate, issuer].every(({ notBefore, notAfter }) => notBefore <= date && date <= notAfter);
  if (!inTime || certificate.issuer !== issuer.subject || !issuer.getExtension(BasicConstraintsExtension)?.ca || !mayUse(issuer, KeyUsageFlags.keyCertSign)) return false;
  return certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true }).catch(() => false);
}

const mayUse = (certificate: X509Certificate, flag: KeyUsageFlags): boolean => ((certificate.getExtension(KeyUsagesExtension)?.usages ?? flag) & flag) !== 0;

function readCertificate(text: unknown): X509Certificate {
  try {
    return new X509Certificate(base64.decode(text as string)); // decode refuses what is no text
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
