import { describe, expect, test } from 'vitest';
import { encodeBase45 } from '#passport/base45.ts';
import { sightingOf } from '#verifier/scanner/engine/codes.ts';
import { findDetector, readWithBoth, type DetectorClass } from '#faces/camera/detector.ts';
import { createSeen } from '#verifier/scanner/engine/seen.ts';

const utf8 = (text: string) => ({ bytes: new TextEncoder().encode(text) });
/** A text that is long enough for a pass; `signature` is what changes while a code lives. */
const pass = (proof: number, signature: number) => {
  const bytes = new Uint8Array(208).fill(0);
  bytes.fill(proof, 12, 140);
  bytes.fill(signature, 144);
  return `HP1:${encodeBase45(bytes)}`;
};

describe('sightingOf', () => {
  test('one code of ours is looked at, also beside a poster', () => {
    expect(sightingOf([utf8(pass(1, 1))])).toEqual({ name: 'one', text: pass(1, 1) });
    expect(sightingOf([utf8('https://example.org/menu'), utf8(pass(1, 1))])).toEqual({ name: 'one', text: pass(1, 1) });
  });

  test('of two people’s codes none is chosen', () => {
    expect(sightingOf([utf8(pass(1, 1)), utf8(pass(2, 1))])).toEqual({ name: 'several' });
    expect(sightingOf([utf8(pass(1, 1)), utf8(pass(1, 1))])).toEqual({ name: 'one', text: pass(1, 1) }); // one code, seen twice
  });

  test('bytes that are no UTF-8 are no text, however a decoder would guess them', () => {
    expect(sightingOf([{ bytes: Uint8Array.of(0x48, 0x50, 0x31, 0x3a, 0xff, 0xfe) }])).toEqual({ name: 'not-text' });
    expect(sightingOf([])).toEqual({ name: 'nothing' });
  });
});

describe('createSeen', () => {
  test('a pass that was accepted is not judged again while it is in view, though its code is signed anew', () => {
    const seen = createSeen();
    expect(seen.isNew(pass(1, 1), 0)).toBe(true);
    seen.note(pass(1, 1), true, 0);
    expect(seen.isNew(pass(1, 2), 3000)).toBe(false);
    expect(seen.isNew(pass(1, 3), 6900)).toBe(false); // looked at since
    expect(seen.isNew(pass(2, 1), 6900)).toBe(true);
    expect(seen.isNew(pass(1, 4), 11_000)).toBe(true);
  });

  test('after a picture of a code was refused, the live code is judged at once', () => {
    const seen = createSeen();
    seen.note(pass(1, 1), false, 0);
    expect(seen.isNew(pass(1, 1), 1000)).toBe(false);
    expect(seen.isNew(pass(1, 2), 1000)).toBe(true);
  });

  test('what is asked anew is judged anew', () => {
    const seen = createSeen();
    seen.note(pass(1, 1), true, 0);
    seen.forget();
    expect(seen.isNew(pass(1, 1), 1)).toBe(true);
  });
});

const picture = {} as ImageBitmap; // which a detector is only handed
const detector = (formats: string[], finds: string[]): DetectorClass => class {
  static getSupportedFormats = async () => formats;
  detect = async () => finds.map((rawValue) => ({ rawValue }));
};

describe('findDetector', () => {
  const drawn: string[] = [];
  const draw = async (text: string) => (drawn.push(text), picture);

  test('takes a detector that reads what was drawn for it', async () => {
    await findDetector(detector(['qr_code'], []), draw);
    expect(await findDetector(detector(['qr_code'], [drawn[0]!]), draw)).toBeDefined();
  });

  test('takes none that is not there, knows no such codes, finds nothing, or misreads', async () => {
    for (const Class of [undefined, detector(['ean_13'], [drawn[0]!]), detector(['qr_code'], []), detector(['qr_code'], ['something else'])]) expect(await findDetector(Class, draw)).toBeUndefined();
  });

  test('what it does not find, an inverted code perhaps, the other reader looks for now and then', async () => {
    const blind = (await findDetector(detector(['qr_code'], [drawn[0]!]), draw))!;
    const read = readWithBoth({ ...blind, detect: async () => [] }, async () => [utf8('inverted')]);
    const found = [];
    for (let i = 0; i < 8; i++) found.push((await read(picture)).length);
    expect(found.filter((count) => count === 1)).toHaveLength(2);
  });
});
