// Under which names this verifier asks, and what it signs with: a certificate (`x509_hash`, ES256) and a DID (`decentralized_identifier`,
// ES256K). Keys stand sealed in the database, so that replicas ask in one name.
import { createHash } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { UnixSeconds } from '#passport';
import { createJws } from '#formats/credential/jws.ts';
import type { Database, Migration, Sealer } from '#server';
import { createDevelopmentCertificate, type VerifierCertificate } from './certificate.ts';

export const IDENTITY_MIGRATION: Migration = { name: 'openid4vp-identity', sql: 'CREATE TABLE openid4vp_identity (name text PRIMARY KEY, sealed bytea NOT NULL)' };

export const CLIENT_ID_PREFIXES = ['x509_hash', 'decentralized_identifier'] as const;
export type ClientIdPrefix = (typeof CLIENT_ID_PREFIXES)[number];

/** One name: how a request under it is signed. */
export type RequestSigner = {
  readonly clientId: string;
  /** A compact JWS over a payload, of type `oauth-authz-req+jwt` where no other is wanted. */
  readonly sign: (payload: object, type?: string) => Promise<string>;
  readonly algorithm: 'ES256' | 'ES256K';
};
export type VerifierIdentity = {
  readonly signers: { readonly [P in ClientIdPrefix]?: RequestSigner };
  /** PEM of the development authority, where there is one. */
  readonly root?: string | undefined;
};

const TYPE = 'oauth-authz-req+jwt';

export function certificateSigner({ chain, secretKey }: VerifierCertificate): RequestSigner {
  const hash = createHash('sha256').update(Buffer.from(chain[0]!, 'base64')).digest('base64url'); // a chain has a leaf
  return {
    clientId: `x509_hash:${hash}`, algorithm: 'ES256',
    sign: (payload, type = TYPE) => createJws({ alg: 'ES256', typ: type, x5c: chain }, payload, (message) => p256.sign(message, secretKey)),
  };
}

/** The DID of a key alone: its document lists the key from the beginning, without a transaction (ERC-1056, `#controllerKey`). */
export function didSigner(secretKey: Uint8Array, chainId: number): RequestSigner {
  const did = `did:ethr:0x${chainId.toString(16)}:0x${bytesToHex(secp256k1.getPublicKey(secretKey, true))}`;
  return {
    clientId: `decentralized_identifier:${did}`, algorithm: 'ES256K',
    sign: (payload, type = TYPE) => createJws({ alg: 'ES256K', typ: type, kid: `${did}#controllerKey` }, payload, (message) => secp256k1.sign(message, secretKey)),
  };
}

const hex32 = z.string().regex(/^[0-9a-f]{64}$/).transform((hex) => hexToBytes(hex));
const certificateSchema = z.object({ chain: z.array(z.string()).min(1).readonly(), secretKey: hex32, root: z.string(), url: z.string() });
const didSchema = z.object({ secretKey: hex32 });

export type IdentityOptions = {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly now: UnixSeconds;
  /** Where wallets reach this service; its host stands in the development certificate. */
  readonly url: string;
  /** Shown by wallets. */
  readonly name: string;
  /** Of the chain that the DID lives on; without it there is none. */
  readonly chainId?: number | undefined;
  /** A certificate of a real authority; without it one is made where `development` allows. */
  readonly certificate?: VerifierCertificate | undefined;
  readonly development: boolean;
};

/** The names of this verifier, made on first start. A service that moved to another address gets another development certificate. */
export async function openIdentity({ database, sealer, now, url, name, chainId, certificate, development }: IdentityOptions): Promise<VerifierIdentity> {
  const kept = createKeptSecrets(database, sealer);
  const made = certificate || !development ? undefined : await kept(`certificate/${url}`, certificateSchema, async () => {
    const { secretKey, ...rest } = await createDevelopmentCertificate(url, name, now);
    return { ...rest, secretKey: bytesToHex(secretKey) };
  });
  const shown = certificate ?? made;
  const did = chainId === undefined ? undefined : await kept('did', didSchema, async () => ({ secretKey: bytesToHex(secp256k1.utils.randomSecretKey()) }));
  return {
    root: made?.root,
    signers: {
      ...(shown && { x509_hash: certificateSigner(shown) }),
      ...(did && chainId !== undefined && { decentralized_identifier: didSigner(did.secretKey, chainId) }),
    },
  };
}

/** A secret that is made once, whoever of several replicas is first. */
function createKeptSecrets(database: Database, sealer: Sealer) {
  const context = (name: string) => `openid4vp-identity/${name}`;
  return async <S extends z.ZodType>(name: string, schema: S, make: () => Promise<z.input<S>>): Promise<z.infer<S>> => {
    const find = async () => (await database.query<{ sealed: Uint8Array }>('SELECT sealed FROM openid4vp_identity WHERE name = $1', [name]))[0];
    const known = await find();
    if (!known) await database.query('INSERT INTO openid4vp_identity VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, await sealer.seal(context(name), await make())]);
    return schema.parse(await sealer.open(context(name), (known ?? (await find()))!.sealed)); // it was just put there
  };
}
