// An app served as files: what stays, what is asked for anew, what is compressed, and that nothing outside its folder is served.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtSites, createRouter, freePort, listen, NO_ACCESS, type Listening } from '#server';

describe('a site', () => {
  let root: string;
  let served: Listening;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${served.url}${path}`, { headers, redirect: 'manual' });
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'site-'));
    const folder = join(root, 'app');
    await mkdir(join(folder, 'assets'), { recursive: true });
    await writeFile(join(root, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>app</title>');
    await writeFile(join(folder, 'assets', 'a-1.js'), 'plain');
    await writeFile(join(folder, 'assets', 'a-1.js.br'), 'brotli');
    const sites = builtSites({ base: '/app', folder, surface: 'app' }, { base: '/none', folder: join(root, 'none'), surface: 'app' }, { base: '/wallet', folder, surface: 'holder-app' });
    served = await listen(createRouter([], { access: NO_ACCESS, sites }), await freePort(0));
  });
  afterAll(async () => {
    await served?.stop(0);
    await rm(root, { recursive: true });
  });

  test('starts below its path', async () => {
    const bare = await get('/app');
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '/app/']);
    const start = await get('/app/');
    expect([start.status, start.headers.get('content-type'), start.headers.get('cache-control'), await start.text()]).toEqual([200, 'text/html; charset=utf-8', 'no-cache', '<!doctype html><title>app</title>']);
    expect(start.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
  });
  test('keeps what has its digest in its name for ever, and sends it compressed to who can read it', async () => {
    const compressed = await get('/app/assets/a-1.js', { 'accept-encoding': 'br' });
    expect([compressed.headers.get('content-encoding'), compressed.headers.get('cache-control')]).toEqual(['br', 'public, max-age=31536000, immutable']);
    const plain = await get('/app/assets/a-1.js', { 'accept-encoding': 'identity' });
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, 'plain']);
  });
  test.each(['/app/../secret.txt', '/app/%2e%2e/secret.txt', '/app/..%2fsecret.txt', '/app/assets/../../secret.txt', '/app//../secret.txt', '/app/%00'])('serves nothing from outside: %s', async (path) => {
    const answer = await get(path);
    expect([answer.status >= 400, await answer.text()]).toEqual([true, expect.not.stringContaining('secret')]);
  });
  test('has the headers that the documentation tells other hosts to set', async () => {
    const { headers } = await get('/wallet/');
    const operations = await readFile(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const told = [...(/```\n(Content-Security-Policy: [^]+?)```/.exec(operations)?.[1] ?? '').matchAll(/^([\w-]+): (.+)$/gm)].map(([, name, value]) => [name!, value]);
    expect(told.length).toBeGreaterThan(5);
    expect(told.map(([name]) => [name, headers.get(name!)])).toEqual(told);
  });
  test('what was not built is not there', async () => expect((await get('/none/')).status).toBe(404));
  test('what is not there is told as everywhere', async () => expect(await (await get('/app/none.js')).json()).toMatchObject({ code: 'not-found', status: 404 }));
});
