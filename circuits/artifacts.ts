// Loads the circuit's artifacts from a folder and checks each against the manifest before anything uses it. Node only.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HealthpassError } from '#passport/errors.ts';
import { ARTIFACT_FILES, assertArtifact, parseManifest, type Manifest } from './manifest.ts';
import { ARTIFACTS } from './paths.ts';
import type { ProvingArtifacts } from './prove.ts';

export type Artifacts = ProvingArtifacts & {
  /** Parsed verification_key.json, in snarkjs' form. */
  readonly verificationKey: unknown;
  readonly manifest: Manifest;
};

/**
 * The artifacts of a folder (the shipped ones by default).
 * @throws HealthpassError `artifact-mismatch` when a file is absent, or is not the one that the manifest names
 */
export async function loadArtifacts(folder: string = ARTIFACTS): Promise<Artifacts> {
  const manifest = parseManifest(readJson(await read(folder, 'manifest.json')));
  const [wasm, zkey, key] = await Promise.all(ARTIFACT_FILES.map(async (name) => {
    const bytes = await read(folder, name);
    assertArtifact(manifest, name, bytes);
    return bytes;
  }));
  return { wasm: wasm!, zkey: zkey!, verificationKey: readJson(key!), manifest };
}

async function read(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw new HealthpassError('artifact-mismatch', `${name} cannot be read`, { field: name, cause });
  }
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new HealthpassError('artifact-mismatch', 'the manifest is not JSON', { field: 'manifest.json', cause });
  }
}
