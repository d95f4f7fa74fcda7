// Checks, without compiling, that sources, artifacts, verifying key and Solidity verifier belong together. Part of npm run check.
// With --rebuild it compiles the circuit anew and compares what comes out with what is shipped.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isHealthpassError } from '#passport/errors.ts';
import { SIGNAL_NAMES } from '#passport/signals.ts';
import { setupOf } from './ceremony/finish.ts';
import { ensureCompiled, readPublicSignals, sha256, sourceHashes } from './compile.ts';
import { areConstantsCurrent } from './constants.ts';
import { lintTemplates } from './lint.ts';
import { ARTIFACT_FILES, DEVELOPMENT_WARNING, assertArtifact, parseManifest, type Manifest } from './manifest.ts';
import { ARTIFACTS, ROOT } from './paths.ts';
import { assertSetUpFinished, readTranscript, readVerifyingKey, verifyingKeyJson } from './zkey.ts';

const artifact = (name: string): Buffer => readFileSync(join(ARTIFACTS, name));
const json = (name: string): unknown => JSON.parse(artifact(name).toString('utf8'));
/** A complaint when something does not hold. */
const unless = (holds: boolean, complaint: string): string[] => (holds ? [] : [complaint]);

function checkSources(manifest: Manifest): string[] {
  return [
    ...unless(areConstantsCurrent(), 'circuits/src/generated/constants.circom is not what passport/ says: node circuits/build.ts'),
    ...unless(isDeepStrictEqual(manifest.sources, sourceHashes()), 'the circuit has changed since its artifacts were made: node circuits/build.ts'),
    ...unless(isDeepStrictEqual(manifest.publicSignals, [...SIGNAL_NAMES]), 'the circuit\'s public signals are not in the order of passport/signals.ts'),
  ];
}

function checkFiles(manifest: Manifest): string[] {
  const wrong = ARTIFACT_FILES.flatMap((name) => {
    try {
      assertArtifact(manifest, name, artifact(name));
      return [];
    } catch (error) {
      if (isHealthpassError(error)) return [error.message];
      throw error;
    }
  });
  const { path, sha256: expected } = manifest.solidityVerifier;
  const file = join(ROOT, path);
  return [...wrong, ...unless(existsSync(file) && sha256(readFileSync(file)) === expected, `${path} is not the file that the manifest names`)];
}

function checkKeys(manifest: Manifest): string[] {
  const zkey = artifact('pass.zkey');
  const key = readVerifyingKey(zkey);
  assertSetUpFinished(key);
  const points = verifyingKeyJson(key);
  const shipped = json('verification_key.json') as Record<string, unknown>;
  const same = Object.entries(points).every(([name, value]) => isDeepStrictEqual(shipped[name], value));
  const solidity = readFileSync(join(ROOT, manifest.solidityVerifier.path), 'utf8');
  return [
    ...unless(same && shipped.nPublic === SIGNAL_NAMES.length, 'verification_key.json is not the key of pass.zkey'),
    ...unless(isDeepStrictEqual(solidityPoints(solidity), expectedSolidityPoints(points)), 'the Solidity verifier has not the key of pass.zkey'),
    ...checkCeremony(manifest, zkey),
  ];
}

function checkCeremony({ ceremony, setup, warning }: Manifest, zkey: Uint8Array): string[] {
  const transcript = readTranscript(zkey);
  const stated = { circuitHash: ceremony.circuitHash, contributions: ceremony.contributions };
  return [
    ...unless(isDeepStrictEqual(stated, { ...transcript }), 'the manifest\'s contributions are not those of pass.zkey'),
    ...unless(setup === setupOf(transcript, ceremony.powersOfTau.source), 'the manifest\'s set-up is not what its ceremony amounts to'),
    ...unless(warning === (setup === 'development' ? DEVELOPMENT_WARNING : null), 'the manifest lacks the warning that goes with its set-up'),
  ];
}

/** The key's numbers as the generated contract names them. Solidity writes the parts of an Fp2 element the other way round. */
function expectedSolidityPoints(points: ReturnType<typeof verifyingKeyJson>): Record<string, string> {
  const g2 = (name: string, [x, y]: string[][]) => ({ [`${name}x1`]: x![1]!, [`${name}x2`]: x![0]!, [`${name}y1`]: y![1]!, [`${name}y2`]: y![0]! });
  return {
    alphax: points.vk_alpha_1[0]!, alphay: points.vk_alpha_1[1]!,
    ...g2('beta', points.vk_beta_2), ...g2('gamma', points.vk_gamma_2), ...g2('delta', points.vk_delta_2),
    ...Object.fromEntries(points.IC.flatMap(([x, y], i) => [[`IC${i}x`, x!], [`IC${i}y`, y!]])),
  };
}

const solidityPoints = (source: string): Record<string, string> =>
  Object.fromEntries([...source.matchAll(/uint256 constant ((?:alpha|beta|gamma|delta|IC)\w+)\s*= (\d+);/g)].map(([, name, value]) => [name, value]));

async function checkRebuild(manifest: Manifest): Promise<string[]> {
  const circuit = await ensureCompiled(undefined, { fresh: true });
  return [
    ...unless(sha256(readFileSync(circuit.r1cs)) === manifest.r1cs.sha256, 'compiling the sources gives another constraint system'),
    ...unless(sha256(readFileSync(circuit.wasm)) === manifest.files['pass.wasm'].sha256, 'compiling the sources gives another pass.wasm'),
    ...unless(isDeepStrictEqual(readPublicSignals(circuit), manifest.publicSignals), 'compiling the sources gives other public signals'),
  ];
}

const manifest = parseManifest(json('manifest.json'));
const complaints = [
  ...checkSources(manifest),
  ...checkFiles(manifest),
  ...checkKeys(manifest),
  ...lintTemplates(),
  ...(process.argv.includes('--rebuild') ? await checkRebuild(manifest) : []),
];
for (const complaint of complaints) console.error(complaint);
if (complaints.length === 0) console.log(`circuit: ${manifest.constraints} constraints, ${manifest.setup} keys, all hashes match`);
process.exitCode = complaints.length === 0 ? 0 : 1;
