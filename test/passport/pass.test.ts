import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FIELD_ORDER, PASS_MAX_LENGTH, createDeviceKey, decodePass, encodePass, presentPass, recoverDeviceKey, windowAt,
  type FieldElement, type PassBody, type PresentedPass, type UnixSeconds,
} from '#passport';
import { encodeBase45 } from '#passport/base45.ts';
import { anyField, NOON } from './samples.ts';

const now = NOON as UnixSeconds;
const device = createDeviceKey(new Uint8Array(32).fill(3));
const body: PassBody = {
  rootId: 0xdeadbeef, policyId: 0x01020304, windowStart: windowAt({ grid: 3600, length: 7200 }, now).start,
  proof: new Uint8Array(128).fill(9), nullifier: undefined, identityTag: undefined,
};
const challenge = new Uint8Array(16).fill(1);
const anyBody = fc.record({
  rootId: fc.nat(2 ** 32 - 1), policyId: fc.nat(2 ** 32 - 1), windowStart: fc.constant(body.windowStart),
  proof: fc.uint8Array({ minLength: 128, maxLength: 128 }),
  nullifier: fc.option(anyField, { nil: undefined }), identityTag: fc.option(anyField, { nil: undefined }),
});
const code = (name: string) => expect.objectContaining({ code: name });

describe('encodePass', () => {
  test('is inverted by decodePass', () => {
    fc.assert(fc.property(anyBody, fc.boolean(), fc.boolean(), (b, audience, asked) => {
      const pass = presentPass(b, device.secretKey, now, { ...(audience ? { audience: 'gate' } : {}), ...(asked ? { challenge } : {}) });
      expect(decodePass(encodePass(pass))).toEqual(pass);
    }), { numRuns: 30 });
  });

  test('has at most 400 characters with a scope or a match, bound to verifier and challenge', () => {
    const length = (b: PassBody) => encodePass(presentPass(b, device.secretKey, now, { audience: 'gate', challenge })).length;
    expect([length(body), length({ ...body, nullifier: 1n as FieldElement }), length({ ...body, identityTag: 1n as FieldElement })]).toEqual([319, 367, 367]);
  });

  test('the longest pass is as long as the decoder allows', () => {
    const both = { ...body, nullifier: 1n as FieldElement, identityTag: 1n as FieldElement };
    expect(encodePass(presentPass(both, device.secretKey, now, { audience: 'gate' })).length).toBe(PASS_MAX_LENGTH);
  });
});

describe('decodePass', () => {
  const text = encodePass(presentPass(body, device.secretKey, now));
  const bytesWith = (change: (bytes: number[]) => void) => {
    const bytes = Array<number>(208).fill(0);
    change(bytes);
    return `HP1:${encodeBase45(Uint8Array.from(bytes))}`;
  };

  test.each([
    ['another prefix', `HC1:${text.slice(4)}`],
    ['no prefix', text.slice(4)],
    ['a character outside base45', `HP1:a${text.slice(5)}`],
    ['a truncated text', text.slice(0, -3)],
    ['bytes after the end', `${text}000`],
    ['a base45 group above its range', `HP1:${':::'.repeat(100)}`],
    ['an impossible length', text.slice(0, -2)],
    ['an empty pass', 'HP1:'],
    ['flags of a later version', bytesWith((bytes) => (bytes[0] = 32))],
  ])('refuses %s', (_name, hostile) => expect(() => decodePass(hostile)).toThrowError(code('pass-malformed')));

  test('refuses a text longer than any pass before it decodes it', () => {
    expect(() => decodePass(`HP1:${'0'.repeat(10_000_000)}`)).toThrowError(code('text-too-long'));
  });

  test('refuses a nullifier that is not below r (alias of a public signal)', () => {
    const aliased = encodePass({ ...presentPass(body, device.secretKey, now), nullifier: FIELD_ORDER as FieldElement });
    expect(() => decodePass(aliased)).toThrowError(code('field-not-canonical'));
  });

  test('answers any text with a pass or a coded error', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string().map((s) => `HP1:${s}`), fc.uint8Array({ maxLength: 300 }).map((b) => `HP1:${encodeBase45(b)}`)), (hostile) => {
      try {
        decodePass(hostile);
      } catch (error) {
        expect(error).toMatchObject({ name: 'HealthpassError' });
      }
    }), { numRuns: 2000 });
  });
});

describe('recoverDeviceKey', () => {
  const binding = { audience: 'gate', challenge };
  const pass = presentPass(body, device.secretKey, now, binding);

  test('finds the key that signed', () => expect(recoverDeviceKey(pass, binding)).toBe(device.deviceKey));

  test.each<[string, Partial<PresentedPass>, object]>([
    ['a changed time', { signedAt: (now + 1) as UnixSeconds }, binding],
    ['a changed root', { rootId: 1 }, binding],
    ['a changed proof', { proof: new Uint8Array(128).fill(8) }, binding],
    ['an added nullifier', { nullifier: 1n as FieldElement }, binding],
    ['the other parity', { parity: pass.parity ? 0 : 1 }, binding],
    ['another audience', {}, { ...binding, audience: 'other gate' }],
    ['another challenge', {}, { ...binding, challenge: new Uint8Array(16).fill(2) }],
    ['no challenge', {}, { audience: 'gate' }],
  ])('finds no such key for %s', (_name, change, asked) => expect(recoverDeviceKey({ ...pass, ...change }, asked)).not.toBe(device.deviceKey));

  test('refuses the high-S twin of a signature', () => {
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const s = BigInt(`0x${Buffer.from(pass.signature.slice(32)).toString('hex')}`);
    const twin = Buffer.concat([pass.signature.slice(0, 32), Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex')]);
    expect(recoverDeviceKey({ ...pass, signature: Uint8Array.from(twin), parity: pass.parity ? 0 : 1 }, binding)).toBeUndefined();
  });

  test('refuses r or s of zero', () => expect(recoverDeviceKey({ ...pass, signature: new Uint8Array(64) }, binding)).toBeUndefined());

  test('a challenge that is too short is a mistake of the caller', () => {
    expect(() => presentPass(body, device.secretKey, now, { challenge: new Uint8Array(8) })).toThrow(TypeError);
  });
});
