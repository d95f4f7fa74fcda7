import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAuthority } from '#issuer';
import { certificatesIn, pemOf } from '#server';
import { readCertificateRoots } from '#verifier';
import { createDevelopmentCertificate } from '#verifier/openid4vp/certificate.ts';

const NOW = 1_795_350_600;
let folder: string;
let roots: string[];
let leaf: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roots-'));
  const made = await createDevelopmentCertificate('https://gate.example', 'Gate', NOW);
  roots = [(await openAuthority(join(folder, 'a.json'), 'Ministry', () => NOW)).root, ...certificatesIn(made.root)];
  leaf = made.chain[0]!;
});
afterAll(() => rm(folder, { recursive: true }));

describe('readCertificateRoots', () => {
  const read = async (text: string) => {
    await writeFile(join(folder, 'roots.pem'), text);
    return readCertificateRoots(join(folder, 'roots.pem'));
  };
  test('reads several, and none where no file is named', async () => {
    expect(await read(roots.map(pemOf).join('# another\n'))).toEqual(roots);
    expect(await readCertificateRoots(undefined)).toBeUndefined();
  });
  test.each<[string, () => string]>([
    ['no certificate, which would refuse everything or nothing', () => ''], ['no PEM', () => 'canary'], ['a certificate that is no authority', () => pemOf(roots[0]!) + pemOf(leaf)], ['a certificate that is cut', () => pemOf(roots[0]!.slice(0, 100))],
  ])('refuses %s', async (_name, text) => {
    await expect(read(text())).rejects.toMatchObject({ code: 'configuration-invalid', field: 'HEALTHPASS_CERTIFICATE_ROOTS', message: expect.not.stringContaining('canary') });
  });
  test('refuses a file that is not there', async () => {
    await expect(readCertificateRoots('/nowhere.pem')).rejects.toMatchObject({ field: 'HEALTHPASS_CERTIFICATE_ROOTS' });
  });
});
