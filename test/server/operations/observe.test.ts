import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createLog, createMetrics, createRouter, NO_ACCESS, NO_LOG, observeRequests, quietConsole, route, type LogLevel } from '#server';

const CANARY = 'zqcanary';

function service(level: LogLevel = 'info', readable = false) {
  const lines: string[] = [];
  const log = createLog({ level, part: 'sample', write: (line) => lines.push(line), readable });
  const metrics = createMetrics();
  const app = createRouter([
    route({ method: 'get', path: '/things/:id', summary: 'Read', tag: 'things', permission: null, answers: { 200: { description: 'It' } }, run: () => ({}) }),
    route({
      method: 'get', path: '/broken', summary: 'Break', tag: 'things', permission: null, answers: { 200: { description: 'It' } },
      run: () => { throw new RangeError(`${CANARY}\n    at x (/${CANARY}/server/zq-canary.ts:1:1)`); },
    }),
  ], { access: NO_ACCESS, around: observeRequests({ log, metrics: metrics.of('sample'), isTraced: false }), report: (name, at) => log.error(`failed (${name})`, { at }) });
  return { app, lines, metrics };
}

describe('observeRequests', () => {
  test('logs one line a request: method, declared route, status, time, and an id', async () => {
    const { app, lines } = service();
    const response = await app.request(`/things/${CANARY}?a=${CANARY}`, { headers: { 'user-agent': CANARY } });
    const line = JSON.parse(lines[0]!) as Record<string, unknown>;
    expect([lines.length, line]).toEqual([1, { level: 'info', time: expect.stringMatching(/^\d{4}-/), part: 'sample', says: 'request', request: expect.stringMatching(/^[0-9a-f]{32}$/), method: 'GET', route: '/things/:id', status: 200, ms: expect.any(Number) }]);
    expect(response.headers.get('x-request-id')).toBe(line['request']);
  });

  test('a path that is none is logged as none, and a method that is none as other', async () => {
    const { app, lines, metrics } = service();
    await app.request(`/${CANARY}`);
    await app.request(new Request('http://localhost/things/1', { method: CANARY.toUpperCase() }));
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ route: 'none', method: 'GET', status: 404 }, { route: 'none', method: 'other', status: 404 }]);
    expect((await metrics.text()).toLowerCase()).not.toContain(CANARY);
  });

  test('an error that nobody foresaw is logged by its name and its place in our files, never by its words', async () => {
    const { app, lines } = service();
    expect((await app.request('/broken')).status).toBe(500);
    const [error, request] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect([error!['says'], request]).toEqual(['failed (RangeError)', expect.objectContaining({ level: 'warn', route: '/broken', status: 500 })]);
    expect(error!['at']).toEqual(expect.arrayContaining([expect.stringMatching(/^server\/http\/route\.ts:\d+$/)]));
    expect(lines.join('')).not.toMatch(/canary/);
  });

  test('is nothing at all where nothing is logged, counted or traced', () => {
    expect(observeRequests({ log: NO_LOG, isTraced: false })).toEqual([]);
    expect(service('warn').app).toBeInstanceOf(Hono);
  });
});

describe('createLog', () => {
  test.each<[LogLevel, number]>([['debug', 4], ['info', 3], ['warn', 2], ['error', 1], ['silent', 0]])('at level %s writes %i of four lines', (level, count) => {
    const lines: string[] = [];
    const log = createLog({ level, part: 'p', write: (line) => lines.push(line) });
    for (const name of ['debug', 'info', 'warn', 'error'] as const) log[name](name);
    expect(lines.length).toBe(count);
  });

  test('writes for people in a terminal', () => {
    const lines: string[] = [];
    createLog({ level: 'info', part: 'issuer', write: (line) => lines.push(line), readable: true }).of('chain').warn('cannot be read', { code: 'chain-unavailable' });
    expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d warn chain: cannot be read \(code=chain-unavailable\)\n$/)]);
  });
});

describe('quietConsole', () => {
  test('lets nothing of what a library writes into the log but the names of errors', () => {
    const lines: string[] = [];
    const target = { log() {}, info() {}, warn() {}, error() {}, debug() {}, trace() {}, dir() {} };
    quietConsole(target, createLog({ level: 'debug', part: 'library', write: (line) => lines.push(line) }));
    const write = target as unknown as Record<string, (...given: unknown[]) => void>;
    write['error']!('failed', new TypeError(CANARY), CANARY);
    write['log']!(CANARY);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ says: 'a library wrote to the console', errors: ['TypeError'] }, { says: 'a library wrote to the console' }]);
    expect(lines.join('')).not.toContain(CANARY);
  });
});
