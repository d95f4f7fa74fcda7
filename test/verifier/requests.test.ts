import { describe, expect, test } from 'vitest';
import type { UnixSeconds } from '#passport';
import { createRequestBook } from '#verifier';
import { REQUEST_LIFETIME } from '#verifier/requests.ts';

const NOW = 1_795_350_600 as UnixSeconds;
const later = (seconds: number) => (NOW + seconds) as UnixSeconds;
const gone = expect.objectContaining({ code: 'request-invalid', field: 'request' });

describe('createRequestBook', () => {
  test('gives every request a name and a challenge of its own', () => {
    const book = createRequestBook();
    const made = Array.from({ length: 50 }, () => book.create({ policy: 'over-18' }, false, NOW));
    expect(new Set(made.map(({ id }) => id)).size).toBe(50);
    expect(new Set(made.map(({ ask }) => Buffer.from(ask.challenge).toString('hex'))).size).toBe(50);
    expect(made.every(({ ask }) => ask.challenge.length === 16)).toBe(true);
  });

  test('an answer is taken once, and in time', () => {
    const book = createRequestBook();
    const [first, second] = [book.create({ policy: 'over-18' }, true, NOW), book.create({}, false, NOW)];
    expect(book.find(first.id, NOW)).toBe(first);
    expect(book.take(first.id, later(REQUEST_LIFETIME - 1))).toBe(first);
    expect(() => book.take(first.id, NOW)).toThrow(gone);
    expect(() => book.find(second.id, later(REQUEST_LIFETIME))).toThrow(gone);
    expect(() => book.take('never made', NOW)).toThrow(gone);
  });

  test('a clock that was set back revives nothing and keeps nothing open', () => {
    const book = createRequestBook();
    const early = book.create({}, false, later(-1000));
    const ahead = book.create({}, false, later(1000));
    const late = book.create({}, false, NOW);
    expect(() => book.take(early.id, NOW)).toThrow(gone);
    expect(() => book.take(late.id, later(REQUEST_LIFETIME))).toThrow(gone);
    expect(book.take(ahead.id, later(REQUEST_LIFETIME))).toBe(ahead);
  });

  test('is not filled up by who makes requests and answers none', () => {
    const book = createRequestBook();
    for (let i = 0; i < 100_000; i++) book.create({}, false, NOW);
    expect(() => book.create({}, false, later(REQUEST_LIFETIME - 1))).toThrow(expect.objectContaining({ code: 'service-unavailable', field: 'requests' }));
    expect(book.create({}, false, later(REQUEST_LIFETIME)).ask.challenge).toHaveLength(16);
  });
});
