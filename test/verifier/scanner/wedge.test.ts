import { describe, expect, test } from 'vitest';
import { createWedge, type WedgeText } from '#verifier/scanner/capture/wedge.ts';

const CODE = 'HP1:6BF+70 $%*ABC';
const LINES = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];

/** Types as a reader or as hands do. @returns what was read, and which keys were taken from the page */
function type(texts: readonly string[], gap: number, between = 100) {
  const read: WedgeText[] = [];
  const wedge = createWedge((text) => read.push(text));
  let at = 1000;
  const taken = texts.map((text) => {
    at += between;
    return [...text, 'Enter'].map((key) => wedge.key(key, (at += gap)));
  });
  return { read, taken };
}

describe('createWedge', () => {
  test('a burst that ends in Enter is what a reader read, wherever the focus is; only its first keys strayed', () => {
    const { read, taken } = type([CODE], 8);
    expect(read).toEqual([{ kind: 'text', text: CODE, strayed: 3 }]);
    expect(taken[0]!.indexOf(true)).toBe(3);
    expect(taken[0]!.at(-1)).toBe(true); // its Enter presses no button
  });

  test('hands that type the same are left alone', () => {
    const { read, taken } = type([CODE], 90);
    expect(read).toEqual([]);
    expect(taken.flat()).not.toContain(true);
  });

  test('a few quick keys and Enter are no code', () => {
    expect(type(['abcdef'], 8).read).toEqual([]);
  });

  test('a pause in the middle begins anew: what came before is not part of it', () => {
    const wedge = createWedge((text) => read.push(text));
    const read: WedgeText[] = [];
    let at = 0;
    for (const key of 'noise') wedge.key(key, (at += 8));
    at += 500;
    for (const key of [...CODE, 'Enter']) wedge.key(key, (at += 8));
    expect(read.map(({ text }) => text)).toEqual([CODE]);
  });

  test('the lines of a document come one by one and are one zone', () => {
    expect(type(LINES, 5).read).toMatchObject([{ kind: 'zone', text: LINES.join('\n') }]);
    expect(type([LINES[0]!], 5).read).toEqual([]);
    expect(type([LINES[1]!, CODE], 5).read).toMatchObject([{ kind: 'text', text: CODE }]);
    expect(type(LINES, 5, 5000).read).toEqual([]); // not of one document
  });
});
