// Turns a verified key into the shipped artifacts: key files, manifest, and the Solidity verifier.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as snarkjs from 'snarkjs';
import { LIBRARY, packageVersion, readPublicSignals, sha256, sourceHashes, type CompiledCircuit } from '../compile.ts';
import { ARTIFACT_FILES, DEVELOPMENT_WARNING, type ArtifactFile, type Manifest } from '../manifest.ts';
import { ARTIFACTS, ROOT, SOLIDITY_VERIFIER } from '../paths.ts';
import type { Progress } from '../progress.ts';
import { readSystemHeader } from '../r1cs.ts';
import type { Transcript } from '../zkey.ts';
import { verifyTranscript } from './phase2.ts';
import { LOCAL_SOURCE, type PowersOfTau } from './powers-of-tau.ts';

/** With fewer people one of them alone could know the secret of phase 2. */
export const LEAST_CONTRIBUTORS = 2;

/** Verifies the transcript and writes circuits/artifacts/ and the Solidity verifier. */
export async function finish(circuit: CompiledCircuit, zkey: string, tau: PowersOfTau, progress: Progress): Promise<Manifest> {
  const transcript = await verifyTranscript(circuit, zkey, tau, progress);
  mkdirSync(ARTIFACTS, { recursive: true });
  copyFileSync(circuit.wasm, join(ARTIFACTS, 'pass.wasm'));
  copyFileSync(zkey, join(ARTIFACTS, 'pass.zkey'));
  const key = await snarkjs.zKey.exportVerificationKey(zkey);
  writeFileSync(join(ARTIFACTS, 'verification_key.json'), `${JSON.stringify(key, null, 1)}\n`);
  await writeSolidityVerifier(zkey);
  const manifest = createManifest(circuit, transcript, tau);
  writeFileSync(join(ARTIFACTS, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** Keys count as a ceremony's when tau is published, enough people contributed, and a beacon closed it. */
export function setupOf(transcript: Transcript, source: string): Manifest['setup'] {
  const people = new Set(transcript.contributions.filter(({ kind }) => kind === 'contribution').map(({ name }) => name));
  const closed = transcript.contributions.at(-1)?.kind === 'beacon';
  return source !== LOCAL_SOURCE && people.size >= LEAST_CONTRIBUTORS && closed ? 'ceremony' : 'development';
}

async function writeSolidityVerifier(zkey: string): Promise<void> {
  const template = readFileSync(join(LIBRARY, 'snarkjs', 'templates', 'verifier_groth16.sol.ejs'), 'utf8');
  mkdirSync(dirname(SOLIDITY_VERIFIER), { recursive: true });
  writeFileSync(SOLIDITY_VERIFIER, await snarkjs.zKey.exportSolidityVerifier(zkey, { groth16: template }));
}

function createManifest(circuit: CompiledCircuit, transcript: Transcript, tau: PowersOfTau): Manifest {
  const r1cs = readFileSync(circuit.r1cs);
  const setup = setupOf(transcript, tau.source);
  return {
    format: 1,
    circuit: 'pass',
    setup,
    warning: setup === 'development' ? DEVELOPMENT_WARNING : null,
    constraints: readSystemHeader(r1cs).constraintCount,
    publicSignals: readPublicSignals(circuit),
    files: Object.fromEntries(ARTIFACT_FILES.map((name) => [name, fileEntry(name)])) as Manifest['files'],
    solidityVerifier: { path: relative(ROOT, SOLIDITY_VERIFIER), sha256: sha256(readFileSync(SOLIDITY_VERIFIER)) },
    r1cs: { sha256: sha256(r1cs) },
    sources: sourceHashes(),
    tools: Object.fromEntries(['circom2', 'circomlib', 'snarkjs'].map((name) => [name, packageVersion(name)])),
    ceremony: {
      powersOfTau: { source: tau.source, blake2b: tau.blake2b },
      circuitHash: transcript.circuitHash,
      contributions: transcript.contributions.map((row) => ({ ...row })),
    },
  };
}

function fileEntry(name: ArtifactFile): { sha256: string; bytes: number } {
  const bytes = readFileSync(join(ARTIFACTS, name));
  return { sha256: sha256(bytes), bytes: bytes.length };
}
