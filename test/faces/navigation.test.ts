// Where in an app somebody is, read from the fragment of an address that anybody may have written.
import { describe, expect, test } from 'vitest';
import { readPlace, to } from '#faces/navigation.ts';

describe('readPlace', () => {
  test.each([
    ['', [], {}], ['#', [], {}], ['#/', [], {}], ['#/cards/12', ['cards', '12'], {}], ['#/add?offer=a%3Ab&x=', ['add'], { offer: 'a:b', x: '' }],
    ['#/a%2Fb/c', ['a/b', 'c'], {}], ['#/%E0%A4%A/x', ['%E0%A4%A', 'x'], {}], ['#//a//', ['a'], {}],
  ])('%s', (fragment, path, query) => {
    const place = readPlace(fragment);
    expect([place.path, Object.fromEntries(place.query)]).toEqual([path, query]);
  });
  test('reads what `to` writes', () => expect(readPlace(to('cards', 'urn:uuid:1/2?3')).path).toEqual(['cards', 'urn:uuid:1/2?3']));
});
