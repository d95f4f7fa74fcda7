// A whole system on one machine: chain, contracts, an accredited issuer, and the services of issuer and verifier.
import { loadArtifacts, type Artifacts } from '#circuits';
import { createChainIndex } from '#contracts';
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
import { ensureDeployment, fundedWallet, governanceSender } from './governance.ts';
import { SAMPLE, startSampleIssuer } from './issuer.ts';
import { isEmpty, offerSample, seedPast, type SampleOffer } from './seed.ts';
import { startWalletSite } from './wallet-site.ts';

/** Ports wanted; 0 takes any. */
export type Ports = { readonly rpc: number; readonly issuer: number; readonly verifier: number; readonly wallet?: number };

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
};

export type System = {
  readonly endpoints: Endpoints;
  /** Links by which the first admin of a service comes in, by its name; none where it has one. Secret. */
  readonly firstAdmins: Readonly<Record<string, string>>;
  /** Where samples were asked for. Secret. */
  readonly sampleOffer?: SampleOffer | undefined;
  readonly stop: () => Promise<void>;
};

/**
 * Brings everything up, from what an earlier run left in the folder.
 * @throws HealthpassError `development-keys` (production mode), `configuration-invalid` (the folder is in use, or its chain was lost), `chain-unavailable`
 */
export async function startSystem(folder: DataFolder, ports: Ports, { onStep = () => {}, onTrouble = () => {}, environment = {}, telemetry, stopping, samples = false }: SystemOptions = {}): Promise<System> {
  const settings = await readSettings(environment, NETWORK_VARIABLES);
  const artifacts = await loadArtifacts();
  assertArtifactsFor(settings.config, artifacts.manifest);
  const closers = createClosers();
  try {
    closers.add(lockFolder(folder));
    return { ...(await bringUp({ folder, ports, onStep, onTrouble, artifacts, closers, settings, telemetry, stopping, samples })), stop: closers.stop };
  } catch (error) {
    await closers.stop();
    throw error;
  }
}

type Start = Required<Pick<SystemOptions, 'onStep' | 'onTrouble' | 'samples'>> & Pick<SystemOptions, 'telemetry' | 'stopping'> & {
  readonly settings: Settings<typeof NETWORK_VARIABLES>;
  readonly folder: DataFolder;
  readonly ports: Ports;
  readonly artifacts: Artifacts;
  readonly closers: Closers;
};

async function bringUp({ folder, ports, onStep, onTrouble, artifacts, closers, settings: { config, secrets }, telemetry, stopping, samples }: Start): Promise<Pick<System, 'endpoints' | 'firstAdmins' | 'sampleOffer'>> {
  const told = (service: string) => telemetry?.of(service) ?? { onTrouble };
  onStep('starting the chain');
  const chain = await startChain(folder.chainState, await freePort(ports.rpc, { orAny: true }));
  closers.add(chain.stop);
  const wallet = await fundedWallet(chain.provider, folder.governanceKey);
  onStep('contracts');
  const deployment = await ensureDeployment(folder, chain.provider, wallet);
  const governance = governanceSender(folder, chain.provider, wallet, deployment);
  await governance.recover();
  const index = createChainIndex({ endpoints: [chain.anvil.url], deployment });
  onStep('databases');
  const databases = { issuer: databasePlace(secrets, 'issuer', folder.issuerDatabase), verifier: databasePlace(secrets, 'verifier', folder.verifierDatabase) };
  await createDatabases(Object.values(databases).filter((place) => typeof place === 'string'));
  const token = await bearerToken(folder);
  const operator = tokenDigest(token);
  const limits = limitKeeping(config, secrets);
  const development = config.HEALTHPASS_MODE === 'development';
  const openVcApi = development;
  const issuerPort = await freePort(ports.issuer, { orAny: true });
  const issuerUrl = `http://127.0.0.1:${issuerPort}`;
  const authority = await openAuthority(folder.certificateAuthority, SAMPLE.accreditedBy, () => Math.floor(Date.now() / 1000));
  const issuer = await startSampleIssuer({
    folder: folder.issuerFolder, database: databases.issuer, rpc: chain.anvil.url, provider: chain.provider, deployment, governance, governor: wallet.address, index, url: issuerUrl, authority, operator, limits, openVcApi, chainAges: CHAIN_AGES, onStep, stopping,
    ...(development && { firstRoles: ['admin', 'clinician', 'operator'] }),
    sites: builtSites({ base: '/console', folder: buildFolder('console'), surface: 'app' }),
    seen: telemetry?.database, ...told('issuer'),
  }, closers);
  closers.add(every(SYNC_EVERY, () => index.sync(), (error) => onTrouble(`the chain cannot be read (${nameOfError(error)})`)));

  onStep('services');
  const opened = await openDatabase(databases.verifier, VERIFIER_MIGRATIONS);
  const database = telemetry?.database(opened) ?? opened;
  closers.add(() => database.close());
  const verifierPort = await freePort(ports.verifier, { orAny: true });
  const verifierUrl = `http://127.0.0.1:${verifierPort}`;
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
  const walletUrl = await startWalletSite(ports.wallet ?? 0, { mirrors: [verifierUrl], verifierAuthorities, development: config.HEALTHPASS_MODE === 'development' }, closers);
  const endpoints = { issuer: issuerUrl, verifier: verifierUrl, rpc: chain.anvil.url, ...(walletUrl === undefined ? {} : { wallet: walletUrl }) };
  await writeFileAtomic(folder.endpoints, `${JSON.stringify(endpoints, null, 2)}\n`);
  const seeding = { app: issuer.app, url: issuerUrl, token, database: issuer.database, now: () => Math.floor(Date.now() / 1000) };
  const sampleOffer = samples && development ? await makeSamples(seeding, onStep).catch((error: unknown) => onTrouble(`the samples cannot be made (${nameOfError(error)})`)) : undefined;
  return { endpoints, firstAdmins, ...(sampleOffer && { sampleOffer }) };
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
