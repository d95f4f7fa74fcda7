import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, test } from 'vitest';
import { verifyEcdsa, verifyEcdsaNoble, type KeyType } from '#formats/credential/signature.ts';
import { bytes32, twin } from '../fixture.ts';

const CURVES = { secp256k1, 'P-256': p256 } as const;
const message = new TextEncoder().encode('header.payload');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe.each(['secp256k1', 'P-256'] as const)('verifyEcdsa with %s', (type: KeyType) => {
  const curve = CURVES[type];
  const n = curve.Point.CURVE().n;
  const secret = curve.utils.randomSecretKey();
  const key = hex(curve.getPublicKey(secret, true));
  const good = curve.sign(message, secret, { lowS: true });
  const [r, s] = [good.subarray(0, 32), good.subarray(32)];

  test('takes what the key signed', () => {
    for (let i = 0; i < 20; i++) expect(verifyEcdsa(type, key, message, curve.sign(message, secret, { lowS: true, extraEntropy: true }))).toBe(true);
  });
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()], ['63 bytes', good.subarray(1)], ['65 bytes', Buffer.concat([good, Buffer.from([0])])], ['zeros', new Uint8Array(64)],
    ['r = 0', Buffer.concat([bytes32(0n), s])], ['s = 0', Buffer.concat([r, bytes32(0n)])], ['r = n', Buffer.concat([bytes32(n), s])], ['s = n', Buffer.concat([r, bytes32(n)])],
    ['r and s changed round', Buffer.concat([s, r])], ['DER', curve.Signature.fromBytes(good).toBytes('der')],
  ])('refuses a signature of %s', (_, signature) => expect(verifyEcdsa(type, key, message, signature)).toBe(false));
  test('refuses another message and another key', () => {
    expect(verifyEcdsa(type, key, message.subarray(1), good)).toBe(false);
    expect(verifyEcdsa(type, hex(curve.getPublicKey(curve.utils.randomSecretKey(), true)), message, good)).toBe(false);
  });
  test.each(['', '02', `02${'ff'.repeat(32)}`, `04${'11'.repeat(64)}`, `05${key.slice(2)}`, 'zz'.repeat(33)])('takes nothing by %j, which is no key', (bad) => {
    expect(verifyEcdsa(type, bad, message, good)).toBe(false);
  });
  test('answers alike with and without node:crypto', () => {
    const signatures = [good, twin(good, n), new Uint8Array(64), good.subarray(1), Buffer.concat([bytes32(n), s]), curve.sign(message, curve.utils.randomSecretKey())];
    const answers = signatures.map((signature) => verifyEcdsaNoble(type, key, message, signature));
    const low = (signature: Uint8Array) => type === 'P-256' || signature !== signatures[1];
    expect(signatures.map((signature) => verifyEcdsa(type, key, message, signature))).toEqual(answers.map((yes, i) => yes && low(signatures[i]!)));
    expect(answers).toEqual([true, true, false, false, false, false]);
  });
  test(type === 'secp256k1' ? 'refuses the high-S twin' : 'takes the high-S twin, as WebCrypto makes either', () => {
    expect(verifyEcdsa(type, key, message, twin(good, n))).toBe(type === 'P-256');
  });
});

test('P-256 signatures of WebCrypto are taken', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const point = p256.Point.fromBytes(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))).toHex(true);
  for (let i = 0; i < 10; i++) {
    const signature = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, message));
    expect(verifyEcdsa('P-256', point, message, signature)).toBe(true);
  }
});
