// npm start: a whole system on this machine, until it is told to stop.
import { isHealthpassError } from '#passport';
import { endOnSignals, wholeNumber } from '#server';
import { dataFolder } from './folder.ts';
import { DEFAULT_PORTS, startSystem } from './system.ts';

const folder = dataFolder(process.env['HEALTHPASS_DATA']);
try {
  const ports = {
    rpc: wholeNumber(process.env, 'HEALTHPASS_RPC_PORT', DEFAULT_PORTS.rpc),
    issuer: wholeNumber(process.env, 'HEALTHPASS_ISSUER_PORT', DEFAULT_PORTS.issuer),
    verifier: wholeNumber(process.env, 'HEALTHPASS_VERIFIER_PORT', DEFAULT_PORTS.verifier),
  };
  const system = await startSystem(folder, ports, { onStep: (says) => console.log(`  ${says} …`), onTrouble: (says) => console.error(says), environment: process.env });
  const { issuer, verifier, rpc } = system.endpoints;
  console.log(['', 'healthpass is running on this machine, with development keys.', '', `  issuer    ${issuer}`, `  verifier  ${verifier}`, `  chain     ${rpc}`,
    '', `Everything is kept in ${folder.root}. Stop with Ctrl-C.`, 'Next: npx healthpass --help, or npm run demo', ''].join('\n'));
  endOnSignals(process, { stop: system.stop, onTrouble: (says) => console.error(says) });
} catch (error) {
  console.error(isHealthpassError(error) ? `healthpass cannot start: ${error.message} (${error.code})` : error);
  process.exitCode = 1;
}
