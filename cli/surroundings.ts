// What commands find around them: the data folder, the network's addresses, trust data, policies, the prover and the verifier of proofs.
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HealthpassError, encodeTrustBundle, isHealthpassError, parseTrustBundle, type ErrorCode, type TrustState, type UnixSeconds } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { createProver, loadArtifacts } from '#circuits';
import { createProofVerifier, parseVerifyingKey } from '#circuits/verify/index.ts';
import { createChainIndex, parseDeployment } from '#contracts';
import { dataFolder, readEndpoints, type DataFolder, type Endpoints } from '#network/folder.ts';
import { readJsonFile, writeFileAtomic } from '#server';
import { text, type Invocation } from './command.ts';

export const now = (): UnixSeconds => Math.floor(Date.now() / 1000) as UnixSeconds;
export const policies = POLICIES;
export const passphrase = (): string | undefined => process.env['HEALTHPASS_PASSPHRASE'] || undefined;

export const folderOf = (options: Invocation['options']): DataFolder => dataFolder(text(options, 'data') ?? process.env['HEALTHPASS_DATA']);

/** @throws HealthpassError `service-unavailable` when no network was started in this data folder */
export async function endpointsOf(folder: DataFolder): Promise<Endpoints> {
  const endpoints = await readEndpoints(folder);
  if (!endpoints) throw new HealthpassError('service-unavailable', 'no network is known here; start one with: npm start', { field: 'endpoints.json' });
  return endpoints;
}

/** Trust data and where they come from: the chain just now, or what was kept of it. */
export type KnownTrust = { readonly trust: TrustState; readonly source: 'chain' | 'bundle'; readonly problem: string | undefined };

const OUT_OF_REACH: readonly ErrorCode[] = ['chain-unavailable', 'service-unavailable', 'no-trust-data'];

/**
 * Reads the chain, and keeps what it says for times without network; without network, what was kept.
 * @returns undefined when nothing was ever read
 */
export async function knownTrust(folder: DataFolder, { offline }: { readonly offline: boolean }): Promise<KnownTrust | undefined> {
  let problem: string | undefined;
  if (!offline) {
    try {
      return { trust: await readChain(folder), source: 'chain', problem };
    } catch (error) {
      // Only what is out of reach is a reason to fall back: older data in silence are no answer to a chain that lies, or to a damaged file.
      if (!isHealthpassError(error) || !OUT_OF_REACH.includes(error.code)) throw error;
      problem = error.code;
    }
  }
  const kept = await readJsonFile(folder.trustBundle).catch(() => {
    throw new HealthpassError('bundle-invalid', 'the trust data that were kept here are damaged; connect to read the chain anew', { field: 'trust-bundle.json' });
  });
  return kept === undefined ? undefined : { trust: (await readBundle(kept)).trust, source: 'bundle', problem };
}

async function readChain(folder: DataFolder): Promise<TrustState> {
  const { rpc } = await endpointsOf(folder);
  const deployment = parseDeployment(await readJsonFile(folder.deployment));
  const checkpoint = join(folder.root, 'chain-checkpoint.json');
  const index = createChainIndex({
    endpoints: [rpc], deployment, timeout: 3000,
    store: { load: () => readJsonFile(checkpoint).catch(() => undefined), // a damaged one costs time only
       save: (value) => writeFileAtomic(checkpoint, JSON.stringify(value)) },
  });
  await index.sync();
  const trust = index.snapshot();
  await saveBundle(folder.trustBundle, trust);
  return trust;
}

let loading: ReturnType<typeof loadArtifacts> | undefined;
/** Eighteen megabytes, read and hashed once a process. */
const artifacts = () => (loading ??= loadArtifacts());

export async function saveBundle(path: string, trust: TrustState): Promise<void> {
  const { verificationKey } = await artifacts();
  await writeFileAtomic(path, `${JSON.stringify(encodeTrustBundle({ trust, policies, verifyingKey: verificationKey }))}\n`);
}

/** A bundle whose roots hold together and whose verifying key is the one of this installation. @throws HealthpassError `bundle-invalid` */
export async function readBundle(json: unknown) {
  const bundle = parseTrustBundle(json);
  const { verificationKey } = await artifacts();
  if (JSON.stringify(bundle.verifyingKey) !== JSON.stringify(verificationKey)) {
    throw new HealthpassError('bundle-invalid', 'the trust bundle is for another verifying key than this installation', { field: 'verifyingKey' });
  }
  return bundle;
}

export async function proofVerifier() {
  const { verificationKey } = await artifacts();
  return createProofVerifier(parseVerifyingKey(verificationKey));
}

/** Runs work with a prover, whose threads end with it. */
export async function withProver<T>(work: (prover: ReturnType<typeof createProver>) => Promise<T>): Promise<T> {
  const prover = createProver(await artifacts());
  try {
    return await work(prover);
  } finally {
    await prover.close();
  }
}

/** The bytes of a file that the user named, or of standard input for `-`; no more is read than is allowed. @throws HealthpassError `usage`, `text-too-long` */
export async function readInput(path: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    const source: AsyncIterable<Buffer> = path === '-' ? process.stdin : createReadStream(path);
    for await (const chunk of source) {
      chunks.push(chunk);
      if ((length += chunk.length) > maxBytes) throw new HealthpassError('text-too-long', `the input is longer than ${maxBytes} bytes`, { field: 'input' });
    }
  } catch (error) {
    if (isHealthpassError(error)) throw error;
    throw new HealthpassError('usage', `the file cannot be read: ${path}`, { field: 'file' });
  }
  return Buffer.concat(chunks);
}

/** Writes a file that the user named. @throws HealthpassError `usage` when it cannot be written */
export async function writeOutput(path: string, data: string | Uint8Array): Promise<void> {
  await writeFile(path, data).catch(() => {
    throw new HealthpassError('usage', `the file cannot be written: ${path}`, { field: 'file' });
  });
}
