// The storage as a service of its own. docs/configuration.md lists what it reads from its environment.
import { assertPublicUrl, freePort, listen, runProgram } from '#server';
import { assembleStore } from './assemble.ts';
import { STORE_VARIABLES } from './config.ts';

const MIB = 1024 * 1024;

await runProgram(process, { name: 'storage', variables: STORE_VARIABLES, level: 'info' }, async ({ config, log, closers, telemetry, stopping }) => {
  const { HEALTHPASS_STORAGE_URL: publicUrl } = config;
  assertPublicUrl(config.HEALTHPASS_MODE, 'HEALTHPASS_STORAGE_URL', publicUrl ?? '');
  const { onTrouble, around } = telemetry.of('storage');
  const { app, close } = await assembleStore({
    folder: config.HEALTHPASS_STORAGE_DATA, reserve: config.HEALTHPASS_STORAGE_RESERVE * MIB, limits: config.HEALTHPASS_RATE_LIMITS === 'off' ? 'off' : 'memory', around, stopping, onTrouble,
    guard: { publicUrl, hosts: config.HEALTHPASS_HOSTS, trustedProxies: config.HEALTHPASS_TRUSTED_PROXIES },
  });
  closers.add(close);
  const service = await listen(app, await freePort(config.HEALTHPASS_STORAGE_PORT), config.HEALTHPASS_LISTEN);
  closers.add(() => service.stop(config.HEALTHPASS_DRAIN * 1000));
  log.info(`The storage listens on ${service.url}.`);
});
