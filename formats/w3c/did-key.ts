// Keys that are their own name: did:key (Ed25519 and P-256) and did:jwk (the same two). Resolving one is decoding it; nothing is fetched.
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { base58, base64urlnopad } from '@scure/base';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { isHealthpassError } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';

export type KeyKind = 'Ed25519' | 'P-256';
/** `publicKey`: 32 bytes, or the compressed point. */
export type SelfKey = { readonly did: string; readonly kid: string; readonly kind: KeyKind; readonly publicKey: Uint8Array };

export const DID_CONTEXT = 'https://www.w3.org/ns/did/v1';
export const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1';
const JWS_CONTEXT = 'https://w3id.org/security/suites/jws-2020/v1';
/** Multicodec prefixes as varints: ed25519-pub, p256-pub. */
const PREFIXES: Readonly<Record<KeyKind, readonly number[]>> = { Ed25519: [0xed, 0x01], 'P-256': [0x80, 0x24] };
const DID_MAX_LENGTH = 400;

export const encodeMultikey = (kind: KeyKind, publicKey: Uint8Array): string => `z${base58.encode(Uint8Array.from([...PREFIXES[kind], ...publicKey]))}`;

export function createDidKey(kind: KeyKind, publicKey: Uint8Array): SelfKey {
  const multikey = encodeMultikey(kind, publicKey);
  return { did: `did:key:${multikey}`, kid: `did:key:${multikey}#${multikey}`, kind, publicKey };
}

/** The key that a did:key or did:jwk is the name of, with or without the fragment of its one verification method; undefined for anything else. */
export function parseSelfDid(url: string): SelfKey | undefined {
  if (url.length > DID_MAX_LENGTH) return undefined;
  const [did, fragment, ...more] = url.split('#') as [string, ...string[]]; // split gives one part at least
  const key = more.length > 0 ? undefined : did.startsWith('did:key:') ? parseDidKey(did) : did.startsWith('did:jwk:') ? parseDidJwk(did) : undefined;
  return key && (fragment === undefined || key.kid === url) ? key : undefined;
}

function parseDidKey(did: string): SelfKey | undefined {
  const bytes = attempt(() => base58.decode(did.slice('did:key:z'.length)));
  if (!bytes || did[8] !== 'z') return undefined;
  for (const kind of ['Ed25519', 'P-256'] as const) {
    const publicKey = bytes.slice(2);
    if (PREFIXES[kind].every((byte, i) => bytes[i] === byte) && isPoint(kind, publicKey)) {
      const key = createDidKey(kind, publicKey);
      return key.did === did ? key : undefined; // one key, one spelling
    }
  }
  return undefined;
}

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const jwkSchema = z.discriminatedUnion('kty', [
  z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
  z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate }),
]);

function parseDidJwk(did: string): SelfKey | undefined {
  const parsed = jwkSchema.safeParse(attempt(() => parseJson(base64urlnopad.decode(did.slice('did:jwk:'.length)))));
  if (!parsed.success || 'd' in parsed.data) return undefined;
  const publicKey = attempt(() => bytesOfJwk(parsed.data));
  const kind = parsed.data.crv;
  return publicKey && isPoint(kind, publicKey) ? { did, kid: `${did}#0`, kind, publicKey } : undefined;
}

function bytesOfJwk(jwk: z.infer<typeof jwkSchema>): Uint8Array {
  const x = base64urlnopad.decode(jwk.x);
  return jwk.kty === 'OKP' ? x : p256.Point.fromBytes(Uint8Array.from([4, ...x, ...base64urlnopad.decode(jwk.y)])).toBytes(true);
}

function isPoint(kind: KeyKind, publicKey: Uint8Array): boolean {
  return attempt(() => (kind === 'Ed25519' ? !ed25519.Point.fromBytes(publicKey).isSmallOrder() : publicKey.length === 33 && p256.Point.fromBytes(publicKey) !== undefined)) === true;
}

/** The key as a JWK, members in alphabetical order. */
export function jwkOf({ kind, publicKey }: Pick<SelfKey, 'kind' | 'publicKey'>): { crv: string; kty: string; x: string; y?: string } {
  if (kind === 'Ed25519') return { crv: 'Ed25519', kty: 'OKP', x: base64urlnopad.encode(publicKey) };
  const point = p256.Point.fromBytes(publicKey).toBytes(false);
  return { crv: 'P-256', kty: 'EC', x: base64urlnopad.encode(point.slice(1, 33)), y: base64urlnopad.encode(point.slice(33)) };
}

/** The did:jwk of a key. */
export function createDidJwk(kind: KeyKind, publicKey: Uint8Array): SelfKey {
  const did = `did:jwk:${base64urlnopad.encode(utf8ToBytes(JSON.stringify(jwkOf({ kind, publicKey }))))}`;
  return { did, kid: `${did}#0`, kind, publicKey };
}

/** The verification method of a key, as its DID document lists it. */
export const methodOf = (key: SelfKey): { id: string; type: string; controller: string; [member: string]: unknown } => (key.did.startsWith('did:key:')
  ? { id: key.kid, type: 'Multikey', controller: key.did, publicKeyMultibase: encodeMultikey(key.kind, key.publicKey) }
  : { id: key.kid, type: 'JsonWebKey2020', controller: key.did, publicKeyJwk: jwkOf(key) });

/** The DID document that a key is by itself. */
export function selfDocument(key: SelfKey): { id: string; [member: string]: unknown } {
  const uses = Object.fromEntries(['authentication', 'assertionMethod', 'capabilityInvocation', 'capabilityDelegation'].map((use) => [use, [key.kid]]));
  return { '@context': [DID_CONTEXT, key.did.startsWith('did:key:') ? MULTIKEY_CONTEXT : JWS_CONTEXT], id: key.did, verificationMethod: [methodOf(key)], ...uses };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isHealthpassError(error) || error instanceof Error) return undefined; // decoders of bytes from outside; their messages quote them
    throw error;
  }
}
