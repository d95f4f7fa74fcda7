// Signing a ready pass for one moment and one verifier, and finding the device key again from that signature.
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fieldFromDigest, type FieldElement } from './field.ts';
import { concatBytes, signedBytes, type PassBody, type PresentedPass } from './pass.ts';
import { P4, TAG_IDENTITY } from './poseidon.ts';
import type { UnixSeconds } from './time.ts';

const DOMAIN = utf8ToBytes('healthpass/pass/v1\0');
const SCOPE_DOMAIN = utf8ToBytes('healthpass/scope/v1\0');
export const CHALLENGE_MIN = 16;
export const CHALLENGE_MAX = 64;

/** What a presentation is bound to besides its time. */
export type Binding = {
  /** Who asks, as the request names it. */
  readonly audience?: string | undefined;
  /** 16 to 64 random bytes of the verifier. */
  readonly challenge?: Uint8Array | undefined;
};

/** A P-256 key pair of one pass alone. */
export type DeviceKeyPair = { readonly secretKey: Uint8Array; readonly deviceKey: FieldElement };

export function createDeviceKey(secretKey: Uint8Array = p256.utils.randomSecretKey()): DeviceKeyPair {
  return { secretKey, deviceKey: deviceKeyOf(p256.getPublicKey(secretKey, true)) };
}

/** `deviceKey` of a compressed P-256 public key. */
export const deviceKeyOf = (publicKey: Uint8Array): FieldElement => fieldFromDigest(sha256(publicKey));

/** Scope of a verifier's event; the event's name carries its day. */
export const scopeOf = (verifier: string, event: string): FieldElement =>
  fieldFromDigest(sha256(concatBytes([SCOPE_DOMAIN, utf8ToBytes(verifier), Uint8Array.of(0), utf8ToBytes(event)])));

/** What staff recompute from an identity document. */
export const identityTagOf = (nameDigest: FieldElement, birthDate: number, deviceKey: FieldElement): FieldElement =>
  P4(TAG_IDENTITY, nameDigest, BigInt(birthDate), deviceKey);

/** Signs a pass for a moment. @throws TypeError for a challenge outside 16..64 bytes */
export function presentPass(body: PassBody, secretKey: Uint8Array, signedAt: UnixSeconds, binding: Binding = {}): PresentedPass {
  const unsigned = {
    ...body, signedAt,
    audienceBound: binding.audience !== undefined,
    challengeBound: binding.challenge !== undefined,
    bindingHint: bindingHint(binding),
  };
  const digest = presentationDigest(unsigned, binding);
  for (let attempt = 0; ; attempt++) {
    // A signature whose R.x lies above the group order cannot be written in one parity bit; it does not occur in practice (2^-32).
    const extraEntropy = attempt === 0 ? undefined : Uint8Array.of(attempt);
    const bytes = p256.sign(digest, secretKey, { prehash: false, lowS: true, format: 'recovered', ...(extraEntropy ? { extraEntropy } : {}) });
    if (bytes[0]! < 2) return { ...unsigned, signature: bytes.slice(1), parity: bytes[0] as 0 | 1 };
  }
}

/**
 * The compressed public key that a P-256 signature (r ‖ s) over a digest and the parity of its R lead to; undefined when s is high, r or s
 * out of range, or no point belongs to r.
 */
export type KeyRecovery = (signature: Uint8Array, parity: 0 | 1, digest: Uint8Array) => Uint8Array | undefined;

/** Key recovery that needs nothing loaded; circuits/ has one that is several times as fast. */
export const recoverKey: KeyRecovery = (bytes, parity, digest) => {
  try {
    const signature = p256.Signature.fromBytes(bytes, 'compact');
    return signature.hasHighS() ? undefined : signature.addRecoveryBit(parity).recoverPublicKey(digest).toBytes(true);
  } catch {
    return undefined;
  }
};

/**
 * The device key that made the signature, if the verifier's own audience and challenge are put in; another key, or undefined, if
 * anything differs. The proof decides: its `deviceKey` signal must be this one.
 * @throws TypeError for a challenge outside 16..64 bytes
 */
export function recoverDeviceKey(pass: PresentedPass, binding: Binding, recover: KeyRecovery = recoverKey): FieldElement | undefined {
  const publicKey = recover(pass.signature, pass.parity, presentationDigest(pass, binding));
  return publicKey && deviceKeyOf(publicKey);
}

/** First two bytes of SHA-256(audience hash ‖ challenge), if anything is bound. */
export function bindingHint(binding: Binding): number | undefined {
  if (binding.audience === undefined && binding.challenge === undefined) return undefined;
  const digest = sha256(concatBytes([audienceHash(binding.audience), binding.challenge ?? new Uint8Array()]));
  return digest[0]! * 256 + digest[1]!;
}

function presentationDigest(pass: Omit<PresentedPass, 'signature' | 'parity'>, { audience, challenge = new Uint8Array() }: Binding): Uint8Array {
  if (challenge.length !== 0 && (challenge.length < CHALLENGE_MIN || challenge.length > CHALLENGE_MAX)) {
    throw new TypeError('a challenge has 16 to 64 bytes');
  }
  const length = Uint8Array.of(challenge.length >> 8, challenge.length & 0xff);
  return sha256(concatBytes([DOMAIN, signedBytes(pass), audienceHash(audience), length, challenge]));
}

const audienceHash = (audience: string | undefined): Uint8Array =>
  audience === undefined ? new Uint8Array(32) : sha256(utf8ToBytes(audience));
