// Rules that are passed on: whose they are, what makes one no rule, and how large their codes are.
import { createCode } from '#wallet';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, test } from 'vitest';
import type { UnixSeconds } from '#passport';
import { createJws, readJws } from '#formats/credential/jws.ts';
import { createSignedRule, decodeRequestText, encodeRequestText, encodeRuleText, RULE_TYPE, verifySignedRule } from '#formats/rule/index.ts';
import { POLICIES, policyById } from '#passport/policies/index.ts';
import { createDevelopmentCertificate } from '#verifier/openid4vp/certificate.ts';
import { certificateSigner, didSigner } from '#verifier/openid4vp/identity.ts';

const now = 1_800_000_000 as UnixSeconds;
const secret = secp256k1.utils.randomSecretKey();
const did = didSigner(secret, 31337);
const made = await createDevelopmentCertificate('http://127.0.0.1:4200', 'City hall', now);
const certificate = certificateSigner(made);
const travel = policyById('eu-travel-2022')!;
const byDid = await createSignedRule(travel.document, did, now);
const byCertificate = await createSignedRule(travel.document, certificate, now);
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const parts = (jws: string) => jws.split('.') as [string, string, string];
/** Signed by whoever holds the key, with a header and payload of his choice. */
const forged = (header: object, payload: object) => createJws(header, payload, (message) => secp256k1.sign(message, secret));
const header = decode(parts(byDid)[0]);
const payload = decode(parts(byDid)[1]);

describe('verifySignedRule', () => {
  test('a rule signed under a DID is the rule, by somebody who is not known yet', async () => {
    const { policy, signer, known, signedAt } = await verifySignedRule(byDid, { now });
    expect(policy.root).toBe(travel.root);
    expect([policy.id, policy.version, policy.title, policy.window, policy.freshness]).toEqual([travel.id, travel.version, travel.title, travel.window, travel.freshness]);
    expect(signer).toEqual({ by: 'did', clientId: did.clientId, did: did.clientId.slice('decentralized_identifier:'.length) });
    expect([known, signedAt]).toEqual([false, now]);
    expect((await verifySignedRule(byDid, { now, knownSigners: [did.clientId] })).known).toBe(true);
  });

  test('a certificate of a known authority makes its holder known by name', async () => {
    const { signer, known } = await verifySignedRule(byCertificate, { now, roots: [made.root] });
    expect(signer).toMatchObject({ by: 'certificate', clientId: certificate.clientId, name: 'City hall' });
    expect(known).toBe(true);
  });

  test('a name that nobody known vouches for is not shown', async () => {
    const other = await createDevelopmentCertificate('http://127.0.0.1:4200', 'Ministry of Health', now);
    const rule = await createSignedRule(travel.document, certificateSigner(other), now);
    const { signer, known } = await verifySignedRule(rule, { now, roots: [made.root] });
    expect([signer, known]).toEqual([{ by: 'certificate', clientId: certificateSigner(other).clientId, name: undefined, hosts: [] }, false]);
  });

  test('the sentence of the author is not signed and does not travel', async () => {
    const lying = { ...travel.document, asks: { en: 'Proves nothing at all.' } };
    const { policy } = await verifySignedRule(await createSignedRule(lying, did, now), { now });
    expect(policy.asks).toEqual({ en: travel.title.en });
    expect(parts(byDid)[1]).not.toContain('asks');
  });

  test('attack: a rule that was changed after it was signed', async () => {
    const rule = { ...(payload['rule'] as object), clauses: [{ minAge: 1 }] };
    const [head, , signature] = parts(byDid);
    await expect(verifySignedRule([head, encode({ ...payload, rule }), signature].join('.'), { now })).rejects.toMatchObject({ code: 'rule-signature-invalid', field: 'signature' });
  });
  test('attack: signed by one, in the name of another', async () => {
    const foreign = didSigner(secp256k1.utils.randomSecretKey(), 31337);
    await expect(forged(header, { ...payload, iss: foreign.clientId }).then((jws) => verifySignedRule(jws, { now }))).rejects.toMatchObject({ code: 'rule-signature-invalid', field: 'iss' });
    const kid = `${foreign.clientId.slice('decentralized_identifier:'.length)}#controllerKey`;
    await expect(forged({ ...header, kid }, { ...payload, iss: foreign.clientId }).then((jws) => verifySignedRule(jws, { now }))).rejects.toMatchObject({ code: 'rule-signature-invalid', field: 'signature' });
  });
  test('attack: the certificate of another beside a signature of one’s own', async () => {
    const [head, body] = parts(byCertificate);
    const own = p256.sign(Buffer.from(`${head}.${body}`), p256.utils.randomSecretKey());
    await expect(verifySignedRule(`${head}.${body}.${Buffer.from(own).toString('base64url')}`, { now, roots: [made.root] })).rejects.toMatchObject({ code: 'rule-signature-invalid', field: 'signature' });
  });
  test.each([
    ['no algorithm', { ...header, alg: 'none' }, 'rule-signature-invalid', 'alg'],
    ['an algorithm of another key', { ...header, alg: 'ES256' }, 'rule-signature-invalid', 'alg'],
    ['a token of another kind', { ...header, typ: 'oauth-authz-req+jwt' }, 'rule-malformed', 'typ'],
    ['a header that must be understood', { ...header, crit: ['exp'] }, 'rule-malformed', 'typ'],
    ['nobody’s key', { alg: 'ES256K', typ: RULE_TYPE }, 'rule-signature-invalid', 'kid'],
    ['two keys', { ...header, x5c: made.chain }, 'rule-signature-invalid', 'kid'],
    ['a DID without a key in it', { ...header, kid: 'did:web:example.org#key' }, 'rule-signature-invalid', 'kid'],
  ])('attack: %s', async (_what, head, code, field) => {
    await expect(forged(head, payload).then((jws) => verifySignedRule(jws, { now }))).rejects.toMatchObject({ code, field });
  });
  test.each([
    ['signed in the future', { ...payload, iat: now + 3600 }, 'rule-signature-invalid'],
    ['a rule with a clause that no rule has', { ...payload, rule: { ...(payload['rule'] as object), clauses: [{ minAge: -1 }] } }, 'policy-invalid'],
    ['no rule', { iss: payload['iss'], iat: now }, 'rule-malformed'],
    ['something beside the rule', { ...payload, script: 'x' }, 'rule-malformed'],
  ])('attack: %s', async (_what, body, code) => {
    await expect(forged(header, body).then((jws) => verifySignedRule(jws, { now }))).rejects.toMatchObject({ code });
  });
  test('an unsigned document is no signed rule', async () => {
    await expect(verifySignedRule(JSON.stringify(travel.document), { now })).rejects.toMatchObject({ code: 'rule-malformed' });
  });
  test('a certificate that has run out signs nothing any more', async () => {
    await expect(verifySignedRule(byCertificate, { now: now + 86_400 * 3651, roots: [made.root] })).rejects.toMatchObject({ code: 'rule-signature-invalid', field: 'x5c' });
  });
});

describe('the text of a code', () => {
  test('is the signed rule, byte for byte', async () => {
    const text = await encodeRuleText(byDid);
    expect(text).toMatch(/^HPR1:[0-9A-Z $%*+\-./:]+$/);
    expect((await verifySignedRule(text, { now })).jws).toBe(byDid);
  });
  test('the codes of the shipped rules are small enough for a poster', async () => {
    const sizes = await Promise.all(POLICIES.map(async (policy) => {
      const text = await encodeRuleText(await createSignedRule(policy.document, did, now));
      return [policy.id, text.length, (createCode(text).size - 17) / 4] as const;
    }));
    for (const [, length, version] of sizes) expect([length < 1400, version <= 25]).toEqual([true, true]);
  });
  test('attack: a bomb that unpacks to more than any rule', async () => {
    const huge = await createSignedRule({ ...travel.document, title: { en: 'x'.repeat(499) }, clauses: [{ minAge: 1 }] }, { clientId: 'c', sign: async (body) => `${encode({ a: 1 })}.${encode({ ...body, x: 'y'.repeat(50_000) })}.${'A'.repeat(86)}` }, now);
    await expect(encodeRuleText(huge).then((text) => verifySignedRule(text, { now }))).rejects.toMatchObject({ code: 'text-too-long' });
  });
  test.each([['cut off', (text: string) => text.slice(0, -9 - ((text.length - 5) % 3))], ['nothing but the prefix', () => 'HPR1:'], ['another prefix', (text: string) => `HPC1:${text.slice(5)}`]])('attack: %s', async (_what, spoil) => {
    await expect(verifySignedRule(spoil(await encodeRuleText(byDid)), { now })).rejects.toMatchObject({ code: 'rule-malformed' });
  });
  test('a request with the rule in it is read in both forms', async () => {
    const request = { policy: 'eu-travel-2022@1', audience: 'City hall', rule: await encodeRuleText(byDid) };
    const text = await encodeRequestText(request);
    expect(await decodeRequestText(text)).toEqual(request);
    expect(await decodeRequestText(JSON.stringify(request))).toEqual(request);
    expect((createCode(text).size - 17) / 4).toBeLessThanOrEqual(27);
  });
});

test('the header of a signed rule says no more than who signed', () => expect(Object.keys(readJws(byDid, { code: 'rule-malformed', maxLength: 60_000 }).header)).toEqual(['alg', 'typ', 'kid']));
