// What holds connections open, sends slowly or asks for too much at once, against a real server.
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createRouter, listen, NO_ACCESS, route, type Listening } from '#server';
import { LIMITS_OF_CONNECTIONS } from '#server/http/listen.ts';

const answers = { 200: { description: 'Done', schema: z.object({}) } };
const anybody = { summary: 'Do it', tag: 'test', permission: null, answers } as const;
const app = (maxInFlight?: number) => createRouter([
  route({ ...anybody, method: 'get', path: '/', run: () => ({}) }),
  route({ ...anybody, method: 'get', path: '/slow', run: async () => { await new Promise((resolve) => setTimeout(resolve, 1500)); return {}; } }),
  route({ ...anybody, method: 'post', path: '/', body: { schema: z.looseObject({}), maxBytes: 1000 }, run: () => ({}) }),
], { access: NO_ACCESS, ...(maxInFlight === undefined ? {} : { maxInFlight }) });

let service: Listening;
afterEach(() => service.stop(0));
const start = async (limits: Partial<typeof LIMITS_OF_CONNECTIONS> = {}, maxInFlight?: number) => (service = await listen(app(maxInFlight), 0, '127.0.0.1', { ...LIMITS_OF_CONNECTIONS, ...limits }));

/** Sends a piece every so often, and says what came back once the connection was ended, and when. */
function trickle(pieces: readonly string[], every: number): Promise<{ text: string; after: number }> {
  return new Promise((resolve) => {
    const [begun, socket] = [Date.now(), connect(Number(new URL(service.url).port), '127.0.0.1')];
    let text = '';
    let next = 0;
    const timer = setInterval(() => socket.write(pieces[Math.min(next++, pieces.length - 1)]!), every);
    socket.on('data', (data) => { text += data.toString(); }).on('error', () => {}).on('close', () => { clearInterval(timer); resolve({ text, after: Date.now() - begun }); });
  });
}

describe('listen', () => {
  test('who sends a head letter by letter is cut off (slow-loris)', async () => {
    await start({ headers: 400, request: 800 });
    const { text, after } = await trickle(['GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ', 'a'], 50);
    expect([text, after < 3000]).toEqual([expect.stringMatching(/^HTTP\/1\.1 408 /), true]);
  });
  test('who announces a body and sends it letter by letter is cut off', async () => {
    await start({ headers: 300, request: 600 });
    const { after } = await trickle(['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n', ' '], 50);
    expect(after).toBeLessThan(3000);
    expect((await fetch(service.url)).status).toBe(200);
  });
  test('who connects and says nothing is cut off', async () => {
    await start({ headers: 300, request: 600 });
    expect((await trickle([''], 10_000)).after).toBeLessThan(3000);
  });
  test('a head of more than 16 kB is not read', async () => {
    await start();
    expect((await trickle([`GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, ''], 20)).text).toMatch(/^HTTP\/1\.1 431 /);
  });
  test('a hundred who hold connections keep nobody else waiting', async () => {
    await start({ headers: 2000, request: 2500 });
    const held = Array.from({ length: 100 }, () => trickle(['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n', ' '], 100));
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (let i = 0; i < 20; i++) expect((await fetch(service.url)).status).toBe(200);
    await Promise.all(held);
  });
  test('beyond as many connections as are allowed, new ones are closed', async () => {
    await start({ connections: 2, headers: 2000, request: 2000 });
    const held = [trickle([''], 10_000), trickle([''], 10_000)];
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await trickle(['GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'], 10)).after).toBeLessThan(1500);
    await Promise.all(held);
  });
});

describe('a service that is overloaded', () => {
  test('says so within 50 ms at the 99th percentile (or as fast as this machine answers at all), and is there again at once', async () => {
    await start({}, 20);
    const agent = new Agent({ keepAlive: true, maxSockets: 40 });
    const get = (path: string) => new Promise<{ status: number; took: number }>((resolve, reject) => {
      const begun = performance.now();
      request(service.url + path, { agent }, (response) => response.resume().on('end', () => resolve({ status: response.statusCode!, took: performance.now() - begun }))).on('error', reject).end();
    });
    const rounds = async (count: number) => {
      const answers = [];
      for (let round = 0; round < count; round++) answers.push(...(await Promise.all(Array.from({ length: 10 }, () => get('/')))));
      return { statuses: [...new Set(answers.map(({ status }) => status))], p99: answers.map(({ took }) => took).toSorted((a, b) => a - b)[Math.floor(answers.length * 0.99)]! };
    };
    const usual = await rounds(30);
    const busy = Promise.all(Array.from({ length: 20 }, () => get('/slow')));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const overloaded = await rounds(30);
    expect((await busy).every(({ status }) => status === 200)).toBe(true);
    expect([usual.statuses, overloaded.statuses, (await get('/')).status]).toEqual([[200], [503], 200]);
    expect(overloaded.p99).toBeLessThan(Math.max(50, 3 * usual.p99));
    agent.destroy();
  });
});
