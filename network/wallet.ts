// The wallet's pages as a program of their own. Any static host serves them as well, with the headers that docs/operations.md lists and a
// config.json beside them.
import { parseCareDeployment } from '#contracts/care/index.ts';
import { HealthpassError } from '#passport';
import { assertPublicUrl, freePort, listen, readJsonFile, runProgram } from '#server';
import { readCertificateRoots } from '#verifier';
import { WALLET_VARIABLES } from './config.ts';
import { createWalletSite } from './wallet-site.ts';

await runProgram(process, { name: 'wallet', variables: WALLET_VARIABLES, level: 'info' }, async ({ config, log, closers }) => {
  const { HEALTHPASS_MODE: mode, HEALTHPASS_WALLET_URL: publicUrl, HEALTHPASS_WALLET_MIRRORS: mirrors, HEALTHPASS_WALLET_RECORDS: records, HEALTHPASS_WALLET_APP: folder, HEALTHPASS_WALLET_NODE: node, HEALTHPASS_WALLET_RPC: rpc, HEALTHPASS_CARE_DEPLOYMENT: careFile } = config;
  assertPublicUrl(mode, 'HEALTHPASS_WALLET_URL', publicUrl ?? '');
  const care = careFile === undefined ? undefined : parseCareDeployment(await readJsonFile(careFile));
  const reading = rpc.length > 0 ? rpc : node !== undefined && publicUrl !== undefined ? [`${publicUrl}/rpc`] : undefined;
  const app = createWalletSite({ mirrors, verifierAuthorities: await readCertificateRoots(config.HEALTHPASS_WALLET_AUTHORITIES, 'HEALTHPASS_WALLET_AUTHORITIES') ?? [], development: mode === 'development', folder, records, rpc: reading, care, node, guard: { publicUrl, hosts: config.HEALTHPASS_HOSTS, trustedProxies: config.HEALTHPASS_TRUSTED_PROXIES } });
  if (!app) throw new HealthpassError('configuration-invalid', 'HEALTHPASS_WALLET_APP holds no built wallet: npm run build', { field: 'HEALTHPASS_WALLET_APP' });
  const site = await listen(app, await freePort(config.HEALTHPASS_WALLET_PORT), config.HEALTHPASS_LISTEN);
  closers.add(() => site.stop(config.HEALTHPASS_DRAIN * 1000));
  log.info(`The wallet listens on ${site.url}.`);
});
