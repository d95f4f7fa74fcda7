// Certificates on paper: what a code of them holds, and what a counter says to whoever shows one.
import { deflateRawSync } from 'node:zlib';
import { create } from 'qrcode';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { decodePaper, encodePaper, PAPER_PREFIX } from '#formats/paper/index.ts';
import { createVpJwt } from '#formats/vc-jwt/index.ts';
import { isHealthpassError, type Verdict } from '#passport';
import { encodeBase45 } from '#passport/base45.ts';
import { nameDigest } from '#passport/name.ts';
import { verifyText, type Ask, type TextContext } from '#verifier/checks/index.ts';
import { blocking, EVENT, forge, holder, jsonOf, startIssuer, withList, type Issuer } from '../fixture.ts';

const OWNER = { nameDigest: nameDigest(EVENT.person!), birthDate: 19800102 };
let issuer: Issuer;
let jwt: string;
let paper: string;
beforeAll(async () => {
  issuer = await startIssuer();
  jwt = (await issuer.issueVc({ holderKey: undefined })).text;
  paper = await encodePaper(jwt);
});
afterAll(() => issuer.stop());

const verify = (text: string, ask: Ask = {}, trust = issuer.trust): Promise<Verdict> =>
  verifyText(text, ask, { trust, now: issuer.now, policies: [], proofs: undefined as unknown as TextContext['proofs'] }); // no pass comes by here
const outcome = async (...args: Parameters<typeof verify>) => {
  try {
    const verdict = await verify(...args);
    return verdict.outcome === 'accepted' ? 'accepted' : verdict.reason;
  } catch (error) {
    if (isHealthpassError(error)) return `throws ${error.code}`;
    throw error;
  }
};
const packed = (content: Uint8Array, signature = new Uint8Array(64)) => PAPER_PREFIX + encodeBase45(Buffer.concat([signature, deflateRawSync(content)]));

describe('a certificate on paper', () => {
  test('is the credential byte for byte, in a code that is read from paper', async () => {
    expect(await decodePaper(paper)).toBe(jwt);
    const { version, segments } = create(paper, { errorCorrectionLevel: 'M' });
    expect(segments.map(({ mode }) => mode.id)).toEqual(['Alphanumeric']);
    expect(version).toBeLessThanOrEqual(24); // 113 modules: 0.6 mm each on 7 cm
    expect(create(jwt, { errorCorrectionLevel: 'M' }).version).toBeGreaterThan(30);
  });

  test('is accepted beside the identity document of its owner, and says that it is on paper', async () => {
    expect(await verify(paper, { match: OWNER })).toMatchObject({ outcome: 'accepted', shown: { form: 'vc-jwt', onPaper: true, holderBound: false, issuerName: 'City Clinic' } });
    expect(await outcome(jwt, { match: OWNER })).toBe('accepted');
  });

  test('carried by anybody is refused without a document, packed or unpacked', async () => {
    expect([await outcome(paper), await outcome(jwt)]).toEqual(['document-needed', 'document-needed']);
  });
  test('shown beside the document of somebody else is refused', async () => {
    expect(await outcome(paper, { match: { ...OWNER, birthDate: 19800103 } })).toBe('match-wrong');
  });
  test('without a name on it cannot be compared', async () => {
    const nameless = (await issuer.issueVc({ holderKey: undefined, event: { ...EVENT, person: undefined } })).text;
    expect(await outcome(await encodePaper(nameless), { match: OWNER })).toBe('match-missing');
  });
  test('that was revoked is refused whatever the document says', async () => {
    expect(await outcome(paper, { match: OWNER }, withList(issuer.trust, { latestWords: blocking(1000) }))).toBe('credential-revoked');
  });
  test('does not answer a question, nor for an event that each enters once', async () => {
    expect(await outcome(paper, { match: OWNER, challenge: new Uint8Array(16) })).toBe('holder-binding-missing');
    expect(await outcome(paper, { match: OWNER, audience: 'venue' })).toBe('holder-binding-missing');
    expect(await outcome(paper, { match: OWNER, scope: { verifier: 'v', event: 'e' } })).toBe('scope-missing');
  });
  test('cannot be presented from a device as its own', async () => {
    const presentation = await createVpJwt(holder, { credentials: [jwt], challenge: '00', audience: 'venue', now: issuer.now });
    expect(await outcome(presentation, { challenge: new Uint8Array(1), audience: 'venue' })).toBe('holder-binding-invalid');
  });
  test('made of a device’s credential by leaving out its holder has no signature that holds', async () => {
    const [header, payload] = (await issuer.issueVc()).text.split('.') as [string, string];
    const { sub: _holder, ...rest } = jsonOf(payload);
    expect(await outcome(forge(jsonOf(header), rest, secp256k1.utils.randomSecretKey(), secp256k1), { match: OWNER })).toBe('signature-invalid');
  });
});

describe('decodePaper', () => {
  test('refuses what is cut, changed in a character, or announces more than is there', async () => {
    expect(await outcome(paper.slice(0, -3), { match: OWNER })).toMatch(/^throws (?:jwt|pass)-malformed$/);
    expect(await outcome(PAPER_PREFIX)).toBe('throws jwt-malformed');
    expect(await outcome(packed(Uint8Array.of(255, 255, 1, 2)))).toBe('throws jwt-malformed');
    expect(await outcome(packed(new Uint8Array(0)))).toBe('throws jwt-malformed');
    expect(await outcome(`${PAPER_PREFIX}a`)).toBe('throws pass-malformed');
    await expect(decodePaper('HP1:00')).rejects.toMatchObject({ code: 'jwt-malformed', field: 'paper' });
  });
  test('stops at a few bytes that stand for very many', async () => {
    expect(await outcome(packed(new Uint8Array(1_000_000)))).toBe('throws text-too-long');
    expect(await outcome(PAPER_PREFIX + 'A'.repeat(5000))).toBe('throws text-too-long');
  });
  test('answers any text with a JWT or a coded error', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 200 }).map(encodeBase45), fc.uint8Array({ maxLength: 200 }).map((bytes) => packed(bytes).slice(PAPER_PREFIX.length))), async (text) => {
      const answer = await decodePaper(PAPER_PREFIX + text).catch((error: unknown) => error);
      expect(typeof answer === 'string' || isHealthpassError(answer)).toBe(true);
    }), { numRuns: 200 });
  });
});

describe('encodePaper', () => {
  test('refuses what is no JWT, and what no code holds', async () => {
    await expect(encodePaper('abc')).rejects.toMatchObject({ code: 'jwt-malformed' });
    const random = (await import('node:crypto')).randomBytes(4000).toString('base64url');
    await expect(encodePaper(`${random}.${random}.${Buffer.alloc(64).toString('base64url')}`)).rejects.toMatchObject({ code: 'text-too-long' });
  });
});
