// npm run ceremony: the set-up of the circuit's keys by several people who need not trust each other.
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { HealthpassError, isHealthpassError } from '#passport/errors.ts';
import { ensureCompiled } from '../compile.ts';
import { closeCurve } from '../curve-threads.ts';
import { printProgress, timedStep } from '../progress.ts';
import type { Transcript } from '../zkey.ts';
import { finish, LEAST_CONTRIBUTORS } from './finish.ts';
import { applyBeacon, contribute, createInitialKey, verifyTranscript } from './phase2.ts';
import { assertPublished, ensureLocalPowersOfTau, LOCAL_SOURCE, readPowersOfTau, type PowersOfTau } from './powers-of-tau.ts';

const HELP = `Keys for the pass circuit, made by several people: as long as one of them forgets his secret, nobody can forge passes.
Participants hand the key file on, each to the next, and publish the hash that their own step prints.

  npm run ceremony -- init --ptau FILE --to FIRST.zkey     the first key, from published powers of tau
  npm run ceremony -- init --local --to FIRST.zkey         the same, from powers of tau made here (development only)
  npm run ceremony -- contribute FROM.zkey TO.zkey --name NAME [--text]
                                                           adds a secret of the operating system's randomness;
                                                           --text asks for a line to mix in (not kept, not shown)
  npm run ceremony -- beacon FROM.zkey TO.zkey --hex HEX --iterations N [--name NAME]
                                                           closes with public randomness that lay in the future while
                                                           people contributed, hashed 2^N times
  npm run ceremony -- verify KEY.zkey --ptau FILE | --local
                                                           the whole transcript against the sources of the circuit;
                                                           prints every contributor
  npm run ceremony -- finish KEY.zkey --ptau FILE | --local
                                                           verifies, then writes circuits/artifacts/ and the Solidity verifier

--ptau takes one of the files powersOfTau28_hez_final_N.ptau with N of 14 or more. Their hashes are in
circuits/ceremony/published-powers-of-tau.json, as the README of snarkjs publishes them; another file is refused.
The keys count as a ceremony's with published powers of tau, ${LEAST_CONTRIBUTORS} or more contributors and a closing beacon;
otherwise the manifest says that they are development keys.
`;

const OPTIONS = {
  ptau: { type: 'string' }, local: { type: 'boolean' }, to: { type: 'string' }, name: { type: 'string' }, text: { type: 'boolean' },
  hex: { type: 'string' }, iterations: { type: 'string' }, help: { type: 'boolean', short: 'h' },
} as const;

type Options = { [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K]['type'] extends 'string' ? string : boolean };
type Command = (files: string[], options: Options) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  async init(files, options) {
    expectFiles(files, 0);
    const to = required(options, 'to');
    const tau = await powersOfTau(options);
    await createInitialKey(await circuit(), tau, to, printProgress);
    print(`first key: ${to}`);
  },
  async contribute(files, options) {
    expectFiles(files, 2);
    const name = required(options, 'name');
    const { hash } = await contribute({ from: files[0]!, to: files[1]!, name, typed: options.text ? await askForText() : '' }, printProgress);
    print(`contribution of ${name}, to be published by its maker:\n${hash}`);
  },
  async beacon(files, options) {
    expectFiles(files, 2);
    const hex = required(options, 'hex');
    const iterationsExponent = Number(required(options, 'iterations'));
    const { hash } = await applyBeacon({ from: files[0]!, to: files[1]!, name: options.name ?? 'beacon', hex, iterationsExponent }, printProgress);
    print(`beacon:\n${hash}`);
  },
  async verify(files, options) {
    expectFiles(files, 1);
    const tau = await powersOfTau(options);
    printTranscript(await verifyTranscript(await circuit(), files[0]!, tau, printProgress), tau);
  },
  async finish(files, options) {
    expectFiles(files, 1);
    const tau = await powersOfTau(options);
    const { setup, files: written } = await finish(await circuit(), files[0]!, tau, printProgress);
    for (const [name, { sha256 }] of Object.entries(written)) print(`${sha256}  ${name}`);
    print(`set-up: ${setup}`);
  },
};

const circuit = () => timedStep('compiling the circuit', printProgress, () => ensureCompiled());

async function powersOfTau(options: Options): Promise<PowersOfTau> {
  if (options.local === (options.ptau !== undefined)) throw new HealthpassError('usage', 'one of --ptau FILE and --local is needed', { field: '--ptau' });
  if (options.local) return ensureLocalPowersOfTau(printProgress);
  const tau = await readPowersOfTau(required(options, 'ptau'));
  assertPublished(tau);
  return tau;
}

function printTranscript({ circuitHash, contributions }: Transcript, { source }: PowersOfTau): void {
  print(`the transcript holds\ncircuit ${circuitHash}\npowers of tau: ${source === LOCAL_SOURCE ? 'local, development only' : source}`);
  contributions.forEach(({ kind, name, hash, beacon }, i) => {
    print(`${i + 1}. ${kind} ${name}${beacon ? ` (${beacon.hex}, 2^${beacon.iterationsExponent} iterations)` : ''}\n   ${hash}`);
  });
}

async function askForText(): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const text = await reader.question('Type something that nobody can guess, then Enter: ');
  reader.close();
  return text;
}

function required(options: Options, name: 'ptau' | 'to' | 'name' | 'hex' | 'iterations'): string {
  const value = options[name];
  if (!value) throw new HealthpassError('usage', `--${name} is missing`, { field: `--${name}` });
  return value;
}

function expectFiles(files: readonly string[], count: number): void {
  if (files.length !== count) throw new HealthpassError('usage', `this step takes ${count} key files`, { field: 'zkey' });
}

const print = (line: string) => { process.stdout.write(`${line}\n`); };

function readArguments(): { command: Command | undefined; files: string[]; options: Options } {
  try {
    const { values, positionals: [name, ...files] } = parseArgs({ options: OPTIONS, allowPositionals: true });
    const known = name !== undefined && Object.hasOwn(COMMANDS, name);
    if (name !== undefined && name !== 'help' && !known) throw new HealthpassError('usage', 'no such step', { field: 'step' });
    return { command: known && !values.help ? COMMANDS[name] : undefined, files, options: values };
  } catch (cause) {
    throw isHealthpassError(cause) ? cause : new HealthpassError('usage', 'an option is not known or lacks its value', { field: 'options', cause });
  }
}

try {
  const { command, files, options } = readArguments();
  if (command) await command(files, options);
  else print(HELP);
} catch (error) {
  if (!isHealthpassError(error)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n${error.code === 'usage' ? '\n' + HELP : ''}`);
  process.exitCode = error.code === 'usage' ? 2 : 1;
} finally {
  await closeCurve();
}
