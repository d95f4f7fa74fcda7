// VC-API, verifying: what vc-api-verifier-test-suite and vc-di-eddsa-test-suite expect of a verifier, and what they do not ask.
import { describe, expect, test } from 'vitest';
import { credential, credential1, issued, problemsIn, VC_2, verify, type Json, type Services } from './services.ts';

export function describeVerifier(of: () => Services): void {
  const sample = async (changes: Json = {}) => issued(of(), credential(changes));

  describe('POST /credentials/verify', () => {
    test('tells what was checked, and accreditation beside it: a key that is its own name may be anybody’s', async () => {
      const { status, body } = await verify(of(), await sample());
      expect(status).toBe(200);
      expect(body).toMatchObject({ verified: true, checks: ['form', 'proof', 'validity', 'status'], warnings: [], errors: [], accredited: 'unknown', securing: 'data-integrity' });
    });

    test('verifies a credential of data model 1.1', async () => {
      expect((await verify(of(), await issued(of(), credential1()))).body).toMatchObject({ verified: true });
    });

    const edits: readonly (readonly [string, (document: Json & { proof: Json }) => unknown])[] = [
      ['an edited claim', (document) => ({ ...document, credentialSubject: { id: 'did:example:other' } })],
      ['an added claim', (document) => ({ ...document, name: 'Added' })],
      ['another issuer', (document) => ({ ...document, issuer: 'did:key:z6MkhTNL7i2etLerDK8Acz5t528giE5KA4p75T6ka1E1D74r' })],
      ['no proof', ({ proof: _proof, ...document }) => document],
      ['a proof that is null', (document) => ({ ...document, proof: null })],
      ['a proof that is a list without proofs', (document) => ({ ...document, proof: [] })],
      ['a proof of another type', (document) => ({ ...document, proof: { ...document.proof, type: 'UnknownProof' } })],
      ['a proof of another suite', (document) => ({ ...document, proof: { ...document.proof, cryptosuite: 'eddsa-jcs-2022' } })],
      ['a proof for another purpose', (document) => ({ ...document, proof: { ...document.proof, proofPurpose: 'authentication' } })],
      ['a proof without a method', ({ proof: { verificationMethod: _method, ...proof }, ...document }) => ({ ...document, proof })],
      ['a proof by a method that would have to be fetched', (document) => ({ ...document, proof: { ...document.proof, verificationMethod: 'http://127.0.0.1:8545/#key' } })],
      ['a proof value without its multibase header', (document) => ({ ...document, proof: { ...document.proof, proofValue: `${document.proof['proofValue']}`.slice(1) } })],
      ['a proof value that is cut', (document) => ({ ...document, proof: { ...document.proof, proofValue: `${document.proof['proofValue']}`.slice(0, -2) } })],
      ['a proof whose date was changed', (document) => ({ ...document, proof: { ...document.proof, created: '2020-01-01T00:00:00Z' } })],
      ['a proof whose date is none', (document) => ({ ...document, proof: { ...document.proof, created: 'yesterday' } })],
      ['a good proof beside one that does not hold', (document) => ({ ...document, proof: [document.proof, { ...document.proof, created: '2020-01-01T00:00:00Z' }] })],
      ['a proof that follows one that is not there', (document) => ({ ...document, proof: { ...document.proof, previousProof: 'urn:uuid:missing' } })],
      ['more proofs than are looked at', (document) => ({ ...document, proof: Array.from({ length: 50 }, () => document.proof) })],
      ['a text', (document) => JSON.stringify(document)],
      ['nothing', () => null],
    ];
    test.each(edits)('refuses %s', async (_name, edit) => {
      const answer = await verify(of(), edit(await sample() as Json & { proof: Json }));
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ verified: false, errors: [{ type: expect.stringMatching(/^https:\/\/(www\.w3\.org|w3id\.org)\/.+#[A-Z_]+$/) }] });
    });

    test.each([['one that has run out', { validUntil: '2020-01-01T00:00:00Z' }], ['one that is not valid yet', { validFrom: '2100-01-01T00:00:00Z' }]] as const)('refuses %s', async (_name, changes) => {
      expect(problemsIn(await verify(of(), await sample(changes)))).toEqual(['RANGE_ERROR']);
    });

    test('never says verified of a status that it did not look at, unless the caller takes that upon himself, and then it warns', async () => {
      const foreign = await sample({ credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '5', statusListCredential: 'https://lists.example/1' } });
      expect(problemsIn(await verify(of(), foreign))).toEqual(['STATUS_RETRIEVAL_ERROR']);
      expect((await verify(of(), foreign, { checks: ['proof'] })).body).toMatchObject({ verified: true, checks: ['form', 'proof', 'validity'], warnings: ['the status was not checked: its list is not read here'] });
    });

    test.each<[string, Json, string]>([
      ['an index outside the list', { statusListIndex: '1015808' }, 'RANGE_ERROR'],
      ['a list that is not on chain', { statusListCredential: '/status-lists/77' }, 'STATUS_RETRIEVAL_ERROR'],
      ['another purpose than that of the list', { statusPurpose: 'suspension' }, 'STATUS_VERIFICATION_ERROR'],
    ])('refuses %s of an issuer that it knows, also where only the proof was asked for', async (_name, changes, problem) => {
      const entry: Json = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '5', ...changes };
      entry['statusListCredential'] = of().endpoints.issuer + `${entry['statusListCredential'] ?? '/status-lists/1'}`;
      expect(problemsIn(await verify(of(), await sample({ credentialStatus: entry }), { checks: ['proof'] }))).toEqual([problem]);
    });

    test('takes a context in place that fetches nothing', async () => {
      const document = await sample({ '@context': [VC_2, { Sample: 'https://example.org/#Sample' }], type: ['VerifiableCredential', 'Sample'] });
      expect((await verify(of(), document)).body).toMatchObject({ verified: true });
    });
  });
}
