// The verifier as a service of its own, against any chain. docs/configuration.md lists what it reads from its environment.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadArtifacts } from '#circuits';
import { connect, createChainIndex } from '#contracts';
import { assertArtifactsFor, assertPublicUrl, builtSites, databasePlace, every, freePort, limitKeeping, listen, nameOfError, openDatabase, openKeyFile, readDeployment, runProgram, secretFile, tokenDigest, withPatience, writeFileAtomic } from '#server';
import { VERIFIER_VARIABLES } from './config.ts';
import { assembleVerifier, deleteExpired, readCertificateFile, readCertificateRoots, VERIFIER_MIGRATIONS } from './index.ts';

const SYNC_EVERY = 4000;
const RETENTION_EVERY = 60_000;
/** Seconds after which the chain was read too long ago, or stands still. */
const CHAIN_AGES = { maxReadAge: 60, maxBlockAge: 900 };

await runProgram(process, { name: 'verifier', variables: VERIFIER_VARIABLES, level: 'info' }, async ({ config, secrets, log, closers, telemetry, stopping }) => {
  const artifacts = await loadArtifacts();
  assertArtifactsFor(config, artifacts.manifest);
  const { HEALTHPASS_VERIFIER_PORT: wanted, HEALTHPASS_VERIFIER_URL: publicUrl, HEALTHPASS_DRAIN: drain } = config;
  assertPublicUrl(config.HEALTHPASS_MODE, 'HEALTHPASS_VERIFIER_URL', publicUrl ?? '');
  const deployment = await readDeployment(config.HEALTHPASS_DEPLOYMENT);
  const index = createChainIndex({ endpoints: config.HEALTHPASS_RPC, deployment });
  const provider = connect(config.HEALTHPASS_RPC[0]!, deployment.chainId); // the schema demands one
  closers.add(() => provider.destroy());
  const { onTrouble, around, metrics } = telemetry.of('verifier');
  const data = config.HEALTHPASS_VERIFIER_DATA;
  // A folder of an earlier version is the database itself: who entered must not be forgotten.
  const database = telemetry.database(await openDatabase(databasePlace(secrets, 'verifier', existsSync(join(data, 'PG_VERSION')) ? data : join(data, 'database')), VERIFIER_MIGRATIONS));
  closers.add(() => database.close());
  const sync = () => index.sync(stopping);
  closers.add(every(SYNC_EVERY, sync, (error) => onTrouble(`the chain cannot be read (${nameOfError(error)})`)));
  const token = Buffer.from(await secretFile(join(data, 'token.txt'))).toString('hex');
  const port = await freePort(wanted);
  const url = publicUrl ?? `http://127.0.0.1:${port.number}`;
  const { HEALTHPASS_VERIFIER_CERTIFICATE: certificate } = config;
  const certificateRoots = await readCertificateRoots(config.HEALTHPASS_CERTIFICATE_ROOTS);
  const keys = withPatience(await openKeyFile(join(data, 'sealing.hex')));
  const app = await assembleVerifier({
    database, index, dids: { deployment, provider }, chainAges: CHAIN_AGES, verificationKey: artifacts.verificationKey, issuers: config.HEALTHPASS_ISSUERS, certificateRoots, limits: limitKeeping(config, secrets), onTrouble, around, metrics,
    sites: builtSites({ base: '/scanner', folder: config.HEALTHPASS_VERIFIER_SCANNER, surface: 'app' }), openVcApi: config.HEALTHPASS_MODE === 'development', staff: { keys, url, name: config.HEALTHPASS_VERIFIER_NAME, operator: tokenDigest(token) },
    guard: { publicUrl, hosts: config.HEALTHPASS_HOSTS, trustedProxies: config.HEALTHPASS_TRUSTED_PROXIES }, stopping,
    presentations: {
      url, name: config.HEALTHPASS_VERIFIER_NAME, chainId: deployment.chainId, development: config.HEALTHPASS_MODE === 'development', keys,
      certificate: certificate === undefined ? undefined : await readCertificateFile(certificate, secrets.HEALTHPASS_VERIFIER_CERTIFICATE_KEY),
      onAuthority: (pem) => writeFileAtomic(join(data, 'development-authority.pem'), pem),
    },
  });
  closers.add(every(RETENTION_EVERY, () => deleteExpired(database), (error) => onTrouble(`what was kept long enough cannot be deleted (${nameOfError(error)})`)));
  await sync().catch(() => {}); // told by the next reading
  const service = await listen(app, port, config.HEALTHPASS_LISTEN);
  closers.add(() => service.stop(drain * 1000));
  log.info(`The verifier listens on ${service.url}.`);
});
