// What a verifier may ask for, and the ways in which a request could deceive the holder or follow a person.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSignedRule, encodeRuleText } from '#formats/rule/index.ts';
import { didSigner } from '#verifier/openid4vp/identity.ts';
import { encodePresentationRequest, isEventOfToday, parsePresentationRequest, ruleOfRequest } from '#wallet';
import { choosePolicy } from '#wallet/request.ts';
import { code, DAY, HOUR, NOW, POLICIES, policy } from './fixture.ts';

const CHALLENGE = '00112233445566778899aabbccddeeff';
const REQUEST = { policy: 'eu-travel-2022@1', audience: 'Gate A', challenge: CHALLENGE, scope: { event: 'Concert 2026-11-22' }, match: true };

describe('parsePresentationRequest', () => {
  test('reads all that can be asked, and writes it again', () => {
    const request = parsePresentationRequest(REQUEST, NOW);
    expect(request.challenge).toHaveLength(16);
    expect(encodePresentationRequest(request)).toEqual(REQUEST);
    expect(parsePresentationRequest({ policy: 'over-18' }, NOW)).toEqual({ policy: 'over-18' });
  });

  test('reads what the verifier service answers', () => {
    const answer = { request: 'abc', policy: 'over-18', audience: 'Bar', challenge: CHALLENGE, expiresAt: NOW + 300, scope: { verifier: 'Bar', event: 'Night of 2026-11-22' } };
    expect(parsePresentationRequest(answer, NOW)).toMatchObject({ request: 'abc', scope: { event: 'Night of 2026-11-22' } });
  });

  test.each<[string, object, string]>([
    ['no policy', { policy: undefined }, 'policy'],
    ['a path for a policy', { policy: '../secret' }, 'policy'],
    ['a word more than is known', { birthDate: true }, 'request'],
    ['a challenge too short to be random', { challenge: CHALLENGE.slice(2) }, 'challenge'],
    ['a challenge too long', { challenge: 'ab'.repeat(65) }, 'challenge'],
    ['a challenge that is no hex', { challenge: CHALLENGE.toUpperCase() }, 'challenge'],
    ['a name written backwards by a direction mark', { audience: 'Gate \u202eA' }, 'audience'],
    ['a name with something invisible in it', { audience: 'Gate\u200bA' }, 'audience'],
    ['a name over several lines', { audience: 'Gate\nA' }, 'audience'],
    ['a name padded out of sight', { audience: ' Gate A' }, 'audience'],
    ['an endless name', { audience: 'A'.repeat(201) }, 'audience'],
    ['a scope without anybody who asks', { audience: undefined }, 'audience'],
    ['a scope in the name of another verifier', { scope: { event: 'Concert 2026-11-22', verifier: 'Gate B' } }, 'scope.verifier'],
    ['a scope of the verifier\'s own number', { scope: { event: 'Concert 2026-11-22', value: '1' } }, 'scope'],
    ['an event without a day: a person could be followed by it for ever', { scope: { event: 'Concert' } }, 'scope.event'],
    ['an event of another day', { scope: { event: 'Concert 2026-11-25' } }, 'scope.event'],
    ['an event of several days', { scope: { event: '2026-11-22 and 2026-11-23' } }, 'scope.event'],
    ['a match that is no yes or no', { match: 'yes' }, 'match'],
    ['a request that has run out', { expiresAt: NOW }, 'expiresAt'],
  ])('refuses %s', (_name, change, field) => {
    expect(() => parsePresentationRequest({ ...REQUEST, ...change }, NOW)).toThrow(expect.objectContaining({ code: 'request-invalid', field }));
  });

  test('answers anything at all with a request or a coded error', () => {
    fc.assert(fc.property(fc.anything(), (input) => {
      expect(() => parsePresentationRequest(input, NOW)).toThrow(code('request-invalid'));
    }));
  });
});

describe('isEventOfToday', () => {
  test.each<[string, boolean]>([
    ['2026-11-22', true], ['x2026-11-22y', true], ['gate-123 2026-11-22', true], ['2026-11-22 to 2026-11-22', false],
    ['2026-11-21', false], ['2026-11-23', true], ['2026-11-24', false], ['12026-11-22', false], ['2026-11-220', false], ['2026-13-40', false], ['2026-02-30', false], ['', false],
  ])('%s: %s', (event, expected) => {
    expect(isEventOfToday(event, NOW)).toBe(expected); // 12:30 UTC: the 22nd, at UTC+14 the 23rd already, nowhere the 21st any more
  });

  test('holds as long as it is that day anywhere on Earth', () => {
    const midnight = Date.UTC(2026, 10, 22) / 1000;
    const at = (seconds: number) => isEventOfToday('2026-11-22', midnight + seconds);
    expect([at(-14 * HOUR - 1), at(-14 * HOUR), at(DAY + 12 * HOUR - 1), at(DAY + 12 * HOUR)]).toEqual([false, true, true, false]);
  });
});

describe('choosePolicy', () => {
  test('takes the newest version unless one is named', () => {
    const old = policy('over-18');
    const newer = { ...old, version: 2 };
    expect(choosePolicy('over-18', [newer, old]).version).toBe(2);
    expect(choosePolicy('over-18@1', [newer, old]).version).toBe(1);
    expect(() => choosePolicy('over-18@3', [newer, old])).toThrow(code('policy-invalid'));
    expect(() => choosePolicy('over-21', POLICIES)).toThrow(code('policy-invalid'));
  });
});

describe('ruleOfRequest', () => {
  const signer = didSigner(secp256k1.utils.randomSecretKey(), 31337);
  const signed = (id: string) => createSignedRule(policy(id).document, signer, NOW);
  const ask = async (id: string, rule: string) => parsePresentationRequest({ policy: id, audience: 'Museum', rule }, NOW);

  test('a request may bring its rule along, with who signed it', async () => {
    const request = await ask('over-18@1', await encodeRuleText(await signed('over-18')));
    expect(parsePresentationRequest(encodePresentationRequest(request), NOW)).toEqual(request);
    const brought = await ruleOfRequest(request, { now: NOW });
    expect(brought).toMatchObject({ policy: { id: 'over-18', root: policy('over-18').root }, known: false, signer: { by: 'did' } });
  });
  test('a request without one asks for a rule that the wallet knows', async () => {
    expect(await ruleOfRequest(parsePresentationRequest({ policy: 'over-18' }, NOW), { now: NOW })).toBeUndefined();
  });
  test('attack: a harmless rule is named, another one is brought along', async () => {
    const request = await ask('over-18@1', await signed('eu-travel-2022'));
    await expect(ruleOfRequest(request, { now: NOW })).rejects.toThrow(expect.objectContaining({ code: 'request-invalid', field: 'rule' }));
  });
  test('attack: a rule whose signature does not hold', async () => {
    const request = await ask('over-18', (await signed('over-18')).replace(/.{8}$/, 'AAAAAAAA'));
    await expect(ruleOfRequest(request, { now: NOW })).rejects.toThrow(expect.objectContaining({ code: 'rule-signature-invalid' }));
  });
});
