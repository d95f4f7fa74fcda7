import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LIST_SIZE, REGISTRY_TREE, STATUS_TREE, createRegistryTree, createStatusTree, entryPosition, masksOf, packWords, registryLeaf, rootFrom, statusRoot,
  unpackWords, type FieldElement,
} from '#passport';

const f = (value: bigint | number) => BigInt(value) as FieldElement;

describe('createStatusTree', () => {
  test('proves every word under its root', () => {
    const tree = createStatusTree(new Map([[0, 1n], [77, 5n], [4095, 1n << 247n]]));
    for (const word of [0, 1, 77, 511, 4095]) expect(rootFrom(STATUS_TREE, word, tree.leaf(word), tree.siblings(word))).toBe(tree.root());
  });

  test('does not prove another word', () => {
    const tree = createStatusTree(new Map([[77, 5n]]));
    expect(rootFrom(STATUS_TREE, 77, f(4), tree.siblings(77))).not.toBe(tree.root());
    expect(rootFrom(STATUS_TREE, 78, f(5), tree.siblings(77))).not.toBe(tree.root());
  });

  test('is the same after changes as when made anew', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(4095), fc.bigInt({ min: 0n, max: (1n << 248n) - 1n })), { maxLength: 6 }), (changes) => {
      const tree = createStatusTree();
      for (const [word, value] of changes) tree.set(word, value as FieldElement);
      expect(tree.root()).toBe(statusRoot(new Map(changes)));
    }), { numRuns: 15 });
  });

  test('refuses a word with more than 248 bits', () => {
    expect(() => createStatusTree(new Map([[0, 1n << 248n]]))).toThrowError(expect.objectContaining({ code: 'index-out-of-range' }));
  });
});

describe('entryPosition', () => {
  test('covers the list without gap or overlap', () => {
    fc.assert(fc.property(fc.nat(LIST_SIZE - 1), (index) => {
      const { word, bit } = entryPosition(index);
      expect(word * 248 + bit).toBe(index);
      expect(bit).toBeLessThan(248);
    }));
  });

  test.each([-1, 0.5, LIST_SIZE, Number.NaN])('refuses index %s', (index) => {
    expect(() => entryPosition(index)).toThrowError(expect.objectContaining({ code: 'index-out-of-range' }));
  });
});

describe('masksOf', () => {
  test('puts entries of one word into one mask', () => {
    expect(masksOf([0, 1, 248])).toEqual(new Map([[0, 3n], [1, 1n]]));
  });
});

describe('packWords', () => {
  test('is inverted by unpackWords', () => {
    const words = new Map([[0, 1n], [1, (1n << 248n) - 1n], [4095, 1n << 200n]]);
    expect(unpackWords(packWords(words))).toEqual(words);
  });

  test('a list cut short is refused', () => {
    expect(() => unpackWords(packWords(new Map()).slice(1))).toThrowError(expect.objectContaining({ code: 'bundle-invalid' }));
  });
});

describe('createRegistryTree', () => {
  const leaf = registryLeaf({ x: f(1), y: f(2) }, 3, f(4));

  test('proves a leaf at its slot only', () => {
    const tree = createRegistryTree([[5, leaf]]);
    expect(rootFrom(REGISTRY_TREE, 5, leaf, tree.siblings(5))).toBe(tree.root());
    expect(rootFrom(REGISTRY_TREE, 4, leaf, tree.siblings(5))).not.toBe(tree.root());
  });

  test('a cleared leaf leaves the empty root', () => {
    const tree = createRegistryTree([[5, leaf]]);
    tree.set(5, f(0));
    expect(tree.root()).toBe(createRegistryTree().root());
  });

  test('refuses slot 4096', () => {
    expect(() => createRegistryTree([[4096, leaf]])).toThrowError(expect.objectContaining({ code: 'index-out-of-range' }));
  });
});
