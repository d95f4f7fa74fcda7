// Phase 2 of the set-up, one step a function: the circuit's first key, a contribution, the closing beacon, the check of it all.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as snarkjs from 'snarkjs';
import { HealthpassError, isHealthpassError } from '#passport/errors.ts';
import type { CompiledCircuit } from '../compile.ts';
import { timedStep, type Progress } from '../progress.ts';
import { assertSetUpFinished, readTranscript, readVerifyingKey, type Contribution, type Transcript } from '../zkey.ts';
import type { PowersOfTau } from './powers-of-tau.ts';

const NAME_BYTES = 64;

/** The key that contributions start from: anybody who has the circuit and the powers of tau makes the same. */
export async function createInitialKey(circuit: CompiledCircuit, tau: PowersOfTau, to: string, progress: Progress): Promise<void> {
  assertAbsent(to);
  mkdirSync(dirname(to), { recursive: true });
  await keyStep('making the first key', to, progress, async () => {
    const hash = await snarkjs.zKey.newZKey(circuit.r1cs, tau.file, to);
    if (hash === -1) throw new HealthpassError('artifact-mismatch', 'the circuit does not fit the powers of tau', { field: '--ptau' });
  });
}

/**
 * Adds a contribution. Its secret comes from the operating system's randomness, with `typed` mixed in, and is forgotten.
 * @returns the contribution, with the hash that its maker publishes
 */
export async function contribute(
  { from, to, name, typed = '' }: { from: string; to: string; name: string; typed?: string }, progress: Progress,
): Promise<Contribution> {
  assertName(name);
  assertKeyFile(from);
  assertAbsent(to);
  const entropy = `${randomBytes(64).toString('hex')}${typed}`;
  await keyStep('contributing', to, progress, () => snarkjs.zKey.contribute(from, to, name, entropy));
  return readTranscript(readFileSync(to)).contributions.at(-1)!;
}

/** Closes the contributions with randomness that nobody could know while they were made. */
export async function applyBeacon(
  { from, to, name, hex, iterationsExponent }: { from: string; to: string; name: string; hex: string; iterationsExponent: number }, progress: Progress,
): Promise<Contribution> {
  assertName(name);
  assertKeyFile(from);
  assertAbsent(to);
  if (!/^([0-9a-f]{2}){8,255}$/.test(hex)) throw new HealthpassError('usage', '--hex takes 8 to 255 bytes in lower-case hexadecimal', { field: '--hex' });
  if (!Number.isInteger(iterationsExponent) || iterationsExponent < 10 || iterationsExponent > 63) {
    throw new HealthpassError('usage', '--iterations takes the power of two of the hash iterations, 10 to 63', { field: '--iterations' });
  }
  await keyStep('applying the beacon', to, progress, () => snarkjs.zKey.beacon(from, to, name, hex, iterationsExponent));
  return readTranscript(readFileSync(to)).contributions.at(-1)!;
}

/**
 * The whole transcript against circuit and powers of tau: that this key is the first key with exactly these contributions.
 * @throws HealthpassError `artifact-mismatch`
 */
export async function verifyTranscript(circuit: CompiledCircuit, zkey: string, tau: PowersOfTau, progress: Progress): Promise<Transcript> {
  assertKeyFile(zkey);
  const bytes = readFileSync(zkey);
  const transcript = readTranscript(bytes);
  assertSetUpFinished(readVerifyingKey(bytes));
  const complaints: string[] = [];
  const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: (line: string) => { complaints.push(line); } };
  const holds = await keyStep('checking the transcript', undefined, progress, () => snarkjs.zKey.verifyFromR1cs(circuit.r1cs, tau.file, zkey, logger));
  if (holds) return transcript;
  throw new HealthpassError('artifact-mismatch', `the transcript does not hold: ${complaints.join('; ') || 'no reason given'}`, { field: basename(zkey) });
}

/** A step of snarkjs, which throws plain errors at files that it cannot read, and leaves what it had begun to write. */
async function keyStep<T>(what: string, written: string | undefined, progress: Progress, step: () => Promise<T>): Promise<T> {
  try {
    return await timedStep(what, progress, step);
  } catch (cause) {
    if (written !== undefined) rmSync(written, { force: true });
    if (isHealthpassError(cause)) throw cause;
    throw new HealthpassError('artifact-mismatch', `${what}: a file cannot be read as what it should be`, { field: 'zkey', cause });
  }
}

function assertName(name: string): void {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}\p{P}\p{Zs}]*$/u.test(name) || Buffer.byteLength(name) > NAME_BYTES) {
    throw new HealthpassError('usage', `--name takes a name of at most ${NAME_BYTES} bytes, letters, digits, punctuation and spaces`, { field: '--name' });
  }
}

function assertKeyFile(file: string): void {
  if (!existsSync(file)) throw new HealthpassError('usage', `no key file ${basename(file)}`, { field: 'zkey' });
  readTranscript(readFileSync(file));
}

/** A step never writes over the file of another. */
function assertAbsent(file: string): void {
  if (existsSync(file)) throw new HealthpassError('usage', `${basename(file)} exists already`, { field: 'to' });
}
