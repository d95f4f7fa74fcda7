// The gateway of records as a service of its own, against any chain that has the contracts of care. docs/configuration.md lists what it reads from
// its environment. Governance gives it the role of a gateway, by its address; until then it says that it is not ready.
import { join } from 'node:path';
import { connect } from '#contracts';
import { parseCareDeployment } from '#contracts/care/index.ts';
import { HealthpassError } from '#passport';
import { assertPublicUrl, builtSites, databasePlace, freePort, limitKeeping, listen, readJsonFile, runProgram, tryLock, writeFileAtomic } from '#server';
import { RECORDS_VARIABLES } from './config.ts';
import { startRecords } from './start.ts';

/** Seconds after which the chain was read too long ago to decide by it. */
const MAX_READ_AGE = 60;

await runProgram(process, { name: 'records', variables: RECORDS_VARIABLES, level: 'info' }, async ({ config, secrets, log, closers, telemetry, stopping }) => {
  const { HEALTHPASS_RECORDS_PORT: wanted, HEALTHPASS_RECORDS_URL: publicUrl, HEALTHPASS_RECORDS_DATA: folder, HEALTHPASS_RPC: endpoints, HEALTHPASS_RECORDS_RPC: rpc } = config;
  assertPublicUrl(config.HEALTHPASS_MODE, 'HEALTHPASS_RECORDS_URL', publicUrl ?? '');
  const care = parseCareDeployment(await readJsonFile(config.HEALTHPASS_CARE_DEPLOYMENT));
  // One account, one sender: what two would send stands in each other's way.
  const release = tryLock(join(folder, 'lock'));
  if (!release) throw new HealthpassError('configuration-invalid', 'another gateway is using the folder of HEALTHPASS_RECORDS_DATA', { field: 'HEALTHPASS_RECORDS_DATA' });
  closers.add(release);
  const provider = connect(endpoints[0]!, care.chainId); // the schema demands one
  closers.add(() => provider.destroy());
  const { onTrouble, around, metrics } = telemetry.of('records');
  const port = await freePort(wanted);
  const { app, deps } = await startRecords({
    folder, database: databasePlace(secrets, 'records', join(folder, 'database')), seen: telemetry.database, care, endpoints, provider, maxReadAge: MAX_READ_AGE, limits: limitKeeping(config, secrets), onTrouble, around, metrics, stopping,
    sites: builtSites({ base: '/console', folder: config.HEALTHPASS_RECORDS_CONSOLE, surface: 'holder-app' }), publicUrl, hosts: config.HEALTHPASS_HOSTS, trustedProxies: config.HEALTHPASS_TRUSTED_PROXIES,
    config: { storage: config.HEALTHPASS_RECORDS_STORAGE, rpc: rpc.length > 0 ? rpc : endpoints, wallet: config.HEALTHPASS_RECORDS_WALLET },
  }, closers);
  const { address, did } = deps.signer;
  await writeFileAtomic(join(folder, 'role-request.json'), `${JSON.stringify({ address, did }, null, 2)}\n`);
  const service = await listen(app, port, config.HEALTHPASS_LISTEN);
  closers.add(() => service.stop(config.HEALTHPASS_DRAIN * 1000));
  if (deps.roles.readAt() === undefined) log.warn('the chain cannot be read: nobody is let in until it can');
  else if (!deps.roles.standing(address, deps.now()).roles.includes('gateway')) log.warn(`governance has to give ${address} the role of a gateway, as role-request.json in its folder says, and the address needs money for what it sends`);
  log.info(`The gateway of records listens on ${service.url}.`);
});
