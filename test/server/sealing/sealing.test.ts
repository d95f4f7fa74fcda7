import { describe, expect, test } from 'vitest';
import { createLocalKeyProvider, createSealer, newDataKey, withPatience, type KeyProvider } from '#server';

const key = (byte: number) => new Uint8Array(32).fill(byte);
const invalid = expect.objectContaining({ code: 'sealed-invalid' });

describe('createSealer', () => {
  const sealer = createSealer(key(1));
  test('opens what it sealed, where it sealed it', async () => {
    const sealed = await sealer.seal('offer/1', { a: ['ä', 1] });
    expect(await sealer.open('offer/1', sealed)).toEqual({ a: ['ä', 1] });
    expect(Buffer.from(sealed).includes('ä')).toBe(false);
  });

  test('seals one value differently each time', async () => {
    expect(await sealer.seal('a', 1)).not.toEqual(await sealer.seal('a', 1));
  });

  test.each<[string, (sealed: Uint8Array) => Promise<unknown>]>([
    ['two values that changed places', (sealed) => sealer.open('offer/2', sealed)],
    ['another key', (sealed) => createSealer(key(2)).open('offer/1', sealed)],
    ['a flipped bit of the nonce', (sealed) => sealer.open('offer/1', sealed.with(0, sealed[0]! ^ 1))],
    ['a flipped bit of the ciphertext', (sealed) => sealer.open('offer/1', sealed.with(14, sealed[14]! ^ 1))],
    ['a flipped bit of the tag', (sealed) => sealer.open('offer/1', sealed.with(sealed.length - 1, sealed.at(-1)! ^ 1))],
    ['a cut tag', (sealed) => sealer.open('offer/1', sealed.subarray(0, -1))],
    ['nothing at all', () => sealer.open('offer/1', new Uint8Array())],
  ])('does not open after %s', async (_name, open) => {
    await expect(open(await sealer.seal('offer/1', 'value'))).rejects.toEqual(invalid);
  });
});

describe('createLocalKeyProvider', () => {
  test('a key that came in wraps from then on, and what older ones wrapped still opens', async () => {
    const before = createLocalKeyProvider([key(1)]);
    const after = createLocalKeyProvider([key(2), key(1)]);
    const dataKey = newDataKey();
    const old = await before.wrap(dataKey, 'patient/1');
    expect(await after.unwrap(old, 'patient/1')).toEqual(dataKey);
    const renewed = await after.wrap(dataKey, 'patient/1');
    expect(renewed.keyId).not.toBe(old.keyId);
    await expect(before.unwrap(renewed, 'patient/1')).rejects.toEqual(invalid);
  });

  test('a key wrapped for one patient does not open for another', async () => {
    const keys = createLocalKeyProvider([key(1)]);
    await expect(keys.unwrap(await keys.wrap(newDataKey(), 'patient/1'), 'patient/2')).rejects.toEqual(invalid);
  });

  test('a key of another length is refused', () => {
    expect(() => createLocalKeyProvider([new Uint8Array(16)])).toThrow(expect.objectContaining({ code: 'configuration-invalid', field: 'sealingKey' }));
  });
});

describe('withPatience', () => {
  const unavailable = expect.objectContaining({ code: 'service-unavailable', field: 'sealingKey' });
  const never = () => new Promise<never>(() => {});
  const broken = () => Promise.reject(new Error('connection reset'));
  test.each<[string, KeyProvider['wrap']]>([['does not answer', never], ['fails', broken]])('a service of keys that %s is out of service', async (_name, wrap) => {
    await expect(withPatience({ ...createLocalKeyProvider([key(1)]), wrap }, 20).wrap(newDataKey(), 'a')).rejects.toEqual(unavailable);
  });

  test('what the keys refuse stays what it is', async () => {
    const keys = withPatience(createLocalKeyProvider([key(1)]));
    await expect(keys.unwrap({ keyId: 'none', wrapped: new Uint8Array(60) }, 'a')).rejects.toEqual(invalid);
  });
});
