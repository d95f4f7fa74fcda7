import { describe, expect, test } from 'vitest';
import { createHolderSigner, didOfHolder, parseHolderDid, parseHolderKey } from '#formats/credential/index.ts';
import { holderPublicKey } from '#formats/credential/holder.ts';
import { verifyEcdsa } from '#formats/credential/signature.ts';
import { b64 } from '../fixture.ts';

const holder = createHolderSigner();

describe('createHolderSigner', () => {
  test('signs under the public key it shows, and is the same again from its secret', async () => {
    const message = new TextEncoder().encode('x');
    expect(verifyEcdsa('P-256', holderPublicKey(holder.key), message, await holder.sign(message))).toBe(true);
    expect(createHolderSigner(holder.secretKey).key).toEqual(holder.key);
    expect(createHolderSigner().key).not.toEqual(holder.key);
  });
});

describe('didOfHolder', () => {
  test('is the did:jwk of the key, in one spelling whatever the order of its members', () => {
    const did = didOfHolder(holder.key);
    expect(JSON.parse(Buffer.from(did.slice(8), 'base64url').toString())).toEqual(holder.key);
    const { kty, crv, x, y } = holder.key;
    expect(didOfHolder({ kty, y, x, crv })).toBe(did);
    expect(parseHolderDid(did)).toEqual(holder.key);
  });
});

describe('parseHolderDid', () => {
  const { kty, crv, x, y } = holder.key;
  test.each([
    ['another method', `did:key:${b64('x')}`], ['no method', b64(JSON.stringify(holder.key))], ['a fragment', `${didOfHolder(holder.key)}#0`], ['nothing', ''],
    ['members in another order', `did:jwk:${b64(JSON.stringify({ kty, crv, x, y }))}`], ['white space', `did:jwk:${b64(JSON.stringify({ crv, kty, x, y }, null, 1))}`],
    ['padding', `${didOfHolder(holder.key)}=`], ['a member twice', `did:jwk:${b64(`{"crv":"P-256","crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`)}`],
    ['a key of 1 MB', `did:jwk:${'A'.repeat(1e6)}`], ['no text', 7],
  ])('refuses %s', (_, did) => expect(() => parseHolderDid(did)).toThrow(expect.objectContaining({ code: 'point-invalid' })));
});

describe('parseHolderKey', () => {
  const { key } = holder;
  const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
  test.each<[string, unknown]>([
    ['nothing', undefined], ['a private part', { ...key, d: 'x' }], ['a key id', { ...key, kid: '1' }], ['another curve', { ...key, crv: 'P-384' }], ['secp256k1', { ...key, crv: 'secp256k1' }],
    ['an octet key', { kty: 'oct', k: 'x' }], ['coordinates off the curve', { ...key, y: key.x }], ['a coordinate beyond the field', { ...key, x: b64(Buffer.from(prime.toString(16), 'hex')) }],
    ['a short coordinate', { ...key, x: key.x.slice(1) }], ['a padded coordinate', { ...key, x: `${key.x.slice(0, 42)}=` }], ['stray bits in a coordinate', { ...key, x: `${key.x.slice(0, 42)}_` }],
    ['the point at infinity', { ...key, x: b64(new Uint8Array(32)), y: b64(new Uint8Array(32)) }],
  ])('refuses %s', (_, jwk) => expect(() => parseHolderKey(jwk, 'key')).toThrow(expect.objectContaining({ code: 'point-invalid', field: 'key' })));
});
