// npm start: a whole system on this machine, until it is told to stop.
import { isHealthpassError } from '#passport';
import { dataFolder } from './folder.ts';
import { DEFAULT_PORTS, startSystem } from './system.ts';

const port = (name: string, standard: number): number => {
  const text = process.env[name];
  if (text === undefined) return standard;
  if (/^\d{1,5}$/.test(text) && Number(text) < 65536) return Number(text);
  console.error(`${name} is not a port number (0 to 65535)`);
  process.exit(64);
};

const folder = dataFolder(process.env['HEALTHPASS_DATA']);
const ports = {
  rpc: port('HEALTHPASS_RPC_PORT', DEFAULT_PORTS.rpc),
  issuer: port('HEALTHPASS_ISSUER_PORT', DEFAULT_PORTS.issuer),
  verifier: port('HEALTHPASS_VERIFIER_PORT', DEFAULT_PORTS.verifier),
};

try {
  const system = await startSystem(folder, ports, (says) => console.log(`  ${says} …`));
  const { issuer, verifier, rpc } = system.endpoints;
  console.log(['', 'healthpass is running on this machine, with development keys.', '', `  issuer    ${issuer}`, `  verifier  ${verifier}`, `  chain     ${rpc}`,
    '', `Everything is kept in ${folder.root}. Stop with Ctrl-C.`, 'Next: npx healthpass --help, or npm run demo', ''].join('\n'));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void system.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  console.error(isHealthpassError(error) ? `healthpass cannot start: ${error.message} (${error.code})` : error);
  process.exitCode = 1;
}
