// SD-JWT VCs that name their issuer by URL and bring certificates along: what is taken, and how one issuer might speak for another.
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { p256 } from '@noble/curves/nist.js';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509Certificate, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifySdJwtVc, type SdJwtContext } from '#formats/sd-jwt-vc/index.ts';
import { openAuthority, type Authority } from '#issuer';
import { answer, forge, jsonOf, startIssuer, withIssuer, type Issuer } from '../fixture.ts';

const URL_OF_ISSUER = 'https://clinic.example';
const OTHER_URL = 'https://hospital.example';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
let issuer: Issuer;
let authority: Authority;
let folder: string;
let publicKey: string;
let x5c: readonly string[];
let text: string;

const subject = (change: Partial<Parameters<Authority['certify']>[0]> = {}) => ({ url: URL_OF_ISSUER, did: issuer.me.did, name: 'City Clinic', publicKey, ...change });
beforeAll(async () => {
  issuer = await startIssuer();
  folder = await mkdtemp(join(tmpdir(), 'authority-'));
  authority = await openAuthority(join(folder, 'authority.json'), 'Ministry', () => issuer.now);
  publicKey = issuer.keys.find(({ type }) => type === 'P-256')!.publicKey;
  x5c = await authority.certify(subject());
  text = await issued();
});
afterAll(async () => {
  await issuer.stop();
  await rm(folder, { recursive: true });
});

const issued = async (certified: object = {}) => (await issuer.issueSd({ certified: { url: URL_OF_ISSUER, x5c, statusListUrl: `${URL_OF_ISSUER}/token-status-lists/1`, ...certified } })).text;
const outcome = (sdJwt: string, change: Partial<SdJwtContext> = {}) =>
  answer(() => verifySdJwtVc(sdJwt, { trust: issuer.trust, now: issuer.now, maxTrustAge: 3600, requireKeyBinding: false, ...change } as SdJwtContext));
/** Signed by the issuer's listed key over a header and payload that were changed. */
const changed = (payload: object, header: object = {}) => {
  const [jwt, ...rest] = text.split('~') as [string, ...string[]];
  const [head, body] = jwt.split('.') as [string, string];
  return [forge({ ...jsonOf(head), ...header }, { ...jsonOf(body), ...payload }, issuer.sdSecret, p256), ...rest].join('~');
};

describe('verifySdJwtVc of a certified credential', () => {
  test('accepts it, shows the issuer by DID and name, and leaves no root in the header', async () => {
    expect(outcome(text)).toBe('accepted');
    expect(outcome(text, { certificateRoots: [authority.root] })).toBe('accepted');
    expect(jsonOf(text.split('.')[0]!)).toMatchObject({ alg: 'ES256', typ: 'dc+sd-jwt', x5c: [expect.any(String)] });
    expect(jsonOf(text.split('.')[1]!)).toMatchObject({ iss: URL_OF_ISSUER, status: { status_list: { idx: 1000, uri: `${URL_OF_ISSUER}/token-status-lists/1` } } });
    expect(x5c).not.toContain(authority.root);
  });
  test('takes a chain with an authority in between', async () => {
    const { chain, root } = await longChain();
    expect(outcome(await issued({ x5c: chain }), { certificateRoots: [root] })).toBe('accepted');
    expect(outcome(await issued({ x5c: chain }), { certificateRoots: [authority.root] })).toBe('certificate-invalid');
  });

  test.each<[string, () => Promise<string> | string, string]>([
    ['the URL of another issuer with one’s own certificates', () => changed({ iss: OTHER_URL }), 'certificate-invalid'],
    ['the URL of another issuer and a certificate for a key of one’s own', async () => issued({ url: OTHER_URL, x5c: await authority.certify(subject({ url: OTHER_URL, publicKey: issuer.me.did && otherKey() })) }), 'certificate-invalid'],
    ['certificates for the DID of another issuer', async () => issued({ x5c: await authority.certify(subject({ did: 'did:ethr:0x7a69:0x5FbDB2315678afecb367f032d93F642f64180aa3' })) }), 'certificate-invalid'],
    ['a leaf whose key is not the listed one', async () => issued({ x5c: await authority.certify(subject({ publicKey: otherKey() })) }), 'certificate-invalid'],
    ['a leaf that is the root', () => issued({ x5c: [authority.root] }), 'certificate-invalid'],
    ['the root sent along, vouching for itself', () => issued({ x5c: [...x5c, authority.root] }), 'certificate-invalid'],
    ['a chain in which the second did not sign the first', async () => issued({ x5c: [x5c[0]!, (await longChain()).chain[1]!] }), 'certificate-invalid'],
    ['a leaf that signs for a leaf', async () => issued({ x5c: [x5c[0]!, x5c[0]!] }), 'certificate-invalid'],
    ['bytes after the certificate', () => changed({}, { x5c: [Buffer.concat([Buffer.from(x5c[0]!, 'base64'), Buffer.from([0])]).toString('base64')] }), 'certificate-invalid'],
    ['a certificate that was changed', () => changed({}, { x5c: [flipped(x5c[0]!)] }), 'certificate-invalid'],
    ['no certificates', () => changed({}, { x5c: undefined }), 'credential-malformed'],
    ['an empty chain', () => changed({}, { x5c: [] }), 'certificate-invalid'],
    ['what is no certificate', () => changed({}, { x5c: ['AAAA'] }), 'certificate-invalid'],
    ['a text in the place of a chain', () => changed({}, { x5c: x5c[0] }), 'certificate-invalid'],
    ['certificates with a DID for issuer', () => changed({ iss: issuer.me.did, status: undefined, 'vct#integrity': undefined }), 'algorithm-refused'],
    ['a URL without its certificates’ other members', () => changed({ status: undefined }), 'credential-malformed'],
    ['a Token Status List that names another entry', () => changed({ status: { status_list: { idx: 1001, uri: `${URL_OF_ISSUER}/token-status-lists/1` } } }), 'credential-malformed'],
  ])('refuses %s', async (_name, make, reason) => {
    expect(outcome(await make(), { certificateRoots: [authority.root] })).toBe(reason);
  });

  test('refuses certificates by a body of one’s own where the roots are known', async () => {
    const own = await openAuthority(join(folder, 'own.json'), 'Ministry', () => issuer.now);
    const forged = await issued({ url: OTHER_URL, x5c: await own.certify(subject({ url: OTHER_URL })) });
    expect(outcome(forged, { certificateRoots: [authority.root] })).toBe('certificate-invalid');
    expect(outcome(forged, { certificateRoots: [] })).toBe('certificate-invalid');
  });
  test('refuses certificates that had run out when it was issued', async () => {
    const early = await openAuthority(join(folder, 'early.json'), 'Ministry', () => issuer.now - 30 * 365 * 86_400);
    expect(outcome(await issued({ x5c: await early.certify(subject()) }))).toBe('certificate-invalid');
  });
  test('refuses it all the same when the DID document does not list the key', () => {
    expect(outcome(text, { trust: withIssuer(issuer.trust, { keys: [] }) })).toBe('issuer-key-unlisted');
  });
});

const otherKey = () => Buffer.from(p256.getPublicKey(p256.utils.randomSecretKey(), true)).toString('hex');
function flipped(certificate: string): string {
  const der = Buffer.from(certificate, 'base64');
  der[der.length - 70]! ^= 1;
  return der.toString('base64');
}

async function longChain(): Promise<{ chain: string[]; root: string }> {
  const [rootKeys, midKeys] = await Promise.all([0, 1].map(() => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])));
  const [notBefore, notAfter] = [new Date((issuer.now - 4000) * 1000), new Date((issuer.now + 1e8) * 1000)];
  const authorities = [new BasicConstraintsExtension(true, undefined, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)];
  const root = await X509CertificateGenerator.createSelfSigned({ name: 'CN=Root', keys: rootKeys!, signingAlgorithm: ALGORITHM, notBefore, notAfter, extensions: authorities });
  const between = await X509CertificateGenerator.create({ subject: 'CN=Between', issuer: 'CN=Root', publicKey: midKeys!.publicKey, signingKey: rootKeys!.privateKey, signingAlgorithm: ALGORITHM, notBefore, notAfter, extensions: authorities });
  const known = new X509Certificate(x5c[0]!);
  const leaf = await X509CertificateGenerator.create({ subject: known.subject, issuer: 'CN=Between', publicKey: known.publicKey, signingKey: midKeys!.privateKey, signingAlgorithm: ALGORITHM, notBefore, notAfter, extensions: known.extensions });
  return { chain: [leaf, between].map((certificate) => certificate.toString('base64')), root: root.toString('base64') };
}
