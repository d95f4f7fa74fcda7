// Semaphore's own proofs: its circuit for groups of up to 2^20 members, its keys and its witness module, as its package ships them. The package
// takes 171 MB unpacked (109 MB to fetch), so it is no dependency: it is installed into .build at the first run.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as snarkjs from 'snarkjs';
import { createCalculator, toWtns } from '#circuits/calculator.ts';
import { closeCurve } from '#circuits/curve-threads.ts';
import { parseSnarkjsProof } from '#circuits/proof.ts';
import { bytesToInteger } from '#passport/field.ts';
import { multiply, type Case, type ProvenStatement, type VerificationKey } from './statement.ts';

const PACKAGE = '@zk-kit/semaphore-artifacts';
const VERSION = '4.13.0';
const FOLDER = join(import.meta.dirname, '../../.build/semaphore');
const DEPTH = 20;
const PROVEN = 4;

/** @throws when the package cannot be fetched. */
async function artifactsFolder(): Promise<string> {
  const folder = join(FOLDER, 'node_modules', PACKAGE);
  if (!existsSync(join(folder, `semaphore-${DEPTH}.zkey`))) {
    await promisify(execFile)('npm', ['install', '--prefix', FOLDER, '--no-save', '--ignore-scripts', `${PACKAGE}@${VERSION}`]);
  }
  return folder;
}

const randomNumber = (bytes: number): bigint => bytesToInteger(crypto.getRandomValues(new Uint8Array(bytes)));

/** A member's proof: the root is an output of the circuit, so any path of ten siblings is one of some group. */
const memberInput = () => ({
  secret: randomNumber(31) >> 3n,
  merkleProofLength: 10n,
  merkleProofIndex: 613n,
  merkleProofSiblings: Array.from({ length: DEPTH }, (_, level) => (level < 10 ? randomNumber(31) : 0n)),
  message: randomNumber(31),
  scope: 20261120n,
});

export async function semaphoreProofs(count: number): Promise<Case> {
  const folder = await artifactsFolder();
  const read = (extension: string) => readFile(join(folder, `semaphore-${DEPTH}.${extension}`));
  const calculator = createCalculator(await read('wasm'));
  const zkey = await read('zkey');
  const proven: ProvenStatement[] = [];
  for (let i = 0; i < PROVEN; i++) {
    const witness = toWtns(await calculator.calculate(memberInput()));
    const { proof, publicSignals } = await snarkjs.groth16.prove({ type: 'mem', data: zkey }, { type: 'mem', data: witness });
    proven.push({ proof: parseSnarkjsProof(proof), signals: publicSignals.map(BigInt) });
  }
  await closeCurve();
  const key = JSON.parse((await read('json')).toString()) as VerificationKey;
  return { label: 'Semaphore proof', key, statements: multiply(proven, count), repeatingSignals: [3] };
}
