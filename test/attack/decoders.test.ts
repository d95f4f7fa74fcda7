// Whatever a decoder of ours is given, it answers with a value or a coded error: never with another exception, and never by trying for long.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDeployment } from '#contracts';
import { decodeProof, parseManifest, parseSnarkjsProof } from '#circuits';
import { parseVerifyingKey } from '#circuits/verify/index.ts';
import { parseHolderKey, parseHolderDid } from '#formats/credential/index.ts';
import { parseFhir } from '#formats/fhir/index.ts';
import { disclosableClaims } from '#formats/sd-jwt-vc/index.ts';
import { verifyVcJwt } from '#formats/vc-jwt/index.ts';
import {
  ERROR_CODES, FIELD_ORDER, createClaimsKeyPair, decodePass, encodeHolderBinding, hashClaims, isHealthpassError, parseFieldElement, parseHolderBinding, parseIssuedCredential,
  parseJson, parsePolicy, parseResignatureBlock, parseTrustBundle, signClaims, verifyClaimsSignature, type FieldElement, type UnixSeconds,
} from '#passport';
import { parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest, nameFromMrz } from '#passport/name.ts';
import { encodePresentationRequest, parsePresentationRequest } from '#wallet';
import { sampleClaims } from '../passport/samples.ts';

const NOW = 1_795_350_600 as UnixSeconds;
type Decoder = (input: unknown) => unknown;
const withText = (decode: (text: string) => unknown): Decoder => (input) => decode(typeof input === 'string' ? input : JSON.stringify(input) ?? '');
const DECODERS: Readonly<Record<string, Decoder>> = {
  parseJson: withText(parseJson), decodePass: withText(decodePass), parseFhir: (input) => parseFhir(input, { now: NOW }), parsePolicy, parseTrustBundle, parseIssuedCredential, parseHolderBinding,
  parseResignatureBlock, parsePresentationRequest: (input) => parsePresentationRequest(input, NOW), parseDeployment, parseManifest, parseVerifyingKey, parseSnarkjsProof, parseFieldElement,
  parseHolderKey, parseHolderDid, parseBirthDate: (input) => parseBirthDate(input, { now: NOW }), nameFromMrz: withText(nameFromMrz), nameDigest: withText((family) => nameDigest({ family, given: [] })),
  disclosableClaims: withText(disclosableClaims), verifyVcJwt: withText((text) => verifyVcJwt(text, { trust: undefined, now: NOW, maxTrustAge: 1 })),
  decodeProof: withText((text) => decodeProof(new Uint8Array(Buffer.from(text)))),
};
const NAMES = Object.keys(DECODERS);

/** `value`, or the code. Any other exception fails. */
function answer(name: string, input: unknown): string {
  try {
    DECODERS[name]!(input);
    return 'value';
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    expect(ERROR_CODES).toContain(error.code);
    return error.code;
  }
}

describe('every decoder', () => {
  test.each(NAMES)('%s answers any JSON value and any text', (name) => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.json()), (input) => {
      answer(name, input);
    }), { numRuns: 300 });
  });

  test.each(NAMES)('%s answers ten megabytes, a thousand levels and odd objects', (name) => {
    const deep = JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`) as unknown;
    const inputs: unknown[] = [
      'x'.repeat(10_000_000), '9'.repeat(10_000_000), `HP1:${'A'.repeat(10_000_000)}`, `${'a'.repeat(5_000_000)}.${'b'.repeat(5_000_000)}.c`, '~'.repeat(1_000_000), `did:jwk:${'A'.repeat(1_000_000)}`,
      'A<'.repeat(500_000), `${'\u0301'.repeat(200_000)}`, '['.repeat(1_000_000), Array.from({ length: 200_000 }, () => 0), deep, Object.create(null), { __proto__: { version: 1 } }, new Date(), new Map(), () => {}, Symbol('x').toString(), NaN, null, undefined,
    ];
    for (const input of inputs) expect(answer(name, input)).toMatch(/^[a-z0-9-]+$/);
  });
});

describe('numbers that have one spelling', () => {
  test.each(['', '-1', '+1', '01', '1e3', '0x5', ' 5', '5 ', '5n', '٥', `${FIELD_ORDER}`, `${FIELD_ORDER + 5n}`, `${2n * FIELD_ORDER + 5n}`, `${2n ** 256n}`, '9'.repeat(78)])('%j is no field element', (text) => {
    expect(answer('parseFieldElement', text)).toBe('field-not-canonical');
  });

  const pair = createClaimsKeyPair();
  const message = hashClaims(sampleClaims);
  const issued = (change: object = {}) => ({
    id: 'urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100', issuer: 'did:ethr:0x1', vcJwt: 'a.b.c', sdJwtVc: 'a.b.c~', claims: Array.from({ length: 16 }, () => '0'),
    claimsKey: { x: `${pair.publicKey.x}`, y: `${pair.publicKey.y}` }, signature: { R8x: '0', R8y: '1', S: '0' }, ...change,
  });
  test('a credential with an alias, too few claims or a claim out of range', () => {
    const aliased = (value: bigint) => `${value + FIELD_ORDER}`;
    expect(answer('parseIssuedCredential', issued())).toBe('claims-invalid');
    expect(answer('parseIssuedCredential', issued({ claims: Array.from({ length: 16 }, (_, i) => (i === 13 ? aliased(1n) : '0')) }))).toBe('field-not-canonical');
    expect(answer('parseIssuedCredential', issued({ claims: ['9'] }))).toBe('request-invalid');
    expect(answer('parseIssuedCredential', { ...issued(), more: 1 })).toBe('request-invalid');
    expect(answer('parseResignatureBlock', { list: 1, block: 0, key: { x: aliased(1n), y: '2' }, signatures: [] })).toBe('field-not-canonical');
    expect(answer('parseResignatureBlock', { list: 1, block: 0, key: { x: '1', y: '2' }, signatures: [[5, '1', '2', '3'], [5, '1', '2', '3']] })).toBe('request-invalid');
    expect(answer('parseHolderBinding', { ...encodeHolderBinding({ commitment: 5n as FieldElement, key: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } }) as object, commitment: aliased(5n) })).toBe('field-not-canonical');
  });

  test('a claims signature off the curve, of a small order, or with S one order further', () => {
    const signature = signClaims(message, pair);
    expect(verifyClaimsSignature(message, signature, pair.publicKey)).toBe(true);
    const order = 2_736_030_358_979_909_402_780_800_718_157_159_386_076_813_972_158_567_259_200_215_660_948_447_373_041n;
    const field = (value: bigint) => value as FieldElement;
    for (const change of [{ S: field(signature.S + order) }, { R8x: field(0n), R8y: field(0n) }, { R8x: field(0n), R8y: field(1n), S: field(0n) }, { R8x: field(5n) }, { S: field(0n) }]) {
      expect(verifyClaimsSignature(message, { ...signature, ...change }, pair.publicKey)).toBe(false);
    }
    for (const key of [{ x: field(0n), y: field(0n) }, { x: field(0n), y: field(1n) }, { x: field(0n), y: field(FIELD_ORDER - 1n) }, { x: field(1n), y: field(1n) }]) {
      expect(verifyClaimsSignature(message, { ...signature, R8x: field(0n), R8y: field(1n), S: field(0n) }, key)).toBe(false);
    }
  });

  test('a request is what its wallet shows', () => {
    const request = { policy: 'over-18', audience: 'Gate A', challenge: new Uint8Array(16) };
    expect(parsePresentationRequest(encodePresentationRequest(request), NOW)).toMatchObject(request);
    for (const audience of ['Gate\u202eA', 'Gate\u0000', ' Gate', 'Gate\u200b', 'e\u0301', 'a'.repeat(201), '']) {
      expect(answer('parsePresentationRequest', { policy: 'over-18', audience })).toBe('request-invalid');
    }
  });
});
