// The tree of logs: one root for one set of logs, a short proof for each, and no proof of what is not so.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogTree, decodeLogProof, encodeLogProof, proveLogs, rootOfProof, toHex, ZERO, type Hex, type LogHead, type StoredNode } from '#records/model/audit/index.ts';

const headOf = (log: Hex, entries = 1): LogHead => ({ log, entries, head: toHex(randomBytes(32)) });
const heads = (count: number) => Array.from({ length: count }, () => headOf(toHex(randomBytes(32))));
const stored = (nodes: readonly StoredNode[]) => async () => new Map(nodes.map((node) => [node.hash, node]));
const prove = async (log: Hex, root: Hex, nodes: readonly StoredNode[]) => (await proveLogs(log, [root], stored(nodes)))[0]!;

describe('createLogTree', () => {
  test('the root is the same in whatever order logs came, one by one or at once', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 7 }), (count, step) => {
      const all = heads(count);
      const shuffled = all.toSorted((a, b) => (a.head < b.head ? -1 : 1));
      let tree = createLogTree();
      for (let i = 0; i < count; i += step) tree = tree.with(shuffled.slice(i, i + step)).tree;
      expect(tree.root).toBe(createLogTree().with(all).tree.root);
    }), { numRuns: 50 });
  });

  test('a log that grows changes the root, and the older tree stays as it was', () => {
    const [log, ...rest] = heads(10);
    const before = createLogTree().with([log!, ...rest]).tree;
    const after = before.with([{ ...log!, entries: 2 }]).tree;
    expect(after.root).not.toBe(before.root);
    expect(after.with([log!]).tree.root).toBe(before.root);
    expect(createLogTree().root).toBe(ZERO);
  });

  test('10,000 logs of which 100 change are a new root within 100 ms of the processor', () => {
    const all = heads(10_000);
    const { tree } = createLogTree().with(all);
    const began = process.cpuUsage(); // of the processor: others use the machine too
    const { added } = tree.with(all.slice(0, 100).map((head) => ({ ...head, entries: 2 })));
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(100);
    expect(added.length).toBeLessThan(100 * 20);
  });
});

describe('rootOfProof', () => {
  const all = heads(200);
  const { tree, added } = createLogTree().with(all);

  test('each log is proven with what it came to, and a log that there is not is proven absent', async () => {
    for (const head of all.slice(0, 50)) {
      const proof = await prove(head.log, tree.root, added);
      expect(decodeLogProof(encodeLogProof(proof))).toEqual(proof);
      expect(rootOfProof(proof, head)).toBe(tree.root);
    }
    for (const { log } of heads(50)) expect(rootOfProof(await prove(log, tree.root, added), { log, entries: 0, head: ZERO })).toBe(tree.root);
    expect(rootOfProof(await prove(all[0]!.log, ZERO, []), { log: all[0]!.log, entries: 0, head: ZERO })).toBe(ZERO);
  });

  test('no proof holds for fewer or more entries, another head, another log, or absence', async () => {
    const [head, other] = [all[0]!, all[1]!];
    const proof = await prove(head.log, tree.root, added);
    for (const claim of [{ ...head, entries: 0 }, { ...head, entries: 2 }, { ...head, head: other.head }, { ...head, log: other.log }]) expect(rootOfProof(proof, claim)).not.toBe(tree.root);
    const stranger = heads(1)[0]!;
    const absence = await prove(stranger.log, tree.root, added);
    expect(rootOfProof(absence, stranger)).not.toBe(tree.root);
    // The leaf that stands in the way cannot stand in the way of itself, nor of a log at another place.
    for (const each of all) expect(rootOfProof(absence, { ...each, entries: 0 })).not.toBe(tree.root);
  });

  test('a branch does not pass for a leaf, nor half a proof for a whole one', async () => {
    const head = all[0]!;
    const proof = await prove(head.log, tree.root, added);
    const short = { siblings: proof.siblings.slice(0, -1) };
    expect(rootOfProof(short, head)).not.toBe(tree.root);
    const branch = added.find(({ hash, leaf }) => hash === tree.root && !leaf)!;
    expect(rootOfProof({ siblings: [], other: { key: Buffer.from(branch.one.slice(2), 'hex'), value: Buffer.from(branch.two.slice(2), 'hex') } }, { log: head.log, entries: 0, head: ZERO })).not.toBe(tree.root);
  });

  test('a proof has one form: with anything more, less or else it is not read', async () => {
    const text = encodeLogProof(await prove(all[0]!.log, tree.root, added));
    for (const wrong of [`${text}00`, text.slice(0, -2), '0x', '', 'zz', `0xff${text.slice(4)}`, text.toUpperCase(), `0x08ff${'00'.repeat(256)}`]) expect(() => decodeLogProof(wrong), wrong.slice(0, 9)).toThrow(expect.objectContaining({ code: 'log-malformed' }));
  });
});
