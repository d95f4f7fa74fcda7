import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadArtifacts } from '#circuits/artifacts.ts';
import { setupOf } from '#circuits/ceremony/finish.ts';
import { assertProductionArtifacts, parseManifest, type Manifest } from '#circuits/manifest.ts';
import { ARTIFACTS } from '#circuits/paths.ts';
import { assertSetUpFinished, G2_GENERATOR, readTranscript, readVerifyingKey, verifyingKeyJson, type Contribution } from '#circuits/zkey.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shipped = (name: string): Buffer => readFileSync(join(ARTIFACTS, name));
/** A copy of the shipped artifacts with one file changed. */
function withFile(name: string, change: (bytes: Buffer) => Buffer | string): string {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(ARTIFACTS, copy, { recursive: true });
  writeFileSync(join(copy, name), change(shipped(name)));
  return copy;
}

describe('loadArtifacts', () => {
  test('loads what ships, which says that it is for development', async () => {
    const { manifest } = await loadArtifacts();
    expect(manifest.setup).toBe('development');
    expect(manifest.warning).toMatch(/could have kept what is needed to forge/);
    expect(manifest.constraints).toBeLessThanOrEqual(13_000);
  });

  test.each(['pass.wasm', 'pass.zkey', 'verification_key.json'])('refuses a %s with one bit changed', async (name) => {
    const copy = withFile(name, (bytes) => {
      bytes[bytes.length - 5]! ^= 1;
      return bytes;
    });
    await expect(loadArtifacts(copy)).rejects.toMatchObject({ code: 'artifact-mismatch', field: name });
  });

  test.each([
    ['is not JSON', 'manifest.json', 'no'],
    ['calls itself otherwise', 'setup', (manifest: Manifest) => ({ ...manifest, setup: 'trusted' })],
    ['lacks a hash', 'files.pass.zkey', (manifest: Manifest) => ({ ...manifest, files: { ...manifest.files, 'pass.zkey': undefined } })],
  ] as const)('refuses a manifest that %s', async (_, field, change) => {
    const copy = withFile('manifest.json', (bytes) =>
      typeof change === 'string' ? change : JSON.stringify(change(JSON.parse(bytes.toString()) as Manifest)));
    await expect(loadArtifacts(copy)).rejects.toMatchObject({ code: 'artifact-mismatch', field });
  });

  test('refuses a folder without artifacts', async () => {
    await expect(loadArtifacts(join(folder, 'none'))).rejects.toMatchObject({ code: 'artifact-mismatch', field: 'manifest.json' });
  });
});

describe('assertProductionArtifacts', () => {
  const development = { setup: 'development' } as const;
  test('refuses development keys in production', () => {
    expect(() => assertProductionArtifacts(development, { production: true, allowDevelopment: false }))
      .toThrow(expect.objectContaining({ code: 'development-keys' }));
  });

  test('lets them pass when told to by name, outside production, and for keys of a ceremony', () => {
    assertProductionArtifacts(development, { production: true, allowDevelopment: true });
    assertProductionArtifacts(development, { production: false, allowDevelopment: false });
    assertProductionArtifacts({ setup: 'ceremony' }, { production: true, allowDevelopment: false });
  });
});

describe('the shipped keys', () => {
  const key = readVerifyingKey(shipped('pass.zkey'));

  test('have the verifying key that ships beside them', () => {
    expect(JSON.parse(shipped('verification_key.json').toString())).toMatchObject(verifyingKeyJson(key));
  });

  test('have been through phase 2', () => {
    expect(() => assertSetUpFinished(key)).not.toThrow();
  });

  test('with gamma = delta would be refused: phase 2 skipped, anybody forges', () => {
    expect(() => assertSetUpFinished({ ...key, delta: key.gamma })).toThrow(expect.objectContaining({ code: 'artifact-mismatch', field: 'vk_delta_2' }));
  });

  test('with delta still the generator would be refused: nobody contributed', () => {
    expect(() => assertSetUpFinished({ ...key, gamma: key.beta, delta: G2_GENERATOR })).toThrow(expect.objectContaining({ code: 'artifact-mismatch' }));
  });

  test('carry the contributions that the manifest states', () => {
    const { ceremony } = parseManifest(JSON.parse(shipped('manifest.json').toString()));
    expect(readTranscript(shipped('pass.zkey'))).toEqual({ circuitHash: ceremony.circuitHash, contributions: ceremony.contributions });
  });

  test('readVerifyingKey refuses what is no proving key', () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(100), shipped('pass.wasm'), shipped('pass.zkey').subarray(0, 200)]) {
      expect(() => readVerifyingKey(bytes)).toThrow(expect.objectContaining({ code: 'artifact-mismatch' }));
    }
  });
});

describe('setupOf', () => {
  const by = (name: string, kind: Contribution['kind'] = 'contribution'): Contribution => ({ kind, name, hash: '' });
  const transcript = (...contributions: Contribution[]) => ({ circuitHash: '', contributions });
  const published = 'powersOfTau28_hez_final_14.ptau';

  test('calls it a ceremony when tau is published, two people contributed and a beacon closed', () => {
    expect(setupOf(transcript(by('Ada'), by('Grace'), by('block', 'beacon')), published)).toBe('ceremony');
  });

  test.each([
    ['tau was made here', transcript(by('Ada'), by('Grace'), by('block', 'beacon')), 'local'],
    ['one person contributed, if twice', transcript(by('Ada'), by('Ada'), by('block', 'beacon')), published],
    ['there is only a beacon', transcript(by('block', 'beacon')), published],
    ['no beacon closed', transcript(by('Ada'), by('Grace')), published],
    ['somebody contributed after the beacon', transcript(by('Ada'), by('block', 'beacon'), by('Grace')), published],
    ['nobody did anything', transcript(), published],
  ] as const)('calls it development when %s', (_, made, source) => {
    expect(setupOf(made, source)).toBe('development');
  });
});
