// Which epochs are published, and for whom they are wrapped.
import { describe, expect, test } from 'vitest';
import type { UnixSeconds } from '#passport';
import { expiries } from '#records/model/consent/index.ts';
import { lostCategories, neededKeys, planAnew, planChange, type Consented, type EpochHead } from '#records/model/exchange/plan.ts';
import { DOCTOR, NOW, policy, UNTIL } from '../consent/sample.ts';

const at = (seconds: number) => (NOW + seconds) as UnixSeconds;
const begins = at(1000);
const permission: Consented = { id: 'permission', policy: policy({ categories: ['results', 'imaging'] }) };
const denial: Consented = { id: 'denial', policy: policy({ effect: 'deny', categories: ['results'], from: begins }) };
const numbering = { epochs: [], now: NOW, least: 1 };
const sinceOf = (epochs: readonly EpochHead[], category: string) => epochs.filter((one) => one.category === category).map(({ since }) => since);

describe('a denial that begins later', () => {
  const consents = [permission, denial];
  const epochs = planChange([permission], consents, numbering);

  test('has an epoch of its own from then on, published ahead, since wallets sleep', () => {
    expect(sinceOf(epochs, 'results')).toEqual([NOW, begins]);
    expect(sinceOf(planAnew(['results', 'imaging'], consents, numbering), 'results')).toEqual([NOW, begins]);
    expect(sinceOf(planAnew(['results', 'imaging'], consents, numbering), 'imaging')).toEqual([NOW, UNTIL]);
  });

  test('leaves whom it denies no key of what is written then', () => {
    const { epochs: wrapped } = neededKeys(permission, { consents, epochs: planAnew(['results', 'imaging'], consents, numbering), records: [], now: NOW });
    expect(sinceOf(wrapped, 'results')).toEqual([NOW]);
    expect(sinceOf(wrapped, 'imaging')).toEqual([NOW]);
  });

  test('is published ahead once: nothing that is foreseen is left to be published', () => {
    const published = planAnew(['results', 'imaging'], consents, numbering);
    for (const { at: end, categories } of expiries(consents.map((one) => one.policy), NOW)) for (const category of categories) expect(sinceOf(published, category)).toContain(end);
  });
});

describe('a denial that excepts something', () => {
  const excepting: Consented = { id: 'excepting', policy: policy({ effect: 'deny', exceptions: [{ categories: ['results'] }] }) };

  test('gives nobody a key: whoever loses the permission beside it loses the category', () => {
    expect(neededKeys(excepting, { consents: [excepting], epochs: [{ category: 'results', epoch: 1, since: NOW }], records: [], now: NOW })).toEqual({ epochs: [], signatures: [], records: [] });
    expect(lostCategories([permission, excepting], [excepting], NOW)).toEqual(['results']);
  });

  test('ends without new keys: nobody had any by it', () => {
    expect(lostCategories([excepting], [], NOW)).toEqual([]);
    expect(expiries([excepting.policy], NOW)).toEqual([]);
    expect(lostCategories([{ id: 'other', policy: policy({ recipient: DOCTOR }) }, excepting], [{ id: 'other', policy: policy({ recipient: DOCTOR }) }], NOW)).toEqual([]);
  });
});
