import { describe, expect, test } from 'vitest';
import { HealthpassError } from '#passport';
import { createMetrics, framesOf, nameOfError, parseTraceParent, traced, watchEventLoop } from '#server';

describe('watchEventLoop', () => {
  test('tells of a loop that stood still, and for how long', async () => {
    const stalls: number[] = [];
    const stop = watchEventLoop((seconds) => stalls.push(seconds), 20, 100);
    const begun = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const until = performance.now() + 300;
    while (performance.now() < until) ; // what a wrong regular expression does, or a large proof in the wrong thread
    await new Promise((resolve) => setTimeout(resolve, 60));
    stop();
    // The clock of the watch ticked 20 ms before it at most. A machine that has much else to do stands still longer, and at other times too.
    expect(Math.max(...stalls)).toBeGreaterThan(0.27);
    expect(stalls.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThan((performance.now() - begun) / 1000);
  });
});

describe('createMetrics', () => {
  test('counts requests by route, method and class of status', async () => {
    const metrics = createMetrics();
    const seen = { route: '/a', method: 'GET', seconds: 0.02 };
    for (const status of [200, 201, 404, 503]) metrics.of('issuer').request({ ...seen, status });
    metrics.of('verifier').request({ ...seen, method: 'zqcanary', status: 200 });
    const text = await metrics.text();
    for (const [status, count] of [['2xx', 2], ['4xx', 1], ['5xx', 1]]) expect(text).toContain(`healthpass_request_seconds_count{service="issuer",route="/a",method="GET",status="${status}"} ${count}`);
    expect(text).toContain('method="other"');
    expect(text).not.toContain('zqcanary');
  });

  test('reads gauges and checks when it is asked, and leaves out what cannot be read', async () => {
    const metrics = createMetrics();
    let holds = true;
    for (const [service, read] of [['issuer', () => 5], ['verifier', () => { throw new Error('no'); }]] as const) metrics.of(service).gauge('healthpass_sample', 'Sample', read);
    metrics.of('issuer').checks({ database: () => holds });
    expect(await metrics.text()).toMatch(/healthpass_issuer_check\{check="database"\} 1/);
    holds = false;
    const text = await metrics.text();
    expect([text.match(/^healthpass_sample\{.*$/gm), /healthpass_issuer_check\{check="database"\} 0/.test(text)]).toEqual([['healthpass_sample{service="issuer"} 5'], true]);
  });

  test('counts verdicts, credentials and stalls', async () => {
    const metrics = createMetrics();
    metrics.of('verifier').verdict({ outcome: 'accepted' });
    metrics.of('verifier').verdict({ outcome: 'refused', reason: 'root-superseded' });
    metrics.of('issuer').issued(3);
    metrics.stalled(2.5);
    const text = await metrics.text();
    for (const line of ['healthpass_verdicts_total{service="verifier",outcome="accepted",reason=""} 1', 'healthpass_verdicts_total{service="verifier",outcome="refused",reason="root-superseded"} 1',
      'healthpass_credentials_issued_total{service="issuer"} 3', 'healthpass_event_loop_stalls_total 1', 'healthpass_event_loop_stalled_seconds_total 2.5']) expect(text).toContain(line);
  });
});

describe('nameOfError and framesOf', () => {
  test.each<[string, unknown, string]>([
    ['a code of ours', new HealthpassError('list-full', 'zqcanary'), 'list-full'], ['the name of another', new TypeError('zqcanary'), 'TypeError'],
    ['a name that is none', Object.assign(new Error('x'), { name: 'zqcanary: John Doe' }), 'Error'], ['the type of what is no error', 'zqcanary', 'string'],
  ])('tell %s', (_name, error, name) => {
    expect(nameOfError(error)).toBe(name);
  });

  test('tell places in our files, and nothing that a message makes up', () => {
    expect(framesOf(new Error('zq\n    at a (/x/server/zqcanary.ts:1:2)')).join()).not.toContain('canary');
    const own = new HealthpassError('usage', 'x');
    own.stack = `HealthpassError: x\n    at f (file:///home/zqcanary/server/http/route.ts:5:7)\n    at g (/x/node_modules/a/server/b.ts:1:1)\n    at node:internal/x:1:1`;
    expect(framesOf(own)).toEqual(['server/http/route.ts:5']);
    own.stack = 'HealthpassError: x\n    at f (file:///home/zqcanary/records/gateway/records/read.ts:5:7)';
    expect(framesOf(own)).toEqual(['records/gateway/records/read.ts:5']);
    expect([framesOf('x'), framesOf(Object.assign(new Error('x'), { stack: undefined }))]).toEqual([[], []]);
  });
});

describe('parseTraceParent', () => {
  test('reads what is well-formed, and nothing else', () => {
    const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    expect(parseTraceParent(`00-${trace}-${span}-01`)).toEqual({ traceId: trace, spanId: span });
    for (const header of [undefined, '', 'zqcanary', `01-${trace}-${span}-01`, `00-${trace.toUpperCase()}-${span}-01`, `00-${'0'.repeat(32)}-${span}-01`, `00-${trace}-${'0'.repeat(16)}-01`, `00-${trace}-${span}-01-x`, `00-${trace}-${span}`]) {
      expect([header, parseTraceParent(header)]).toEqual([header, undefined]);
    }
  });
});

describe('traced', () => {
  test('changes nothing where no traces are sent', async () => {
    expect(await traced('work', async () => 5)).toBe(5);
    await expect(traced('work', () => Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
  });
});
