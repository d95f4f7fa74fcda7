// How texts are filled, and that what is put in cannot turn the words around it over.
import { describe, expect, test } from 'vitest';
import { fill, pieces, placesOf } from '#faces/words/words.ts';

const name = (value: string) => `\u2068${value}\u2069`;

describe('fill', () => {
  test('puts names and numbers in their places, numbers as the language writes them', () => {
    expect(fill('{who} has {count} cards', { who: 'Ana', count: 1234.5 }, 'de')).toBe(`${name('Ana')} has 1.234,5 cards`);
  });
  test('leaves a place that nothing is given for as it is', () => expect(fill('for {who}', {}, 'en')).toBe('for {who}'));
  test.each([
    ['en', 1, 'one day'], ['en', 2, '2 days'], ['ar', 0, 'zero'], ['ar', 1, 'one day'], ['ar', 2, 'two'], ['ar', 5, 'few'], ['ar', 11, 'many'],
  ])('chooses the plural form of %s for %i', (language, count, expected) => {
    expect(fill({ zero: 'zero', one: 'one day', two: 'two', few: 'few', many: 'many', other: '{count} days' }, { count }, language)).toBe(expected);
  });
  test('takes the general form where the language has one that is not there', () => expect(fill({ other: 'some' }, { count: 3 }, 'ar')).toBe('some'));
  test('a name with characters that reorder text is shut in with them taken out', () => {
    const shown = fill('{who} pays', { who: 'A\u202eevil\u2069' }, 'en');
    expect(shown).toBe(`${name('Aevil')} pays`);
  });
  test('a name that looks like a place stays a name', () => expect(fill('{who}', { who: '{count}', count: 3 }, 'en')).toBe(name('{count}')));
});

describe('pieces', () => {
  test('gives elements their places between the words', () => {
    expect(pieces('Read {link} before {count} days', { link: 7 }, 'en', { count: 2 })).toEqual(['Read ', 7, ' before ', '2', ' days']);
  });
});

describe('placesOf', () => {
  test('names each place once, over all forms', () => expect(placesOf({ one: '{who} {count}', other: '{count} {who} {when}' })).toEqual(['count', 'when', 'who']));
});
