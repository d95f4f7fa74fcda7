// Credentials in JWTs: VC-JOSE-COSE (`vc+jwt`) in envelopes, and the encoding of data model 1.1. What is not the one, exactly, is refused.
import { base64url, decodeProtectedHeader, importJWK, compactVerify, SignJWT } from 'jose';
import { verifyCredential } from 'did-jwt-vc';
import type { DIDResolutionResult } from 'did-resolver';
import { beforeAll, describe, expect, test } from 'vitest';
import { createJosePerson, envelope, type JosePerson } from './parties.ts';
import { credential, credential1, issued, problemsIn, verify, type Json, type Services } from './services.ts';

export function describeEnveloped(of: () => Services): void {
  const path = '/vc-jose-cose/credentials/issue';
  let person: JosePerson;
  beforeAll(async () => { person = await createJosePerson(); });
  const header = (): Json => ({ typ: 'vc+jwt', cty: 'vc', kid: person.kid });
  const secure = async (changes: Json = {}, headers: Json = {}) => envelope(await person.sign(credential({ issuer: person.did, ...changes }), { ...header(), ...headers }));
  const refusal = async (document: unknown) => problemsIn(await verify(of(), document));

  describe('POST /vc-jose-cose/credentials/issue', () => {
    test('gives an envelope of a JWT whose payload is the credential, signed by ES256 under a DID that is the key', async () => {
      const document = await issued(of(), credential({ name: 'Sample' }), { path });
      expect(document).toEqual({ '@context': 'https://www.w3.org/ns/credentials/v2', id: expect.stringMatching(/^data:application\/vc\+jwt,[\w-]+\.[\w-]+\.[\w-]+$/), type: 'EnvelopedVerifiableCredential' });
      const text = `${document['id']}`.split(',')[1]!;
      const did = of().issuers['vc+jwt'];
      expect(decodeProtectedHeader(text)).toEqual({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: `${did}#0`, iss: did });
      const key = await importJWK(JSON.parse(Buffer.from(did.slice('did:jwk:'.length), 'base64url').toString()) as object, 'ES256');
      const payload = JSON.parse(Buffer.from((await compactVerify(text, key)).payload).toString()) as Json;
      expect(payload).toMatchObject({ issuer: did, name: 'Sample', type: ['VerifiableCredential'] });
      expect([payload['vc'], payload['proof']]).toEqual([undefined, undefined]);
      expect((await verify(of(), document)).body).toMatchObject({ verified: true, securing: 'vc+jwt', credential: payload });
    });

    test('gives the same by an option, and the bare document where the caller wants that', async () => {
      expect(await issued(of(), credential(), { options: { proofFormat: 'vc+jwt' } })).toMatchObject({ type: 'EnvelopedVerifiableCredential' });
      expect((await of().post('issuer', path, { credential: credential(), options: { returns: 'credential' } })).body).toMatchObject({ type: 'EnvelopedVerifiableCredential' });
    });
  });

  describe('an enveloped credential', () => {
    test.each(['ES256', 'EdDSA'] as const)('of anybody verifies by %s', async (alg) => {
      const somebody = await createJosePerson(alg);
      const text = await somebody.sign(credential({ issuer: { id: somebody.did } }), { typ: 'vc+jwt', kid: somebody.kid, iss: somebody.did });
      expect((await verify(of(), envelope(text))).body).toMatchObject({ verified: true, accredited: 'unknown', issuer: somebody.did });
    });

    test.each<[string, Json]>([
      ['without the context', { '@context': [] }], ['with another context', { '@context': 'https://www.w3.org/ns/credentials/examples/v2' }], ['without a type', { type: undefined }], ['of another type', { type: 'VerifiableCredential' }], ['of two types', { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] }],
    ])('%s is refused', async (_name, changes) => {
      expect(await refusal({ ...await secure(), ...changes })).toEqual(['MALFORMED_VALUE_ERROR']);
    });

    test.each<[string, (id: string) => string]>([
      ['whose id is the JWT alone', (id) => id.split(',')[1]!], ['of a media type that is unknown', (id) => id.replace('vc+jwt', 'vc+cose')], ['whose data is base64', (id) => id.replace(',', ';base64,')], ['that is elsewhere', () => 'https://example.org/credential.jwt'],
    ])('%s is refused', async (_name, change) => {
      const document = await secure();
      expect((await verify(of(), { ...document, id: change(`${document['id']}`) })).status).toBe(400);
    });

    test.each<[string, Json, string]>([
      ['a JWT of the older kind', { typ: 'JWT' }, 'MALFORMED_VALUE_ERROR'], ['a presentation', { typ: 'vp+jwt' }, 'MALFORMED_VALUE_ERROR'], ['another content', { cty: 'vp' }, 'MALFORMED_VALUE_ERROR'], ['an issuer in the header that is another', { iss: 'did:example:other' }, 'MALFORMED_VALUE_ERROR'],
      ['a key of its own', { jwk: { kty: 'EC' } }, 'CRYPTOGRAPHIC_SECURITY_ERROR'], ['a URL of a key', { jku: 'http://127.0.0.1:8545/' }, 'CRYPTOGRAPHIC_SECURITY_ERROR'], ['a certificate of its own', { x5c: ['AAAA'] }, 'CRYPTOGRAPHIC_SECURITY_ERROR'],
      ['a key that would have to be fetched', { kid: 'https://example.org/keys/1' }, 'CRYPTOGRAPHIC_SECURITY_ERROR'], ['a kid that leads out of its folder', { kid: '../../etc/passwd' }, 'CRYPTOGRAPHIC_SECURITY_ERROR'],
    ])('whose header names %s is refused', async (_name, headers, problem) => {
      expect(await refusal(await secure({}, headers))).toEqual([problem]);
    });

    test.each<[string, Json, string]>([
      ['with a `vc` claim', { vc: {} }, 'MALFORMED_VALUE_ERROR'], ['with a `vp` claim', { vp: {} }, 'MALFORMED_VALUE_ERROR'], ['with another `iss`', { iss: 'did:example:other' }, 'MALFORMED_VALUE_ERROR'], ['with another `jti`', { id: 'urn:example:1', jti: 'urn:example:2' }, 'MALFORMED_VALUE_ERROR'],
      ['that has run out', { exp: 1_600_000_000 }, 'RANGE_ERROR'], ['that is not valid yet', { nbf: 4_000_000_000 }, 'RANGE_ERROR'], ['whose end is a text', { exp: '2100' }, 'MALFORMED_VALUE_ERROR'], ['whose end is negative', { exp: -1 }, 'MALFORMED_VALUE_ERROR'],
      ['whose period is over', { validUntil: '2020-01-01T00:00:00Z' }, 'RANGE_ERROR'], ['with a term that no context defines', { shoeSize: 42 }, 'PARSING_ERROR'], ['of another issuer', { issuer: 'did:example:other' }, 'CRYPTOGRAPHIC_SECURITY_ERROR'],
    ])('%s is refused', async (_name, changes, problem) => {
      expect(await refusal(await secure(changes))).toEqual([problem]);
    });

    test('without a signature, or signed by who knows the public key only, is refused (alg none, HS256 with the public key)', async () => {
      const document = credential({ issuer: person.did });
      const none = `${base64url.encode(JSON.stringify({ alg: 'none', ...header() }))}.${base64url.encode(JSON.stringify(document))}.`;
      expect((await verify(of(), envelope(none))).status).toBe(400);
      const secret = Buffer.from(person.did.slice('did:jwk:'.length), 'base64url');
      const forged = await new SignJWT(document).setProtectedHeader({ alg: 'HS256', ...header() }).sign(secret);
      expect(await refusal(envelope(forged))).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
    });

    test('signed by another key, altered, cut or with a spelling of its own is refused', async () => {
      const other = await createJosePerson();
      expect(await refusal(envelope(await other.sign(credential({ issuer: person.did }), header())))).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
      const [head, payload, signature] = `${(await secure())['id']}`.split(',')[1]!.split('.') as [string, string, string];
      const altered = base64url.encode(JSON.stringify(credential({ issuer: person.did, name: 'Altered' })));
      for (const text of [`${head}.${altered}.${signature}`, `${head}.${payload}.${signature.slice(0, -4)}`, `${head}.${payload}.${signature}AAAA`, `${head}.${payload}`, `${head}.${payload}.${signature.slice(0, -1)}~`]) {
        expect((await verify(of(), envelope(text))).status).toBe(400);
      }
    });

    test('whose payload is no JSON, repeats a key or is a list is refused', async () => {
      for (const payload of ['nonsense', `{"issuer":"${person.did}","issuer":"${person.did}"}`, '[]']) expect(await refusal(envelope(await person.sign(payload, header())))).toEqual(['PARSING_ERROR']);
    });
  });

  describe('POST /jwt-vc/credentials/issue', () => {
    const document = () => credential1({ id: 'urn:uuid:3f3ac1b4-7a3c-4f0e-9d44-0d6f2f6c1b01', '@context': ['https://www.w3.org/2018/credentials/v1', { shot: 'https://example.org/#shot' }], credentialSubject: { id: 'did:example:subject', shot: 'measles' } });
    const issue = () => issued(of(), document(), { path: '/jwt-vc/credentials/issue' }) as Promise<Json & { proof: { jwt: string } }>;

    test('gives a credential of data model 1.1 with the JWT that says the same, signed by the accredited did:ethr', async () => {
      const made = await issue();
      expect(made).toMatchObject({ issuer: of().issuers.jwt_vc, credentialSubject: { shot: 'measles' }, proof: { type: 'JwtProof2020' } });
      for (const form of [made, made.proof.jwt]) expect((await verify(of(), form)).body).toMatchObject({ verified: true, securing: 'jwt', accredited: true, issuer: of().issuers.jwt_vc });
    });

    test.each<[string, Json]>([
      ['a subject that has an id alone', { credentialSubject: { id: 'did:example:subject' } }], ['a subject without an id', { credentialSubject: { shot: 'measles' } }],
      ['several subjects', { credentialSubject: [{ id: 'did:example:one' }, { id: 'did:example:two', shot: 'measles' }] }], ['an issuer of whom something is said', { issuer: { id: 'did:example:ours', shot: 'measles' } }],
      ['a type that is a text', { type: 'VerifiableCredential' }], ['an end and a date with parts of a second', { issuanceDate: '2026-01-01T00:00:00.123Z', expirationDate: '2100-01-01T00:00:00Z' }], ['no id', { id: undefined }],
      ['members called like claims of a JWT', { '@context': ['https://www.w3.org/2018/credentials/v1', { '@vocab': 'https://example.org/#' }], iss: 'did:example:other', sub: 'did:example:other', vc: { type: ['HealthCredential'] } }],
    ])('signs %s, and it verifies as a text and as an object', async (_name, changes) => {
      const made = await issued(of(), { ...document(), ...changes }, { path: '/jwt-vc/credentials/issue' }) as Json & { proof: { jwt: string } };
      const { proof: { jwt }, ...said } = made;
      expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'ES256K', typ: 'JWT', kid: expect.stringContaining(of().issuers.jwt_vc) });
      expect((JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString()) as Json)).toMatchObject({ iss: of().issuers.jwt_vc, vc: said });
      for (const form of [made, jwt]) expect((await verify(of(), form)).body).toMatchObject({ verified: true, accredited: true, credential: said });
    });

    test('is read by the library that others verify with', async () => {
      const { proof: { jwt } } = await issued(of(), { ...document(), credentialSubject: { id: 'did:example:subject' } }, { path: '/jwt-vc/credentials/issue' }) as { proof: { jwt: string } };
      const did = of().issuers.jwt_vc;
      const { body } = await of().get('verifier', `/1.0/identifiers/${did}`);
      const verified = await verifyCredential(jwt, { resolve: async () => body as unknown as DIDResolutionResult });
      expect(verified).toMatchObject({ verified: true, verifiableCredential: { issuer: { id: did }, credentialSubject: { id: 'did:example:subject' } } });
    });

    test.each<[string, Json]>([['no subject', { credentialSubject: {} }], ['no date', { issuanceDate: undefined }], ['a context that is not known', { '@context': ['https://www.w3.org/2018/credentials/v1', 'https://example.org/v1'] }], ['data model 2.0', credential()]])('refuses %s', async (_name, changes) => {
      expect(await of().post('issuer', '/jwt-vc/credentials/issue', { credential: { ...document(), ...changes } })).toMatchObject({ status: 400 });
    });

    test.each<[string, Json]>([['another claim', { credentialSubject: { id: 'did:example:subject', shot: 'tetanus' } }], ['another holder', { credentialSubject: { id: 'did:example:other', shot: 'measles' } }], ['another issuer', { issuer: 'did:example:other' }], ['another end', { expirationDate: '2100-01-01T00:00:00Z' }], ['no context', { '@context': undefined }], ['no type', { type: undefined }]])('an object beside the JWT that says %s is refused (object not bound to its JWT)', async (_name, changes) => {
      expect(await refusal({ ...await issue(), ...changes })).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
    });

    test('a key that the document of the issuer does not list signs nothing in its name', async () => {
      const payload = { iss: of().issuers.jwt_vc, nbf: 1_700_000_000, vc: { '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiableCredential'], credentialSubject: { id: 'did:example:subject' } } };
      for (const kid of [`${of().issuers.jwt_vc}#controller`, `${of().issuers.jwt_vc}#delegate-99`, person.kid, undefined]) {
        expect(await refusal(await person.sign(payload, { typ: 'JWT', ...(kid === undefined ? {} : { kid }) }))).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
      }
    });
  });
}
