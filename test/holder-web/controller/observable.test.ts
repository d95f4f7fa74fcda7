// The shape in which pages watch the wallet.
import { describe, expect, test } from 'vitest';
import { HealthpassError } from '#passport';
import { failureOf } from '#wallet-app/failure.ts';
import { createCell } from '#wallet-app/observable.ts';

describe('createCell', () => {
  test('tells each change once to everybody who still listens, and nothing that is no change', () => {
    const cell = createCell(1);
    const [first, second]: [number[], number[]] = [[], []];
    const end = cell.subscribe((state) => first.push(state));
    cell.subscribe((state) => second.push(state));
    cell.set(2);
    cell.set(2);
    end();
    cell.set(3);
    expect([cell.get(), first, second]).toEqual([3, [2], [2, 3]]);
  });
});

describe('failureOf', () => {
  test('a page is told a code and a field, not the message; a fault of the program goes on', () => {
    expect(failureOf(new HealthpassError('wallet-locked', 'said to programs', { field: 'passphrase' }))).toEqual({ code: 'wallet-locked', field: 'passphrase' });
    expect(failureOf(Object.assign(new HealthpassError('request-invalid', 'said to programs'), { attemptsLeft: 2 }))).toEqual({ code: 'request-invalid', field: undefined, attemptsLeft: 2 });
    expect(() => failureOf(new TypeError('a fault'))).toThrow('a fault');
  });
});
