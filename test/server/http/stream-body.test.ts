import { describe, expect, test } from 'vitest';
import { createRouter, listen, NO_ACCESS, route } from '#server';

const CANARY = 'zqcanary';

/** Rows one by one, broken off after so many. */
const rows = (type: string, count: number, breaks: boolean) => {
  let sent = 0;
  return new Response(new ReadableStream({
    pull(controller) {
      if (sent++ < count) controller.enqueue(new TextEncoder().encode(`{"row":${sent}}\n`));
      else if (breaks) controller.error(new RangeError(CANARY));
      else controller.close();
    },
  }), { headers: { 'content-type': type } });
};

describe('a body that is made while it is sent', () => {
  const ask = async (breaks: boolean, count = 3) => {
    const reported: string[] = [];
    const app = createRouter([
      route({ method: 'get', path: '/rows', summary: 'Rows', tag: 'rows', permission: null, answers: { 200: { description: 'Rows', mediaType: 'application/x-ndjson' } }, run: () => rows('application/x-ndjson', count, breaks) }),
    ], { access: NO_ACCESS, report: (name) => reported.push(name) });
    const service = await listen(app, 0);
    try {
      const text = await fetch(`${service.url}/rows`).then((response) => response.text()).catch(() => 'broken off');
      return { text, reported };
    } finally {
      await service.stop(0);
    }
  };

  test('arrives whole', async () => {
    expect(await ask(false)).toEqual({ text: '{"row":1}\n{"row":2}\n{"row":3}\n', reported: [] });
  });

  test('is not made for whoever asks for its head alone (HEAD)', async () => {
    let held = 0;
    const endless = () => new Response(new ReadableStream({ start: () => void held++, cancel: () => void held-- }), { headers: { 'content-type': 'text/event-stream' } });
    const app = createRouter([
      route({ method: 'get', path: '/events', summary: 'Events', tag: 'events', permission: null, answers: { 200: { description: 'Events', mediaType: 'text/event-stream' } }, run: endless }),
    ], { access: NO_ACCESS });
    const { status, headers, body } = await app.request('/events', { method: 'HEAD' });
    expect([status, headers.get('content-type'), body, held]).toEqual([200, 'text/event-stream', null, 0]);
  });

  test.each([3, 0])('and breaks off after %i rows breaks the connection, without a word of why', async (count) => {
    expect(await ask(true, count)).toEqual({ text: 'broken off', reported: ['RangeError'] });
  });
});
