// VC-API, issuing: what vc-api-issuer-test-suite and vc-di-eddsa-test-suite expect of an issuer, and what they do not ask.
import { describe, expect, test } from 'vitest';
import { CONTEXTS } from '#formats/credential/forms.ts';
import { createHolderSigner, didOfHolder } from '#formats/credential/index.ts';
import { credential, credential1, EXAMPLES, issued, problemsIn, VC_1, VC_2, type Json, type Services } from './services.ts';

export function describeIssuer(of: () => Services): void {
  const issue = (document: unknown, options: Json = {}, path = '/credentials/issue') => of().post('issuer', path, { credential: document, options });

  describe('POST /credentials/issue', () => {
    test.each([['2.0', credential], ['1.1', credential1]] as const)('secures a credential of data model %s by Data Integrity unless told otherwise', async (_version, make) => {
      const { status, body } = await issue(make());
      expect(status).toBe(201);
      const { proof, issuer } = body['verifiableCredential'] as { proof: Json; issuer: string };
      expect(proof).toMatchObject({ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'assertionMethod', proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]{86,90}$/), created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) });
      expect(issuer).toBe(of().issuers['eddsa-rdfc-2022']);
      expect(proof['verificationMethod']).toBe(`${issuer}#${issuer.slice('did:key:'.length)}`);
    });

    test('adds the context of the proof to a credential of data model 1.1, which does not define it', async () => {
      expect((await issued(of(), credential1()))['@context']).toEqual([VC_1, 'https://w3id.org/security/data-integrity/v2']);
    });

    test('signs in no name but its own, whoever the caller names, and keeps what he says about the issuer', async () => {
      expect((await issued(of(), credential({ issuer: { id: 'did:example:somebody', name: 'Clinic' } })))['issuer']).toEqual({ id: of().issuers['eddsa-rdfc-2022'], name: 'Clinic' });
    });

    test.each<[string, Json, Json]>([
      ['no credential', { verifiableCredential: credential() }, {}],
      ['an option that names no way of securing', { credential: credential() }, { proofFormat: 'rot13' }],
      ['a status beside the one that the credential has', { credential: credential({ credentialStatus: { type: 'https://example.org/#Status' } }) }, { credentialStatus: true }],
      ['a status that data model 1.1 does not define', { credential: credential1() }, { credentialStatus: true }],
      ['a purpose of status that is none of ours', { credential: credential() }, { credentialStatus: { statusPurpose: 'message' } }],
      ['JOSE for data model 1.1', { credential: credential1() }, { proofFormat: 'vc+jwt' }],
      ['the JWT of data model 1.1 for 2.0', { credential: credential() }, { proofFormat: 'jwt_vc' }],
    ])('refuses %s', async (_name, body, options) => {
      const answer = await of().post('issuer', '/credentials/issue', { ...body, options });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    });

    test.each<[string, Json]>([
      ['a term that no context defines', { credentialSubject: { id: 'did:example:subject', shoeSize: 42 } }],
      ['a type that no context defines', { type: ['VerifiableCredential', 'UndefinedType'] }],
      ['a type that is mapped to no URL', { '@context': [VC_2, { Bad: 'https ://not-a-url#Bad' }], type: ['VerifiableCredential', 'Bad'] }],
      ['a term of the data model that is defined anew', { '@context': [VC_2, { VerifiableCredential: 'https://example.org/#Other' }] }],
      ['a context that would have to be fetched', { '@context': [VC_2, 'https://example.org/contexts/v1'] }],
      ['a context of this network', { '@context': [VC_2, 'http://127.0.0.1:8545/'] }],
      ['a context inside a context', { '@context': [VC_2, { '@import': 'https://example.org/contexts/v1' }] }],
    ])('refuses %s', async (_name, changes) => {
      const answer = await issue(credential(changes));
      expect([answer.status, problemsIn(answer)]).toEqual([400, ['PARSING_ERROR']]);
    });

    test('makes no health credential of the issuer’s own form, behind which no record would stand (type and contexts of those, by the key of those)', async () => {
      const [url, index] = [`${of().endpoints.issuer}/status-lists/1`, 77];
      const health = credential1({
        '@context': [...CONTEXTS], type: ['VerifiableCredential', 'HealthCredential', 'VaccinationCredential'], id: 'urn:uuid:00000000-0000-4000-8000-000000000001', expirationDate: '2036-01-01T00:00:00Z',
        credentialSubject: { id: didOfHolder(createHolderSigner().key), event: { disease: '840539006', occurred: '2026-01-01' } },
        credentialStatus: { id: `${url}#${index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: `${index}`, statusListCredential: url, statusRegistry: { chainId: 31337, contract: `0x${'0'.repeat(40)}`, list: 1, index } },
      });
      expect((await issue(health, {}, '/jwt-vc/credentials/issue')).status).toBe(400);
    });

    test('takes terms of a context that it has', async () => {
      expect((await issue(credential({ '@context': [VC_2, EXAMPLES], type: ['VerifiableCredential', 'ExampleDegreeCredential'] }))).status).toBe(201);
    });

    test('refuses a graph made to be hard to canonicalise instead of working on it (poisoned blank nodes)', async () => {
      const knot = Array.from({ length: 24 }, (_, i) => ({ '@id': `_:b${i}`, link: Array.from({ length: 24 }, (_unused, j) => ({ '@id': `_:b${j}` })).filter((_node, j) => j !== i) }));
      const begun = Date.now();
      const answer = await issue(credential({ '@context': [VC_2, { link: 'https://example.org/#link' }], credentialSubject: { id: 'did:example:subject', link: knot } }));
      expect([answer.status, problemsIn(answer)]).toEqual([400, ['PARSING_ERROR']]);
      expect(Date.now() - begun).toBeLessThan(10_000);
    });

    test('refuses a credential of more parts than are read, before it works on them', async () => {
      const answer = await issue(credential({ credentialSubject: Array.from({ length: 1500 }, (_, i) => ({ id: `did:example:${i}` })) }));
      expect([answer.status, answer.body['detail']]).toEqual([400, 'credential has more parts than are read']);
    });

    test('names the field of a mistake and never its value', async () => {
      const answer = await issue(credential({ id: 'canary with spaces' }));
      expect(JSON.stringify(answer.body)).not.toContain('canary');
      expect(answer.body).toMatchObject({ title: 'MALFORMED_VALUE_ERROR', detail: 'credential.id is no URL', status: 400 });
    });
  });
}
