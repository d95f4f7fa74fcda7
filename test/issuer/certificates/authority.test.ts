// The authorities that an issuer may be given or make, and which of them it refuses before it signs anything.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { p256 } from '@noble/curves/nist.js';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, PemConverter, X509Certificate, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCertified } from '#formats/sd-jwt-vc/x5c.ts';
import { configuredAuthority, readAuthority } from '#issuer';
import { createSealedStore } from '#issuer/agent/index.ts';
import { createCertificates } from '#issuer/certificates/index.ts';
import { certificatesIn } from '#server';
import { memoryValues } from '../openid4vci/scene.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const NOW = 1_795_350_600;
const DAY = 86_400;
const now = () => NOW;
const FILE = 'HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY';
const subject = { url: 'https://clinic.example', did: 'did:example:clinic', name: 'City Clinic', publicKey: Buffer.from(p256.getPublicKey(new Uint8Array(32).fill(9), true)).toString('hex') };
const base64 = (pem: string) => new X509Certificate(pem).toString('base64');

type Made = { readonly pem: string; readonly key: string; readonly certificate: X509Certificate; readonly keys: webcrypto.CryptoKeyPair };
/** By itself, or by another. */
async function make(name: string, { by, until = 365, ca = true }: { by?: Made; until?: number; ca?: boolean } = {}): Promise<Made> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const shared = {
    signingAlgorithm: ALGORITHM, notBefore: new Date((NOW - DAY) * 1000), notAfter: new Date((NOW + until * DAY) * 1000),
    extensions: [new BasicConstraintsExtension(ca, undefined, true), new KeyUsagesExtension(ca ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature, true)],
  };
  const certificate = by ? await X509CertificateGenerator.create({ ...shared, subject: `CN=${name}`, issuer: by.certificate.subject, publicKey: keys.publicKey, signingKey: by.keys.privateKey }) : await X509CertificateGenerator.createSelfSigned({ ...shared, name: `CN=${name}`, keys });
  return { certificate, keys, pem: certificate.toString('pem'), key: PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY') };
}

let folder: string;
let root: Made;
let middle: Made;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authority-'));
  root = await make('Ministry');
  middle = await make('Region', { by: root, until: 30 });
});
afterAll(() => rm(folder, { recursive: true }));

describe('readAuthority', () => {
  test('certifies under a root that verifiers know, which stays out of the chain, and no longer than its own certificate lasts', async () => {
    for (const pem of [`${middle.pem}\n${root.pem}`, middle.pem]) {
      const chain = await (await readAuthority(pem, middle.key, now)).certify(subject);
      expect([chain.length, chain[1]]).toEqual([2, base64(middle.pem)]);
      expect(isCertified(chain, subject, { issuedAt: NOW, roots: [base64(root.pem)] })).toBe(true);
      expect(new X509Certificate(chain[0]!).notAfter).toEqual(middle.certificate.notAfter);
    }
    const own = await (await readAuthority(root.pem, root.key, now)).certify(subject);
    expect([own.length, isCertified(own, subject, { issuedAt: NOW, roots: [base64(root.pem)] })]).toEqual([1, true]);
  });

  test.each<[string, () => Promise<readonly [string, string]>]>([
    ['the key of somebody else', async () => [middle.pem, root.key]],
    ['the key of a root with the certificate of another', async () => [root.pem, (await make('Ministry')).key]],
    ['a certificate that may certify nothing', async () => { const leaf = await make('Leaf', { by: root, ca: false }); return [leaf.pem, leaf.key]; }],
    ['a certificate of its own making that may certify nothing', async () => { const leaf = await make('Leaf', { ca: false }); return [leaf.pem, leaf.key]; }],
    ['a chain that is not whole', async () => [`${middle.pem}\n${(await make('Region 2', { by: await make('Other') })).pem}`, middle.key]],
    ['a chain that leads to another root', async () => [`${middle.pem}\n${(await make('Ministry')).pem}`, middle.key]],
    ['an authority that has run out', async () => { const old = await make('Old', { until: -0.5 }); return [old.pem, old.key]; }],
    ['nothing', async () => ['', middle.key]], ['no key', async () => [middle.pem, '']], ['no PEM', async () => ['canary', 'canary']],
  ])('refuses %s', async (_name, given) => {
    const [pem, key] = await given();
    await expect(readAuthority(pem, key, now)).rejects.toMatchObject({ code: 'configuration-invalid', message: expect.not.stringContaining('canary') });
  });

  test('certifies nothing once it has run out', async () => {
    let time = NOW;
    const authority = await readAuthority(middle.pem, middle.key, () => time);
    time += 31 * DAY;
    await expect(authority.certify(subject)).rejects.toMatchObject({ code: 'configuration-invalid' });
  });
});

describe('createCertificates', () => {
  test('keeps the chain of a key until it runs out or the authority is another', async () => {
    let time = NOW;
    const store = await createSealedStore(memoryValues(), new Uint8Array(32).fill(3));
    const of = (authority: Parameters<typeof createCertificates>[0]['authority']) => createCertificates({ store, authority, url: subject.url, did: subject.did, name: subject.name, now: () => time }).chainFor(subject.publicKey);
    const [short, long] = [await readAuthority(middle.pem, middle.key, () => time), await readAuthority(root.pem, root.key, () => time)];
    const first = await of(short);
    expect(await of(short)).toEqual(first);
    const other = await of(long);
    expect(isCertified(other, subject, { issuedAt: NOW, roots: [base64(root.pem)] })).toBe(true);
    time += 31 * DAY;
    await expect(of(short)).rejects.toMatchObject({ code: 'configuration-invalid' });
    expect(await of(long)).toEqual(other);
  });
});

describe('configuredAuthority', () => {
  const settings = (change: object) => ({ file: undefined, key: undefined, development: false, folder, now, ...change });
  test('is the one that the operator names', async () => {
    await writeFile(join(folder, 'authority.pem'), middle.pem);
    expect((await configuredAuthority(settings({ file: join(folder, 'authority.pem'), key: middle.key })))?.root).toBe(base64(middle.pem));
  });
  test('is made in development, with a certificate for verifiers, and stays; in production there is none', async () => {
    const made = await configuredAuthority(settings({ development: true }));
    expect((await configuredAuthority(settings({ development: true })))?.root).toBe(made?.root);
    expect(certificatesIn(await readFile(join(folder, 'development-authority.pem'), 'utf8'))).toEqual([made?.root]);
    expect((await stat(join(folder, 'certificate-authority.json'))).mode & 0o077).toBe(0);
    expect(isCertified(await made!.certify(subject), subject, { issuedAt: NOW, roots: [made!.root] })).toBe(true);
    expect(await configuredAuthority(settings({}))).toBeUndefined();
  });
  test.each<[string, () => object, string]>([
    ['a file that is not there', () => ({ file: join(folder, 'none.pem'), key: middle.key }), FILE],
    ['no key', () => ({ file: join(folder, 'authority.pem') }), `${FILE}_KEY`],
    ['a key alone', () => ({ key: middle.key }), FILE],
    ['the key of another', () => ({ file: join(folder, 'authority.pem'), key: root.key }), FILE],
  ])('names the variable that is wrong: %s', async (_name, change, field) => {
    await expect(configuredAuthority(settings(change()))).rejects.toMatchObject({ code: 'configuration-invalid', field });
  });
});
