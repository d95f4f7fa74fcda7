// The certificates that an SD-JWT VC may bring along (`x5c`, RFC 7515, 4.1.6), for readers that know issuers by certificate and not by DID.
// They add to what the trust data say and replace none of it: the key has to be listed in the DID document all the same, and the leaf has to
// be for that key, that DID and the URL in `iss`. Otherwise one accredited issuer could speak under the address of another.
import 'reflect-metadata';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509';
import { p256 } from '@noble/curves/nist.js';
import { base64 } from '@scure/base';
import { verifyEcdsa } from '../credential/signature.ts';

/** Certificates of one chain, leaf first, without the root. */
export const X5C_MAX = 3;
const CERTIFICATE_MAX_LENGTH = 4000;

export type CertifiedIssuer = {
  /** `iss` of the credential. */
  readonly url: string;
  readonly did: string;
  /** The listed key, compressed, in hex. */
  readonly publicKey: string;
};
export type CertificateContext = {
  /** When the credential was issued, in Unix seconds: certificates may run out before it does. */
  readonly issuedAt: number;
  /** Roots that the chain has to end in, base64 of DER; without them the chain is held together and to the DID only. */
  readonly roots?: readonly string[] | undefined;
};

/** Whether the chain is whole, and its leaf for this issuer's key, DID and URL. Never throws. */
export function isCertified(x5c: unknown, issuer: CertifiedIssuer, { issuedAt, roots }: CertificateContext): boolean {
  const chain = readChain(x5c);
  if (!chain) return false;
  const [leaf, ...authorities] = chain;
  return isLeafOf(leaf, issuer)
    && chain.every((certificate) => isInForce(certificate, issuedAt))
    && authorities.every((authority, i) => isAuthority(authority) && isIssuedBy(chain[i]!, authority))
    // The root stays out (HAIP 1.0, 6.1.1): what comes along cannot vouch for itself.
    && !chain.some((certificate) => isIssuedBy(certificate, certificate))
    && (roots === undefined || endsIn(chain.at(-1)!, roots, issuedAt));
}

/** Whether chains may end in a certificate, base64 of DER. */
export function isAuthorityCertificate(text: string): boolean {
  const certificate = readCertificate(text);
  return certificate !== undefined && isAuthority(certificate) && keyOf(certificate) !== undefined;
}

function readChain(x5c: unknown): [X509Certificate, ...X509Certificate[]] | undefined {
  if (!Array.isArray(x5c) || x5c.length < 1 || x5c.length > X5C_MAX) return undefined;
  const chain = x5c.map(readCertificate);
  return chain.every((certificate) => certificate !== undefined) ? chain as [X509Certificate, ...X509Certificate[]] : undefined; // at least one, all read
}

function readCertificate(text: unknown): X509Certificate | undefined {
  if (typeof text !== 'string' || text.length > CERTIFICATE_MAX_LENGTH) return undefined;
  try {
    const der = base64.decode(text);
    const certificate = new X509Certificate(der as Uint8Array<ArrayBuffer>); // a fresh array
    // The signature is over the bytes as they came, so trailing ones, which parsers pass over, are none of the certificate.
    return certificate.rawData.byteLength === der.length && elementAt(der, 0).end === der.length ? certificate : undefined;
  } catch {
    return undefined;
  }
}

function isLeafOf(leaf: X509Certificate, { url, did, publicKey }: CertifiedIssuer): boolean {
  const names = leaf.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
  const has = (type: string, value: string) => names.some((name) => name.type === type && name.value === value);
  return keyOf(leaf) === publicKey && has('url', url) && has('url', did) && (has('dns', new URL(url).hostname) || has('ip', new URL(url).hostname))
    && leaf.getExtension(BasicConstraintsExtension)?.ca !== true;
}

function isAuthority(certificate: X509Certificate): boolean {
  const usages = certificate.getExtension(KeyUsagesExtension)?.usages ?? 0;
  return certificate.getExtension(BasicConstraintsExtension)?.ca === true && (usages & KeyUsageFlags.keyCertSign) !== 0;
}

const isInForce = ({ notBefore, notAfter }: X509Certificate, at: number): boolean => notBefore.getTime() <= at * 1000 && at * 1000 <= notAfter.getTime();

function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  const key = keyOf(authority);
  if (key === undefined || certificate.issuer !== authority.subject) return false;
  try {
    const der = new Uint8Array(certificate.rawData);
    const signed = elementAt(der, elementAt(der, 0).start);
    const signature = p256.Signature.fromBytes(new Uint8Array(certificate.signature), 'der').toBytes('compact');
    return isEcdsaWithSha256(certificate) && verifyEcdsa('P-256', key, der.subarray(elementAt(der, 0).start, signed.end), signature);
  } catch {
    return false;
  }
}

function isEcdsaWithSha256({ signatureAlgorithm }: X509Certificate): boolean {
  const { name, hash } = signatureAlgorithm as { name?: string; hash?: { name?: string } }; // its type is one of the DOM
  return name === 'ECDSA' && hash?.name === 'SHA-256';
}

function endsIn(last: X509Certificate, roots: readonly string[], at: number): boolean {
  return roots.some((text) => {
    const root = readCertificate(text);
    return root !== undefined && isAuthority(root) && isInForce(root, at) && isIssuedBy(last, root);
  });
}

/** SubjectPublicKeyInfo of a P-256 key, up to the uncompressed point. */
const SPKI = '3059301306072a8648ce3d020106082a8648ce3d030107034200';

/** The compressed P-256 key in hex; undefined for any other kind. */
function keyOf({ publicKey }: X509Certificate): string | undefined {
  const spki = Array.from(new Uint8Array(publicKey.rawData), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (!spki.startsWith(SPKI)) return undefined;
  try {
    return p256.Point.fromHex(spki.slice(SPKI.length)).toHex(true);
  } catch {
    return undefined;
  }
}

/** Where the content of a DER element starts and ends. */
function elementAt(der: Uint8Array, at: number): { start: number; end: number } {
  const first = der[at + 1]!;
  const more = first < 0x80 ? 0 : first & 0x7f;
  let length = more === 0 ? first : 0;
  for (let i = 0; i < more; i++) length = length * 256 + der[at + 2 + i]!;
  const start = at + 2 + more;
  return { start, end: start + length };
}
