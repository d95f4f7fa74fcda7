// The ERC-1056 registry as a contract: what it says, and the calls that change a DID document.
import { encodeBytes32String, Interface } from 'ethers';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { HealthpassError } from '#passport/errors.ts';
import type { ListedKey } from '#passport/trust.ts';

export const DID_REGISTRY = new Interface([
  'event DIDOwnerChanged(address indexed identity, address owner, uint256 previousChange)',
  'event DIDDelegateChanged(address indexed identity, bytes32 delegateType, address delegate, uint256 validTo, uint256 previousChange)',
  'event DIDAttributeChanged(address indexed identity, bytes32 name, bytes value, uint256 validTo, uint256 previousChange)',
  'function changed(address) view returns (uint256)',
  'function identityOwner(address) view returns (address)',
  'function changeOwner(address identity, address newOwner)',
  'function setAttribute(address identity, bytes32 name, bytes value, uint256 validity)',
  'function revokeAttribute(address identity, bytes32 name, bytes value)',
]);

export type KeyType = ListedKey['type'];
/** A key as the DID document holds it: compressed public key in lower-case hex. */
export type PublicKey = Pick<ListedKey, 'type' | 'publicKey'>;

/**
 * One row a key type: the attribute it stands in, and its curve. The value is the bare point, which is what did-jwt reads from
 * `publicKeyHex`; P-256 stands as a Multikey because no ERC-1056 name of its own is known to resolvers.
 */
export const KEY_ATTRIBUTES = [
  { type: 'secp256k1', name: 'did/pub/Secp256k1/veriKey/hex', curve: secp256k1 },
  { type: 'P-256', name: 'did/pub/Multikey/veriKey/hex', curve: p256 },
] as const satisfies readonly { type: KeyType; name: string; curve: unknown }[];

/** An unsigned call, for whoever sends transactions. */
export type RegistryCall = { readonly to: string; readonly data: string };

/** Lists a key for `validity` seconds. Listing a listed key again gives it a new number, so keys are replaced, not renewed. */
export function setKeyCall(didRegistry: string, identity: string, key: PublicKey, validity: number): RegistryCall {
  return { to: didRegistry, data: DID_REGISTRY.encodeFunctionData('setAttribute', [identity, ...attributeOf(key), validity]) };
}

/** Takes a key out of the document. What it signed and is not anchored is refused from then on. */
export function revokeKeyCall(didRegistry: string, identity: string, key: PublicKey): RegistryCall {
  return { to: didRegistry, data: DID_REGISTRY.encodeFunctionData('revokeAttribute', [identity, ...attributeOf(key)]) };
}

/** The compressed form of a key of the document, or undefined when the bytes are no point of that curve. */
export function compressedKey(type: KeyType, value: string): string | undefined {
  const { curve } = KEY_ATTRIBUTES.find((row) => row.type === type)!; // one row a type
  if (!/^0x(?:0[23][0-9a-f]{64}|04[0-9a-f]{128})$/.test(value)) return undefined;
  try {
    return curve.Point.fromHex(value.slice(2)).toHex(true);
  } catch {
    return undefined;
  }
}

function attributeOf({ type, publicKey }: PublicKey): [name: string, value: string] {
  const value = `0x${publicKey}`;
  if (compressedKey(type, value) !== publicKey) throw new HealthpassError('request-invalid', 'the public key is no compressed point', { field: 'publicKey' });
  return [encodeBytes32String(KEY_ATTRIBUTES.find((row) => row.type === type)!.name), value];
}
