// The issuer as a service of its own, against any chain. On its first start it makes its identity, says what governance has to do, and waits
// for it. docs/configuration.md lists what it reads from its environment.
import { join } from 'node:path';
import { loadArtifacts } from '#circuits';
import { connect, createChainIndex } from '#contracts';
import {
  assertArtifactsFor, assertPublicUrl, builtSites, databasePlace, every, freePort, limitKeeping, listen, nameOfError, openDatabase, readDeployment, runProgram, secretFile, tokenDigest, tryLock, writeFileAtomic,
} from '#server';
import { HealthpassError } from '#passport';
import { ISSUER_VARIABLES } from './config.ts';
import { accreditationRequest, assembleIssuer, configuredAuthority, ISSUER_MIGRATIONS, listFirstKeys, openIdentity, readAttesters, startChainWriter, untilAccredited, untilFunded } from './index.ts';

const SYNC_EVERY = 4000;
/** Seconds after which the chain was read too long ago, or stands still. */
const CHAIN_AGES = { maxReadAge: 60, maxBlockAge: 900 };

await runProgram(process, { name: 'issuer', variables: ISSUER_VARIABLES, level: 'info' }, async ({ config, secrets, log, closers, telemetry, stopping }) => {
  assertArtifactsFor(config, (await loadArtifacts()).manifest);
  const { HEALTHPASS_ISSUER_DATA: data, HEALTHPASS_ISSUER_PORT: wanted, HEALTHPASS_DRAIN: drain, HEALTHPASS_RPC: endpoints } = config;
  const port = await freePort(wanted);
  const url = config.HEALTHPASS_ISSUER_URL ?? `http://127.0.0.1:${port.number}`;
  assertPublicUrl(config.HEALTHPASS_MODE, 'HEALTHPASS_ISSUER_URL', url);
  const development = config.HEALTHPASS_MODE === 'development';
  const wallets = { attesters: await readAttesters(config.HEALTHPASS_ISSUER_WALLET_ATTESTERS), requireDpop: config.HEALTHPASS_ISSUER_DPOP === 'required' };
  const release = tryLock(join(data, 'lock'));
  if (!release) throw new HealthpassError('configuration-invalid', 'HEALTHPASS_ISSUER_DATA is in use: another issuer runs in it', { field: 'HEALTHPASS_ISSUER_DATA' });
  closers.add(release);
  const authority = await configuredAuthority({
    file: config.HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY, key: secrets.HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY_KEY, development, folder: data, now: () => Math.floor(Date.now() / 1000),
  });
  if (!authority) log.warn('SD-JWT VCs name the DID alone and carry no certificates: HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY is not set');
  const deployment = await readDeployment(config.HEALTHPASS_DEPLOYMENT);
  const { onTrouble, around, metrics } = telemetry.of('issuer');
  const database = telemetry.database(await openDatabase(databasePlace(secrets, 'issuer', join(data, 'database')), ISSUER_MIGRATIONS));
  closers.add(() => database.close());

  const [rpc] = endpoints as [string, ...string[]]; // the schema demands one
  const provider = connect(rpc, deployment.chainId);
  closers.add(() => provider.destroy());
  const index = createChainIndex({ endpoints, deployment });
  const sync = () => index.sync(stopping);
  const identity = await openIdentity(data, { rpc, deployment });
  const request = await accreditationRequest(identity);
  await writeFileAtomic(join(data, 'accreditation-request.json'), `${JSON.stringify(request, null, 2)}\n`);
  const waiting = { every: SYNC_EVERY, signal: stopping };
  await untilFunded(provider, identity, { ...waiting, onWait: () => log.warn(`waiting for money: ${request.identity} pays for the transactions of this issuer`) });
  const read = async () => (await sync(), index.snapshot());
  const writer = startChainWriter({ maxHeadAge: CHAIN_AGES.maxBlockAge, folder: data, identity, database, provider, deployment, sync: read, onTrouble }, closers);
  await listFirstKeys(identity, writer.chain);
  const record = await untilAccredited(identity, read, {
    ...waiting, onWait: () => log.warn('waiting for governance, which has to accredit this issuer (accreditation-request.json in its folder)', { did: request.did, claimsKeyX: request.claimsKey.x, claimsKeyY: request.claimsKey.y }),
  });
  closers.add(every(SYNC_EVERY, sync, (error) => onTrouble(`the chain cannot be read (${nameOfError(error)})`)));

  const token = Buffer.from(await secretFile(join(data, 'token.txt'))).toString('hex');
  const { app } = await assembleIssuer({
    identity, record, deployment, provider, database, writer, index, chainAges: CHAIN_AGES, url, operator: tokenDigest(token), limits: limitKeeping(config, secrets), openVcApi: development, authority, wallets, onTrouble, around, metrics, records: () => config.HEALTHPASS_ISSUER_RECORDS,
    sites: builtSites({ base: '/console', folder: config.HEALTHPASS_ISSUER_CONSOLE, surface: 'app' }), onStep: (says) => log.info(says), guard: { publicUrl: url, hosts: config.HEALTHPASS_HOSTS, trustedProxies: config.HEALTHPASS_TRUSTED_PROXIES }, stopping,
  }, closers);
  const service = await listen(app, port, config.HEALTHPASS_LISTEN);
  closers.add(() => service.stop(drain * 1000));
  log.info(`The issuer listens on ${service.url}.`);
});
