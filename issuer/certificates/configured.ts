// Who certifies the keys of an issuer that runs by itself: the authority that its operator names; in development one of this installation;
// otherwise nobody, and the issuer goes by its DID alone.
import { join } from 'node:path';
import { HealthpassError, isHealthpassError } from '#passport';
import { pemOf, readTextFile, writeFileAtomic } from '#server';
import { openAuthority, readAuthority, type Authority } from './authority.ts';

export type AuthoritySettings = {
  /** File of the chain, PEM. */
  readonly file: string | undefined;
  /** PKCS #8 in PEM. */
  readonly key: string | undefined;
  readonly development: boolean;
  /** Where a development authority is kept, and its certificate for verifiers. */
  readonly folder: string;
  readonly now: () => number;
};

const FILE = 'HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY';
const KEY = `${FILE}_KEY`;

/** @throws HealthpassError `configuration-invalid` */
export async function configuredAuthority({ file, key, development, folder, now }: AuthoritySettings): Promise<Authority | undefined> {
  if (file !== undefined) return readConfigured(await readTextFile(file, FILE), key, now);
  if (key !== undefined) throw invalid(FILE, 'is needed with its key and not set');
  if (!development) return undefined;
  const authority = await openAuthority(join(folder, 'certificate-authority.json'), 'healthpass development authority', now);
  await writeFileAtomic(join(folder, 'development-authority.pem'), pemOf(authority.root));
  return authority;
}

async function readConfigured(chain: string, key: string | undefined, now: () => number): Promise<Authority> {
  if (key === undefined) throw invalid(KEY, 'is needed and not set');
  return readAuthority(chain, key, now).catch((error: unknown) => { throw isHealthpassError(error) ? invalid(FILE, `is wrong: ${error.message}`) : error; });
}

const invalid = (field: string, what: string) => new HealthpassError('configuration-invalid', `${field} ${what}`, { field });
