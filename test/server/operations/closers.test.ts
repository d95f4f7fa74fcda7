import { describe, expect, test } from 'vitest';
import { createClosers } from '#server';

describe('createClosers', () => {
  test('ends what was started in the opposite order, once', async () => {
    const ended: string[] = [];
    const closers = createClosers();
    for (const name of ['chain', 'database', 'service']) closers.add(async () => { await Promise.resolve(); ended.push(name); });
    await Promise.all([closers.stop(), closers.stop()]);
    expect(ended).toEqual(['service', 'database', 'chain']);
  });

  test('one end that fails keeps no other from ending, and is told at the end', async () => {
    const ended: string[] = [];
    const closers = createClosers();
    closers.add(() => ended.push('chain'));
    closers.add(() => { throw new RangeError('no'); });
    closers.add(() => ended.push('service'));
    await expect(closers.stop()).rejects.toThrow(RangeError);
    expect(ended).toEqual(['service', 'chain']);
  });
});
