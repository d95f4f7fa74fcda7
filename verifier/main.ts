// The verifier as a service of its own, against any chain. docs/configuration.md lists what it reads from its environment.
import { loadArtifacts } from '#circuits';
import { createChainIndex } from '#contracts';
import { assertArtifactsFor, assertPublicUrl, databasePlace, every, listen, nameOfError, NO_ACCESS, openDatabase, readDeployment, runProgram } from '#server';
import { VERIFIER_VARIABLES } from './config.ts';
import { assembleVerifier, VERIFIER_MIGRATIONS } from './index.ts';

const SYNC_EVERY = 4000;
/** Seconds after which the chain was read too long ago, or stands still. */
const CHAIN_AGES = { maxReadAge: 60, maxBlockAge: 900 };

await runProgram(process, { name: 'verifier', variables: VERIFIER_VARIABLES, level: 'info' }, async ({ config, secrets, log, closers, telemetry, stopping }) => {
  const artifacts = await loadArtifacts();
  assertArtifactsFor(config, artifacts.manifest);
  const { HEALTHPASS_VERIFIER_PORT: port, HEALTHPASS_VERIFIER_URL: publicUrl, HEALTHPASS_DRAIN: drain } = config;
  assertPublicUrl(config.HEALTHPASS_MODE, 'HEALTHPASS_VERIFIER_URL', publicUrl ?? '');
  const index = createChainIndex({ endpoints: config.HEALTHPASS_RPC, deployment: await readDeployment(config.HEALTHPASS_DEPLOYMENT) });
  const { onTrouble, around, metrics } = telemetry.of('verifier');
  const database = await openDatabase(databasePlace(secrets, 'verifier', config.HEALTHPASS_VERIFIER_DATA), VERIFIER_MIGRATIONS);
  closers.add(() => database.close());
  const sync = () => index.sync(stopping);
  closers.add(every(SYNC_EVERY, sync, (error) => onTrouble(`the chain cannot be read (${nameOfError(error)})`)));
  const app = await assembleVerifier({
    database, index, chainAges: CHAIN_AGES, verificationKey: artifacts.verificationKey, issuers: config.HEALTHPASS_ISSUERS, access: NO_ACCESS, openVcApi: config.HEALTHPASS_MODE === 'development', onTrouble, around, metrics,
    guard: { publicUrl, hosts: config.HEALTHPASS_HOSTS, trustedProxies: config.HEALTHPASS_TRUSTED_PROXIES }, stopping,
  });
  await sync().catch(() => {}); // told by the next reading
  const service = await listen(app, port, config.HEALTHPASS_LISTEN);
  closers.add(() => service.stop(drain * 1000));
  log.info(`The verifier listens on ${service.url}.`);
});
