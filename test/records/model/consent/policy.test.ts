// The canonical form of a policy, its word on chain, its description, and who acts for a patient.
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import {
  assertFreshSalt, assertWordMatches, CLEARED_WORD, createSalt, describePolicy, encodePolicy, encodeScope, grantWord, GRANT_SECONDS_MAX, MANDATE_SCOPES, mayDelegate, parseGrantWord,
  parsePolicy, parseScope, type Choices, type GrantWord,
} from '#records/model/consent/index.ts';
import { CATEGORIES, ORDINARY_CATEGORIES } from '#records/model/record.ts';
import { PURPOSES } from '#records/model/purposes.ts';
import type { UnixSeconds } from '#passport';
import { DOCTOR, FROM, HOSPITAL, LABORATORY, NOW, NURSE, policy, recordId, STRANGER, UNTIL } from './sample.ts';

const invalid = (field: string) => expect.objectContaining({ code: 'policy-invalid', field });
const parsed = (more: Partial<Choices>) => parsePolicy(JSON.parse(JSON.stringify(policy(more))));
const SALT = new Uint8Array(32).map((_, i) => i + 1);

describe('parsePolicy', () => {
  test('what says the same is the same bytes', () => {
    const one = policy({ purposes: ['CAREMGT', 'TREAT', 'TREAT'], categories: ['vitals', 'allergies'], exceptions: [{ records: [recordId(2)] }, { actors: [NURSE] }, { records: [recordId(1), recordId(2)] }] });
    const other = policy({ purposes: ['TREAT', 'CAREMGT'], categories: ['allergies', 'vitals'], exceptions: [{ actors: [NURSE] }, { records: [recordId(1), recordId(2)] }] });
    expect(encodePolicy(one)).toBe(encodePolicy(other));
    expect(encodePolicy(parsePolicy(JSON.parse(encodePolicy(one))))).toBe(encodePolicy(one));
    expect(encodePolicy(policy())).toBe(`{"actions":["read"],"effect":"permit","exceptions":[],"from":${FROM},"recipient":"${HOSPITAL}","until":${UNTIL},"version":1}`);
  });

  test('a limit that limits nothing is none', () => {
    expect(parsed({ purposes: PURPOSES, dataPeriod: {} })).toEqual(policy());
    expect(parsed({ purposes: ['TREAT'], exceptions: [{ categories: ['results'], purposes: ['TREAT', 'HRESCH'], actors: [HOSPITAL, DOCTOR], period: { from: 0 as UnixSeconds, until: UNTIL } }] }))
      .toEqual(policy({ purposes: ['TREAT'], exceptions: [{ categories: ['results'] }] }));
  });

  test.each<[string, Partial<Choices>, string]>([
    ['no time at all', { until: FROM }, 'until'],
    ['more than ten years', { until: (FROM + GRANT_SECONDS_MAX + 1) as UnixSeconds }, 'until'],
    ['an exception that takes everything back', { purposes: ['TREAT'], exceptions: [{ purposes: ['TREAT'] }] }, 'exceptions.0'],
    ['records and authors at once', { records: [recordId(1)], authors: [LABORATORY] }, 'authors'],
    ['days in the wrong order', { exceptions: [{ dataPeriod: { from: '2026-01-02', until: '2026-01-01' } }] }, 'exceptions.0.dataPeriod'],
    ['times in the wrong order', { exceptions: [{ period: { from: NOW, until: NOW } }] }, 'exceptions.0.period'],
    ['an empty list, which would be anything or nothing', { purposes: [] }, 'purposes'],
    ['a purpose of nobody', { purposes: ['__proto__' as never] }, 'purposes.0'],
    ['an address in capitals', { recipient: '0xABCDEF0000000000000000000000000000000000' as never }, 'recipient'],
    ['a time beyond the word', { until: 2 ** 40 as UnixSeconds }, 'until'],
    ['something that nobody enforces', { exceptions: [{ weekdays: [1] } as never] }, 'exceptions.0'],
    ['ten thousand exceptions', { exceptions: Array.from({ length: 10_000 }, () => ({ actors: [DOCTOR] })) }, 'exceptions'],
  ])('refuses %s', (_, more, field) => expect(() => parsed(more)).toThrow(invalid(field)));
});

describe('grantWord', () => {
  test('is from, until and 22 bytes of the salted digest', () => {
    const hash = keccak_256(new Uint8Array([...SALT, ...utf8ToBytes(encodePolicy(policy()))]));
    const word = grantWord(policy(), SALT);
    expect(word).toBe(`0x00${FROM.toString(16)}00${UNTIL.toString(16)}${bytesToHex(hash).slice(0, 44)}`);
    expect(parseGrantWord(word)).toEqual({ from: FROM, until: UNTIL, digest: `0x${bytesToHex(hash).slice(0, 44)}` });
    expect(parseGrantWord(CLEARED_WORD)).toBeUndefined();
  });

  test('does not match a forged digest, another policy, another salt, or no grant at all', () => {
    const word = grantWord(policy(), SALT);
    expect(() => assertWordMatches(word, policy(), SALT)).not.toThrow();
    const forged = `${word.slice(0, -1)}${word.endsWith('0') ? '1' : '0'}` as GrantWord;
    expect(() => assertWordMatches(forged, policy(), SALT)).toThrow(invalid('word'));
    expect(() => assertWordMatches(word, policy({ actions: ['write'] }), SALT)).toThrow(invalid('word'));
    expect(() => assertWordMatches(word, policy(), SALT.map((byte) => byte ^ 1))).toThrow(invalid('word'));
    expect(() => assertWordMatches(CLEARED_WORD, policy(), SALT)).toThrow(invalid('word'));
  });

  test('a salt used again would make two grants look alike, so it is not taken', () => {
    expect(grantWord(policy(), SALT)).toBe(grantWord(policy(), SALT));
    const refused = expect.objectContaining({ code: 'request-invalid', field: 'salt' });
    expect(() => assertFreshSalt(SALT, [createSalt(), SALT.slice()])).toThrow(refused);
    expect(() => assertFreshSalt(createSalt(), [createSalt(), SALT])).not.toThrow();
    expect(() => grantWord(policy(), new Uint8Array(32))).toThrow(refused);
    expect(() => grantWord(policy(), SALT.subarray(1))).toThrow(refused);
  });
});

describe('describePolicy', () => {
  test('says what is limited, and what an unnamed category means', () => {
    expect(describePolicy(policy({ purposes: ['TREAT'], exceptions: [{ actors: [NURSE], records: [recordId(1)] }] }))).toEqual({
      effect: 'permit', recipient: HOSPITAL, actions: ['read'], from: FROM, until: UNTIL,
      limits: [{ kind: 'categories', categories: ORDINARY_CATEGORIES, named: false }, { kind: 'purposes', purposes: ['TREAT'] }],
      exceptions: [[{ kind: 'categories', categories: CATEGORIES, named: false }, { kind: 'records', records: [recordId(1)] }, { kind: 'actors', actors: [NURSE] }]],
    });
  });
});

describe('mayDelegate', () => {
  const mandate = { delegate: DOCTOR, scope: ['revoke'], until: NOW } as const;
  test('what the mandate names, by whom it names, until its last second', () => {
    const before = (NOW - 1) as UnixSeconds;
    expect(mayDelegate(mandate, 'revoke', { by: DOCTOR, now: before })).toBe(true);
    expect(mayDelegate(mandate, 'revoke', { by: DOCTOR, now: NOW })).toBe(false);
    expect(mayDelegate(mandate, 'grant', { by: DOCTOR, now: before })).toBe(false);
    expect(mayDelegate(mandate, 'revoke', { by: STRANGER, now: before })).toBe(false);
  });

  test('a scope is read as it was written; a bit that nobody knows is not taken for nothing', () => {
    for (let bits = 0; bits < 4; bits++) expect(encodeScope(parseScope(bits))).toBe(bits);
    expect(encodeScope(MANDATE_SCOPES)).toBe(3);
    for (const bits of [4, 8, 255, -1, 1.5]) expect(() => parseScope(bits)).toThrow(invalid('scope'));
  });
});
