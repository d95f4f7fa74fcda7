// Who wrote a record and when: a FHIR Provenance that holds a signature. The signature is a JWT (RFC 7519, ES256K), so that any tool that knows did:ethr can
// check it; it names the digest of the resource's bytes. The address stands in the DID: no server and no chain is asked, today or in twenty years.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { z } from 'zod';
import { createJws, readJws, readObject, type Jws } from '#formats/credential/jws.ts';
import { HealthpassError } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { addressOf } from '../keys/derive.ts';
import { isByKnown, keepKey } from '../known-keys.ts';
import type { Address } from '../members.ts';
import { isRecordId, type RecordId, type RecordMeta } from '../record.ts';
import { canonicalJson, digestOf, type RecordContent } from './content.ts';
import { isObject, type FhirResource } from './issue.ts';

/** A provider who takes part, or the patient about whom the record is. */
export type AuthorKind = 'member' | 'patient';
export type Author = {
  readonly address: Address;
  readonly did: string;
  /** 64 bytes r ‖ s with a low s over SHA-256 of the message. */
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
};

/** @param secretKey 32 bytes, of secp256k1 */
export function createAuthor(secretKey: Uint8Array, chainId: number): Author {
  const key = Uint8Array.from(secretKey);
  const address = addressOf(secp256k1.getPublicKey(key, false));
  return { address, did: didOf(address, chainId), sign: (message) => secp256k1.sign(message, key, { lowS: true }) };
}

const didOf = (address: Address, chainId: number): string => `did:ethr:0x${chainId.toString(16)}:${checksummed(address)}`;

/** ERC-55. */
function checksummed(address: Address): string {
  const hash = bytesToHex(keccak_256(utf8ToBytes(address.slice(2))));
  return `0x${address.slice(2).replace(/./g, (digit, i: number) => (Number.parseInt(hash[i]!, 16) >= 8 ? digit.toUpperCase() : digit))}`;
}

const claimsSchema = z.strictObject({
  iss: z.string().regex(/^did:ethr:0x[1-9a-f][0-9a-f]{0,12}:0x[0-9a-fA-F]{40}$/), iat: z.int().nonnegative().max(253_402_300_799), sub: z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/),
  about: z.string().regex(/^0x[0-9a-f]{64}$/), content: z.string().regex(/^0x[0-9a-f]{64}$/), by: z.enum(['member', 'patient']), organisation: z.string().max(120).startsWith('did:ethr:').optional(),
});
type Claims = z.infer<typeof claimsSchema>;

const JWT_HEADER = { alg: 'ES256K', typ: 'JWT' } as const;
const JWT_FORM = { code: 'jwt-malformed', maxLength: 2000 } as const;
const uuidOf = (id: RecordId): string => `urn:uuid:${[id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-')}`;

/**
 * Of which patient the record is: else whoever can read one, and keeps the index, could put what a doctor signed into another's file. A digest, as the account stands
 * in nobody's records: only who knows it sees that it is the one, and no two records have the same.
 */
const aboutOf = (id: RecordId, patient: Address): string => `0x${bytesToHex(sha256(utf8ToBytes(`healthpass/record-about/1 ${id} ${patient}`)))}`;

/** v3 ObservationValue: what is said was reported by the patient. */
const PATIENT_REPORTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'PATRPT', display: 'patient reported' } as const;

export const isPatientReported = ({ meta }: FhirResource): boolean => isObject(meta) && [meta['tag'], meta['security']].some((list) =>
  Array.isArray(list) && list.some((coding: unknown) => isObject(coding) && coding['code'] === PATIENT_REPORTED.code && coding['system'] === PATIENT_REPORTED.system));

/** A patient's own record carries the mark inside, so that it keeps it where the record goes without its Provenance. */
export function markPatientReported<T extends FhirResource>(resource: T): T {
  if (isPatientReported(resource)) return resource;
  const meta = isObject(resource['meta']) ? resource['meta'] : {};
  return { ...resource, meta: { ...meta, tag: [...(Array.isArray(meta['tag']) ? meta['tag'] : []), PATIENT_REPORTED] } };
}

/**
 * @param input `text` is the resource as it will be kept; `patient` the account of the patient whose record it is; `organisation` the did:ethr for which a member acts
 * @throws HealthpassError `fhir-invalid` where a patient's own record lacks the mark, or a provider's has it
 */
export async function createProvenance(input: { readonly text: string; readonly id: RecordId; readonly patient: Address; readonly by: AuthorKind; readonly author: Author; readonly now: UnixSeconds; readonly organisation?: string }): Promise<FhirResource> {
  const { text, id, patient, by, author, now, organisation } = input;
  assertMark(text, by);
  const claims: Claims = claimsSchema.parse({ iss: author.did, iat: now, sub: uuidOf(id), about: aboutOf(id, patient), content: digestOf(text), by, ...(organisation !== undefined && { organisation }) });
  return provenanceOf(claims, await createJws(JWT_HEADER, claims, author.sign));
}

function assertMark(text: string, by: AuthorKind): void {
  const resource = parseJson(text);
  if (!isObject(resource) || isPatientReported(resource as FhirResource) !== (by === 'patient')) throw new HealthpassError('fhir-invalid', 'meta.tag says of another author than the one who signs', { field: 'meta.tag' });
}

/** All that a Provenance says is in the signed claims: it is written from them, and read by writing it again. */
function provenanceOf({ iss, iat, sub, by, organisation }: Claims, jwt: string): FhirResource {
  const who = { identifier: { system: 'urn:ietf:rfc:3986', value: iss } };
  const recorded = new Date(iat * 1000).toISOString();
  return {
    resourceType: 'Provenance',
    target: [{ identifier: { system: 'urn:ietf:rfc:3986', value: sub } }],
    recorded,
    activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation', code: 'CREATE' }] },
    agent: [{
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'author' }] },
      role: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code: by === 'patient' ? 'PAT' : 'PROV' }] }],
      who, ...(organisation !== undefined && { onBehalfOf: { identifier: { system: 'urn:ietf:rfc:3986', value: organisation } } }),
    }],
    signature: [{
      type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.1' }], when: recorded, who,
      targetFormat: 'application/fhir+json', sigFormat: 'application/jose', data: base64.encode(utf8ToBytes(jwt)),
    }],
  };
}

export type Authorship =
  | { readonly outcome: 'verified'; readonly by: AuthorKind; readonly signer: Address; readonly did: string; readonly recorded: UnixSeconds; readonly organisation?: string }
  | { readonly outcome: 'refused'; readonly reason: 'provenance-malformed' | 'signature-invalid' | 'content-differs' | 'record-differs' | 'author-differs' | 'mark-differs' };

/**
 * Whether the record is what its author signed. Whether that author may write it, and whether a patient's key is that patient's, is for the caller to say.
 * @param expected what the record is filed under: its id, an address or `patient`, and whose file it is, by the patient's account
 */
export function verifyProvenance({ text, resource, provenance }: RecordContent, expected: Pick<RecordMeta, 'id' | 'author'> & { readonly patient: Address }): Authorship {
  const refused = (reason: Extract<Authorship, { outcome: 'refused' }>['reason']): Authorship => ({ outcome: 'refused', reason });
  const read = readClaims(provenance);
  if (!read) return refused('provenance-malformed');
  const { claims, jws } = read;
  const signer = claims.iss.slice(-42).toLowerCase() as Address; // the pattern of the claim ends with an address
  if (!isSignedBy(jws, signer)) return refused('signature-invalid');
  if (claims.content !== digestOf(text)) return refused('content-differs');
  if (!isRecordId(expected.id) || claims.sub !== uuidOf(expected.id) || claims.about !== aboutOf(expected.id, expected.patient)) return refused('record-differs');
  if (expected.author === 'patient' ? claims.by !== 'patient' : claims.by !== 'member' || signer !== expected.author) return refused('author-differs');
  if (isPatientReported(resource) !== (claims.by === 'patient')) return refused('mark-differs');
  return { outcome: 'verified', by: claims.by, signer, did: claims.iss, recorded: claims.iat as UnixSeconds, ...(claims.organisation !== undefined && { organisation: claims.organisation }) };
}

function readClaims(provenance: FhirResource): { readonly claims: Claims; readonly jws: Jws } | undefined {
  try {
    const [signature] = z.array(z.looseObject({ data: z.string().max(4000) })).length(1).parse(provenance['signature']);
    const jwt = new TextDecoder().decode(base64.decode(signature!.data));
    const jws = readJws(jwt, JWT_FORM);
    const claims = claimsSchema.parse(readObject(jws.payload, 'jwt-malformed'));
    const header = canonicalJson(jws.header) === canonicalJson(JWT_HEADER);
    return header && canonicalJson(provenanceOf(claims, jwt)) === canonicalJson(provenance) ? { claims, jws } : undefined;
  } catch {
    return undefined; // whatever a stranger's text breaks: it is no Provenance of this form
  }
}

/** ES256K has no recovery bit: of the keys that may have made the signature, one must have the address. A high s is refused: of two signatures only the signer's own counts. */
export function isSignedBy({ signingInput, signature }: Jws, signer: Address): boolean {
  if (signature.length !== 64) return false;
  const hash = sha256(utf8ToBytes(signingInput));
  return [undefined, 0, 1].some((recovery) => {
    try {
      const parsed = secp256k1.Signature.fromBytes(signature);
      if (parsed.hasHighS()) return false;
      if (recovery === undefined) return isByKnown(signer, parsed, hash);
      const point = parsed.addRecoveryBit(recovery).recoverPublicKey(hash);
      if (addressOf(point.toBytes(false)) !== signer) return false;
      keepKey(signer, point);
      return true;
    } catch {
      return false;
    }
  });
}
