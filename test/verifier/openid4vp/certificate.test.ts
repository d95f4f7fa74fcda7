import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { p256 } from '@noble/curves/nist.js';
import { PemConverter, X509Certificate, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalKeyProvider, openSealer, type Database, type Sealer } from '#server';
import { openIdentity, VERIFIER_MIGRATIONS } from '#verifier';
import { createDevelopmentCertificate, readCertificate, readCertificateFile } from '#verifier/openid4vp/certificate.ts';
import { createHolderSigner } from '#formats/credential/index.ts';
import type { UnixSeconds } from '#passport';
import { code } from '../../holder-web/fixture.ts';
import { openEmptyDatabase } from '../../server/empty-database.ts';

const NOW = 1_795_350_600 as UnixSeconds;
const pem = (der: ArrayBuffer | Uint8Array, label: string) => PemConverter.encode(der as ArrayBuffer, label);
/** PKCS #8 of a P-256 secret. */
async function keyPem(secretKey: Uint8Array): Promise<string> {
  const key = await webcrypto.subtle.importKey('jwk', { ...createHolderSigner(secretKey).key, d: Buffer.from(secretKey).toString('base64url') }, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  return pem(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

describe('createDevelopmentCertificate', () => {
  test('is for one address, signed by an authority that it does not bring along', async () => {
    const { chain, root, secretKey } = await createDevelopmentCertificate('https://gate.example:8443', 'Gate A', NOW);
    const [leaf, authority] = [new X509Certificate(chain[0]!), new X509Certificate(root)];
    expect([chain.length, leaf.subjectName.getField('CN'), await leaf.verify({ publicKey: authority.publicKey, signatureOnly: true }), await authority.isSelfSigned()]).toEqual([1, ['Gate A'], true, true]);
    expect(leaf.toString('text')).toMatch(/DNS: gate\.example\s+URL: https:\/\/gate\.example:8443/);
    expect(Buffer.from(leaf.publicKey.rawData).subarray(-65)).toEqual(Buffer.from(p256.getPublicKey(secretKey, false)));
  });
});

describe('readCertificate', () => {
  test('reads a chain with its key, and leaves the authority out', async () => {
    const { chain, root, secretKey } = await createDevelopmentCertificate('https://gate.example', 'Gate A', NOW);
    const text = `${new X509Certificate(chain[0]!).toString('pem')}\n${root}`;
    expect(await readCertificate(text, await keyPem(secretKey))).toEqual({ chain, secretKey });
  });
  test('refuses another key, and what cannot be read', async () => {
    const { chain, secretKey } = await createDevelopmentCertificate('https://gate.example', 'Gate A', NOW);
    const text = new X509Certificate(chain[0]!).toString('pem');
    await expect(readCertificate(text, await keyPem(p256.utils.randomSecretKey()))).rejects.toThrow(code('configuration-invalid'));
    for (const [certificate, key] of [['', await keyPem(secretKey)], [text, ''], ['no PEM', 'no PEM']] as const) await expect(readCertificate(certificate, key)).rejects.toThrow(code('configuration-invalid'));
  });
  test('refuses a certificate that is its own authority', async () => {
    const keys = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']));
    const own = await X509CertificateGenerator.createSelfSigned({ name: 'CN=Gate A', keys, signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' } as never }); // typed by the DOM
    await expect(readCertificate(own.toString('pem'), pem(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'))).rejects.toThrow(code('configuration-invalid'));
  });
  test('a file that is not there, or comes without its key, is a wrong configuration', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    try {
      await writeFile(join(folder, 'chain.pem'), 'x');
      await expect(readCertificateFile(join(folder, 'none.pem'), 'x')).rejects.toThrow(expect.objectContaining({ field: 'HEALTHPASS_VERIFIER_CERTIFICATE' }));
      await expect(readCertificateFile(join(folder, 'chain.pem'), undefined)).rejects.toThrow(expect.objectContaining({ field: 'HEALTHPASS_VERIFIER_CERTIFICATE_KEY' }));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('openIdentity', () => {
  let database: Database;
  let sealer: Sealer;
  beforeAll(async () => {
    database = await openEmptyDatabase(VERIFIER_MIGRATIONS);
    sealer = await openSealer(database, createLocalKeyProvider([new Uint8Array(32).fill(3)]));
  });
  afterAll(() => database.close());
  const open = (change: object = {}) => openIdentity({ database, sealer, now: NOW, url: 'https://gate.example', name: 'Gate A', chainId: 31337, development: true, ...change });

  test('is the same after a restart and for every replica, and kept sealed', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    const names = ({ signers }: typeof one) => [signers.x509_hash?.clientId, signers.decentralized_identifier?.clientId];
    expect(names(one)).toEqual([expect.stringMatching(/^x509_hash:[\w-]{43}$/), expect.stringMatching(/^decentralized_identifier:did:ethr:0x7a69:0x0[23][0-9a-f]{64}$/)]);
    expect([names(two), names(await open()), two.root]).toEqual([names(one), names(one), one.root]);
    const rows = await database.query<{ sealed: Uint8Array }>('SELECT sealed FROM openid4vp_identity');
    expect(rows.every(({ sealed }) => !Buffer.from(sealed).toString('latin1').includes('secretKey'))).toBe(true);
  });
  test('has no certificate outside development but one that is brought along', async () => {
    expect((await open({ development: false })).signers.x509_hash).toBeUndefined();
    const { chain, secretKey } = await createDevelopmentCertificate('https://gate.example', 'Gate A', NOW);
    expect((await open({ development: false, certificate: { chain, secretKey } })).signers.x509_hash).toBeDefined();
    expect((await open({ chainId: undefined })).signers.decentralized_identifier).toBeUndefined();
  });
});
