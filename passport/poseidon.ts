// Poseidon over the BN254 scalar field with circomlib's constants. Every use outside the trees carries a domain tag.
import { bytesToInteger, type FieldElement } from './field.ts';
import { createPoseidon } from './poseidon/hash.ts';

/** Made at its first use: its constants take some 20 to 80 ms. */
function poseidon(inputs: number): (values: readonly bigint[]) => FieldElement {
  let hash: ((values: readonly bigint[]) => bigint) | undefined;
  return (values) => (hash ??= createPoseidon(inputs))(values) as FieldElement; // reduced
}

const [poseidon2, poseidon3, poseidon4, poseidon5] = [poseidon(2), poseidon(3), poseidon(4), poseidon(5)];
export const P2 = (a: bigint, b: bigint) => poseidon2([a, b]);
export const P3 = (a: bigint, b: bigint, c: bigint) => poseidon3([a, b, c]);
export const P4 = (a: bigint, b: bigint, c: bigint, d: bigint) => poseidon4([a, b, c, d]);
export const P5 = (a: bigint, b: bigint, c: bigint, d: bigint, e: bigint) => poseidon5([a, b, c, d, e]);
export const P8 = poseidon(8);
export const P16 = poseidon(16);

const asciiTag = (text: string) => bytesToInteger(Uint8Array.from(text, (c) => c.charCodeAt(0))) as FieldElement;

export const TAG_NULLIFIER = asciiTag('healthpass:nullifier');
export const TAG_IDENTITY = asciiTag('healthpass:identity');
export const TAG_NAME = asciiTag('healthpass:name');
