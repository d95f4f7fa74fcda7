// Nobody can tell from two passes whether one person showed them, nor what it was that fitted: transcripts of many passes of several
// holders, with real proofs, share nothing but what is public, and look alike in size, code and window.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeBase45 } from '#passport/base45.ts';
import { decodePass, presentPass as sign, type PassBody, type UnixSeconds } from '#passport';
import { encodePass } from '#passport/pass.ts';
import { createCode, makePass, type PassOptions, type ReadyPass, type Wallet } from '#wallet';
import { bodyOf } from '#wallet/make-pass.ts';
import { createTestIssuer, DAY, NEGATIVE_TEST, NOW, policy, RECOVERY, trustOf, VACCINATION, walletWith } from './fixture.ts';
import { startProofs, type Proofs } from './proofs.ts';

const issuers = [createTestIssuer(1), createTestIssuer(2)] as const;
const trust = trustOf(issuers);
const eu = policy('eu-travel-2022');
/** Flags, ids of root and policy, window: the same for everybody who presents for a policy in an hour. */
const PUBLIC_BYTES = 12;
const EVENT = { audience: 'Gate A', event: 'Concert 2026-11-22' };
const OTHER_EVENT = { audience: 'Gate A', event: 'Reception 2026-11-22' };

let proofs: Proofs;
/** Passes of one shape by holder. */
let plain: ReadyPass[][];
let marked: ReadyPass[][];

beforeAll(async () => {
  proofs = await startProofs();
  // One holder has two credentials that fit, of two issuers; three kinds of event are among them; one has no name.
  const holders = [
    (await walletWith(issuers[0], [{ event: VACCINATION }, { event: NEGATIVE_TEST }], trust)).wallet,
    (await walletWith(issuers[1], [{ event: { ...VACCINATION, time: (NOW - 100 * DAY) as UnixSeconds, person: { family: 'García', given: ['Luis'], birthDate: '1990' } } }], trust)).wallet,
    (await walletWith(issuers[1], [{ event: RECOVERY }], trust)).wallet,
    (await walletWith(issuers[0], [{ event: NEGATIVE_TEST }], trust)).wallet,
  ];
  const make = (wallet: Wallet, options: Partial<PassOptions> = {}) => makePass(wallet, eu, { trust, now: NOW, prover: proofs.prover, ...options });
  plain = [];
  for (const wallet of holders) plain.push([await make(wallet)]);
  plain[0]!.push(await make(holders[0]!));
  marked = [
    [await make(holders[0]!, { scope: EVENT, match: true }), await make(holders[0]!, { scope: OTHER_EVENT, match: true }), await make(holders[0]!, { scope: EVENT, match: true })],
    [await make(holders[1]!, { scope: EVENT, match: true })],
  ];
}, 400_000);
afterAll(() => proofs.close());

const bytesOf = (text: string): Uint8Array => decodeBase45(text.slice(4));
const challenge = fc.option(fc.uint8Array({ minLength: 16, maxLength: 64 }), { nil: undefined });
const audience = fc.option(fc.constantFrom('Gate A', 'Gate B', 'https://verifier.example'), { nil: undefined });
const moment = fc.integer({ min: 0, max: 300 }).map((seconds) => (NOW + seconds) as UnixSeconds);

function show(pass: ReadyPass, time: UnixSeconds, binding: { audience?: string | undefined; challenge?: Uint8Array | undefined } = {}): string {
  return encodePass(sign(bodyOf(pass), pass.deviceSecret, time, binding));
}

/** Byte strings of eight that occur in both. */
function sharedStrings(a: Uint8Array, b: Uint8Array): string[] {
  const strings = (bytes: Uint8Array) => Array.from({ length: Math.max(0, bytes.length - 7) }, (_, i) => Buffer.from(bytes.subarray(i, i + 8)).toString('hex'));
  const known = new Set(strings(a));
  return strings(b).filter((string) => known.has(string));
}
const pairs = <T>(items: readonly T[]): [T, T][] => items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));

describe('passes', () => {
  test('of one holder and of several share no eight bytes beyond what is public', () => {
    const all = [...plain.flat(), ...marked.flat().filter((pass) => pass !== marked[0]![2])];
    fc.assert(fc.property(moment, challenge, audience, (time, asked, who) => {
      for (const [a, b] of pairs(all.map((pass) => bytesOf(show(pass, time, { challenge: asked, audience: who })).subarray(PUBLIC_BYTES)))) {
        expect(sharedStrings(a, b)).toEqual([]);
      }
    }), { numRuns: 8 });
  });

  test('shown at one time for one policy begin with the same public bytes, but for the parity of the signature', () => {
    const heads = plain.flat().map((pass) => {
      const head = bytesOf(show(pass, NOW)).slice(0, PUBLIC_BYTES);
      head[0]! &= ~16;
      return Buffer.from(head).toString('hex');
    });
    expect(new Set(heads).size).toBe(1);
  });

  test('asked for alike are alike in length, in the version of their code, and in window', () => {
    fc.assert(fc.property(moment, challenge, audience, (time, asked, who) => {
      for (const passes of [plain.flat(), marked.flat()]) {
        const texts = passes.map((pass) => show(pass, time, { challenge: asked, audience: who }));
        expect(new Set(texts.map((text) => text.length)).size).toBe(1);
        expect(new Set(texts.map((text) => createCode(text).version)).size).toBe(1);
        expect(new Set(texts.map((text) => decodePass(text).windowStart)).size).toBe(1);
      }
    }), { numRuns: 20 });
  });

  test('the length says what was asked and bound, never how long name, challenge or audience are', () => {
    const bound = (length: number, who: string) => show(plain[0]![0]!, NOW, { challenge: new Uint8Array(length).fill(1), audience: who }).length;
    expect(bound(16, 'A')).toBe(bound(64, 'A very long name of a verifier'));
  });

  test('are all accepted, whatever fitted, and the verdict tells no difference', async () => {
    const verdicts = await Promise.all(plain.flat().map((pass) => proofs.verify(show(pass, NOW), { policy: eu.id }, trust, NOW)));
    expect(new Set(verdicts.map((verdict) => JSON.stringify(verdict))).size).toBe(1);
    expect(verdicts[0]!.outcome).toBe('accepted');
  });

  test('carry a mark of their holder only within one event', () => {
    const [first, elsewhere, again] = marked[0]!.map(({ nullifier }) => nullifier);
    expect(again).toBe(first); // one entry a person
    expect(elsewhere).not.toBe(first);
    expect(marked[1]![0]!.nullifier).not.toBe(first);
    expect(plain.flat().every(({ nullifier, identityTag }) => nullifier === undefined && identityTag === undefined)).toBe(true);
  });

  test('carry an identity tag of their own each, though name and birth date are the same', () => {
    const tags = marked.flat().map(({ identityTag }) => identityTag);
    expect(new Set(tags).size).toBe(tags.length);
  });

  test('of one holder for one event are recognised by the nullifier alone', () => {
    const [first, , again] = marked[0]!;
    const strip = (pass: ReadyPass): PassBody => ({ ...bodyOf(pass), nullifier: 0n as PassBody['nullifier'] });
    const [a, b] = [first!, again!].map((pass) => bytesOf(encodePass(sign(strip(pass), pass.deviceSecret, NOW))).filter((_, i) => i >= PUBLIC_BYTES && !(i >= 144 && i < 176)));
    expect(sharedStrings(a!, b!)).toEqual([]);
  });

  test('signed anew for the same screen keep proof and root, so that one pass is one pass', () => {
    const [a, b] = [NOW, (NOW + 5) as UnixSeconds].map((time) => decodePass(show(plain[0]![0]!, time)));
    expect(a!.proof).toEqual(b!.proof);
    expect(sharedStrings(a!.signature, b!.signature)).toEqual([]);
  });
});
