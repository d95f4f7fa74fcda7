// The data folder of a network on one machine, and the lock that keeps two of them from sharing it.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { readJsonFile, tryLock } from '#server';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** Where things stand in a data folder. */
export const dataFolder = (root: string = join(PROJECT, '.data')) => {
  const at = (...parts: string[]) => resolve(root, ...parts);
  return {
    root: at(),
    chainState: at('chain', 'state.json'),
    deployment: at('deployment.json'),
    endpoints: at('endpoints.json'),
    governanceKey: at('keys', 'governance.hex'),
    certificateAuthority: at('keys', 'certificate-authority.json'),
    governanceJournal: at('chain', 'governance.journal'),
    issuerFolder: at('issuer'),
    issuerDatabase: at('issuer', 'database'),
    verifierDatabase: at('verifier', 'database'),
    issuerToken: at('keys', 'issuer-token.txt'),
    verifierSealingKey: at('keys', 'verifier-sealing.hex'),
    verifierAuthority: at('verifier', 'development-authority.pem'),
    trustBundle: at('trust-bundle.json'),
    careDeployment: at('care-deployment.json'),
    recordsFolder: at('records'),
    recordsDatabase: at('records', 'database'),
    storageFolder: at('storage'),
    bodyKey: at('keys', 'sample-body.hex'),
    sampleMembers: at('sample-members'),
    samplePassphrase: at('keys', 'sample-passphrase.txt'),
    lock: at('lock'),
  };
};
export type DataFolder = ReturnType<typeof dataFolder>;

const url = z.url({ protocol: /^https?$/ });
const endpointsSchema = z.object({ issuer: url, verifier: url, rpc: url, wallet: url.optional(), records: url.optional(), storage: url.optional() });
export type Endpoints = z.infer<typeof endpointsSchema>;

/** Addresses of the network that uses this folder; undefined when none was ever started here. @throws HealthpassError `configuration-invalid` */
export async function readEndpoints(folder: DataFolder): Promise<Endpoints | undefined> {
  const json = await readJsonFile(folder.endpoints);
  if (json === undefined) return undefined;
  const parsed = endpointsSchema.safeParse(json);
  if (!parsed.success) throw new HealthpassError('configuration-invalid', 'endpoints.json is not as the network writes it', { field: 'endpoints.json' });
  return parsed.data;
}

/** Takes the folder for this process, until the returned function is called or the process ends. @throws HealthpassError `configuration-invalid` */
export function lockFolder(folder: DataFolder): () => void {
  const release = tryLock(folder.lock);
  if (!release) throw new HealthpassError('configuration-invalid', `another network is running in ${folder.root}; stop it, or choose another folder with HEALTHPASS_DATA`, { field: 'HEALTHPASS_DATA' });
  return release;
}
