// npm start: a whole system on this machine, until it is told to stop.
import { runProgram } from '#server';
import { NETWORK_VARIABLES } from './config.ts';
import { dataFolder } from './folder.ts';
import { APP_NAMES, buildFaces } from '#faces/build/index.ts';
import { startSystem } from './system.ts';

/** Passkeys belong to a name; an address has none. */
const page = (url: string) => url.replace('127.0.0.1', 'localhost');
const say = (text: string) => void process.stdout.write(`${text}\n`);

await runProgram(process, { name: 'network', variables: NETWORK_VARIABLES, level: 'warn' }, async ({ config, log, closers, telemetry, stopping }) => {
  const folder = dataFolder(config.HEALTHPASS_DATA);
  const ports = { rpc: config.HEALTHPASS_RPC_PORT, issuer: config.HEALTHPASS_ISSUER_PORT, verifier: config.HEALTHPASS_VERIFIER_PORT, wallet: config.HEALTHPASS_WALLET_PORT, records: config.HEALTHPASS_RECORDS_PORT, storage: config.HEALTHPASS_STORAGE_PORT };
  say('  building the apps where they changed …');
  await buildFaces(APP_NAMES);
  const system = await startSystem(folder, ports, { onStep: (says) => say(`  ${says} …`), onTrouble: (says) => log.error(says), environment: process.env, telemetry, stopping, samples: config.HEALTHPASS_SAMPLES === 'on', records: config.HEALTHPASS_RECORDS === 'on' });
  closers.add(system.stop);
  const { sampleOffer: offer, sampleMembers: members, endpoints: { issuer, verifier, rpc, wallet, records, storage } } = system;
  say(['', 'healthpass is running on this machine, with development keys.', '', `  wallet    ${wallet}/`, `  console   ${page(issuer)}/console/`, `  scanner   ${page(verifier)}/scanner/`, ...(records ? [`  records   ${page(records)}/console/`] : []),
    '', `  issuer    ${issuer}`, `  verifier  ${verifier}`, `  chain     ${rpc}`, ...(records && storage ? [`  gateway   ${records}`, `  storage   ${storage}`] : []), '', `  ${issuer}/docs and ${verifier}/docs say what they can do.`,
    ...Object.entries(system.firstAdmins).flatMap(([service, link]) => ['', `  The first admin of the ${service} registers a passkey here, once, within three days:`, `  ${link}`]),
    ...(offer && wallet ? ['', `  A sample patient’s health record waits for a wallet; its number is ${offer.pin}:`, `  ${wallet}/#/add?offer=${encodeURIComponent(offer.link)}`] : []),
    ...(members ? ['', '  Sample members, and the body that decides about them, have their keys in', `  ${members.folder}`, `  The console of records takes these files; their passphrase is ${members.passphrase}`] : []),
    '', `Everything is kept in ${folder.root}. Stop with Ctrl-C.`, 'Next: npx healthpass --help, or npm run demo', ''].join('\n'));
});
