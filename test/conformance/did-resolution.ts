// DID resolution over HTTP: documents of a real chain as universal resolvers give them, and the ways in which a did:ethr can mislead.
import { encodeBytes32String, Wallet, ZeroAddress } from 'ethers';
import { beforeAll, describe, expect, test } from 'vitest';
import { connect, parseDeployment, type Deployment } from '#contracts';
import { createDid, DID_REGISTRY } from '#contracts/did/index.ts';
import { readJsonFile } from '#server';
import { until, type Answer, type Json, type Services } from './services.ts';

const KEY = 'did/pub/Secp256k1/veriKey/hex';
const PUBLIC_KEY = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';

export function describeDidResolution(of: () => Services): void {
  const path = (did: string) => `/1.0/identifiers/${did}`;
  const resolve = (did: string, headers: Record<string, string> = {}) => of().get('issuer', path(did), headers);
  const methods = ({ body }: Answer) => ((body['didDocument'] as Json)['verificationMethod'] as Json[]).map(({ id }) => `${id}`.split('#')[1]);
  const errorOf = ({ body }: Answer) => (body['didResolutionMetadata'] as Json)['error'];
  const metadata = ({ body }: Answer) => body['didDocumentMetadata'] as Json;

  /** Somebody with a DID of his own, who is no issuer. */
  let somebody: Wallet;
  let deployment: Deployment;
  const did = () => createDid(deployment.chainId, somebody.address);
  async function send(method: string, values: unknown[]): Promise<number> {
    const data = DID_REGISTRY.encodeFunctionData(method, values);
    return (await (await somebody.sendTransaction({ to: deployment.contracts.EthereumDIDRegistry, data })).wait())!.blockNumber; // one confirmation was waited for
  }
  const setKey = (publicKey = PUBLIC_KEY, validity = 1_000_000) => send('setAttribute', [somebody.address, encodeBytes32String(KEY), `0x${publicKey}`, validity]);

  describe('GET /1.0/identifiers/:did', () => {
    beforeAll(async () => {
      deployment = parseDeployment(await readJsonFile(of().folder.deployment));
      const provider = connect(of().endpoints.rpc, deployment.chainId);
      provider.pollingInterval = 50;
      somebody = new Wallet(Wallet.createRandom().privateKey, provider);
      await provider.send('anvil_setBalance', [somebody.address, '0x8ac7230489e80000']);
      return () => provider.destroy();
    });

    test('gives the document of the issuer, on both services', async () => {
      const answer = await resolve(of().issuers.jwt_vc);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/did-resolution']);
      expect(answer.body).toMatchObject({ didDocument: { id: of().issuers.jwt_vc, '@context': expect.arrayContaining(['https://www.w3.org/ns/did/v1']) }, didResolutionMetadata: { contentType: 'application/did+ld+json' }, didDocumentMetadata: { versionId: expect.stringMatching(/^\d+$/), updated: expect.stringMatching(/Z$/) } });
      expect((await of().get('verifier', path(of().issuers.jwt_vc))).body).toEqual(answer.body);
    });

    test.each([
      ['application/did+ld+json', 'application/did+ld+json', true], ['application/did', 'application/did', true], ['application/did-resolution', 'application/did-resolution', false],
      ['application/ld+json;profile="https://w3id.org/did-resolution"', 'application/ld+json', false], ['text/html, */*;q=0.1', 'application/did-resolution', false],
    ])('gives what is asked for: %s', async (accept, type, isDocument) => {
      const { headers, body } = await resolve(of().issuers.jwt_vc, { accept });
      expect(headers.get('content-type')).toBe(type);
      expect('didDocument' in body).toBe(!isDocument);
    });

    test('refuses a representation that it does not give', async () => {
      const answer = await resolve(of().issuers.jwt_vc, { accept: 'text/html' });
      expect([answer.status, errorOf(answer)]).toEqual([406, 'representationNotSupported']);
    });

    test.each<[string, string, number, string]>([
      ['a text that is no DID', 'nonsense', 400, 'invalidDid'], ['a DID with a path', 'did:ethr:0x7a69:0x0/path', 400, 'invalidDid'], ['a DID as long as a book', `did:ethr:${'a'.repeat(2000)}`, 400, 'invalidDid'],
      ['a method that would have to be fetched', 'did:web:127.0.0.1', 501, 'methodNotSupported'], ['a network by name', 'did:ethr:mainnet:0x5FbDB2315678afecb367f032d93F642f64180aa3', 400, 'invalidDid'],
      ['a DID of another chain', 'did:ethr:0x1:0x5FbDB2315678afecb367f032d93F642f64180aa3', 404, 'notFound'], ['a DID without a chain, which is of mainnet', 'did:ethr:0x5FbDB2315678afecb367f032d93F642f64180aa3', 404, 'notFound'],
      ['an address whose checksum is wrong', 'did:ethr:0x7a69:0x5fbDB2315678afecb367f032d93F642f64180aa3', 400, 'invalidDid'], ['an address in lower case: one DID, one spelling', 'did:ethr:0x7a69:0x5fbdb2315678afecb367f032d93f642f64180aa3', 400, 'invalidDid'],
      ['a public key that is no point', `did:ethr:0x7a69:0x02${'f'.repeat(64)}`, 400, 'invalidDid'], ['a did:key of another kind', 'did:key:zUC7K4ndUaGZgV7Cp2yJy6JtMoUHY6u7tkcSYUvPrEidqBmLCTLmi6d5WvwnUqejscAkERJ3bfjEiSYtdPkRSE8kSa11hFBr4sTgnbZ95SJj19PN2jdvJjyzpSZgxkyyxNnBNnY', 400, 'invalidDid'],
      ['a did:jwk that holds a secret', `did:jwk:${Buffer.from('{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}').toString('base64url')}`, 400, 'invalidDid'],
    ])('refuses %s', async (_name, text, status, error) => {
      const answer = await resolve(encodeURIComponent(text));
      expect([answer.status, errorOf(answer), answer.body['didDocument']]).toEqual([status, error, null]);
    });

    test('takes a DID by its public key, whose owner is that key', async () => {
      const answer = await resolve(`did:ethr:0x7a69:${new Wallet(`0x${'1'.repeat(64)}`).signingKey.compressedPublicKey}`);
      expect([answer.status, methods(answer)]).toEqual([200, ['controller', 'controllerKey']]);
    });

    test('resolves keys that are their own name, without the chain', async () => {
      const key = of().issuers['eddsa-rdfc-2022'];
      expect((await resolve(key)).body).toMatchObject({ didDocument: { id: key, assertionMethod: [`${key}#${key.slice(8)}`], verificationMethod: [{ type: 'Multikey', publicKeyMultibase: key.slice(8) }] }, didDocumentMetadata: {} });
      const jwk = of().issuers['vc+jwt'];
      expect((await resolve(jwk)).body).toMatchObject({ didDocument: { id: jwk, verificationMethod: [{ id: `${jwk}#0`, type: 'JsonWebKey2020', publicKeyJwk: { crv: 'P-256' } }] } });
    });

    test('a key counts once it is final, and no more as soon as the latest block has taken it out', async () => {
      const begun = await setKey();
      const listed = await until(() => resolve(did()), (answer) => methods(answer).length === 2);
      expect(metadata(listed)).toMatchObject({ versionId: String(begun) });
      await send('revokeAttribute', [somebody.address, encodeBytes32String(KEY), `0x${PUBLIC_KEY}`]);
      expect(methods(await resolve(did()))).toEqual(['controller']); // at once, whatever is final
    });

    test('gives an old version as what it is: as of its block, with the block of the one that followed', async () => {
      const { versionId } = metadata(await until(() => resolve(did()), (answer) => metadata(answer)['nextVersionId'] === undefined));
      const before = await resolve(`${did()}?versionId=${Number(versionId) - 1}`);
      expect([before.status, methods(before)]).toEqual([200, ['controller', 'delegate-1']]);
      expect(metadata(before)).toMatchObject({ nextVersionId: versionId });
    });

    test.each([['a version by time', 'versionTime=2020-01-01T00:00:00Z', 501, 'featureNotSupported'], ['a version that is no number', 'versionId=latest', 400, 'invalidOptions'], ['a version that is not there yet', 'versionId=99999999', 404, 'notFound']])('refuses %s', async (_name, query, status, error) => {
      const answer = await resolve(`${did()}?${query}`);
      expect([answer.status, errorOf(answer)]).toEqual([status, error]);
    });

    test('a version inside the DID is no version: it is part of a text that is no DID', async () => {
      const answer = await resolve(encodeURIComponent(`${did()}?versionId=1`));
      expect([answer.status, errorOf(answer)]).toEqual([400, 'invalidDid']);
    });

    test('a key that has run out is not listed', async () => {
      await setKey('02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5', 0);
      expect(methods(await resolve(did()))).toEqual(['controller']);
    });

    test('another owner replaces the first, whose key counts no more', async () => {
      const other = Wallet.createRandom().address;
      await send('changeOwner', [somebody.address, other]);
      await until(() => resolve(did()), ({ body }) => JSON.stringify(body).includes(other));
      expect(JSON.stringify(((await resolve(did())).body['didDocument'] as Json)['verificationMethod'])).not.toContain(somebody.address.toLowerCase());
    });

    test('is gone for good once its owner was 0, although the first key gets control back on chain', async () => {
      somebody = new Wallet(Wallet.createRandom().privateKey, somebody.provider);
      await somebody.provider!.getBalance(somebody.address); // it has a provider
      await (somebody.provider as ReturnType<typeof connect>).send('anvil_setBalance', [somebody.address, '0x8ac7230489e80000']);
      await send('changeOwner', [somebody.address, ZeroAddress]);
      expect(await resolve(did())).toMatchObject({ status: 410, body: { didDocumentMetadata: { deactivated: true } } }); // at once
      await setKey();
      await send('changeOwner', [somebody.address, somebody.address]);
      const answer = await until(() => resolve(did()), ({ body }) => (body['didDocumentMetadata'] as Json)['versionId'] !== undefined);
      expect([answer.status, methods(answer), metadata(answer)['deactivated']]).toEqual([410, [], true]);
      expect((await resolve(did(), { accept: 'application/did+ld+json' })).status).toBe(410);
    });
  });
}
