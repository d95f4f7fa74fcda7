// The pass on the wire: `HP1:` and base45 of a compact binary. docs/protocol.md, "The pass on the wire".
import { decodeBase45, encodeBase45 } from './base45.ts';
import { HealthpassError } from './errors.ts';
import { assertFieldElement, bytesToInteger, integerToBytes, type FieldElement } from './field.ts';
import { isSeconds1900, type Seconds1900, type UnixSeconds } from './time.ts';

export const PASS_PREFIX = 'HP1:';
export const PROOF_BYTES = 128;
/** The longest pass has 274 bytes, 411 characters of base45 and the prefix. */
export const PASS_MAX_LENGTH = 415;

const FLAG_SCOPE = 1;
const FLAG_MATCH = 2;
const FLAG_AUDIENCE = 4;
const FLAG_CHALLENGE = 8;
const FLAG_PARITY = 16;
const KNOWN_FLAGS = 31;
const HOUR = 3600;
const SIGNATURE_BYTES = 64;

/** What a pass says, before it is signed for one presentation. */
export type PassBody = {
  /** First 4 bytes of the registry root. */
  readonly rootId: number;
  /** First 4 bytes of the policy root. */
  readonly policyId: number;
  /** A whole hour. */
  readonly windowStart: Seconds1900;
  readonly proof: Uint8Array;
  /** Set where the verifier set a scope. */
  readonly nullifier: FieldElement | undefined;
  /** Set where the verifier asked for a match. */
  readonly identityTag: FieldElement | undefined;
};

/** A pass as it is shown: the body, signed by the device key for this moment. */
export type PresentedPass = PassBody & {
  readonly signedAt: UnixSeconds;
  readonly audienceBound: boolean;
  readonly challengeBound: boolean;
  /** First 2 bytes of SHA-256(audience hash ‖ challenge); carries no trust. */
  readonly bindingHint: number | undefined;
  /** r ‖ s */
  readonly signature: Uint8Array;
  /** y-parity of the signature's R. */
  readonly parity: 0 | 1;
};

/** First four bytes of a root: enough to find it among the few that count. */
export const shortId = (root: FieldElement): number => Number(root >> 224n);

/** All bytes before the signature, with the parity flag cleared: what the device key signs. */
export function signedBytes(pass: Omit<PresentedPass, 'signature' | 'parity'>): Uint8Array {
  const flags = (pass.nullifier === undefined ? 0 : FLAG_SCOPE) | (pass.identityTag === undefined ? 0 : FLAG_MATCH)
    | (pass.audienceBound ? FLAG_AUDIENCE : 0) | (pass.challengeBound ? FLAG_CHALLENGE : 0);
  return concatBytes([
    integerToBytes(BigInt(flags), 1),
    integerToBytes(BigInt(pass.rootId), 4),
    integerToBytes(BigInt(pass.policyId), 4),
    integerToBytes(BigInt(pass.windowStart / HOUR), 3),
    pass.proof,
    integerToBytes(BigInt(pass.signedAt), 4),
    pass.nullifier === undefined ? new Uint8Array() : integerToBytes(pass.nullifier, 32),
    pass.identityTag === undefined ? new Uint8Array() : integerToBytes(pass.identityTag, 32),
    pass.bindingHint === undefined ? new Uint8Array() : integerToBytes(BigInt(pass.bindingHint), 2),
  ]);
}

/** The text of the code on the screen. */
export function encodePass(pass: PresentedPass): string {
  const bytes = concatBytes([signedBytes(pass), pass.signature]);
  bytes[0]! |= pass.parity ? FLAG_PARITY : 0;
  return PASS_PREFIX + encodeBase45(bytes);
}

/**
 * Reads the text of a pass. Whether it holds is not looked at: the points of the proof are not decoded here.
 * @throws HealthpassError `pass-malformed`, `text-too-long`, `field-not-canonical`
 */
export function decodePass(text: string): PresentedPass {
  if (text.length > PASS_MAX_LENGTH) throw new HealthpassError('text-too-long', 'the text is longer than any pass', { field: 'text' });
  if (!text.startsWith(PASS_PREFIX)) throw new HealthpassError('pass-malformed', 'the text does not begin with HP1:', { field: 'prefix' });
  const take = reader(decodeBase45(text.slice(PASS_PREFIX.length)));
  const flags = take(1, 'flags')[0]!;
  if (flags & ~KNOWN_FLAGS) throw new HealthpassError('pass-malformed', 'the pass has flags of a later version', { field: 'flags' });
  const audienceBound = (flags & FLAG_AUDIENCE) !== 0;
  const challengeBound = (flags & FLAG_CHALLENGE) !== 0;
  const number = (length: number, field: string) => Number(bytesToInteger(take(length, field)));
  const signal = (field: string) => assertFieldElement(bytesToInteger(take(32, field)), field);
  const pass: PresentedPass = {
    rootId: number(4, 'root'),
    policyId: number(4, 'policy'),
    windowStart: windowStart(number(3, 'window') * HOUR),
    proof: take(PROOF_BYTES, 'proof'),
    signedAt: number(4, 'time') as UnixSeconds,
    nullifier: flags & FLAG_SCOPE ? signal('nullifier') : undefined,
    identityTag: flags & FLAG_MATCH ? signal('identityTag') : undefined,
    audienceBound,
    challengeBound,
    bindingHint: audienceBound || challengeBound ? number(2, 'binding') : undefined,
    signature: take(SIGNATURE_BYTES, 'signature'),
    parity: flags & FLAG_PARITY ? 1 : 0,
  };
  take(0, 'end', true);
  return pass;
}

function windowStart(seconds: number): Seconds1900 {
  if (!isSeconds1900(seconds)) throw new HealthpassError('pass-malformed', 'the window lies beyond all clocks', { field: 'window' });
  return seconds;
}

/** Hands out the bytes piece by piece; with `last`, insists that none is left. */
function reader(bytes: Uint8Array) {
  let offset = 0;
  return (length: number, field: string, last = false): Uint8Array => {
    if (offset + length > bytes.length || (last && offset !== bytes.length)) {
      throw new HealthpassError('pass-malformed', last ? 'the pass has bytes after its end' : 'the pass is cut short', { field });
    }
    return bytes.slice(offset, (offset += length));
  };
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
