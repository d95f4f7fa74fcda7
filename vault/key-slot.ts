// A key slot holds the vault's random data key, wrapped by one thing its owner has: a passphrase, 32 secret bytes (a key file), or what a
// passkey derives (WebAuthn Level 3, PRF extension). Each slot alone opens the vault, so losing one of two loses nothing.
import { hkdf } from '@noble/hashes/hkdf.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { createCipher, KEY_BYTES } from './cipher.ts';

export type VaultKey =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'raw'; readonly key: Uint8Array }
  | (Passkey & { readonly kind: 'passkey'; /** What the authenticator answers for the input. */ readonly key: Uint8Array });

/** Which passkey, and the input of its PRF: both are needed to ask for the key, and neither is secret. */
export type Passkey = { /** Credential id, base64url. */ readonly credential: string; /** 32 random bytes. */ readonly input: Uint8Array };

/** Work that a passphrase costs to try (RFC 7914): memory is 128 × N × r bytes. */
export type PassphraseCost = { readonly N: number; readonly r: number; readonly p: number };

/** 128 MiB; the strongest of the settings that OWASP lists for scrypt. */
export const DEFAULT_COST: PassphraseCost = { N: 2 ** 17, r: 8, p: 1 };
export const PASSPHRASE_MIN = 8;
const PASSPHRASE_MAX = 1024;

// The caps keep a damaged or hostile file from asking for more memory or time than a phone has (at most 256 MiB).
const cost = z.strictObject({
  N: z.int().min(2 ** 14).max(2 ** 18).refine((value) => (value & (value - 1)) === 0),
  r: z.literal(8),
  p: z.int().min(1).max(4),
});
/** Credential ids have up to 1,023 bytes. */
const CREDENTIAL = /^[A-Za-z0-9_-]{1,1364}$/;
const common = {
  id: z.string().regex(/^[0-9a-f]{16}$/),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  wrapped: z.string().regex(/^[0-9a-f]{120}$/),
};
export const slotSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), ...common, cost }),
  z.strictObject({ kind: z.literal('raw'), ...common }),
  z.strictObject({ kind: z.literal('passkey'), ...common, credential: z.string().regex(CREDENTIAL), input: z.string().regex(/^[0-9a-f]{64}$/) }),
]);
export type KeySlot = z.infer<typeof slotSchema>;

/** Wraps the data key. @throws HealthpassError `request-invalid` for a passphrase too short to mean anything, a key of another size, a cost out of bounds */
export async function createSlot(vault: string, dataKey: Uint8Array, key: VaultKey, passphraseCost = DEFAULT_COST): Promise<KeySlot> {
  assertKey(key);
  const checkedCost = cost.safeParse(passphraseCost);
  if (!checkedCost.success) throw invalid('the cost of the passphrase is out of bounds', 'cost');
  const open = { id: bytesToHex(randomBytes(8)), salt: bytesToHex(randomBytes(16)), wrapped: '' };
  const slot: KeySlot = key.kind === 'raw' ? { kind: 'raw', ...open }
    : key.kind === 'passkey' ? { kind: 'passkey', ...open, credential: key.credential, input: bytesToHex(key.input) } : { kind: 'passphrase', ...open, cost: checkedCost.data };
  const cipher = await createCipher(await wrappingKey(slot, key));
  return { ...slot, wrapped: bytesToHex(await cipher.seal(contextOf(vault, slot), dataKey)) };
}

/** The data key, or undefined when this key does not open this slot. */
export async function openSlot(vault: string, slot: KeySlot, key: VaultKey): Promise<Uint8Array | undefined> {
  if (slot.kind !== key.kind || (key.kind !== 'passphrase' && key.key.length !== KEY_BYTES)) return undefined;
  if (slot.kind === 'passkey' && key.kind === 'passkey' && slot.credential !== key.credential) return undefined;
  const cipher = await createCipher(await wrappingKey(slot, key));
  return cipher.open(contextOf(vault, slot), hexToBytes(slot.wrapped));
}

function assertKey(key: VaultKey): void {
  if (key.kind !== 'passphrase') {
    if (key.key.length !== KEY_BYTES) throw invalid(`a key has ${KEY_BYTES} bytes`, 'key');
    if (key.kind === 'passkey' && (!CREDENTIAL.test(key.credential) || key.input.length !== KEY_BYTES)) throw invalid('a passkey has another form', 'passkey');
    return;
  }
  const { length } = key.passphrase.normalize('NFKC');
  if (length < PASSPHRASE_MIN || length > PASSPHRASE_MAX) throw invalid(`a passphrase has ${PASSPHRASE_MIN} to ${PASSPHRASE_MAX} characters`, 'passphrase');
}

async function wrappingKey(slot: KeySlot, key: VaultKey): Promise<Uint8Array> {
  const salt = hexToBytes(slot.salt);
  if (key.kind !== 'passphrase') return hkdf(sha256, key.key, salt, utf8ToBytes(`healthpass/vault/${key.kind === 'raw' ? 'key' : 'passkey'}/v1`), KEY_BYTES);
  const { N, r, p } = (slot as KeySlot & { kind: 'passphrase' }).cost; // both callers see to it that the kinds agree
  return scryptAsync(utf8ToBytes(key.passphrase.normalize('NFKC')), salt, { N, r, p, dkLen: KEY_BYTES });
}

/** Everything a slot says of itself is authenticated, so its parameters cannot be exchanged. */
function contextOf(vault: string, slot: KeySlot): Uint8Array {
  const parameters = slot.kind === 'passphrase' ? [slot.cost.N, slot.cost.r, slot.cost.p] : slot.kind === 'passkey' ? [slot.credential, slot.input] : [];
  return utf8ToBytes(JSON.stringify(['healthpass/vault/slot/v1', vault, slot.kind, slot.id, slot.salt, ...parameters]));
}

const invalid = (message: string, field: string) => new HealthpassError('request-invalid', message, { field });
