import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { endOnSignals } from '#server';

/** What stands in for `process`: the same events, and exits that are noted. */
function start(stop: () => Promise<unknown>, limit = 60_000) {
  const events = new EventEmitter();
  const exits: number[] = [];
  const told: string[] = [];
  endOnSignals({ on: (name, listener) => events.on(name, listener), exit: (code) => exits.push(code) }, { stop, onTrouble: (says) => told.push(says), limit: () => limit });
  return { emit: (name: string, value?: unknown) => events.emit(name, value), exits, told };
}
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

describe('endOnSignals', () => {
  test.each(['SIGTERM', 'SIGINT'])('ends in order at %s, and once', async (signal) => {
    let stops = 0;
    const running = start(async () => void stops++);
    running.emit(signal);
    await pause(10);
    expect([stops, running.exits, running.told]).toEqual([1, [0], []]);
  });

  test('ends at once at the second signal', async () => {
    const running = start(() => new Promise(() => {}));
    running.emit('SIGTERM');
    await pause(10);
    expect(running.exits).toEqual([]);
    running.emit('SIGINT');
    expect(running.exits).toEqual([1]);
  });

  test('ends after a bounded time when what runs does not', async () => {
    const running = start(() => new Promise(() => {}), 30);
    running.emit('SIGTERM');
    await pause(80);
    expect([running.exits, running.told]).toEqual([[1], ['it did not end in time and is ended at once']]);
  });

  test('says by name only what went wrong at the end', async () => {
    const running = start(() => Promise.reject(new RangeError('zqcanary')));
    running.emit('SIGTERM');
    await pause(10);
    expect([running.exits, running.told]).toEqual([[1], ['it did not end in order (RangeError)']]);
  });

  test.each(['uncaughtException', 'unhandledRejection'])('ends with 1 at an %s, and says its name without its words', (event) => {
    const running = start(async () => {});
    running.emit(event, new TypeError('zqcanary'));
    expect([running.exits, running.told]).toEqual([[1], ['an error that nobody caught ends it (TypeError)']]);
  });
});
