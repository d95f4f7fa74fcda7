// Credentials that were signed as graphs, shown under other names than they were written with.
import { ed25519 } from '@noble/curves/ed25519.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { addProof, verifyAnyCredential, type JsonObject, type VerifyContext } from '#formats/w3c/index.ts';
import { createProofSigner, type ProofSigner } from '#formats/w3c/data-integrity.ts';

const VC = 'https://www.w3.org/2018/credentials#';
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples';
const NOW = new Date('2026-11-24T12:00:00Z');
const ENTRY = { id: 'https://i.example/status-lists/1#7', type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '7', statusListCredential: 'https://i.example/status-lists/1' };
const context: VerifyContext = { now: NOW, findKey: async () => undefined, statusOf: ({ statusListIndex }) => ({ status: statusListIndex === '7' ? 'revoked' : 'valid' }), withoutStatus: false, verifyHealthCredential: async () => expect.unreachable() };

describe('verifyAnyCredential, of a Data Integrity proof', () => {
  let signer: ProofSigner;
  beforeAll(async () => { signer = await createProofSigner(new Uint8Array(32).fill(5), ed25519.getPublicKey(new Uint8Array(32).fill(5))); });
  const signed = (changes: JsonObject = {}) => addProof({
    '@context': ['https://www.w3.org/ns/credentials/v2', `${EXAMPLES}/v2`], id: 'urn:example:1', type: ['VerifiableCredential', 'AlumniCredential'], issuer: signer.key.did,
    credentialSubject: { id: 'did:example:s', member: 'Mallory', expelled: 'Alice' }, ...changes,
  }, signer, new Date('2026-01-01T00:00:00Z'));
  const under = (terms: object, { '@context': contexts, ...rest }: JsonObject): JsonObject => ({ ...rest, '@context': [...contexts as unknown[], terms] });
  const rename = (document: JsonObject, from: string, to: string): JsonObject => Object.fromEntries(Object.entries(document).map(([name, value]) => [name === from ? to : name, value]));
  const RENAMED = { problem: 'PARSING_ERROR', message: expect.stringContaining('under another name') };
  const told = (credential: JsonObject) => verifyAnyCredential(credential, context);

  test('a credential as it was written verifies', async () => {
    expect(await told(await signed({ validUntil: '2027-01-01T00:00:00Z', credentialStatus: { ...ENTRY, id: `${ENTRY.id}0`, statusListIndex: '70' } }))).toMatchObject({ warnings: [], checks: ['form', 'proof', 'validity', 'status'] });
    await expect(told(await signed({ credentialStatus: ENTRY }))).rejects.toMatchObject({ message: expect.stringContaining('revoked') });
  });

  test('a revoked credential whose status was renamed by a context of the holder’s is refused', async () => {
    const revoked = await signed({ credentialStatus: ENTRY });
    await expect(told(under({ remark: `${VC}credentialStatus` }, rename(revoked, 'credentialStatus', 'remark')))).rejects.toMatchObject(RENAMED);
    await expect(told(rename(revoked, 'credentialStatus', `${VC}credentialStatus`))).rejects.toMatchObject(RENAMED);
    await expect(told(under({ cred: VC }, rename(revoked, 'credentialStatus', 'cred:credentialStatus')))).rejects.toMatchObject(RENAMED);
    const { credentialStatus, ...rest } = revoked;
    await expect(told(under({ more: '@nest' }, { ...rest, more: { credentialStatus } }))).rejects.toMatchObject(RENAMED);
    await expect(told(under({ more: '@included' }, { ...rest, more: [{ id: 'urn:example:1', [`${VC}credentialStatus`]: credentialStatus }] }))).rejects.toMatchObject(RENAMED);
  });

  test('of two status entries none can be hidden behind the other', async () => {
    const other = { ...ENTRY, id: 'https://i.example/status-lists/1#8', statusListIndex: '8' };
    const both = await signed({ credentialStatus: [other, ENTRY] });
    const terms = { remark: `${VC}credentialStatus` };
    for (const shown of [other, [other], [other, { ...other }]]) await expect(told(under(terms, { ...both, credentialStatus: shown, remark: ENTRY }))).rejects.toMatchObject(RENAMED);
  });

  test('a credential that has run out, with its end under another name, is refused', async () => {
    const old = await signed({ validUntil: '2026-02-01T00:00:00Z' });
    await expect(told(old)).rejects.toMatchObject({ problem: 'RANGE_ERROR' });
    await expect(told(under({ remark: { '@id': `${VC}validUntil`, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' } }, rename(old, 'validUntil', 'remark')))).rejects.toMatchObject(RENAMED);
  });

  test('a type that is written beside the types is refused', async () => {
    await expect(told(under({ kind: '@type' }, { ...await signed(), type: ['VerifiableCredential'], kind: 'AlumniCredential' }))).rejects.toMatchObject(RENAMED);
  });

  test('claims that a context of the holder’s has made change names, or that stand under whole IRIs, are told of', async () => {
    const swapped = { ...await signed(), credentialSubject: { id: 'did:example:s', member: 'Alice', expelled: 'Mallory' } };
    const terms = { member: `${EXAMPLES}#expelled`, expelled: `${EXAMPLES}#member` };
    expect((await told(under(terms, swapped))).warnings).toEqual([expect.stringContaining('@context')]);
    const hidden = { ...await signed(), credentialSubject: { id: 'did:example:s', member: 'Mallory', [`${EXAMPLES}#expelled`]: 'Alice' } };
    expect((await told(hidden)).warnings).toEqual([expect.stringContaining('@context')]);
  });
});
