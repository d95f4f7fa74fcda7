// Keys and addresses in a browser: the same as in Node, under the policy that pages are served with.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commonConfig } from '#faces/build/build.ts';
import { createStorage } from '#records/client/storage.ts';
import { openRecord, parseRecordKey } from '#records/model/keys/container.ts';
import { readingKeys } from '#records/model/keys/derive.ts';
import { openWith, sealTo } from '#records/model/keys/hpke.ts';
import { parseRoot } from '#records/model/keys/root.ts';
import type { RecordId, RecordMeta, Reference } from '#records/model/record.ts';
import { referenceOf } from '#records/model/swarm/split.ts';
import { assembleStore } from '#records/store/assemble.ts';
import { NO_ACCESS, createRouter, listen, type Listening } from '#server';
import { launchChromium } from '../browser/chromium.ts';
import { hasChromium } from '../browser/faces.ts';

const META: RecordMeta = { id: '0123456789abcdef0123456789abcdef' as RecordId, category: 'results', date: '2026-03-01', author: 'patient' };
const keys = readingKeys(parseRoot(new Uint8Array(32).fill(9)));

describe.skipIf(!hasChromium)('records in a browser', () => {
  let [folder, browser, page, site, storage] = [] as unknown as [string, Browser, Page, Listening, Listening];
  let store: Awaited<ReturnType<typeof assembleStore>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'records-page-'));
    const config = commonConfig({ source: 'test/records/page' }, join(folder, 'page'));
    [browser] = await Promise.all([launchChromium(), build({ ...config, logLevel: 'error' })]);
    store = await assembleStore({ folder: join(folder, 'storage'), reserve: 0, onTrouble: () => {} });
    storage = await listen(store.app, 0);
    site = await listen(createRouter([], { access: NO_ACCESS, sites: [{ base: '', folder: join(folder, 'page'), surface: 'holder-app' }] }), 0);
    page = await browser.newPage();
    await page.goto(`${site.url.replace('127.0.0.1', 'localhost')}/`);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop(0);
    await storage?.stop(0);
    store?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  test('addresses are hashed in WebAssembly, and are those of Node', async () => {
    expect(await page.evaluate(() => testedRecords.isFast())).toBe(true);
    expect(await page.evaluate(() => testedRecords.reference(600_000))).toBe(referenceOf(new Uint8Array(600_000).fill(7)));
  });

  test('what a browser seals opens in Node, and the other way round', async () => {
    expect(await page.evaluate(() => testedRecords.publicKey(9))).toBe(keys.publicKey);
    const sealed = await page.evaluate((recipient) => testedRecords.seal(recipient, 'potassium'), keys.publicKey as string);
    expect(Buffer.from(await openWith(keys, sealed, { kind: 'test' })).toString()).toBe('potassium');
    const back = await sealTo(keys.publicKey, Buffer.from('sodium'), { kind: 'test' });
    expect(await page.evaluate((text) => testedRecords.open(9, text), back as string)).toBe('sodium');
  });

  test('a page of another origin keeps a record in the storage and fetches it', async () => {
    const kept = await page.evaluate(([url, meta]) => testedRecords.keepAndFetch(url, meta, 'potassium 4.1'), [storage.url, META] as const);
    expect(kept.text).toBe('potassium 4.1');
    const fetched = await createStorage({ url: storage.url, fetch: (url, init) => fetch(url, init as RequestInit) }).download(kept.reference as Reference, { maxBytes: 5000 });
    expect(Buffer.from(await openRecord(parseRecordKey(Uint8Array.from(kept.key)), META, fetched)).toString()).toBe('potassium 4.1');
    expect(await page.evaluate(([url, reference]) => testedRecords.fetchCode(url, reference), [storage.url, '0'.repeat(64)] as const)).toBe('chunk-unknown');
  });
});
