// The manifest of the circuit's artifacts: what they are, what they were made from, and whether they may be trusted.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';

export const ARTIFACT_FILES = ['pass.wasm', 'pass.zkey', 'verification_key.json'] as const;
export type ArtifactFile = (typeof ARTIFACT_FILES)[number];
export const SETUPS = ['development', 'ceremony'] as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const longHash = z.string().regex(/^[0-9a-f]{128}$/);
const file = z.strictObject({ sha256: hash, bytes: z.int().min(1) });

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  circuit: z.literal('pass'),
  setup: z.enum(SETUPS),
  warning: z.string().nullable(),
  constraints: z.int(),
  publicSignals: z.array(z.string()),
  files: z.strictObject({ 'pass.wasm': file, 'pass.zkey': file, 'verification_key.json': file }),
  solidityVerifier: z.strictObject({ path: z.string(), sha256: hash }),
  r1cs: z.strictObject({ sha256: hash }),
  sources: z.record(z.string(), hash),
  tools: z.record(z.string(), z.string()),
  ceremony: z.strictObject({
    powersOfTau: z.strictObject({ source: z.string(), blake2b: longHash }),
    circuitHash: longHash,
    contributions: z.array(z.strictObject({
      kind: z.enum(['contribution', 'beacon']),
      name: z.string(),
      hash: longHash,
      beacon: z.strictObject({ hex: z.string(), iterationsExponent: z.int() }).optional(),
    })),
  }),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const DEVELOPMENT_WARNING =
  'Development keys: they were made on one machine, by people who could have kept what is needed to forge passes. ' +
  'Do not rely on passes under these keys; run a ceremony (npm run ceremony) for keys that may be relied upon.';

/** @throws HealthpassError `artifact-mismatch` */
export function parseManifest(input: unknown): Manifest {
  const parsed = manifestSchema.safeParse(input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]!.path.join('.') || 'manifest';
    throw new HealthpassError('artifact-mismatch', `the manifest's ${field} is not as its schema asks`, { field });
  }
  return parsed.data;
}

/**
 * That these keys may be used where it counts: production refuses development keys unless told to by name.
 * @throws HealthpassError `development-keys`
 */
export function assertProductionArtifacts(
  manifest: Pick<Manifest, 'setup'>,
  { production, allowDevelopment }: { readonly production: boolean; readonly allowDevelopment: boolean },
): void {
  if (!production || manifest.setup !== 'development' || allowDevelopment) return;
  throw new HealthpassError('development-keys', 'the circuit\'s keys are development keys: anybody who made them can forge passes', { field: 'setup' });
}

/** That a file is the one that the manifest names, wherever it was fetched from. @throws HealthpassError `artifact-mismatch` */
export function assertArtifact(manifest: Manifest, name: ArtifactFile, bytes: Uint8Array): void {
  if (bytesToHex(sha256(bytes)) !== manifest.files[name].sha256) {
    throw new HealthpassError('artifact-mismatch', `${name} is not the file that the manifest names`, { field: name });
  }
}
