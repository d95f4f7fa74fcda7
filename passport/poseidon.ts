// Poseidon over the BN254 scalar field with circomlib's constants. Every use outside the trees carries a domain tag.
import { poseidon2, poseidon3, poseidon4, poseidon5, poseidon8, poseidon16 } from 'poseidon-lite';
import { bytesToInteger, type FieldElement } from './field.ts';

export const P2 = (a: bigint, b: bigint) => poseidon2([a, b]) as FieldElement;
export const P3 = (a: bigint, b: bigint, c: bigint) => poseidon3([a, b, c]) as FieldElement;
export const P4 = (a: bigint, b: bigint, c: bigint, d: bigint) => poseidon4([a, b, c, d]) as FieldElement;
export const P5 = (a: bigint, b: bigint, c: bigint, d: bigint, e: bigint) => poseidon5([a, b, c, d, e]) as FieldElement;
export const P8 = (inputs: readonly bigint[]) => poseidon8([...inputs]) as FieldElement;
export const P16 = (inputs: readonly bigint[]) => poseidon16([...inputs]) as FieldElement;

const asciiTag = (text: string) => bytesToInteger(Uint8Array.from(text, (c) => c.charCodeAt(0))) as FieldElement;

export const TAG_NULLIFIER = asciiTag('healthpass:nullifier');
export const TAG_IDENTITY = asciiTag('healthpass:identity');
export const TAG_NAME = asciiTag('healthpass:name');
