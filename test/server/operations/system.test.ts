// What the services of a real system say of themselves, held against what they do.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import type { OpenApiDocument } from '#server';
import { newWallet, now, ok, startNetwork, type Answer, type Network } from '../../journeys/network.ts';
import { brokenRules, operationsIn, readerOf, undescribed } from '../http/openapi-rules.ts';

type Call = { readonly path: string; readonly at?: string; readonly body?: unknown; readonly token?: null };

describe('on one system', () => {
  let network: Network;
  let issuedId: string;
  let text: string;
  beforeAll(async () => {
    network = await startNetwork();
    const [issued] = await network.issueTo(await newWallet(), sampleImmunization(now()));
    [issuedId, text] = [issued!.id, issued!.vcJwt];
  });
  afterAll(() => network.stop());
  const documentOf = async (url: string) => (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument;

  test.each(['issuer', 'verifier'] as const)('the description of the %s keeps the rules of OpenAPI 3.1', async (name) => {
    const document = await documentOf(network.endpoints[name]);
    expect(brokenRules(document)).toEqual([]);
    for (const { operation } of operationsIn(document)) {
      for (const { content = {} } of Object.values(operation.responses ?? {}) as { content?: Record<string, { schema?: object }> }[]) {
        for (const { schema } of Object.values(content)) if (schema) expect(readerOf(schema, document)).toBeDefined();
      }
    }
  });

  /** Template, where it differs, is what the description calls the path. */
  const issuerCalls = (): Call[] => {
    const fhir = sampleImmunization(now());
    const binding = { commitment: '5', key: createHolderSigner().key };
    return [
      { path: '/health' }, { path: '/ready' }, { path: '/openapi.json' }, { path: '/docs' },
      { path: '/status-lists/1', at: '/status-lists/{list}' }, { path: '/status-lists/99', at: '/status-lists/{list}' }, { path: '/status-lists/x', at: '/status-lists/{list}' },
      { path: '/resignatures/1/0', at: '/resignatures/{list}/{block}' }, { path: '/resignatures/1/999', at: '/resignatures/{list}/{block}' }, { path: '/anchors/0x5', at: '/anchors/{root}' },
      { path: '/preview', body: { fhir } }, { path: '/preview', body: { fhir: {} } }, { path: '/preview', body: { fhir }, token: null }, { path: '/preview', body: '{' }, { path: '/preview', body: 'x'.repeat(6_000_000) },
      { path: '/credentials', body: { fhir, bindings: [binding] } }, { path: '/credentials', body: { fhir, bindings: [null] } },
      { path: '/credentials/suspend', body: { ids: [issuedId] } }, { path: '/credentials/reinstate', body: { ids: [issuedId] } }, { path: '/credentials/revoke', body: { ids: ['none'] } },
      { path: '/keys/rotate', body: { keys: 'none' } }, { path: '/anchors', body: {} },
    ];
  };
  const verifierCalls = (): Call[] => [
    { path: '/health' }, { path: '/ready' }, { path: '/openapi.json' }, { path: '/docs' }, { path: '/policies' }, { path: '/policies/over-18', at: '/policies/{id}' }, { path: '/policies/none', at: '/policies/{id}' },
    { path: '/trust-bundle' }, { path: '/requests', body: { policy: 'over-18', audience: 'A' } }, { path: '/requests', body: { policy: 'none' } },
    { path: '/verify', body: { text } }, { path: '/verify', body: { text, policy: 'over-18', scope: { verifier: 'A', event: 'E' }, audience: 'A' } }, { path: '/verify', body: { text: 'HP1:0' } }, { path: '/verify', body: {} },
    { path: '/verify/batch', body: { texts: ['HP1:0', 'x'] } },
  ];
  test.each([['issuer', issuerCalls], ['verifier', verifierCalls]] as const)('what the %s answers is as it describes it', async (name, calls) => {
    const document = await documentOf(network.endpoints[name]);
    for (const { path, at, body, token } of calls()) {
      const { status, type, body: answered } = await (name === 'issuer' ? network.issuer(path, body, token) : network.verifier(path, body)) as Answer;
      const seen = { method: body === undefined ? 'get' : 'post', path: at ?? path, status, type, body: answered };
      expect([seen.method, path, status, undescribed(document, seen)]).toEqual([seen.method, path, status, undefined]);
      expect(status).toBeLessThan(500);
    }
  });

  test('is ready once it runs, and says of each check that it holds', async () => {
    const checks = ['accreditation', 'chain', 'chain-head', 'clock', 'database', 'history', 'keys', 'migrations', 'running'];
    for (const [answer, names] of [[await network.issuer('/ready', undefined, null), checks], [await network.verifier('/ready'), checks.filter((name) => !['keys', 'accreditation', 'history'].includes(name))]] as const) {
      const { status, checks: told } = ok(answer) as { status: string; checks: Record<string, string> };
      expect([status, Object.keys(told).toSorted(), new Set(Object.values(told))]).toEqual(['ready', names, new Set(['ok'])]);
    }
    expect(ok(await network.issuer('/health', undefined, null))).toMatchObject({ status: 'ok', did: expect.stringMatching(/^did:ethr:/) });
  });
});
