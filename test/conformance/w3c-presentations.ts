// Presentations, by Data Integrity and by JWT: for one verifier, one challenge and one holder, and only as good as each credential inside.
import { beforeAll, describe, expect, test } from 'vitest';
import { createJosePerson, createProofPerson, envelope, type JosePerson } from './parties.ts';
import { credential, issued, problemsIn, until, VC_2, type Json, type Services } from './services.ts';

const CHALLENGE = 'u7JYqLQcEPcMZ2Yq3k0VZ2w';
const DOMAIN = 'verifier.example';

export function describePresentations(of: () => Services): void {
  let holder: Awaited<ReturnType<typeof createProofPerson>>;
  let person: JosePerson;
  beforeAll(async () => { [holder, person] = [await createProofPerson(), await createJosePerson()]; });
  const presentation = (changes: Json = {}): Json => ({ '@context': [VC_2], type: ['VerifiablePresentation'], ...changes });
  const verify = (verifiablePresentation: unknown, options: Json = { challenge: CHALLENGE, domain: DOMAIN }) => of().post('verifier', '/presentations/verify', { verifiablePresentation, options });
  const present = (changes: Json = {}, audience = { challenge: CHALLENGE, domain: DOMAIN }) => holder.present(presentation(changes), audience);
  const presentJwt = async (changes: Json = {}, claims: Json = { nonce: CHALLENGE, aud: DOMAIN }) =>
    envelope(await person.sign({ ...presentation({ holder: person.did, ...changes }), ...claims }, { typ: 'vp+jwt', kid: person.kid }), 'application/vp+jwt', 'EnvelopedVerifiablePresentation');

  describe('POST /presentations/verify', () => {
    test('verifies who holds it and each credential inside, however secured', async () => {
      const credentials = [await issued(of(), credential()), await issued(of(), credential(), { path: '/vc-jose-cose/credentials/issue' }), await holder.issue()];
      const { status, body } = await verify(await present({ holder: holder.did, verifiableCredential: credentials }));
      expect(status).toBe(200);
      expect(body).toMatchObject({ verified: true, holder: holder.did, errors: [], credentialResults: [{ securing: 'data-integrity', accredited: 'unknown' }, { securing: 'vc+jwt' }, { issuer: holder.did }] });
    });

    test('verifies one in an envelope', async () => {
      const { body } = await verify(await presentJwt({ verifiableCredential: [await issued(of(), credential(), { path: '/vc-jose-cose/credentials/issue' })] }));
      expect(body).toMatchObject({ verified: true, holder: person.did, credentialResults: [{ securing: 'vc+jwt' }] });
    });

    test.each<[string, Json | undefined, string]>([['no challenge', {}, 'INVALID_CHALLENGE_ERROR'], ['another challenge (replay)', { challenge: 'uOther', domain: DOMAIN }, 'INVALID_CHALLENGE_ERROR'], ['another domain', { challenge: CHALLENGE, domain: 'other.example' }, 'INVALID_DOMAIN_ERROR']])('refuses an answer where the verifier gives %s', async (_name, options, problem) => {
      expect(problemsIn(await verify(await present(), options))).toEqual([problem]);
      expect(problemsIn(await verify(await presentJwt(), options))).toEqual([problem]);
    });

    test.each<[string, Json]>([
      ['no context', { '@context': undefined }], ['contexts in another order', { '@context': ['https://www.w3.org/ns/credentials/examples/v2', VC_2] }], ['a context that is no URL', { '@context': [VC_2, 'https ://nowhere'] }], ['a context that is a number', { '@context': [VC_2, 7] }], ['no type', { type: undefined }], ['another type', { type: ['SamplePresentation'] }],
      ['an id that is no URL', { id: 'nothing' }], ['a holder that is no URL', { holder: 'z6Mk' }], ['a holder without an id', { holder: { name: 'Acme' } }], ['a credential that is a text', { verifiableCredential: ['eyJ'] }], ['a credential that is a number', { verifiableCredential: 7 }],
    ])('refuses %s', async (_name, changes) => {
      expect(problemsIn(await verify({ ...await present(), ...changes }))).toEqual(['MALFORMED_VALUE_ERROR']);
      expect(problemsIn(await verify(await presentJwt(changes)))).toEqual(['MALFORMED_VALUE_ERROR']);
    });

    test('refuses one that somebody else signed than its holder', async () => {
      expect(problemsIn(await verify(await present({ holder: 'did:example:alice' })))).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
      expect((await verify(await presentJwt({ holder: 'did:example:alice' }))).status).toBe(400);
    });

    test('refuses one without a proof, with one made for credentials, or edited since', async () => {
      expect(problemsIn(await verify(presentation()))).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
      const made = await present() as Json & { proof: Json };
      expect(problemsIn(await verify({ ...made, proof: { ...made.proof, proofPurpose: 'assertionMethod' } }))).toEqual(['PROOF_VERIFICATION_ERROR']);
      expect(problemsIn(await verify({ ...made, id: 'urn:example:added' }))).toEqual(['PROOF_VERIFICATION_ERROR']);
    });

    test('refuses a good presentation of a credential that is edited, unsigned, revoked or run out (inner credentials unchecked)', async () => {
      const good = await issued(of(), credential());
      for (const inner of [{ ...good, name: 'Edited' }, credential(), await issued(of(), credential({ validUntil: '2020-01-01T00:00:00Z' }))]) {
        expect(await verify(await present({ verifiableCredential: [inner] }))).toMatchObject({ status: 400, body: { verified: false } });
      }
      await of().post('issuer', '/credentials/status', { credentialId: good['id'], credentialStatus: { statusPurpose: 'revocation' } });
      const revoked = await present({ verifiableCredential: [good] });
      expect(problemsIn(await until(() => verify(revoked), ({ status }) => status === 400))).toEqual(['STATUS_VERIFICATION_ERROR']);
    });

    test('refuses more credentials than are looked at, and a body that is too long', async () => {
      expect(problemsIn(await verify(await presentJwt({ verifiableCredential: Array.from({ length: 17 }, () => credential()) })))).toEqual(['MALFORMED_VALUE_ERROR']);
      expect((await verify({ ...presentation(), id: 'x'.repeat(600_000) })).status).toBe(413);
    });

    test('takes a credential for no presentation, and the other way round', async () => {
      const document = await issued(of(), credential());
      expect((await verify(document)).status).toBe(400);
      expect((await of().post('verifier', '/credentials/verify', { verifiableCredential: await present() })).status).toBe(400);
    });
  });
}
