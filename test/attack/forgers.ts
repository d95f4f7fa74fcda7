// What a forger makes of a real pass that was accepted a moment ago: none of it is accepted again, and each try is answered at once.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { bn254 } from '@noble/curves/bn254.js';
import { decodeProof, encodeProof, type G1Point } from '#circuits';
import { BASE_FIELD_ORDER, liftG1 } from '#circuits/curve.ts';
import { sampleBundle } from '#network/samples/index.ts';
import { ERROR_CODES, FIELD_ORDER, decodePass, integerToBytes, isHealthpassError, type FieldElement, type TrustState } from '#passport';
import { decodeBase45, encodeBase45 } from '#passport/base45.ts';
import { parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import { encodePass } from '#passport/pass.ts';
import type { Ask } from '#verifier/checks/index.ts';
import type { ReadyPass } from '#wallet';
import { pointOfOrder, COFACTOR_PRIMES, toCoordinates, toPoint } from '../circuits/verify/cofactor.ts';
import { newWallet, now, type Network } from '../journeys/network.ts';
import { bornOn } from '../journeys/passes.ts';
import { pass, show } from '../journeys/showing.ts';

const POLICY = 'over-18';
const AUDIENCE = 'Gate A';
const CHALLENGE = new Uint8Array(16).fill(9);
const EVENT = `Fair ${new Date().toISOString().slice(0, 10)}`;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export const describeForgers = (of: () => Network) => describe('a forger of passes', () => {
  let trust: TrustState;
  let ready: ReadyPass;
  let ask: Ask;
  let text: string;
  let shownAt: ReturnType<typeof now>;
  const binding = { audience: AUDIENCE, challenge: CHALLENGE };
  /** `accepted`, the reason, or the code of what cannot be read. Anything else that is thrown fails the test. */
  const judge = async (forged: string): Promise<string> => {
    try {
      const verdict = await of().verify(forged, ask, { trust, now: shownAt });
      return verdict.outcome === 'accepted' ? 'accepted' : verdict.reason;
    } catch (error) {
      if (!isHealthpassError(error)) throw error;
      expect(ERROR_CODES).toContain(error.code);
      return error.code;
    }
  };

  beforeAll(async () => {
    const wallet = await newWallet();
    const fhir = sampleBundle(now());
    await of().issueTo(wallet, fhir);
    trust = await of().trust();
    ready = await pass(of(), wallet, POLICY, { scope: { audience: AUDIENCE, event: EVENT }, match: true });
    const match = { nameDigest: nameDigest({ family: 'Specimen', given: ['Erika', 'Utopia'] }), birthDate: parseBirthDate(bornOn(fhir), { now: now() }) };
    ask = { policy: POLICY, ...binding, scope: { verifier: AUDIENCE, event: EVENT }, match };
    shownAt = now();
    text = show(ready, shownAt, binding);
    expect(await judge(text)).toBe('accepted');
  });

  test('who flips bits of it', async () => {
    const bytes = decodeBase45(text.slice(4));
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 });
    await fc.assert(fc.asyncProperty(flips, async (changes) => {
      const forged = bytes.slice();
      for (const [at, mask] of changes) forged[at]! ^= mask;
      fc.pre(forged.some((byte, i) => byte !== bytes[i]));
      expect(await judge(`HP1:${encodeBase45(forged)}`)).not.toBe('accepted');
    }), { numRuns: 200 });
  });

  test('who retypes, drops, doubles, swaps or adds characters', async () => {
    const place = fc.nat(text.length - 1);
    const character = fc.constantFrom(...ALPHABET, 'a', '\n', '\u0000', 'é', '０');
    const edits = fc.oneof(
      fc.tuple(place, character).map(([at, c]) => text.slice(0, at) + c + text.slice(at + 1)),
      fc.tuple(place, character).map(([at, c]) => text.slice(0, at) + c + text.slice(at)),
      place.map((at) => text.slice(0, at) + text.slice(at + 1)),
      place.map((at) => text.slice(0, at)),
      fc.tuple(place, place).map(([a, b]) => [...text].with(a, text[b]!).with(b, text[a]!).join('')),
      place.map((at) => text + text.slice(at)),
      place.map((at) => text.slice(0, at) + text.slice(at).toLowerCase()),
    );
    await fc.assert(fc.asyncProperty(edits, async (forged) => {
      fc.pre(forged.trim() !== text);
      expect(await judge(forged)).not.toBe('accepted');
    }), { numRuns: 200 });
  });

  test('who writes a public signal as its alias, one order further', async () => {
    const shown = decodePass(text);
    for (const name of ['nullifier', 'identityTag'] as const) {
      expect(await judge(encodePass({ ...shown, [name]: (shown[name]! + FIELD_ORDER) as FieldElement }))).toBe('field-not-canonical');
    }
    expect(await judge(encodePass({ ...shown, nullifier: FIELD_ORDER as FieldElement }))).toBe('field-not-canonical');
  });

  test('who has the device key too, and puts points of his choice in the place of the proof', async () => {
    const { proof } = ready;
    const { a, c } = decodeProof(proof);
    const put = (bytes: Uint8Array, at: number) => Uint8Array.from([...proof.slice(0, at), ...bytes, ...proof.slice(at + bytes.length)]);
    const x = (value: bigint) => integerToBytes(value, 32);
    const offCurve = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n].find((value) => liftG1(value, false) === undefined)!;
    const outside = encodeProof({ a, b: toCoordinates(pointOfOrder([COFACTOR_PRIMES[0]], 5n)), c });
    const mixed = encodeProof({ a, b: toCoordinates(toPoint(decodeProof(proof).b).add(pointOfOrder([COFACTOR_PRIMES[1]], 5n))), c });
    const forgeries: [string, Uint8Array][] = [
      ['nothing but zeros', new Uint8Array(128)], ['nothing but ones', new Uint8Array(128).fill(255)], ['a coordinate of q', put(x(BASE_FIELD_ORDER), 0)],
      ['a coordinate of its x and q', put(x(a[0] + BASE_FIELD_ORDER), 0)], ['a point off the curve', put(x(offCurve), 0)], ['infinity, as others write it', put(Uint8Array.of(0x40), 96)],
      ['the other root of A', put(Uint8Array.of(proof[0]! ^ 0x80), 0)], ['the other root of B', put(Uint8Array.of(proof[32]! ^ 0x80), 32)], ['a bit where none is used', put(Uint8Array.of(proof[64]! | 0x80), 64)],
      ['A and C exchanged', encodeProof({ ...decodeProof(proof), a: c, c: a })], ['B of a small order', outside], ['B moved out of its group', mixed],
    ];
    for (const [name, forged] of forgeries) expect([name, await judge(show(ready, shownAt, binding, { proof: forged }))]).toEqual([name, 'proof-invalid']);
  });

  test('who makes another proof of the same statement out of it: good only for who has the device key, and the mark stays the same', async () => {
    const { a, b, c } = decodeProof(ready.proof);
    const { G1, fields: { Fr } } = bn254;
    const factor = 7n;
    const scaled = G1.Point.fromAffine({ x: a[0], y: a[1] }).multiply(factor).toAffine();
    const proof = encodeProof({ a: [scaled.x, scaled.y] as G1Point, b: toCoordinates(toPoint(b).multiply(Fr.inv(factor))), c });
    expect(await judge(show(ready, shownAt, binding, { proof }))).toBe('accepted');
    expect(decodePass(show(ready, shownAt, binding, { proof })).nullifier).toBe(decodePass(text).nullifier);
    expect(await judge(encodePass({ ...decodePass(text), proof }))).toBe('proof-invalid');
  });
});
