// The secret from which all keys of a person or a member come: random, with a backup at guardians; or out of a signature, for wallets that
// sign the same text the same way (RFC 6979).
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport';
import { TYPES, offChain, type TypedDomain, type Types } from '../typed-data.ts';

declare const brand: unique symbol;
/** 32 secret bytes. */
export type Root = Uint8Array & { readonly [brand]: 'Root' };

const ROOT_BYTES = 32;

export const createRoot = (): Root => randomBytes(ROOT_BYTES) as Uint8Array as Root;

/** @throws TypeError for anything but 32 bytes */
export function parseRoot(bytes: Uint8Array): Root {
  if (bytes.length !== ROOT_BYTES) throw new TypeError('a root has 32 bytes');
  return bytes.slice() as Uint8Array as Root;
}

/** Has a wallet sign typed data (EIP-712), as signers of ethers do. @returns the signature, `0x` and hexadecimal digits */
export type SignTypedData = (domain: TypedDomain, types: Types, message: Record<string, unknown>) => Promise<string>;

const PURPOSE = 'Open my health records';
const SALT = utf8ToBytes('healthpass records/root from a signature/1');

/**
 * Asks the wallet twice for the same signature and makes the root of it. A wallet that adds randomness, or that is a contract, would lock its
 * owner out the next time: it is refused now.
 * @throws HealthpassError `wallet-unsuitable`; whatever `sign` throws
 */
export async function rootFromSignature(sign: SignTypedData, chainId: number): Promise<Root> {
  const ask = async () => pointAndScalar(await sign(offChain(chainId), { DeriveKeys: TYPES.DeriveKeys }, { purpose: PURPOSE, version: 1 }));
  const first = await ask();
  if (first !== await ask()) throw unsuitable('the wallet signs differently each time');
  return parseRoot(hkdf(sha256, hexToBytes(first), SALT, utf8ToBytes(PURPOSE), ROOT_BYTES));
}

/** r and s alone: wallets differ, also between versions, in how they write v. */
function pointAndScalar(signature: string): string {
  const [, found] = /^0x([0-9a-f]{128})[0-9a-f]{2}$/.exec(signature.toLowerCase()) ?? [];
  if (found === undefined) throw unsuitable('the wallet does not sign with a key of its own');
  return found;
}

const unsuitable = (message: string) => new HealthpassError('wallet-unsuitable', message, { field: 'signature' });
