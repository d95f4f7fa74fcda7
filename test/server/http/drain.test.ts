// A service that is told to end, with clients at every stage of a request.
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { afterEach, describe, expect, test } from 'vitest';
import { listen, type Listening } from '#server';

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const running: Listening[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const service of running.splice(0)) await service.stop(0);
});

async function start() {
  const seen: string[] = [];
  const app = new Hono();
  app.get('/slow', async (context) => {
    seen.push('began');
    await pause(400);
    seen.push('ended');
    return context.text('all of it');
  });
  app.get('/never', () => new Promise<Response>(() => {}));
  app.get('/fast', (context) => context.text('now'));
  app.post('/read', async (context) => context.text(String((await context.req.text()).length)));
  app.get('/events', (context) => streamSSE(context, async (stream) => {
    seen.push('streaming');
    stream.onAbort(() => { seen.push('aborted'); });
    while (!stream.aborted) { await stream.writeSSE({ data: 'here' }); await pause(20); }
  }));
  const service = await listen(app, 0);
  running.push(service);
  return { service, seen, port: Number(new URL(service.url).port) };
}

/** A connection of our own, to see what stands on it and when it ends. */
async function open(port: number): Promise<{ socket: Socket; text: () => string; ended: Promise<void> }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => {});
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return { socket, text: () => text, ended };
}

/** How often a clock ticks meanwhile, every 10 ms at most: on a machine that stands still it stands still too. */
async function ticksOf(work: Promise<unknown>): Promise<number> {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  await work.finally(() => clearInterval(timer));
  return ticks;
}

describe('stop', () => {
  test('finishes what runs, and takes nothing new', async () => {
    const { service, seen } = await start();
    const slow = fetch(`${service.url}/slow`);
    while (!seen.includes('began')) await pause(5);
    const stopped = service.stop();
    await expect(fetch(`${service.url}/fast`)).rejects.toThrow();
    const answer = await slow;
    expect([answer.status, await answer.text(), answer.headers.get('connection')]).toEqual([200, 'all of it', 'close']);
    await stopped;
    expect(seen).toEqual(['began', 'ended']);
  });

  test('loses none of many requests that are under way', async () => {
    const { service, seen } = await start();
    const answers = Array.from({ length: 100 }, () => fetch(`${service.url}/slow`).then((response) => response.text()));
    while (seen.filter((what) => what === 'began').length < 100) await pause(5);
    await service.stop();
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['all of it']));
  });

  test('closes connections that are kept alive and idle at once', async () => {
    const { service, port } = await start();
    const idle = await open(port);
    idle.socket.write('GET /fast HTTP/1.1\r\nHost: x\r\n\r\n');
    while (!idle.text().endsWith('now')) await pause(5);
    expect(await ticksOf(service.stop())).toBeLessThan(100);
    await idle.ended;
  });

  test('ends streams of events, and whoever writes them hears of it', async () => {
    const { service, seen, port } = await start();
    const reader = await open(port);
    reader.socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n');
    while (!reader.text().includes('data: here')) await pause(5);
    expect(await ticksOf(service.stop())).toBeLessThan(100);
    await reader.ended;
    while (!seen.includes('aborted')) await pause(10);
    expect(seen).toEqual(['streaming', 'aborted']);
  });

  test.each<[string, string]>([
    ['never gets an answer', 'GET /never HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['sends half a head and falls silent (slow-loris)', 'GET /fast HTTP/1.1\r\nHo'],
    ['sends a part of the body that it announced', 'POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab'],
  ])('waits no longer than it is told for who %s', async (_name, sent) => {
    const { service, port } = await start();
    const client = await open(port);
    client.socket.write(sent);
    await pause(50);
    expect(await ticksOf(service.stop(300))).toBeLessThan(200);
    await client.ended;
  });

  test('a client that went away without a word keeps nobody waiting', async () => {
    const { service, seen, port } = await start();
    const client = await open(port);
    client.socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    while (!seen.includes('began')) await pause(5);
    client.socket.resetAndDestroy();
    expect(await ticksOf(service.stop())).toBeLessThan(200);
  });
});
