// A whole system on one machine: chain, contracts, an accredited issuer, the services of issuer and verifier, and records: a storage and a gateway.
import { loadArtifacts, type Artifacts } from '#circuits';
import { createChainIndex } from '#contracts';
import type { UnixSeconds } from '#passport';
import { buildFolder } from '#faces/build/apps.ts';
import { openAuthority } from '#issuer';
import {
  assertArtifactsFor, builtSites, createClosers, createDatabases, createLocalKeyProvider, databasePlace, every, freePort, limitKeeping, listen, nameOfError, openDatabase, readSettings, secretFile, tokenDigest,
  writeFileAtomic, type Closers, type Environment, type Settings, type Telemetry,
} from '#server';
import { assembleVerifier, deleteExpired, VERIFIER_MIGRATIONS } from '#verifier';
import { startChain } from './chain.ts';
import { NETWORK_VARIABLES } from './config.ts';
import { lockFolder, type DataFolder, type Endpoints } from './folder.ts';
import { ensureContracts, fundedWallet, governanceSender } from './governance.ts';
import { SAMPLE, startSampleIssuer } from './issuer.ts';
import { startNetworkRecords } from './records.ts';
import { makeSampleMembers, type SampleMembers } from './sample-members.ts';
import { isEmpty, offerSample, seedPast, type SampleOffer } from './seed.ts';
import { hasWallet, startWalletSite } from './wallet-site.ts';

/** Ports wanted; 0 takes any. */
export type Ports = { readonly rpc: number; readonly issuer: number; readonly verifier: number; readonly wallet?: number; readonly records?: number; readonly storage?: number };

const SAMPLE_VERIFIER = 'Sample Checkpoint';
const SYNC_EVERY = 1000;
/** Results of presentations do not stay much longer than they may. */
const RETENTION_EVERY = 60_000;
/** Seconds after which a service that could not read the chain, or reads one that stands still, calls itself unready. */
const CHAIN_AGES = { maxReadAge: 30, maxBlockAge: 900 };

export type SystemOptions = {
  readonly onStep?: (says: string) => void;
  /** Told when something goes wrong while the system runs, in words without values: what, and a code or the name of an error. */
  readonly onTrouble?: (says: string) => void;
  readonly environment?: Environment;
  /** Logs, metrics and traces of the services; without it they tell nothing but trouble. */
  readonly telemetry?: Telemetry;
  /** Aborted when the system is told to end. */
  readonly stopping?: AbortSignal;
  /** In development: gives the sample provider a past on its first start, and an offer that is ready to be taken on each. */
  readonly samples?: boolean;
  /** Whether there are a storage and a gateway of records; there are where nothing is said. */
  readonly records?: boolean;
};

export type System = {
  readonly endpoints: Endpoints;
  /** Links by which the first admin of a service comes in, by its name; none where it has one. Secret. */
  readonly firstAdmins: Readonly<Record<string, string>>;
  /** Where samples were asked for. Secret. */
  readonly sampleOffer?: SampleOffer | undefined;
  /** The same, where there are records. Secret. */
  readonly sampleMembers?: SampleMembers | undefined;
  readonly stop: () => Promise<void>;
};

/**
 * Brings everything up, from what an earlier run left in the folder.
 * @throws HealthpassError `development-keys` (production mode), `configuration-invalid` (the folder is in use, or its chain was lost), `chain-unavailable`
 */
export async function startSystem(folder: DataFolder, ports: Ports, { onStep = () => {}, onTrouble = () => {}, environment = {}, telemetry, stopping, samples = false, records = true }: SystemOptions = {}): Promise<System> {
  const settings = await readSettings(environment, NETWORK_VARIABLES);
  const artifacts = await loadArtifacts();
  assertArtifactsFor(settings.config, artifacts.manifest);
  const closers = createClosers();
  try {
    closers.add(lockFolder(folder));
    return { ...(await bringUp({ folder, ports, onStep, onTrouble, artifacts, closers, settings, telemetry, stopping, samples, records })), stop: closers.stop };
  } catch (error) {
    await closers.stop();
    throw error;
  }
}

type Start = Required<Pick<SystemOptions, 'onStep' | 'onTrouble' | 'samples' | 'records'>> & Pick<SystemOptions, 'telemetry' | 'stopping'> & {
  readonly settings: Settings<typeof NETWORK_VARIABLES>;
  readonly folder: DataFolder;
  readonly ports: Ports;
  readonly artifacts: Artifacts;
  readonly closers: Closers;
};

async function bringUp({ folder, ports, onStep, onTrouble, artifacts, closers, settings: { config, secrets }, telemetry, stopping, samples, records: wantsRecords }: Start): Promise<Omit<System, 'stop'>> {
  const told = (service: string) => telemetry?.of(service) ?? { onTrouble };
  onStep('starting the chain');
  const chainPort = await freePort(ports.rpc, { orAny: true });
  chainPort.release();
  const chain = await startChain(folder.chainState, ports.rpc === 0 ? 0 : chainPort.number); // for 0 it takes one itself
  closers.add(chain.stop);
  const wallet = await fundedWallet(chain.provider, folder.governanceKey);
  onStep('contracts');
  const { deployment, care } = await ensureContracts(folder, chain.provider, wallet, { records: wantsRecords });
  const governance = governanceSender(folder, chain.provider, wallet, deployment);
  await governance.recover();
  const index = createChainIndex({ endpoints: [chain.anvil.url], deployment });
  onStep('databases');
  const databases = { issuer: databasePlace(secrets, 'issuer', folder.issuerDatabase), verifier: databasePlace(secrets, 'verifier', folder.verifierDatabase), records: databasePlace(secrets, 'records', folder.recordsDatabase) };
  await createDatabases(Object.values({ ...databases, ...(!wantsRecords && { records: undefined }) }).filter((place) => typeof place === 'string'));
  const token = await bearerToken(folder);
  const operator = tokenDigest(token);
  const limits = limitKeeping(config, secrets);
  const development = config.HEALTHPASS_MODE === 'development';
  const openVcApi = development;
  const issuerPort = await freePort(ports.issuer, { orAny: true });
  const issuerUrl = `http://127.0.0.1:${issuerPort.number}`;
  const authority = await openAuthority(folder.certificateAuthority, SAMPLE.accreditedBy, () => Math.floor(Date.now() / 1000));
  const walletPort = hasWallet() ? await freePort(ports.wallet ?? 0, { orAny: true }) : undefined;
  const walletUrl = walletPort && `http://localhost:${walletPort.number}`; // passkeys belong to a name
  const pagesRpc = walletUrl === undefined ? chain.anvil.url : `${walletUrl}/rpc`;
  let recordsConsole: string | undefined; // known once the gateway listens
  const keepingStarts = wantsRecords && care ? startNetworkRecords({
    folder, care, governance, provider: chain.provider, rpc: chain.anvil.url, pagesRpc, wallet: walletUrl, ports: { records: ports.records ?? 0, storage: ports.storage ?? 0 },
    database: databases.records, seen: telemetry?.database, limits, stopping, storage: told('storage'), ...told('records'),
  }, closers) : undefined;
  const issuerStarts = startSampleIssuer({
    folder: folder.issuerFolder, database: databases.issuer, rpc: chain.anvil.url, provider: chain.provider, deployment, governance, governor: wallet.address, index, url: issuerUrl, authority, operator, limits, openVcApi, chainAges: CHAIN_AGES, onStep, stopping,
    ...(development && { firstRoles: ['admin', 'clinician', 'operator'] }),
    sites: builtSites({ base: '/console', folder: buildFolder('console'), surface: 'app' }), records: () => recordsConsole,
    seen: telemetry?.database, ...told('issuer'),
  }, closers);
  // The issuer waits for the chain most of the time; the records start meanwhile. What fails is told when both have come to an end.
  await Promise.allSettled([issuerStarts, keepingStarts]);
  const [issuer, keeping] = [await issuerStarts, await keepingStarts];
  if (keeping && builtSites({ base: '/console', folder: buildFolder('records'), surface: 'holder-app' }).length > 0) recordsConsole = `${keeping.records}/console/`;
  closers.add(every(SYNC_EVERY, () => index.sync(), (error) => onTrouble(`the chain cannot be read (${nameOfError(error)})`)));

  onStep('services');
  const opened = await openDatabase(databases.verifier, VERIFIER_MIGRATIONS);
  const database = telemetry?.database(opened) ?? opened;
  closers.add(() => database.close());
  const verifierPort = await freePort(ports.verifier, { orAny: true });
  const verifierUrl = `http://127.0.0.1:${verifierPort.number}`;
  const keys = createLocalKeyProvider([await secretFile(folder.verifierSealingKey)]);
  const invitation = await issuer.access.inviteFirstAdmin();
  const firstAdmins: Record<string, string> = invitation ? { issuer: invitation.link } : {};
  const verifierAuthorities: string[] = [];
  const verifier = await assembleVerifier({
    database, index, dids: { deployment, provider: chain.provider }, chainAges: CHAIN_AGES, verificationKey: artifacts.verificationKey, issuers: [issuerUrl], limits, openVcApi, stopping, ...told('verifier'),
    sites: builtSites({ base: '/scanner', folder: buildFolder('scanner'), surface: 'app' }),
    staff: { keys, url: verifierUrl, name: SAMPLE_VERIFIER, operator, ...(development && { firstRoles: ['admin', 'verifier'] }), onFirstAdmin: (link) => { firstAdmins['verifier'] = link; } },
    presentations: {
      url: verifierUrl, name: SAMPLE_VERIFIER, chainId: deployment.chainId, development: true, keys,
      onAuthority(pem) {
        verifierAuthorities.push(pem);
        return writeFileAtomic(folder.verifierAuthority, pem);
      },
    },
  });
  closers.add(every(RETENTION_EVERY, () => deleteExpired(database), (error) => onTrouble(`what was kept long enough cannot be deleted (${nameOfError(error)})`)));
  closers.add((await listen(issuer.app, issuerPort)).stop);
  closers.add((await listen(verifier, verifierPort)).stop);
  if (walletPort) await startWalletSite(walletPort, { mirrors: [verifierUrl], verifierAuthorities, development, records: keeping?.records, ...(keeping && { rpc: [pagesRpc], care }), node: chain.anvil.url }, closers);
  const endpoints = { issuer: issuerUrl, verifier: verifierUrl, rpc: chain.anvil.url, ...(walletUrl !== undefined && { wallet: walletUrl }), ...(keeping && { records: keeping.records, storage: keeping.storage }) };
  await writeFileAtomic(folder.endpoints, `${JSON.stringify(endpoints, null, 2)}\n`);
  const seeding = { app: issuer.app, url: issuerUrl, token, database: issuer.database, now: () => Math.floor(Date.now() / 1000) };
  const wantsSamples = samples && development;
  const failed = (error: unknown) => onTrouble(`the samples cannot be made (${nameOfError(error)})`);
  const sampleOffer = wantsSamples ? await makeSamples(seeding, onStep).catch(failed) : undefined;
  const sampleMembers = wantsSamples && keeping ? await makeSampleMembers({ folder, url: keeping.records, now: () => Math.floor(Date.now() / 1000) as UnixSeconds }).catch(failed) : undefined;
  return { endpoints, firstAdmins, ...(sampleOffer && { sampleOffer }), ...(sampleMembers && { sampleMembers }) };
}

async function makeSamples(seeding: Parameters<typeof seedPast>[0], onStep: (says: string) => void): Promise<SampleOffer> {
  onStep('samples');
  if (await isEmpty(seeding.database)) await seedPast(seeding);
  return offerSample(seeding);
}

/** The token with which the command line speaks to the issuer; made on first start. */
async function bearerToken(folder: DataFolder): Promise<string> {
  return Buffer.from(await secretFile(folder.issuerToken)).toString('hex');
}
