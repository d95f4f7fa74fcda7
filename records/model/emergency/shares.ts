// The key of emergencies in parts: Shamir's sharing over hospitals, as many of which are needed as the contract asks for. Each part is sealed to its
// hospital, and bound to by what the patient is found: an approval for one patient opens no part of another's key.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { combine, split } from 'shamir-secret-sharing';
import { z } from 'zod';
import { HealthpassError, concatBytes } from '#passport';
import { addressText, bytes32Text, publicKeyText } from '../exchange/wire.ts';
import { sealingKeys } from '../keys/derive.ts';
import { openWith, sealTo, type Binding, type PublicKey, type Sealed, type SealingKeys } from '../keys/hpke.ts';
import type { Address } from '../members.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const sealed = z.string().max(400).regex(/^[A-Za-z0-9_-]+$/);
export const shareSchema = z.strictObject({ custodian: addressText, digest, sealed });
/** What is said of a key to whoever holds a part of it. */
export const keyHeadSchema = z.strictObject({ id: bytes32Text, key: publicKeyText, threshold: z.int().min(2).max(16), subjects: z.array(bytes32Text).min(1).max(2) });
export type KeyHead = z.infer<typeof keyHeadSchema>;
export type Share = z.infer<typeof shareSchema>;
export type Custodian = { readonly custodian: Address; readonly key: PublicKey };

/** @throws HealthpassError `share-invalid` unless there are as many custodians as are needed, each once */
export async function splitEmergencyKey(keys: SealingKeys, custodians: readonly Custodian[], { threshold, subjects }: Pick<KeyHead, 'threshold' | 'subjects'>): Promise<{ readonly head: KeyHead; readonly shares: readonly Share[] }> {
  if (threshold < 2 || threshold > custodians.length || custodians.length > 16 || new Set(custodians.map(({ custodian }) => custodian)).size !== custodians.length) {
    throw invalid('there are too few or too many custodians', 'custodians');
  }
  const head: KeyHead = { id: `0x${bytesToHex(randomBytes(32))}`, key: keys.publicKey, threshold, subjects: [...subjects] };
  const parts = await split(keys.secretKey.slice(), custodians.length, threshold);
  const shares = await Promise.all(parts.map(async (part, index): Promise<Share> => {
    const { custodian, key } = custodians[index]!; // as many parts as custodians
    return { custodian, digest: digestOf(part, head), sealed: await sealTo(key, part, keptBinding(head, custodian)) };
  }));
  return { head, shares };
}

/** A hospital opens the part that it keeps. @throws HealthpassError `sealed-invalid`, `share-invalid` */
export const openShare = async (keys: SealingKeys, head: KeyHead, share: Share): Promise<Uint8Array> =>
  assertShare(await openWith(keys, share.sealed, keptBinding(head, share.custodian)), head, share);

/** Passes it on for one emergency, to the key that stands on chain for it. */
export const forwardShare = (part: Uint8Array, to: PublicKey, emergency: string, { id }: KeyHead, custodian: Address): Promise<Sealed> => sealTo(to, part, passedBinding(emergency, id, custodian));

/** @throws HealthpassError `sealed-invalid`; `share-invalid` for another part than was entrusted to that hospital */
export const receiveShare = async (keys: SealingKeys, forwarded: string, emergency: string, head: KeyHead, share: Pick<Share, 'custodian' | 'digest'>): Promise<Uint8Array> =>
  assertShare(await openWith(keys, forwarded, passedBinding(emergency, head.id, share.custodian)), head, share);

/** @throws HealthpassError `share-invalid` for too few parts, or parts that make another key */
export async function joinEmergencyKey(head: KeyHead, parts: readonly Uint8Array[]): Promise<SealingKeys> {
  if (parts.length < head.threshold || new Set(parts.map((part) => digestOf(part, head))).size !== parts.length) throw invalid('there are too few parts', 'shares');
  const keys = sealingKeys(await combine(parts.map((part) => part.slice())));
  if (keys.publicKey !== head.key) throw invalid('the parts make another key', 'shares');
  return keys;
}

function assertShare(part: Uint8Array, head: KeyHead, { digest: expected }: Pick<Share, 'digest'>): Uint8Array {
  if (digestOf(part, head) !== expected) throw invalid('this is not the part of this hospital', 'share');
  return part;
}

/** A part is as random as the key: its digest gives nothing away. */
const digestOf = (part: Uint8Array, { id }: KeyHead): string => bytesToHex(sha256(concatBytes([utf8ToBytes(`healthpass/emergency-share/1/${id}`), part])));
const keptBinding = ({ id, key, subjects }: KeyHead, custodian: Address): Binding => ({ kind: 'healthpass/emergency-share/1', state: 'kept', id, key, subjects: subjects.join(), custodian });
const passedBinding = (emergency: string, id: string, custodian: Address): Binding => ({ kind: 'healthpass/emergency-share/1', state: 'passed', emergency, id, custodian });
const invalid = (message: string, field: string) => new HealthpassError('share-invalid', message, { field });
