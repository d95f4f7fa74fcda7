// Nothing that is submitted makes the services fetch anything: every place that can hold a URL holds one of a server that counts who comes
// (SSRF through contexts, keys, lists, schemas, resources; and telling third parties what is being checked).
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJosePerson, envelope } from './parties.ts';
import { credential, issued, VC_2, verify, type Json, type Services } from './services.ts';

export function describeNoFetching(of: () => Services): void {
  let server: Server;
  let visits = 0;
  let url: string;
  beforeAll(async () => {
    server = createServer((_request, response) => { visits++; response.end('{}'); });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => new Promise<void>((resolve) => { server.close(() => resolve()); }));

  const places = (): [string, Json][] => [
    ['a context', { '@context': [VC_2, `${url}context`] }], ['a context in place', { '@context': [VC_2, { '@import': `${url}context` }] }], ['a context of a term', { '@context': [VC_2, { Sample: { '@id': 'https://example.org/#Sample', '@context': `${url}context` } }], type: ['VerifiableCredential', 'Sample'] }],
    ['the id', { id: `${url}credential` }], ['the issuer', { issuer: `${url}issuer` }], ['the subject', { credentialSubject: { id: `${url}subject` } }],
    ['the status', { credentialStatus: { id: `${url}status#5`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '5', statusListCredential: `${url}status` } }],
    ...['credentialSchema', 'refreshService', 'termsOfUse', 'evidence'].map((property): [string, Json] => [property, { [property]: { id: `${url}${property}`, type: 'https://example.org/#Sample' } }]),
    ['a related resource', { relatedResource: { id: `${url}image`, digestMultibase: 'uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k' } }],
  ];

  describe('what is submitted', () => {
    test('is never fetched, whoever issues or verifies it', async () => {
      const person = await createJosePerson();
      for (const [, changes] of places()) {
        const { status, body } = await of().post('issuer', '/credentials/issue', { credential: credential(changes) });
        if (status === 201) for (const options of [{}, { checks: ['proof'] }]) await verify(of(), body['verifiableCredential'], options);
        await verify(of(), envelope(await person.sign(credential({ issuer: person.did, ...changes }), { typ: 'vc+jwt', kid: person.kid })), { checks: ['proof'] });
      }
      for (const header of [{ kid: `${url}key` }, { jku: `${url}keys` }, { x5u: `${url}certificate` }, { iss: url }]) {
        await verify(of(), envelope(await person.sign(credential({ issuer: person.did }), { typ: 'vc+jwt', kid: person.kid, ...header })));
      }
      const good = await issued(of(), credential()) as Json & { proof: Json };
      for (const proof of [{ verificationMethod: `${url}key` }, { verificationMethod: `did:web:127.0.0.1%3A${new URL(url).port}#key` }, { previousProof: `${url}proof` }]) await verify(of(), { ...good, proof: { ...good.proof, ...proof } });
      await of().get('verifier', `/1.0/identifiers/${encodeURIComponent(`did:web:127.0.0.1%3A${new URL(url).port}`)}`);
      expect(visits).toBe(0);
    });
  });
}
