// Bitstring Status List: what vc-bitstring-status-list-test-suite expects, the list as an outsider reads it, and what hostile entries do.
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { credential, issued, problemsIn, until, verify, type Answer, type Json, type Services } from './services.ts';

type Entry = { id: string; type: string; statusPurpose: string; statusListIndex: string; statusListCredential: string };

export function describeBitstring(of: () => Services): void {
  const pathOf = (url: string) => url.slice(of().endpoints.issuer.length);
  const bitsOf = ({ credentialSubject }: Json) => gunzipSync(Buffer.from(`${(credentialSubject as Json)['encodedList']}`.slice(1), 'base64url'), { maxOutputLength: 200_000 });
  const bit = (bits: Uint8Array, index: number) => (bits[index >> 3]! >> (7 - (index & 7))) & 1;
  const list = async (url: string) => (await of().get('issuer', pathOf(url))).body;
  const change = (credentialId: unknown, credentialStatus: Json, status?: boolean) => of().post('issuer', '/credentials/status', { credentialId, credentialStatus: { type: 'BitstringStatusListEntry', ...credentialStatus }, status });
  const listed = async (url: string, index: number, value: number) => until(async () => of().get('issuer', pathOf(url)), ({ body }) => bit(bitsOf(body), index) === value);

  describe('a credential with a status', () => {
    test('names an entry of its issuer’s list, which is a credential of the same issuer that verifies', async () => {
      const document = await issued(of(), credential());
      const entry = document['credentialStatus'] as Entry;
      expect(entry).toEqual({ id: `${entry.statusListCredential}#${entry.statusListIndex}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: expect.stringMatching(/^\d+$/), statusListCredential: `${of().endpoints.issuer}/status-lists/1` });
      const { body, headers } = await of().get('issuer', pathOf(entry.statusListCredential));
      expect(body).toMatchObject({ id: entry.statusListCredential, type: ['VerifiableCredential', 'BitstringStatusListCredential'], issuer: document['issuer'], credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: 60_000 } });
      expect(headers.get('content-type')).toBe('application/ld+json');
      expect(bitsOf(body).length * 8).toBeGreaterThanOrEqual(131_072);
      expect((await verify(of(), body)).body).toMatchObject({ verified: true });
    });

    test('is revoked on chain by its id: then the list says so, and no verifier takes it, whatever he asked for', async () => {
      const document = await issued(of(), credential({ id: 'urn:uuid:3f3ac1b4-7a3c-4f0e-9d44-0d6f2f6c1a01' }));
      const entry = document['credentialStatus'] as Entry;
      expect((await change(document['id'], { statusPurpose: 'revocation' })).body).toEqual({ credentialId: document['id'], status: true });
      await listed(entry.statusListCredential, Number(entry.statusListIndex), 1);
      expect(problemsIn(await until(() => verify(of(), document, { checks: ['proof'] }), ({ status }) => status === 400))).toEqual(['STATUS_VERIFICATION_ERROR']);
      expect((await change(document['id'], { statusPurpose: 'revocation' }, false)).status).toBe(409);
      expect((await change(document['id'], { statusPurpose: 'suspension' })).body).toMatchObject({ code: 'status-conflict' });
    });

    test('is suspended and taken back, which the second list tells from a revocation', async () => {
      const document = await issued(of(), credential(), { options: { credentialStatus: { statusPurpose: 'suspension' } } });
      const [revocation, suspension] = document['credentialStatus'] as [Entry, Entry];
      expect([revocation.statusPurpose, suspension.statusPurpose, suspension.statusListCredential]).toEqual(['revocation', 'suspension', `${revocation.statusListCredential}/suspension`]);
      const index = Number(suspension.statusListIndex);
      await change(document['id'], { statusPurpose: 'suspension' });
      await listed(suspension.statusListCredential, index, 1);
      await listed(revocation.statusListCredential, index, 1); // who reads one list only is not fooled
      expect(problemsIn(await until(() => verify(of(), document), ({ status }) => status === 400))).toEqual(['STATUS_VERIFICATION_ERROR']);
      await change(document['id'], { statusPurpose: 'suspension' }, false);
      await until(() => verify(of(), document), ({ status }) => status === 200);
      expect(bit(bitsOf(await list(suspension.statusListCredential)), index)).toBe(0);
    });

    test('shares the fate of all that were issued under its id', async () => {
      const id = 'urn:uuid:3f3ac1b4-7a3c-4f0e-9d44-0d6f2f6c1a02';
      const both = [await issued(of(), credential({ id })), await issued(of(), credential({ id }))];
      await change(id, { statusPurpose: 'revocation' });
      for (const document of both) await until(() => verify(of(), document), ({ status }) => status === 400);
    });

    test('has none where its issuer was asked for none', async () => {
      expect(await issued(of(), credential(), { options: { credentialStatus: false } })).not.toHaveProperty('credentialStatus');
    });
  });

  describe('POST /credentials/status', () => {
    test.each<[string, unknown, Json, number, string]>([
      ['an id that was never issued', 'urn:uuid:3f3ac1b4-7a3c-4f0e-9d44-0d6f2f6c1aff', {}, 404, 'credential-unknown'],
      ['an id that is none', 7, {}, 400, 'request-invalid'],
    ])('refuses %s', async (_name, id, entry, status, code) => {
      expect(await change(id, entry)).toMatchObject({ status, body: { code } });
    });

    test('refuses a purpose that no list has', async () => {
      expect(problemsIn(await change('urn:uuid:3f3ac1b4-7a3c-4f0e-9d44-0d6f2f6c1a02', { statusPurpose: 'message' }))).toEqual(['MALFORMED_VALUE_ERROR']);
    });
  });

  describe('GET /status-lists/:list', () => {
    const url = '/status-lists/1';
    test('is a JWT where the caller asks for one, and verifies as that', async () => {
      const { body, headers } = await of().get('issuer', url, { accept: 'application/vc+jwt' });
      expect([headers.get('content-type'), headers.get('vary')]).toEqual(['application/vc+jwt', 'accept']);
      const envelope = { '@context': 'https://www.w3.org/ns/credentials/v2', type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${body['text']}` };
      expect((await verify(of(), envelope)).body).toMatchObject({ verified: true, securing: 'vc+jwt', credential: { type: ['VerifiableCredential', 'BitstringStatusListCredential'] } });
    });

    test('is kept until the chain says something else, and then is another', async () => {
      const [first, again] = [await of().get('issuer', url), await of().get('issuer', url)];
      expect(again.body).toEqual(first.body);
      expect(first.headers.get('cache-control')).toBe('public, max-age=60');
      const etag = first.headers.get('etag')!;
      expect((await of().get('issuer', url, { 'if-none-match': etag })).status).toBe(304);
      const { id } = await issued(of(), credential());
      await change(id, {});
      const next = await until(() => of().get('issuer', url, { 'if-none-match': etag }), ({ status }) => status === 200);
      expect(next.headers.get('etag')).not.toBe(etag);
    });

    test('ends soon, so that an old list does not live on', async () => {
      const { validFrom, validUntil } = (await of().get('issuer', url)).body as { validFrom: string; validUntil: string };
      expect(Date.parse(validUntil) - Date.parse(validFrom)).toBe(3600_000);
      expect(Math.abs(Date.now() - Date.parse(validFrom))).toBeLessThan(1800_000);
    });

    test.each([['of a number that the issuer does not have', '/status-lists/99', 404], ['of no number', '/status-lists/x', 400], ['of another purpose', '/status-lists/1/message', 404]])('knows none %s', async (_name, path, status) => {
      expect((await of().get('issuer', path)).status).toBe(status);
    });

    test('gives its bits without a signature beside', async () => {
      expect((await of().get('issuer', `${url}/bits`)).body).toMatchObject({ list: 1, statusPurpose: 'revocation', root: expect.stringMatching(/^0x[0-9a-f]+$/) });
    });
  });

  describe('an entry that is not well formed', () => {
    test.each<[string, Json]>([
      ['an index that is no text', { statusListIndex: 5 }], ['an index below zero', { statusListIndex: '-1' }], ['an index in hex', { statusListIndex: '0x5' }], ['an index with a zero before it', { statusListIndex: '05' }],
      ['no purpose', { statusPurpose: undefined }], ['a list that is no URL', { statusListCredential: 'https ://lists.example' }], ['an id that is that of the list', { id: 'https://lists.example/1' }],
      ['a size of zero', { statusSize: 0 }], ['a size without messages', { statusSize: 2 }], ['a reference that is no URL', { statusReference: ['nowhere'] }],
    ])('is refused when it is issued: %s', async (_name, changes) => {
      const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '5', statusListCredential: 'https://lists.example/1', ...changes };
      const answer: Answer = await of().post('issuer', '/credentials/issue', { credential: credential({ credentialStatus: entry }) });
      expect([answer.status, problemsIn(answer)]).toEqual([400, ['MALFORMED_VALUE_ERROR']]);
    });
  });
}
