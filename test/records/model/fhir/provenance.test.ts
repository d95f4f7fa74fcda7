import { ES256KSigner, verifyJWT } from 'did-jwt';
import { Resolver } from 'did-resolver';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { UnixSeconds } from '#passport/time.ts';
import { contentOf, createAuthor, createProvenance, encodeRecordContent, markPatientReported, parseRecordContent, validateResource, verifyProvenance, type RecordContent } from '#records/model/fhir/index.ts';
import type { Address } from '#records/model/members.ts';
import type { RecordId } from '#records/model/record.ts';
import { createDid } from '#contracts/did/did.ts';
import { observation, patient } from './examples.ts';

const id = '00112233445566778899aabbccddeeff' as RecordId;
const now = 1_741_080_000 as UnixSeconds;
const doctor = createAuthor(new Uint8Array(32).fill(7), 31_337);
const holder = createAuthor(new Uint8Array(32).fill(9), 31_337);
const about = '0x5555555555555555555555555555555555555555' as Address;
const text = JSON.stringify(observation);
const own = JSON.stringify(markPatientReported(observation));
let record: RecordContent;
let ownRecord: RecordContent;

const signed = async (by: 'member' | 'patient', written: string, author = by === 'member' ? doctor : holder): Promise<RecordContent> =>
  ({ ...contentOf(written), provenance: await createProvenance({ text: written, id, patient: about, by, author, now }) });
const jwtOf = ({ provenance }: RecordContent): string => Buffer.from((provenance['signature'] as { data: string }[])[0]!.data, 'base64').toString();
const withJwt = (content: RecordContent, jwt: string): RecordContent => ({
  ...content, provenance: { ...content.provenance, signature: [{ ...(content.provenance['signature'] as object[])[0], data: Buffer.from(jwt).toString('base64') }] },
});

beforeAll(async () => {
  record = await signed('member', text);
  ownRecord = await signed('patient', own);
});

describe('createProvenance', () => {
  test('is a valid Provenance that verifies, also after it was encoded as a record', () => {
    expect(validateResource(record.provenance)).toEqual([]);
    const read = parseRecordContent(encodeRecordContent(record));
    expect(verifyProvenance(read, { id, author: doctor.address, patient: about })).toEqual({ outcome: 'verified', by: 'member', signer: doctor.address, did: doctor.did, recorded: now });
    expect(verifyProvenance(ownRecord, { id, author: 'patient', patient: about })).toMatchObject({ outcome: 'verified', by: 'patient', signer: holder.address });
  });
  test('names the organisation for which a member acts', async () => {
    const organisation = createDid(31_337, holder.address);
    const content = { ...contentOf(text), provenance: await createProvenance({ text, id, patient: about, by: 'member', author: doctor, now, organisation }) };
    expect(verifyProvenance(content, { id, author: doctor.address, patient: about })).toMatchObject({ outcome: 'verified', organisation });
  });
  test('writes the DID as the rest of the project does', () => expect(doctor.did).toBe(createDid(31_337, doctor.address)));
  test('a tool of others checks it: did-jwt, given the DID document that did:ethr gives for an address', async () => {
    const resolver = new Resolver({ ethr: (did) => Promise.resolve({ didResolutionMetadata: {}, didDocumentMetadata: {}, didDocument: {
      id: did, verificationMethod: [{ id: `${did}#controller`, type: 'EcdsaSecp256k1RecoveryMethod2020', controller: did, blockchainAccountId: `eip155:31337:${did.slice(-42)}` }], authentication: [`${did}#controller`],
    } }) });
    const { verified, payload } = await verifyJWT(jwtOf(record), { resolver, policies: { now: now + 60 } });
    expect(verified).toBe(true);
    expect(payload).toMatchObject({ iss: doctor.did, iat: now, content: record.digest, by: 'member' });
    await expect(verifyJWT(jwtOf(withJwt(record, `${jwtOf(ownRecord).split('.').slice(0, 2).join('.')}.${jwtOf(record).split('.')[2]}`)), { resolver, policies: { now: now + 60 } })).rejects.toThrow();
  });
  test('and what did-jwt signs is taken', async () => {
    const signer = ES256KSigner(new Uint8Array(32).fill(7));
    const author = { ...doctor, sign: async (message: Uint8Array) => Uint8Array.from(Buffer.from(await signer(message) as string, 'base64url')) };
    expect(verifyProvenance(await signed('member', text, author), { id, author: doctor.address, patient: about })).toMatchObject({ outcome: 'verified' });
  });
  test.each([['member', own], ['patient', text]] as const)('a %s signs only what carries the right mark', async (by, written) => {
    await expect(createProvenance({ text: written, id, patient: about, by, author: doctor, now })).rejects.toMatchObject({ code: 'fhir-invalid', field: 'meta.tag' });
  });
});

describe('verifyProvenance', () => {
  const refusal = (content: RecordContent, author: Parameters<typeof verifyProvenance>[1]['author'] = doctor.address, expectedId = id, patient: Address = about) => {
    const verdict = verifyProvenance(content, { id: expectedId, author, patient });
    return verdict.outcome === 'refused' ? verdict.reason : verdict.outcome;
  };
  test('ATTACK: one digit of the result is changed', () => expect(refusal({ ...record, ...contentOf(text.replace('13.2', '13.20')) })).toBe('content-differs'));
  test('ATTACK: a record of one name is put under another', () => expect(refusal(record, doctor.address, 'ff112233445566778899aabbccddeeff' as RecordId)).toBe('record-differs'));
  test('ATTACK: a record of one patient is put into the file of another', () => expect(refusal(record, doctor.address, id, holder.address)).toBe('record-differs'));
  test('ATTACK: a record of one author is filed under another', () => expect(refusal(record, holder.address)).toBe('author-differs'));
  test('ATTACK: the patient files an own record as that of a provider, under the key that signed it', () => expect(refusal(ownRecord, holder.address)).toBe('author-differs'));
  test('ATTACK: the patient signs as a member, leaving out the mark: it stands under the key of nobody who takes part', async () => {
    const forged = await signed('member', text, holder);
    expect(refusal(forged)).toBe('author-differs');
    expect(refusal(forged, 'patient')).toBe('author-differs');
  });
  test('ATTACK: a provider writes as the patient', async () => expect(refusal(await signed('patient', own, doctor))).toBe('author-differs'));
  test('ATTACK: the mark is taken out of an own record', () => expect(refusal({ ...ownRecord, resource: observation }, 'patient')).toBe('mark-differs'));
  test('ATTACK: the Provenance says more or other than what was signed', () => {
    const change = (part: object) => refusal({ ...record, provenance: { ...record.provenance, ...part } });
    expect(change({ recorded: '2020-01-01T00:00:00.000Z' })).toBe('provenance-malformed');
    expect(change({ reason: [{ text: 'x' }] })).toBe('provenance-malformed');
    expect(change({ agent: ownRecord.provenance['agent'] })).toBe('provenance-malformed');
    expect(change({ signature: [] })).toBe('provenance-malformed');
    expect(change({ signature: [...(record.provenance['signature'] as object[]), ...(record.provenance['signature'] as object[])] })).toBe('provenance-malformed');
  });
  test('ATTACK: the algorithm is another, or the signature the other of the two', () => {
    const [header, payload, signature] = jwtOf(record).split('.') as [string, string, string];
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(refusal(withJwt(record, `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`))).toBe('provenance-malformed');
    expect(refusal(withJwt(record, `${header}.${payload}.`))).toBe('signature-invalid');
    const bytes = Buffer.from(signature, 'base64url');
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const high = (order - BigInt(`0x${bytes.subarray(32).toString('hex')}`)).toString(16).padStart(64, '0');
    expect(refusal(withJwt(record, `${header}.${payload}.${Buffer.concat([bytes.subarray(0, 32), Buffer.from(high, 'hex')]).toString('base64url')}`))).toBe('signature-invalid');
  });
  test('no change of one character of the token is taken', () => {
    const jwt = jwtOf(record);
    fc.assert(fc.property(fc.nat(jwt.length - 1), fc.constantFrom(...'AZaz09-_'), (at, char) => {
      fc.pre(jwt[at] !== char && jwt[at] !== '.');
      expect(refusal(withJwt(record, jwt.slice(0, at) + char + jwt.slice(at + 1)))).toMatch(/malformed|invalid/);
    }), { numRuns: 60 });
  });
});

describe('markPatientReported', () => {
  test('keeps what is there, and is put once', () => {
    const marked = markPatientReported({ ...patient, meta: { tag: [{ code: 'x' }], versionId: '1' } });
    expect(marked.meta).toMatchObject({ versionId: '1', tag: [{ code: 'x' }, { code: 'PATRPT' }] });
    expect(markPatientReported(marked)).toBe(marked);
    expect(validateResource(marked)).toEqual([]);
  });
});
