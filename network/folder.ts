// The data folder of a network on one machine, and the lock that keeps two of them from sharing it.
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { readJsonFile } from '#server';

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
    governanceJournal: at('chain', 'governance.journal'),
    issuerFolder: at('issuer'),
    issuerToken: at('keys', 'issuer-token.txt'),
    trustBundle: at('trust-bundle.json'),
    lock: at('lock'),
  };
};
export type DataFolder = ReturnType<typeof dataFolder>;

const url = z.url({ protocol: /^https?$/ });
const endpointsSchema = z.object({ issuer: url, verifier: url, rpc: url });
export type Endpoints = z.infer<typeof endpointsSchema>;

/** Addresses of the network that uses this folder; undefined when none was ever started here. @throws HealthpassError `configuration-invalid` */
export async function readEndpoints(folder: DataFolder): Promise<Endpoints | undefined> {
  const json = await readJsonFile(folder.endpoints);
  if (json === undefined) return undefined;
  const parsed = endpointsSchema.safeParse(json);
  if (!parsed.success) throw new HealthpassError('configuration-invalid', 'endpoints.json is not as the network writes it', { field: 'endpoints.json' });
  return parsed.data;
}

/** Takes the folder for this process. A lock of a process that is gone is taken over. @throws HealthpassError `configuration-invalid` */
export async function lockFolder(folder: DataFolder): Promise<() => Promise<void>> {
  await mkdir(folder.root, { recursive: true });
  for (;;) {
    try {
      const file = await open(folder.lock, 'wx');
      await file.writeFile(`${process.pid} ${await startOf(process.pid)}`);
      await file.close();
      return () => rm(folder.lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // open rejects with an ErrnoException
      const [owner, started] = (await readFile(folder.lock, 'utf8').catch(() => '')).split(' ');
      if (isRunning(Number(owner)) && started === (await startOf(Number(owner)))) {
        throw new HealthpassError('configuration-invalid', `another network is running in this data folder (process ${owner}); stop it, or choose another folder with HEALTHPASS_DATA`, { field: 'HEALTHPASS_DATA' });
      }
      await rm(folder.lock, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** When a process began, in the kernel's ticks: process numbers are used again, this pair is not. Empty where there is no /proc. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
