// VC Data Model 2.0 and 1.1: what vc-data-model-2.0-test-suite expects, property by property, of who issues and of who verifies.
import { describe, expect, test } from 'vitest';
import { credential, credential1, EXAMPLES, issued, problemsIn, VC_1, VC_2, verify, type Json, type Services } from './services.ts';

const URL_TYPE = 'https://example.org/#Sample';
const RESOURCE = { id: VC_2, digestSRI: 'sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg', digestMultibase: 'uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k' };
const { digestMultibase, ...SRI } = RESOURCE;
const { digestSRI: _sri, ...MULTIBASE } = RESOURCE;
const typed = (property: string): (readonly [string, Json])[] => [
  [`one ${property}`, { [property]: { id: 'did:example:1', type: URL_TYPE } }], [`several of ${property}`, { [property]: [{ id: 'did:example:1', type: URL_TYPE }, { id: 'did:example:2', type: [URL_TYPE] }] }],
];
const untyped = (property: string): (readonly [string, Json])[] => [
  [`${property} without a type`, { [property]: { id: 'did:example:1' } }], [`${property} of a type that is a number`, { [property]: { id: 'did:example:1', type: 2 } }],
  [`${property} with an id that is no URL`, { [property]: { id: 'https ://nowhere', type: URL_TYPE } }], [`${property} with two ids`, { [property]: { id: ['did:example:1', 'did:example:2'], type: URL_TYPE } }],
  [`${property} that is a text`, { [property]: 'did:example:1' }], [`${property} that is empty`, { [property]: {} }],
];
const language = (where: (value: unknown) => Json): (readonly [string, Json])[] => [
  ['a text', where('Dog')], ['a language value', where({ '@value': 'Dog', '@language': 'en' })], ['a language value with a direction', where({ '@value': 'Dog', '@language': 'en', '@direction': 'ltr' })],
  ['several languages', where([{ '@value': 'Dog', '@language': 'en' }, { '@value': 'Chien', '@language': 'fr' }])],
];
const noLanguage = (where: (value: unknown) => Json): (readonly [string, Json])[] => [
  ['a member too many', where({ '@value': 'Dog', '@language': 'en', url: 'did:example:1' })], ['a value that is no text', where({ '@value': 7 })], ['a number', where(7)], ['a language that is none', where({ '@value': 'Dog', '@language': 'not a language' })],
  ['a direction that is none', where({ '@value': 'Dog', '@direction': 'up' })],
];

const GOOD: readonly (readonly [string, Json])[] = [
  ['as little as there can be', {}], ['a context of examples', { '@context': [VC_2, EXAMPLES] }], ['a context in place', { '@context': [VC_2, { Sample: URL_TYPE }], type: ['VerifiableCredential', 'Sample'] }],
  ['a type that is a URL', { type: ['VerifiableCredential', URL_TYPE] }], ['the type in another place', { type: [URL_TYPE, 'VerifiableCredential'] }], ['an id that is a URL', { id: 'https://example.org/credentials/1' }], ['an id that is a URN', { id: 'urn:example:1' }],
  ['an issuer with more said of it', { issuer: { id: 'did:example:ours', name: 'Clinic' } }], ['several subjects', { credentialSubject: [{ id: 'did:example:1' }, { id: 'did:example:2' }] }],
  ['a start', { validFrom: '2023-02-23T21:41:38Z' }], ['a start with milliseconds', { validFrom: '2023-02-23T21:41:38.123Z' }], ['a start in another zone', { validFrom: '2023-02-23T21:41:38-03:30' }], ['an end', { validUntil: '2120-02-29T00:00:00Z' }],
  ['a start that is the end', { validFrom: '2120-01-01T00:00:00Z', validUntil: '2120-01-01T01:00:00+01:00' }],
  ...['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse', 'evidence'].flatMap(typed), ['a status without an id', { credentialStatus: { type: URL_TYPE } }], ['evidence without an id', { evidence: { type: URL_TYPE } }],
  ...language((name) => ({ name })), ...language((description) => ({ description })), ...language((name) => ({ issuer: { id: 'did:example:ours', name } })),
  ['a related resource by SRI', { relatedResource: SRI }], ['a related resource by multibase', { relatedResource: [{ ...MULTIBASE, mediaType: 'application/ld+json' }] }],
  ['a related resource that is not at hand', { relatedResource: { id: 'https://example.org/image.png', digestMultibase } }],
];

const BAD: readonly (readonly [string, Json])[] = [
  ['no context', { '@context': undefined }], ['a context that is a text', { '@context': VC_2 }], ['a context that is empty', { '@context': [] }], ['another context first', { '@context': [EXAMPLES, VC_2] }], ['no base context', { '@context': [EXAMPLES] }],
  ['a context that is no URL', { '@context': [VC_2, 'https ://not-a-url'] }], ['a context that is a number', { '@context': [VC_2, 123192875] }], ['a context that is null', { '@context': [VC_2, null] }], ['a context that is a list', { '@context': [VC_2, [EXAMPLES]] }],
  ['no type', { type: undefined }], ['a type that is a number', { type: 4 }], ['types that are no texts', { type: ['VerifiableCredential', 4] }], ['no types', { type: [] }], ['another type alone', { type: [URL_TYPE] }],
  ['an id that is null', { id: null }], ['two ids', { id: ['urn:example:1', 'urn:example:2'] }], ['an id that is no URL', { id: 'https ://not-a-url/1' }], ['an id without a scheme', { id: 'example' }],
  ['no issuer', { issuer: undefined }], ['an issuer that is null', { issuer: null }], ['an issuer that is no URL', { issuer: 'fake-issuer' }], ['an issuer without an id', { issuer: { name: 'Clinic' } }], ['an issuer whose id is null', { issuer: { id: null } }], ['an issuer whose id is no URL', { issuer: { id: 'fake' } }], ['issuers', { issuer: ['did:example:1'] }],
  ['no subject', { credentialSubject: undefined }], ['a subject without claims', { credentialSubject: {} }], ['a subject without claims among others', { credentialSubject: [{ id: 'did:example:1' }, {}] }], ['no subjects', { credentialSubject: [] }], ['a subject that is a text', { credentialSubject: 'did:example:1' }], ['a subject with two ids', { credentialSubject: { id: ['did:example:1', 'did:example:2'] } }],
  ['a start that is no date', { validFrom: 'yesterday' }], ['a start without a zone', { validFrom: '2023-02-23T21:41:38' }], ['a start on a day that is not', { validFrom: '2023-02-30T00:00:00Z' }], ['a start that is a number', { validFrom: 1_700_000_000 }], ['an end in a month that is not', { validUntil: '2023-13-01T00:00:00Z' }],
  ['an end before the start', { validFrom: '2120-01-02T00:00:00Z', validUntil: '2120-01-01T00:00:00Z' }],
  ...['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse', 'evidence'].flatMap(untyped), ['a schema without an id', { credentialSchema: { type: URL_TYPE } }],
  ...noLanguage((name) => ({ name })), ...noLanguage((description) => ({ description })), ...noLanguage((name) => ({ issuer: { id: 'did:example:ours', name } })),
  ['related resources that are texts', { relatedResource: [VC_2] }], ['a related resource without an id', { relatedResource: { digestMultibase } }], ['a related resource twice', { relatedResource: [SRI, MULTIBASE] }], ['a related resource without a digest', { relatedResource: { id: VC_2 } }],
  ['a digest that is none', { relatedResource: { id: VC_2, digestSRI: 'sha1-AAAA' } }], ['a proof without a type', { proof: { created: '2023-07-28T22:25:05Z' } }],
];

export function describeDataModel(of: () => Services): void {
  const issue = (document: Json) => of().post('issuer', '/credentials/issue', { credential: document, options: { credentialStatus: false } });

  describe('VC Data Model 2.0', () => {
    test.each(GOOD)('a credential with %s is issued', async (_name, changes) => {
      expect(await issue(credential(changes))).toMatchObject({ status: 201 });
    });

    test.each(BAD)('a credential with %s is neither issued nor verified', async (_name, changes) => {
      const answer = await issue(credential(changes));
      expect([answer.status, problemsIn(answer)]).toEqual([400, ['MALFORMED_VALUE_ERROR']]);
      expect(await verify(of(), credential(changes))).toMatchObject({ status: 400, body: { verified: false, errors: [{ title: 'MALFORMED_VALUE_ERROR' }] } });
    });

    test('a related resource whose digest is another is refused, and one that is not at hand is not silently taken as compared', async () => {
      const wrong = await issue(credential({ relatedResource: { id: VC_2, digestMultibase: 'uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0' } }));
      expect([wrong.status, problemsIn(wrong)]).toEqual([400, ['RANGE_ERROR']]);
      const elsewhere = await issued(of(), credential({ relatedResource: { id: 'https://example.org/image.png', digestMultibase } }));
      expect((await verify(of(), elsewhere)).body).toMatchObject({ verified: true, warnings: ['a related resource was not fetched and its digest not compared'] });
    });
  });

  describe('VC Data Model 1.1', () => {
    test.each<[string, Json]>([['as little as there can be', {}], ['an end', { expirationDate: '2120-01-01T00:00:00Z' }], ['a date without a zone, which 1.1 allows', { issuanceDate: '2023-01-01T00:00:00' }]])('a credential with %s is issued', async (_name, changes) => {
      expect((await issue(credential1(changes))).status).toBe(201);
    });

    test.each<[string, Json]>([
      ['no date of issuance', { issuanceDate: undefined }], ['a date of issuance that is none', { issuanceDate: '2023' }], ['an end before it', { expirationDate: '2020-01-01T00:00:00Z' }], ['a refresh service without an id', { refreshService: { type: URL_TYPE } }],
      ['both base contexts, the newer second', { '@context': [VC_1, VC_2], issuanceDate: undefined }],
    ])('a credential with %s is neither issued nor verified', async (_name, changes) => {
      expect((await issue(credential1(changes))).status).toBe(400);
      expect((await verify(of(), credential1(changes))).status).toBe(400);
    });
  });
}
