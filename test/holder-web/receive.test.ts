// Receiving: what a wallet keeps, and every way in which a credential can fail to be what it seems.
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { createClaimsKeyPair, hashClaims, signClaims, type FieldElement, type IssuedCredential, type Seconds1900, type TrustState, type UnixSeconds } from '#passport';
import { BINDINGS_MAX, createBindings, heldCredentials, receiveCredential, removeCredential, type Wallet } from '#wallet';
import { CREDENTIALS } from '#wallet/records.ts';
import { code, createTestIssuer, DAY, issueTo, NEGATIVE_TEST, newWallet, NOW, receiving, RECOVERY, trustOf, VACCINATION, walletWith, type Issuance } from './fixture.ts';

const issuer = createTestIssuer();
const trust = trustOf([issuer]);

async function offered(issuance: Issuance = {}): Promise<{ wallet: Wallet; issued: IssuedCredential }> {
  const wallet = await newWallet();
  const [binding] = await createBindings(wallet, 1, NOW);
  return { wallet, issued: await issueTo(issuer, binding!, issuance) };
}
const rejection = (field: string) => expect.objectContaining({ code: 'credential-rejected', field });
const resigned = (issued: IssuedCredential, claims: IssuedCredential['claims']): IssuedCredential =>
  ({ ...issued, claims, signature: signClaims(hashClaims(claims), issuer.claims) });

describe('createBindings', () => {
  test('nothing in two bindings is alike', async () => {
    const wallet = await newWallet();
    const bindings = await createBindings(wallet, 20, NOW);
    expect(new Set(bindings.map(({ commitment }) => commitment)).size).toBe(20);
    expect(new Set(bindings.flatMap(({ key }) => [key.x, key.y])).size).toBe(40);
  });

  test.each([0, -1, 1.5, BINDINGS_MAX + 1])('refuses to make %s', async (count) => {
    await expect(createBindings(await newWallet(), count, NOW)).rejects.toEqual(code('request-invalid'));
  });

  test('an issuer who asks for bindings without end is stopped, and old ones are forgotten', async () => {
    const wallet = await newWallet();
    for (let i = 0; i < 10; i++) await createBindings(wallet, BINDINGS_MAX, NOW);
    await expect(createBindings(wallet, 1, NOW)).rejects.toEqual(code('request-invalid'));
    await createBindings(wallet, 1, (NOW + 91 * DAY) as UnixSeconds);
    expect((await wallet.read(CREDENTIALS)).pending).toHaveLength(1);
  });
});

describe('receiveCredential', () => {
  test.each([['vaccination', VACCINATION], ['test', NEGATIVE_TEST], ['recovery without a person', RECOVERY]])('keeps a %s', async (_name, event) => {
    const { wallet, issued } = await offered({ event });
    await receiveCredential(wallet, issued, receiving(trust));
    expect((await heldCredentials(wallet)).map((held) => held.issued)).toEqual([issued]);
    expect((await wallet.read(CREDENTIALS)).pending).toEqual([]);
  });

  test('receiving it again changes nothing', async () => {
    const { wallet, issued } = await offered();
    const first = await receiveCredential(wallet, issued, receiving(trust));
    expect(await receiveCredential(wallet, structuredClone(issued), receiving(trust))).toEqual(first);
    expect(await heldCredentials(wallet)).toHaveLength(1);
  });

  test('another credential under an id that is held', async () => {
    const { wallet, credentials } = await walletWith(issuer, [{}]);
    const [binding] = await createBindings(wallet, 1, NOW);
    const twin = await issueTo(issuer, binding!, { id: credentials[0]!.id });
    await expect(receiveCredential(wallet, twin, receiving(trust))).rejects.toEqual(rejection('id'));
  });

  test('a credential of somebody else', async () => {
    const { issued } = await offered();
    await expect(receiveCredential(await newWallet(), issued, receiving(trust))).rejects.toEqual(rejection('claims.holder'));
  });

  test('a binding that was used serves no second credential', async () => {
    const wallet = await newWallet();
    const [binding] = await createBindings(wallet, 1, NOW);
    await receiveCredential(wallet, await issueTo(issuer, binding!), receiving(trust));
    await expect(receiveCredential(wallet, await issueTo(issuer, binding!), receiving(trust))).rejects.toEqual(rejection('claims.holder'));
  });

  test('texts bound to the key of somebody who read along', async () => {
    const wallet = await newWallet();
    const [binding] = await createBindings(wallet, 1, NOW);
    const thief = createHolderSigner().key;
    await expect(receiveCredential(wallet, await issueTo(issuer, { ...binding!, key: thief }), receiving(trust))).rejects.toEqual(rejection('vcJwt'));
  });

  test('an SD-JWT VC bound to another key than the VC-JWT', async () => {
    const { wallet, issued } = await offered();
    const other = await issueTo(issuer, { commitment: issued.claims.holder, key: createHolderSigner().key }, { id: issued.id, index: issued.claims.index });
    await expect(receiveCredential(wallet, { ...issued, sdJwtVc: other.sdJwtVc }, receiving(trust))).rejects.toEqual(rejection('sdJwtVc'));
  });

  describe('the issuer', () => {
    const stranger = createTestIssuer(2);
    const cases: [string, string, (issued: IssuedCredential) => IssuedCredential, TrustState][] = [
      ['nobody accredited', 'issuer', (issued) => issued, trustOf([stranger])],
      ['suspended', 'issuer', (issued) => issued, trustOf([issuer], { status: 'suspended' })],
      ['removed', 'issuer', (issued) => issued, trustOf([issuer], { status: 'removed' })],
      ['another than it says', 'claims.list', (issued) => ({ ...issued, issuer: stranger.did }), trustOf([issuer, stranger])],
      ['using the list of another', 'claims.list', (issued) => resigned(issued, { ...issued.claims, list: 2 }), trustOf([issuer, stranger])],
    ];
    test.each(cases)('is %s', async (_name, field, change, state) => {
      const { wallet, issued } = await offered();
      await expect(receiveCredential(wallet, change(issued), receiving(state))).rejects.toEqual(rejection(field));
    });

    test('signed with a claims key of its own making', async () => {
      const { wallet, issued } = await offered();
      const forged = createClaimsKeyPair();
      const claimsKey = forged.publicKey;
      await expect(receiveCredential(wallet, { ...issued, claimsKey, signature: signClaims(hashClaims(issued.claims), forged) }, receiving(trust))).rejects.toEqual(rejection('claimsKey'));
      await expect(receiveCredential(wallet, { ...issued, signature: signClaims(hashClaims(issued.claims), forged) }, receiving(trust))).rejects.toEqual(rejection('signature'));
    });
  });

  test.each<[string, Partial<IssuedCredential['claims']>]>([
    ['one dose more', { dose: 3 }],
    ['another birth date', { birthDate: 19700101 }],
    ['a later expiry', { validUntil: 4_300_000_000 as Seconds1900 }],
    ['another salt', { salt: 1n as FieldElement }],
  ])('claims changed on the way: %s', async (_name, change) => {
    const { wallet, issued } = await offered();
    await expect(receiveCredential(wallet, { ...issued, claims: { ...issued.claims, ...change } }, receiving(trust))).rejects.toEqual(rejection('signature'));
  });

  test.each<[string, Partial<IssuedCredential['claims']>]>([
    ['vcJwt.kind', { kind: 'recovery' }],
    ['vcJwt.disease', { disease: 14189004n }],
    ['vcJwt.product', { product: 1 }],
    ['vcJwt.dose', { dose: 1 }],
    ['vcJwt.series', { series: 0 }],
    ['vcJwt.eventTime', { eventTime: 4_000_000_000 as Seconds1900 }],
    ['vcJwt.test', { test: 1 }],
    ['vcJwt.result', { result: 'detected' }],
    ['vcJwt.country', { country: '' }],
    ['vcJwt.birthDate', { birthDate: 19800131 }],
    ['vcJwt.nameDigest', { nameDigest: 0n as FieldElement }],
    ['vcJwt.exp', { validUntil: 4_300_000_000 as Seconds1900 }],
    ['vcJwt.credentialStatus', { index: 7 }],
  ])('an issuer whose claims and texts differ in %s', async (field, claims) => {
    const { wallet, issued } = await offered({ claims });
    await expect(receiveCredential(wallet, issued, receiving(trust))).rejects.toEqual(rejection(field));
  });

  test('texts of two events put together', async () => {
    const { wallet, issued } = await offered();
    const binding = { commitment: issued.claims.holder, key: createHolderSigner((await wallet.read(CREDENTIALS)).pending[0]!.holderSecret).key };
    const same = { id: issued.id, index: issued.claims.index };
    const lot = await issueTo(issuer, binding, { ...same, event: { ...VACCINATION, lot: 'CD34' } });
    await expect(receiveCredential(wallet, { ...issued, sdJwtVc: lot.sdJwtVc }, receiving(trust))).rejects.toEqual(rejection('sdJwtVc'));
    const dose = await issueTo(issuer, binding, { ...same, event: { ...VACCINATION, dose: 1 } });
    await expect(receiveCredential(wallet, { ...issued, sdJwtVc: dose.sdJwtVc }, receiving(trust))).rejects.toEqual(rejection('sdJwtVc.dose'));
    const id = await issueTo(issuer, binding, { index: same.index });
    await expect(receiveCredential(wallet, { ...issued, vcJwt: id.vcJwt }, receiving(trust))).rejects.toEqual(rejection('vcJwt.jti'));
    await expect(receiveCredential(wallet, { ...issued, sdJwtVc: id.sdJwtVc }, receiving(trust))).rejects.toEqual(rejection('sdJwtVc.jti'));
  });

  test('an SD-JWT VC that keeps a claim back', async () => {
    const { wallet, issued } = await offered();
    const [jwt, , ...rest] = issued.sdJwtVc.split('~');
    await expect(receiveCredential(wallet, { ...issued, sdJwtVc: [jwt, ...rest].join('~') }, receiving(trust))).rejects.toEqual(code('credential-rejected'));
  });

  test('a person of one name and unknown birth', async () => {
    const { wallet, issued } = await offered({ event: { ...VACCINATION, person: { family: 'Li', given: [], birthDate: undefined } } });
    await expect(receiveCredential(wallet, issued, receiving(trust))).resolves.toMatchObject({ issued: { id: issued.id } });
  });

  test.each<[string, 'revoked' | 'suspended' | 'lately']>([['revoked', 'revoked'], ['suspended', 'suspended'], ['revoked a moment ago', 'lately']])('a credential that is %s already', async (_name, how) => {
    const { wallet, issued } = await offered();
    const entries = { 1: [issued.claims.index] };
    const state = trustOf([issuer], how === 'revoked' ? { blocked: entries } : how === 'suspended' ? { suspended: entries } : { blockedLately: entries });
    await expect(receiveCredential(wallet, issued, receiving(state))).rejects.toEqual(rejection('status'));
  });

  test('a credential that has expired', async () => {
    const { wallet, issued } = await offered({ validUntil: (NOW - 1) as UnixSeconds });
    await expect(receiveCredential(wallet, issued, receiving(trust))).rejects.toEqual(rejection('claims.validUntil'));
  });

  test('no error tells what the credential says', async () => {
    const event = { ...VACCINATION, lot: 'CANARY', performer: 'CANARY', person: { family: 'CANARY', given: ['CANARY'], birthDate: '1980-01-02' } };
    const { wallet, issued } = await offered({ event, claims: { nameDigest: 1n as FieldElement } });
    const changed = [issued, { ...issued, vcJwt: `${issued.vcJwt}x` }, { ...issued, sdJwtVc: `${issued.sdJwtVc}x` }, { ...issued, sdJwtVc: issued.sdJwtVc.replace('~', '~x') }];
    const names = ['CANARY', Buffer.from('CANARY').toString('base64url').slice(0, 8), issued.vcJwt.slice(-20)];
    for (const credential of changed) {
      const error: unknown = await receiveCredential(wallet, credential, receiving(trust)).catch((thrown: unknown) => thrown);
      const told = inspect(error, { depth: 9 });
      expect(error).toBeInstanceOf(Error);
      for (const name of names) expect(told).not.toContain(name);
    }
  });

  test('trust data that are too old to go by', async () => {
    const { wallet, issued } = await offered();
    await expect(receiveCredential(wallet, issued, { ...receiving(trust), maxTrustAge: 10 })).rejects.toEqual(rejection('vcJwt'));
  });

  test('a text that is no text', async () => {
    const { wallet, issued } = await offered();
    await expect(receiveCredential(wallet, { ...issued, vcJwt: 'x' }, receiving(trust))).rejects.toEqual(code('jwt-malformed'));
    await expect(receiveCredential(wallet, { ...issued, sdJwtVc: 'x' }, receiving(trust))).rejects.toEqual(code('sd-jwt-malformed'));
  });
});

describe('removeCredential', () => {
  test('takes it out for good', async () => {
    const { wallet, credentials } = await walletWith(issuer, [{}, { event: NEGATIVE_TEST }]);
    await removeCredential(wallet, credentials[0]!.id);
    expect((await heldCredentials(wallet)).map(({ issued }) => issued.id)).toEqual([credentials[1]!.id]);
    await expect(removeCredential(wallet, credentials[0]!.id)).rejects.toEqual(code('credential-unknown'));
  });
});
