// Showing a credential openly: exactly the chosen claims, to one verifier, and written down.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifySdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { verifyVpJwt } from '#formats/vc-jwt/index.ts';
import { claimsToDisclose, history, presentSdJwtVc, presentVcJwt, type Wallet } from '#wallet';
import { code, createTestIssuer, DAY, NOW, trustOf, walletWith } from './fixture.ts';

const issuer = createTestIssuer();
const trust = trustOf([issuer]);
const REQUEST = { audience: 'https://gate.example', nonce: 'n-0123456789abcdef', now: NOW };
const context = { trust, now: NOW, maxTrustAge: DAY };
let wallet: Wallet;
let id: string;
beforeAll(async () => {
  const made = await walletWith(issuer, [{}]);
  wallet = made.wallet;
  id = made.credentials[0]!.id;
});

describe('presentSdJwtVc', () => {
  test('discloses exactly the chosen claims, whichever they are', async () => {
    const names = Object.keys(await claimsToDisclose(wallet, id));
    await fc.assert(fc.asyncProperty(fc.subarray(names), async (disclose) => {
      const text = await presentSdJwtVc(wallet, id, { ...REQUEST, disclose });
      const verdict = verifySdJwtVc(text, { ...context, requireKeyBinding: true, audience: REQUEST.audience, nonce: REQUEST.nonce });
      expect(verdict).toMatchObject({ outcome: 'accepted', shown: { holderBound: true } });
      expect(text.split('~').slice(1, -1).map((part) => (JSON.parse(Buffer.from(part, 'base64url').toString()) as string[])[1]).sort()).toEqual(disclose.toSorted());
    }), { numRuns: 15 });
  });

  test('is for one verifier and one question', async () => {
    const text = await presentSdJwtVc(wallet, id, { ...REQUEST, disclose: ['occurred'] });
    const ask = { ...context, requireKeyBinding: true, audience: REQUEST.audience, nonce: REQUEST.nonce } as const;
    expect(verifySdJwtVc(text, { ...ask, audience: 'https://other.example' })).toMatchObject({ reason: 'audience-wrong' });
    expect(verifySdJwtVc(text, { ...ask, nonce: 'another' })).toMatchObject({ reason: 'challenge-wrong' });
  });

  test('writes down what was disclosed to whom', async () => {
    await presentSdJwtVc(wallet, id, { ...REQUEST, disclose: ['birthdate', 'occurred'] });
    expect((await history(wallet)).at(-1)).toMatchObject({ form: 'sd-jwt-vc', audience: REQUEST.audience, disclosed: ['birthdate', 'occurred'], credentials: [id] });
  });

  test.each<[string, object, string]>([
    ['a claim that the credential does not have', { disclose: ['blood_group'] }, 'request-invalid'],
    ['a registered claim', { disclose: ['cnf'] }, 'request-invalid'],
    ['no nonce', { nonce: '' }, 'request-invalid'],
    ['nobody', { audience: '' }, 'request-invalid'],
  ])('refuses to show %s, and records nothing', async (_name, change, expected) => {
    const before = await history(wallet);
    await expect(presentSdJwtVc(wallet, id, { ...REQUEST, disclose: ['occurred'], ...change })).rejects.toEqual(code(expected));
    expect(await history(wallet)).toEqual(before);
  });

  test('a credential that is not held', async () => {
    await expect(presentSdJwtVc(wallet, 'urn:uuid:0', { ...REQUEST, disclose: [] })).rejects.toEqual(code('credential-unknown'));
  });
});

describe('presentVcJwt', () => {
  test('shows the whole credential, bound to holder, verifier and question', async () => {
    const text = await presentVcJwt(wallet, id, REQUEST);
    const ask = { ...context, audience: REQUEST.audience, challenge: REQUEST.nonce };
    expect(verifyVpJwt(text, ask)).toMatchObject({ outcome: 'accepted', shown: { form: 'vp-jwt', credentials: [{ form: 'vc-jwt', holderBound: true }] } });
    expect(verifyVpJwt(text, { ...ask, challenge: 'another' })).toMatchObject({ reason: 'challenge-wrong' });
    expect((await history(wallet)).at(-1)).toMatchObject({ form: 'vp-jwt', audience: REQUEST.audience });
  });

  test.each([{ nonce: '' }, { audience: '' }])('refuses a presentation to nobody in particular: %s', async (change) => {
    await expect(presentVcJwt(wallet, id, { ...REQUEST, ...change })).rejects.toEqual(code('request-invalid'));
  });
});
