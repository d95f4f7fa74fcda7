import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES, HealthpassError } from '#passport';
import { HTTP_STATUS, parseInput, problemResponse } from '#server';

const CANARY = 'zqcanary';

async function answerTo(error: unknown): Promise<{ status: number; body: string; reported: string[] }> {
  const reported: string[] = [];
  const app = new Hono();
  app.onError((thrown, context) => problemResponse(thrown, context, (name) => reported.push(name)));
  app.get('/', () => { throw error; });
  const response = await app.request('/');
  return { status: response.status, body: await response.text(), reported };
}

describe('problemResponse', () => {
  test.each(ERROR_CODES)('tells %s with its status', async (code) => {
    const { status, body, reported } = await answerTo(new HealthpassError(code, 'what is wrong', { field: 'here', cause: new Error(CANARY) }));
    expect([status, JSON.parse(body), reported]).toEqual([HTTP_STATUS[code], { type: 'about:blank', title: 'what is wrong', status: HTTP_STATUS[code], code, field: 'here' }, []]);
  });

  test('tells of an unforeseen error nothing but that there was one', async () => {
    const { status, body, reported } = await answerTo(new RangeError(CANARY));
    expect([status, JSON.parse(body), reported]).toEqual([500, expect.objectContaining({ code: 'internal' }), ['RangeError']]);
    expect(body).not.toContain(CANARY);
  });

  test('tells what the framework refuses as a problem too, without its words', async () => {
    const { status, body } = await answerTo(new HTTPException(418, { message: CANARY }));
    expect([status, JSON.parse(body)]).toEqual([418, expect.objectContaining({ status: 418, code: 'internal' })]);
    expect(body).not.toContain(CANARY);
  });
});

describe('parseInput', () => {
  const schema = z.strictObject({ a: z.strictObject({ b: z.array(z.int()) }), c: z.string().regex(/^x$/).optional() });
  const field = (input: unknown): string => {
    try {
      parseInput(schema, input);
      return 'read';
    } catch (error) {
      const { code, field: path, message } = error as HealthpassError;
      expect([code, message.includes(CANARY)]).toEqual(['request-invalid', false]);
      return path!;
    }
  };
  test('names the field that is wrong, and never what was sent', () => {
    expect(field({ a: { b: [1] } })).toBe('read');
    expect([undefined, null, CANARY, []].map(field)).toEqual(['body', 'body', 'body', 'body']);
    expect([{ a: { b: [1, CANARY] } }, { a: {} }, { a: { b: [] }, c: CANARY }, { a: { b: [], [CANARY]: 1 } }, { a: { b: [] }, [CANARY]: 1 }].map(field)).toEqual(['a.b.1', 'a.b', 'c', 'a', 'body']);
  });
});
