// The roots of accrediting bodies that an operator demands of certificates in SD-JWT VCs.
import { isAuthorityCertificate } from '#formats/sd-jwt-vc/index.ts';
import { HealthpassError } from '#passport';
import { certificatesIn, readTextFile } from '#server';

const NAME = 'HEALTHPASS_CERTIFICATE_ROOTS';

/** base64 of DER. @throws HealthpassError `configuration-invalid` for a text that holds none, or anything that is no authority */
export function parseCertificateRoots(pem: string, name = NAME): readonly string[] {
  const roots = attempt(() => certificatesIn(pem)) ?? [];
  if (roots.length > 0 && roots.every(isAuthorityCertificate)) return roots;
  throw new HealthpassError('configuration-invalid', `${name} holds no certificates of P-256 authorities, or something else besides`, { field: name });
}

/** Undefined where no file is named: then chains are held together and to the DID only. @throws HealthpassError `configuration-invalid` */
export const readCertificateRoots = async (file: string | undefined, name = NAME): Promise<readonly string[] | undefined> =>
  (file === undefined ? undefined : parseCertificateRoots(await readTextFile(file, name), name));

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // the library quotes the text
  }
}
