// Integrity of related resources (VC Data Model 2.0, 5.3). Nothing is fetched: a digest is compared where the resource is one whose published
// digest is known here, and its form is checked everywhere.
import { base64, base64urlnopad } from '@scure/base';
import { hexToBytes } from '@noble/hashes/utils.js';
import { VC_2 } from '../contexts.ts';
import type { JsonObject } from '../json-object.ts';
import { malformed, VcProblem } from '../problem.ts';
import { assertUrl, objectsOf } from './values.ts';

const HASHES = ['sha256', 'sha384', 'sha512'] as const;
const LENGTHS: Readonly<Record<(typeof HASHES)[number], number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** Digests that the specification of a context publishes, by the length of the hash. */
const PUBLISHED: Readonly<Record<string, readonly Uint8Array[]>> = {
  [VC_2]: [
    hexToBytes('24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9'),
    base64.decode('NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg'),
  ],
};

/** @returns ids of resources whose digests could not be compared @throws VcProblem */
export function assertRelatedResources(credential: JsonObject): string[] {
  if (!('relatedResource' in credential)) return [];
  const resources = objectsOf(credential['relatedResource'], 'relatedResource');
  const ids = resources.map(({ id }) => (assertUrl(id, 'relatedResource.id'), id));
  if (new Set(ids).size !== ids.length) throw malformed('relatedResource.id', 'stands twice');
  return resources.flatMap((resource, i) => (assertDigests(resource, ids[i]!) ? [] : [ids[i]!]));
}

/** Whether the digests were compared. */
function assertDigests({ digestSRI, digestMultibase, mediaType }: JsonObject, id: string): boolean {
  if (digestSRI === undefined && digestMultibase === undefined) throw malformed('relatedResource', 'has neither digestSRI nor digestMultibase');
  if (mediaType !== undefined && typeof mediaType !== 'string') throw malformed('relatedResource.mediaType', 'is no text');
  const digests = [...(digestSRI === undefined ? [] : parseSri(digestSRI)), ...(digestMultibase === undefined ? [] : [parseMultibase(digestMultibase)])];
  const known = PUBLISHED[id];
  if (!known) return false;
  for (const digest of digests) {
    const same = known.filter(({ length }) => length === digest.length);
    if (same.length > 0 && !same.some((published) => published.every((byte, i) => byte === digest[i]))) throw new VcProblem('RANGE_ERROR', 'the digest of a related resource is not that of the resource');
  }
  return true;
}

/** Subresource Integrity: one or several hashes. */
function parseSri(value: unknown): Uint8Array[] {
  const parts = typeof value === 'string' ? value.trim().split(/\s+/) : [];
  const digests = parts.map((part) => {
    const [hash, text = ''] = [part.slice(0, part.indexOf('-')), part.slice(part.indexOf('-') + 1)];
    const name = HASHES.find((candidate) => candidate === hash);
    const digest = name && attempt(() => base64.decode(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=*$/, (pad) => pad || '='.repeat((4 - (text.length % 4)) % 4))));
    return digest?.length === (name && LENGTHS[name]) ? digest : undefined;
  });
  if (digests.length === 0 || digests.includes(undefined)) throw malformed('relatedResource.digestSRI', 'is no integrity metadata');
  return digests as Uint8Array[]; // none is undefined
}

/** Multibase, with or without the header of a multihash. */
function parseMultibase(value: unknown): Uint8Array {
  const bytes = typeof value === 'string' && value.startsWith('u') ? attempt(() => base64urlnopad.decode(value.slice(1))) : undefined;
  const digest = bytes?.length === 34 && bytes[0] === 0x12 && bytes[1] === 32 ? bytes.slice(2) : bytes;
  if (!digest || !Object.values(LENGTHS).includes(digest.length)) throw malformed('relatedResource.digestMultibase', 'is no digest in multibase');
  return digest;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // decoders of bytes from outside
  }
}
