// What holds connections open, sends slowly or asks for too much at once, against a real server.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createRouter, freePort, listen, NO_ACCESS, route, type Listening } from '#server';
import { LIMITS_OF_CONNECTIONS } from '#server/http/listen.ts';

const answers = { 200: { description: 'Done', schema: z.object({}) } };
const anybody = { summary: 'Do it', tag: 'test', permission: null, answers } as const;
/** Requests to `/held` that are under way: each is answered when it is let go. */
const held: (() => void)[] = [];
const app = (maxInFlight?: number) => createRouter([
  route({ ...anybody, method: 'get', path: '/', run: () => ({}) }),
  route({ ...anybody, method: 'get', path: '/held', run: () => new Promise((resolve) => held.push(() => resolve({}))) }),
  route({ ...anybody, method: 'post', path: '/', body: { schema: z.looseObject({}), maxBytes: 1000 }, run: () => ({}) }),
], { access: NO_ACCESS, ...(maxInFlight === undefined ? {} : { maxInFlight }) });

let service: Listening;
afterEach(() => service.stop(0));
const start = async (limits: Partial<typeof LIMITS_OF_CONNECTIONS> = {}, maxInFlight?: number) => (service = await listen(app(maxInFlight), 0, '127.0.0.1', { ...LIMITS_OF_CONNECTIONS, ...limits }));

/** Sends a piece every so often, and says what came back once the connection was ended, and after how many: on a machine that stands still, none are sent. */
function trickle(pieces: readonly string[], every = 50): Promise<{ text: string; sent: number }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    let text = '';
    let sent = 0;
    const timer = setInterval(() => socket.write(pieces[Math.min(sent++, pieces.length - 1)]!), every);
    socket.on('data', (data) => { text += data.toString(); }).on('error', () => {}).on('close', () => { clearInterval(timer); resolve({ text, sent }); });
  });
}

describe('listen', () => {
  test('who sends a head letter by letter is cut off (slow-loris)', async () => {
    await start({ headers: 400, request: 800 });
    const { text, sent } = await trickle(['GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ', 'a']);
    expect([text, sent < 60]).toEqual([expect.stringMatching(/^HTTP\/1\.1 408 /), true]);
  });
  test('who announces a body and sends it letter by letter is cut off', async () => {
    await start({ headers: 300, request: 600 });
    const { sent } = await trickle(['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n', ' ']);
    expect(sent).toBeLessThan(60);
    expect((await fetch(service.url)).status).toBe(200);
  });
  test('who connects and says nothing is cut off', async () => {
    await start({ headers: 300, request: 600 });
    expect((await trickle([''])).sent).toBeLessThan(60);
  });
  test('a head of more than 16 kB is not read', async () => {
    await start();
    expect((await trickle([`GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, ''], 20)).text).toMatch(/^HTTP\/1\.1 431 /);
  });
  test('a hundred who hold connections keep nobody else waiting', async () => {
    await start({ headers: 2000, request: 2500 });
    const holding = Array.from({ length: 100 }, () => trickle(['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n', ' '], 100));
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (let i = 0; i < 20; i++) expect((await fetch(service.url)).status).toBe(200);
    await Promise.all(holding);
  });
  test('beyond as many connections as are allowed, new ones are closed', async () => {
    await start({ connections: 2 });
    const port = Number(new URL(service.url).port);
    const [first, second] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await Promise.all([first, second].map((socket) => once(socket, 'connect')));
    const third = connect(port, '127.0.0.1').on('error', () => {});
    await once(third, 'close');
    expect([first.closed, second.closed]).toEqual([false, false]);
    for (const socket of [first, second]) socket.destroy();
  });
});

describe('freePort', () => {
  test('gives a port to nobody else until a service listens there', async () => {
    const port = await freePort(0);
    expect((await freePort(port.number)).number).toBe(port.number); // who wants that one and no other is told when it listens
    await expect(listen(app(), port.number)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const other = await freePort(port.number, { orAny: true });
    expect(other.number).not.toBe(port.number);
    other.release();
    service = await listen(app(), port);
    expect([service.url, (await fetch(service.url)).status]).toEqual([`http://127.0.0.1:${port.number}`, 200]);
  });
});

describe('a service that is overloaded', () => {
  test('says so at once, while those that it took are under way, and is there again when they are done', async () => {
    await start({}, 20);
    const agent = new Agent({ keepAlive: true, maxSockets: 40 });
    const get = (path: string) => new Promise<number>((resolve, reject) => {
      request(service.url + path, { agent }, (response) => response.resume().on('end', () => resolve(response.statusCode!))).on('error', reject).end();
    });
    const all = (count: number, path: string) => Promise.all(Array.from({ length: count }, () => get(path)));
    expect(new Set(await all(10, '/'))).toEqual(new Set([200]));
    const taken = all(20, '/held');
    await expect.poll(() => held.length).toBe(20);
    for (let round = 0; round < 10; round++) expect(new Set(await all(10, '/'))).toEqual(new Set([503])); // nothing goes on behind it: none of them waited for a place
    for (const letGo of held.splice(0)) letGo();
    expect(new Set(await taken)).toEqual(new Set([200]));
    expect(await get('/')).toBe(200);
    agent.destroy();
  });
});
