// A whole system on one machine: chain, contracts, an accredited issuer, and the services of issuer and verifier.
import { createServer } from 'node:net';
import type { Hono } from 'hono';
import { isHealthpassError, type TrustState, type UnixSeconds } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { loadArtifacts, type Artifacts } from '#circuits';
import { createChainIndex, type ChainIndex } from '#contracts';
import { createIssuer } from '#issuer';
import {
  assertArtifactsFor,
  chainChecks,
  createDatabases,
  createOperatorAccess,
  databaseChecks,
  databaseFrom,
  listen,
  openDatabase,
  secretFile,
  tokenDigest,
  writeFileAtomic,
  type Access,
  type DatabasePlace,
  type Environment,
} from '#server';
import { anchorsOfIssuers, createAnchorBook, createNullifierBook, createRequestBook, createVerifier, knownTrust, loadEngine, VERIFIER_MIGRATIONS } from '#verifier';
import { startChain } from './chain.ts';
import { lockFolder, type DataFolder, type Endpoints } from './folder.ts';
import { ensureDeployment, fundedWallet, governanceSender } from './governance.ts';
import { startSampleIssuer } from './issuer.ts';

export const DEFAULT_PORTS = { rpc: 8545, issuer: 4100, verifier: 4200 } as const;
export type Ports = Readonly<Record<keyof typeof DEFAULT_PORTS, number>>;

const SYNC_EVERY = 1000;
/** Seconds after which a service that could not read the chain, or reads one that stands still, calls itself unready. */
const [MAX_READ_AGE, MAX_BLOCK_AGE] = [30, 900];
/** Anchors go out at a fixed pace: one tells that something was issued within the hour, and no more. */
const ANCHOR_EVERY = 3600_000;

export type SystemOptions = {
  readonly onStep?: (says: string) => void;
  /** Told when something goes wrong while the system runs, in words without values: what, and a code or the name of an error. */
  readonly onTrouble?: (says: string) => void;
  readonly environment?: Environment;
};

export type System = { readonly endpoints: Endpoints; readonly stop: () => Promise<void> };

/**
 * Brings everything up, from what an earlier run left in the folder.
 * @throws HealthpassError `development-keys` (production mode), `configuration-invalid` (the folder is in use, or its chain was lost), `chain-unavailable`
 */
export async function startSystem(folder: DataFolder, ports: Ports, { onStep = () => {}, onTrouble = () => {}, environment = {} }: SystemOptions = {}): Promise<System> {
  const artifacts = await loadArtifacts();
  assertArtifactsFor(environment, artifacts.manifest);
  const closers: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    closers.push(lockFolder(folder));
    return { endpoints: await bringUp({ folder, ports, onStep, onTrouble, artifacts, closers, environment }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Start = Required<SystemOptions> & {
  readonly folder: DataFolder;
  readonly ports: Ports;
  readonly artifacts: Artifacts;
  readonly closers: (() => unknown)[];
};

async function bringUp({ folder, ports, onStep, onTrouble, artifacts, closers, environment }: Start): Promise<Endpoints> {
  onStep('starting the chain');
  const chain = await startChain(folder.chainState, await freePort(ports.rpc));
  closers.push(chain.stop);
  const wallet = await fundedWallet(chain.provider, folder.governanceKey);
  onStep('contracts');
  const deployment = await ensureDeployment(folder, chain.provider, wallet);
  const governance = governanceSender(folder, chain.provider, wallet, deployment);
  await governance.recover();
  const index = createChainIndex({ endpoints: [chain.anvil.url], deployment });
  onStep('databases');
  const databases = { issuer: databaseFrom(environment, 'issuer', folder.issuerDatabase), verifier: databaseFrom(environment, 'verifier', folder.verifierDatabase) };
  await createDatabases(Object.values(databases).filter((place) => typeof place === 'string'));
  const issuerPort = await freePort(ports.issuer);
  const issuerUrl = `http://127.0.0.1:${issuerPort}`;
  const issuer = await startSampleIssuer({
    folder: folder.issuerFolder, database: databases.issuer, rpc: chain.anvil.url, provider: chain.provider, deployment, governance, onStep,
    sync: () => synced(index), trust: async () => knownTrust(index) ?? synced(index), known: () => knownTrust(index), listUrl: (list) => `${issuerUrl}/status-lists/${list}`,
  });
  closers.push(issuer.close);
  closers.push(every(SYNC_EVERY, () => index.sync(), (error) => onTrouble(`the chain cannot be read (${nameOf(error)})`)));
  closers.push(every(ANCHOR_EVERY, () => issuer.service.anchor(), (error) => onTrouble(`what was issued cannot be anchored (${nameOf(error)})`)));

  onStep('services');
  const token = await bearerToken(folder);
  const access = createOperatorAccess(tokenDigest(token));
  closers.push((await listen(createIssuer(issuer.service, { access, checks: { ...issuer.checks, ...chainChecksOf(index) }, report: (name) => onTrouble(`the issuer failed at a request (${name})`) }), issuerPort)).stop);
  const verifierPort = await freePort(ports.verifier);
  closers.push((await listen(await verifierApp({ database: databases.verifier, artifacts, closers, onTrouble }, index, { issuerUrl, access }), verifierPort)).stop);
  const endpoints = { issuer: issuerUrl, verifier: `http://127.0.0.1:${verifierPort}`, rpc: chain.anvil.url };
  await writeFileAtomic(folder.endpoints, `${JSON.stringify(endpoints, null, 2)}\n`);
  return endpoints;
}

async function verifierApp({ database: place, artifacts, closers, onTrouble }: Pick<Start, 'artifacts' | 'closers' | 'onTrouble'> & { database: DatabasePlace }, index: ChainIndex, { issuerUrl, access }: { issuerUrl: string; access: Access }): Promise<Hono> {
  const database = await openDatabase(place, VERIFIER_MIGRATIONS);
  closers.push(() => database.close());
  return createVerifier({
    ...(await loadEngine(artifacts.verificationKey)), verifyingKey: artifacts.verificationKey, policies: POLICIES,
    trust: () => knownTrust(index), nullifiers: createNullifierBook(database), requests: createRequestBook(database),
    anchors: createAnchorBook(anchorsOfIssuers([issuerUrl])),
    now: () => Math.floor(Date.now() / 1000) as UnixSeconds,
  }, { access, checks: { ...databaseChecks(database, VERIFIER_MIGRATIONS), ...chainChecksOf(index) }, report: (name) => onTrouble(`the verifier failed at a request (${name})`) });
}

const chainChecksOf = (index: ChainIndex) => chainChecks({ trust: () => knownTrust(index), now: () => Date.now() / 1000, maxReadAge: MAX_READ_AGE, maxBlockAge: MAX_BLOCK_AGE });

const nameOf = (error: unknown): string => (isHealthpassError(error) ? error.code : error instanceof Error ? error.name : typeof error);

async function synced(index: ChainIndex): Promise<TrustState> {
  await index.sync();
  return index.snapshot();
}

/** The token with which the command line speaks to the issuer; made on first start. */
async function bearerToken(folder: DataFolder): Promise<string> {
  return Buffer.from(await secretFile(folder.issuerToken)).toString('hex');
}

/** The wanted port, or any free one where that is taken. */
function freePort(wanted: number): Promise<number> {
  const attempt = (port: number) => new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
  return attempt(wanted).catch(() => attempt(0));
}

/** Repeats a step until stopped; one that fails is tried again next time. The first failure of a row is told. */
function every(milliseconds: number, step: () => Promise<unknown>, onFailure: (error: unknown) => void): () => Promise<void> {
  let stopped = false;
  let failing = false;
  let wake = () => {};
  const loop = (async () => {
    for (;;) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        wake = () => (clearTimeout(timer), resolve());
        if (stopped) wake();
      });
      if (stopped) return;
      await step().then(() => (failing = false), (error: unknown) => {
        if (!failing) onFailure(error);
        failing = true;
      });
    }
  })();
  return () => ((stopped = true), wake(), loop);
}
