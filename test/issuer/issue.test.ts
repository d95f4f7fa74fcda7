// What issuing refuses before anything is signed or written down.
import { describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { createIssuerStore, issue, type IssueRequest } from '#issuer';
import { sampleImmunization } from '#network/samples/index.ts';
import { OPERATOR } from '#server';
import { createClaimsKeyPair, type ClaimsKeyPair, type FieldElement, type HolderBinding, type IssuerRecord, type TrustState, type UnixSeconds } from '#passport';

const NOW = 1_795_350_600 as UnixSeconds;
const DID = 'did:ethr:0x7a69:0x5FbDB2315678afecb367f032d93F642f64180aa3';
const pair = createClaimsKeyPair();
const record: IssuerRecord = { id: 1, did: DID, name: 'Clinic', accreditedBy: 'Ministry', status: 'active', latestStatus: 'active', claimsKey: pair.publicKey, lists: [1], keys: [] };
const binding = (commitment = 5n): HolderBinding => ({ commitment: commitment as FieldElement, key: createHolderSigner().key });
const never = () => Promise.reject(new Error('it went on'));

function attempt(request: Partial<IssueRequest>, change: Partial<IssuerRecord> = {}, claimsKey: ClaimsKeyPair = pair): Promise<unknown> {
  const trust = { issuers: [{ ...record, ...change }], anchors: [], lists: [] } as unknown as TrustState; // all that is read of it here
  return issue({
    did: DID, chainId: 31337, statusRegistry: DID, listUrl: String, now: () => NOW, trust: async () => trust, claimsKey: async () => claimsKey,
    signingKeys: async () => ({ vc: { keyRef: 'vc', kid: `${DID}#vc`, sign: never }, sd: { kid: `${DID}#sd`, publicKey: '', sign: never } }),
    agent: { createVerifiableCredential: never }, patients: { recordAll: never }, store: createIssuerStore({ query: never, transaction: never, close: never }),
  }, { fhir: sampleImmunization(NOW), bindings: [binding()], ...request }, OPERATOR);
}

describe('issue', () => {
  const { key } = binding();
  test.each<[string, Partial<IssueRequest>, string]>([
    ['a record that is none', { fhir: [] }, 'fhir-invalid'],
    ['fewer bindings than events', { bindings: [] }, 'request-invalid'],
    ['a commitment used twice, which would link two credentials', { bindings: [binding(5n), binding(5n)] }, 'request-invalid'],
    ['a key used twice', { bindings: [{ ...binding(5n), key }, { ...binding(6n), key }] }, 'request-invalid'],
  ])('refuses %s', async (_name, request, code) => {
    await expect(attempt(request)).rejects.toMatchObject({ code });
  });

  test.each<[string, Partial<IssuerRecord>]>([
    ['is not in the registry', { did: 'did:ethr:0x1' }], ['is suspended', { status: 'suspended' }], ['was suspended in the latest block', { latestStatus: 'suspended' }],
    ['is removed', { status: 'removed' }], ['has another key in the registry', { claimsKey: createClaimsKeyPair().publicKey }],
  ])('refuses while the issuer %s', async (_name, change) => {
    await expect(attempt({}, change)).rejects.toMatchObject({ code: 'issuer-not-accredited' });
  });

  test('refuses when no list has room', async () => {
    await expect(attempt({}, { lists: [] })).rejects.toMatchObject({ code: 'list-full', field: 'list' });
  });
});
