// What a wallet keeps, record by record, and how each is written down: field elements as decimals, bytes as hex.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import {
  encodeIssuedCredential, FIELD_ORDER, isSeconds1900, parseIssuedCredential,
  type FieldElement, type IssuedCredential, type Seconds1900, type UnixSeconds,
} from '#passport';
import type { VaultRecord } from '#vault/record-store.ts';

/** The one secret that ties a holder's credentials together; never leaves the wallet but into proofs. */
export type Holder = { readonly secret: FieldElement; readonly createdAt: UnixSeconds };

/** Secrets of one credential: what its commitment hides, and its P-256 key. */
export type CredentialSecrets = { readonly blinding: FieldElement; readonly holderSecret: Uint8Array };
/** Handed to an issuer, not answered yet. */
export type PendingBinding = CredentialSecrets & { readonly commitment: FieldElement; readonly createdAt: UnixSeconds };
export type HeldCredential = CredentialSecrets & { readonly issued: IssuedCredential; readonly receivedAt: UnixSeconds };
export type Credentials = { readonly pending: readonly PendingBinding[]; readonly held: readonly HeldCredential[] };

/** Who asked, and for which event, where one person may enter once. */
export type PassScope = { readonly audience: string; readonly event: string };

/** A pass made ahead and not shown yet. */
export type ReadyPass = {
  readonly id: string;
  readonly policy: string;
  readonly version: number;
  readonly policyRoot: FieldElement;
  readonly registryRoot: FieldElement;
  readonly windowStart: Seconds1900;
  readonly windowEnd: Seconds1900;
  readonly scope: PassScope | undefined;
  readonly match: boolean;
  /** Credential that it was made from. */
  readonly credential: string;
  readonly proof: Uint8Array;
  readonly nullifier: FieldElement | undefined;
  readonly identityTag: FieldElement | undefined;
  /** Secret half of its device key. */
  readonly deviceSecret: Uint8Array;
  readonly madeAt: UnixSeconds;
};

/** One thing shown to somebody. */
export type Showing = {
  readonly at: UnixSeconds;
  readonly form: 'pass' | 'sd-jwt-vc' | 'vp-jwt';
  readonly audience: string | undefined;
  readonly policy: string | undefined;
  readonly event: string | undefined;
  readonly match: boolean;
  /** Names of the claims shown openly. */
  readonly disclosed: readonly string[];
  readonly credentials: readonly string[];
};

const field = z.string().regex(/^(0|[1-9][0-9]{0,76})$/).transform(BigInt).refine((value) => value < FIELD_ORDER).transform((value) => value as FieldElement);
const time = z.int().min(0).transform((value) => value as UnixSeconds);
const seconds1900 = z.number().refine(isSeconds1900);
const secretKey = z.string().regex(/^[0-9a-f]{64}$/).transform((hex) => hexToBytes(hex));
const credential = z.unknown().transform(parseIssuedCredential);
const secrets = { blinding: field, holderSecret: secretKey };

const holderSchema = z.strictObject({ secret: field, createdAt: time });
const credentialsSchema = z.strictObject({
  pending: z.array(z.strictObject({ ...secrets, commitment: field, createdAt: time })),
  held: z.array(z.strictObject({ ...secrets, issued: credential, receivedAt: time })),
});
const passSchema = z.strictObject({
  id: z.string(), policy: z.string(), version: z.int(), policyRoot: field, registryRoot: field, windowStart: seconds1900, windowEnd: seconds1900,
  scope: z.strictObject({ audience: z.string(), event: z.string() }).optional(), match: z.boolean(), credential: z.string(),
  proof: z.string().regex(/^[0-9a-f]{256}$/).transform((hex) => hexToBytes(hex)), nullifier: field.optional(), identityTag: field.optional(),
  deviceSecret: secretKey, madeAt: time,
});
const showingSchema = z.strictObject({
  at: time, form: z.enum(['pass', 'sd-jwt-vc', 'vp-jwt']), audience: z.string().optional(), policy: z.string().optional(), event: z.string().optional(),
  match: z.boolean(), disclosed: z.array(z.string()), credentials: z.array(z.string()),
});

/** Field elements and bytes as strings, wherever they stand; the schemas above read them back. */
function encode(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, encode(entry)]));
}

export const HOLDER: VaultRecord<Holder | undefined> = { name: 'holder', empty: undefined, encode, parse: (json) => holderSchema.parse(json) };

export const CREDENTIALS: VaultRecord<Credentials> = {
  name: 'credentials',
  empty: { pending: [], held: [] },
  encode: ({ pending, held }) => ({
    pending: encode(pending),
    held: held.map((entry) => ({ ...(encode({ ...entry, issued: undefined }) as object), issued: encodeIssuedCredential(entry.issued) })), // an object stays one
  }),
  parse: (json) => credentialsSchema.parse(json),
};

export const PASSES: VaultRecord<readonly ReadyPass[]> = {
  name: 'passes', empty: [], encode,
  parse: (json) => z.array(passSchema).parse(json).map((pass) => ({ ...pass, scope: pass.scope, nullifier: pass.nullifier, identityTag: pass.identityTag })),
};

export const HISTORY: VaultRecord<readonly Showing[]> = {
  name: 'history', empty: [], encode,
  parse: (json) => z.array(showingSchema).parse(json).map((showing) => ({ ...showing, audience: showing.audience, policy: showing.policy, event: showing.event })),
};
