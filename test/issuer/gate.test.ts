import { describe, expect, test } from 'vitest';
import { createGate } from '#issuer/gate.ts';

/** A promise and what settles it. */
function door() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('createGate', () => {
  test('lets work go on side by side, waits for it before a pause, and lets nothing in during one', async () => {
    const gate = createGate();
    const log: string[] = [];
    const [first, pause] = [door(), door()];
    const work = async (name: string, until: Promise<void> = Promise.resolve()) => {
      log.push(`${name} begins`);
      await until;
      log.push(`${name} ends`);
    };
    const all = [gate.pass(() => work('a', first.opened)), gate.pass(() => work('b'))];
    await settle();
    all.push(gate.pause(() => work('pause', pause.opened)), gate.pass(() => work('c')));
    await settle();
    expect(log).toEqual(['a begins', 'b begins', 'b ends']);
    first.open();
    await settle();
    expect(log.slice(3)).toEqual(['a ends', 'pause begins']);
    pause.open();
    await Promise.all(all);
    expect(log.slice(5)).toEqual(['pause ends', 'c begins', 'c ends']);
  });

  test('opens again after work or a pause that failed', async () => {
    const gate = createGate();
    const failing = () => Promise.reject(new Error('broken'));
    await expect(gate.pass(failing)).rejects.toThrow('broken');
    await expect(gate.pause(failing)).rejects.toThrow('broken');
    await expect(gate.pass(async () => 'through')).resolves.toBe('through');
  });

  test('pauses follow one another', async () => {
    const gate = createGate();
    let inside = 0;
    await Promise.all(Array.from({ length: 5 }, () => gate.pause(async () => {
      expect(++inside).toBe(1);
      await settle();
      inside--;
    })));
  });
});
