// Who stands behind a credential, as `trusted_authorities` may ask (OpenID4VP 1.0, 6.1.1). Only of texts that were verified.
import 'reflect-metadata';
import { AuthorityKeyIdentifierExtension, X509Certificate } from '@peculiar/x509';
import { readJws } from '#formats/credential/jws.ts';

/** Values of one type: `did` is the issuer's identifier, `aki` the key identifiers of the authorities of its certificates. */
export function authoritiesOf(type: string, issuer: string, text: string): readonly string[] {
  if (type === 'did') return [issuer];
  if (type !== 'aki' || !text.includes('~')) return [];
  const { x5c } = readJws(text.slice(0, text.indexOf('~')), { code: 'sd-jwt-malformed', maxLength: text.length }).header;
  if (!Array.isArray(x5c)) return [];
  return x5c.filter((der) => typeof der === 'string').flatMap((der) => {
    const keyId = new X509Certificate(der).getExtension(AuthorityKeyIdentifierExtension)?.keyId;
    return keyId === undefined ? [] : [Buffer.from(keyId, 'hex').toString('base64url')];
  });
}
