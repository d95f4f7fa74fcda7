// Files that an operator names in the configuration: texts, and certificates in PEM.
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { PemConverter } from '@peculiar/x509';
import { HealthpassError } from '#passport';

/** @param name of the variable that names the file @throws HealthpassError `configuration-invalid` */
export async function readTextFile(path: string, name: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => { throw new HealthpassError('configuration-invalid', `${name} names a file that cannot be read`, { field: name }); });
}

/** The certificates of a text, base64 of DER. @throws for what is no PEM */
export const certificatesIn = (pem: string): string[] => PemConverter.decodeWithHeaders(pem).filter(({ type }) => type === 'CERTIFICATE').map(({ rawData }) => Buffer.from(rawData).toString('base64'));

export const pemOf = (certificate: string): string => `${PemConverter.encode(Uint8Array.from(Buffer.from(certificate, 'base64')), 'CERTIFICATE')}\n`;
