import { describe, expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import { createAnchor, recordDigest, verifyAnchorProof } from '#passport/anchor.ts';
import type { TrustState } from '#passport';
import { Hono } from 'hono';
import { listen } from '#server';
import { anchorsOfIssuers } from '#verifier';
import { createAnchorBook } from '#verifier/checks/index.ts';

const digest = recordDigest(1, 7, 'header.payload');
const anchors = [[digest], [recordDigest(1, 8, 'another')]].map((digests) => createAnchor(digests, (length) => new Uint8Array(randomBytes(length))));
const trust = { anchors: anchors.map(({ root }, i) => ({ list: 1, root, time: i, block: i })) } as unknown as TrustState; // all that is read of it

describe('createAnchorBook', () => {
  test('proves a record from leaves that anybody may give', async () => {
    const book = createAnchorBook(async (root) => anchors.find((anchor) => anchor.root === root));
    expect(book.lookup(digest)).toBeUndefined();
    expect(await book.load(trust)).toBe(true);
    const found = book.lookup(digest)!;
    expect(verifyAnchorProof(found.root, digest, found.proof)).toBe(true);
    expect(await book.load(trust)).toBe(false);
  });

  test('takes no leaves that do not lead to the root', async () => {
    const forged = createAnchor([recordDigest(1, 9, 'backdated')], (length) => new Uint8Array(randomBytes(length)));
    const book = createAnchorBook(async () => forged);
    expect(await book.load(trust)).toBe(false);
    expect(book.lookup(recordDigest(1, 9, 'backdated'))).toBeUndefined();
  });

  test('many who present at once make the source be asked once', async () => {
    let asked = 0;
    const book = createAnchorBook(async (root) => (asked++, anchors.find((anchor) => anchor.root === root)));
    await Promise.all(Array.from({ length: 20 }, () => book.load(trust)));
    expect(asked).toBe(anchors.length);
  });

  test('a source that does not answer is not waited for once an anchor', async () => {
    let asked = 0;
    const book = createAnchorBook(async () => {
      asked++;
      throw new Error('out of reach');
    });
    expect(await book.load(trust)).toBe(false);
    expect(asked).toBe(1);
  });
});

describe('anchorsOfIssuers', () => {
  const app = new Hono().get('/anchors/:root', (context) => (context.req.param('root') === anchors[0]!.root ? context.json({ leaves: anchors[0]!.leaves }) : context.notFound()));

  test('asks one issuer after the other, and rejects only where one is out of reach', async () => {
    const service = await listen(app, 0);
    const gone = await listen(app, 0);
    await gone.stop();
    const [root, unknown] = [anchors[0]!.root, anchors[1]!.root];
    expect(await anchorsOfIssuers([service.url])(root)).toEqual({ leaves: anchors[0]!.leaves });
    expect(await anchorsOfIssuers([gone.url, service.url])(root)).toEqual({ leaves: anchors[0]!.leaves });
    expect(await anchorsOfIssuers([service.url])(unknown)).toBeUndefined();
    expect(await anchorsOfIssuers([])(root)).toBeUndefined();
    await expect(anchorsOfIssuers([service.url, gone.url])(unknown)).rejects.toThrow();
    await service.stop();
  });
});
