// node circuits/build.ts: constants into circom, the circuit compiled, and development keys where the shipped ones are for another circuit.
// Keys of a ceremony are never replaced silently: that takes --replace.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { applyBeacon, contribute, createInitialKey } from './ceremony/phase2.ts';
import { finish } from './ceremony/finish.ts';
import { ensureLocalPowersOfTau } from './ceremony/powers-of-tau.ts';
import { ensureCompiled, sha256, type CompiledCircuit } from './compile.ts';
import { writeConstants } from './constants.ts';
import { closeCurve } from './curve-threads.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { ARTIFACTS, BUILD } from './paths.ts';
import { printProgress, timedStep } from './progress.ts';

/** Any public number does: development keys promise nothing. */
const DEVELOPMENT_BEACON = sha256('healthpass development keys');

function shippedManifest(): Manifest | undefined {
  const file = join(ARTIFACTS, 'manifest.json');
  return existsSync(file) ? parseManifest(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

async function makeDevelopmentKeys(circuit: CompiledCircuit): Promise<void> {
  const files = ['first', 'contributed', 'closed'].map((stage) => join(BUILD, `development-${stage}.zkey`)) as [string, string, string];
  const [first, contributed, closed] = files;
  for (const file of files) rmSync(file, { force: true });
  const tau = await ensureLocalPowersOfTau(printProgress);
  await createInitialKey(circuit, tau, first, printProgress);
  await contribute({ from: first, to: contributed, name: 'development' }, printProgress);
  await applyBeacon({ from: contributed, to: closed, name: 'development', hex: DEVELOPMENT_BEACON, iterationsExponent: 10 }, printProgress);
  await finish(circuit, closed, tau, printProgress);
  for (const file of files) rmSync(file);
}

writeConstants();
const circuit = await timedStep('compiling the circuit', printProgress, () => ensureCompiled());
const manifest = shippedManifest();
if (manifest?.r1cs.sha256 === sha256(readFileSync(circuit.r1cs))) {
  printProgress('the shipped artifacts are those of this circuit');
} else if (manifest?.setup === 'ceremony' && !process.argv.includes('--replace')) {
  printProgress('the circuit has changed and its keys are from a ceremony: hold another one, or use --replace for development keys');
  process.exitCode = 1;
} else {
  await makeDevelopmentKeys(circuit);
}
await closeCurve();
