// Keccak-256 (the one before SHA-3 was fixed, as Ethereum has it) of many pairs of segments at once: in WebAssembly where that may be used,
// in JavaScript otherwise, with the same results.
import { keccakP } from '@noble/hashes/sha3.js';
import { SPAN_AT, createKeccakModule } from './keccak-wasm.ts';

/** Bytes of a segment, and of a hash. */
export const SEGMENT_BYTES = 32;

export type Keccak = {
  /** Room for 4096 bytes of segments. */
  readonly segments: Uint8Array;
  /** Puts the hash of segments 2n and 2n + 1 where segment n stands, for each n below `count`. What stands behind is of no more use. */
  readonly hashPairs: (count: number) => void;
  /** The hash of a number (8 bytes, little-endian) and the first segment. */
  readonly hashRoot: (span: number) => Uint8Array<ArrayBuffer>;
};

export const createKeccak = (): Keccak => createFastKeccak() ?? createPlainKeccak();

export function createFastKeccak(): Keccak | undefined {
  const module = createKeccakModule();
  if (!module) return undefined;
  const segments = new Uint8Array(module.memory.buffer, 0, 4096);
  const span = new DataView(module.memory.buffer, SPAN_AT);
  return {
    segments,
    hashPairs: module.hashPairs,
    hashRoot(number) {
      span.setUint32(0, number >>> 0, true);
      span.setUint32(4, Math.floor(number / 2 ** 32), true);
      module.hashRoot();
      return segments.slice(0, SEGMENT_BYTES);
    },
  };
}

const WORDS = SEGMENT_BYTES / 4;
/** Words of the sponge's rate (1088 bits) and of its state (1600 bits). */
const RATE_WORDS = 34;
const STATE_WORDS = 50;

export function createPlainKeccak(): Keccak {
  const state = new Uint32Array(STATE_WORDS);
  const words = new Uint32Array(1024);
  /** Pads what stands in the first words, as Keccak does by itself, and permutes. */
  const permute = (length: number) => {
    state.fill(0, length);
    state[length] = 1;
    state[RATE_WORDS - 1] = 0x8000_0000;
    keccakP(state);
  };
  return {
    segments: new Uint8Array(words.buffer),
    hashPairs(count) {
      for (let pair = 0; pair < count; pair++) {
        for (let word = 0; word < 2 * WORDS; word++) state[word] = words[2 * WORDS * pair + word]!;
        permute(2 * WORDS);
        for (let word = 0; word < WORDS; word++) words[WORDS * pair + word] = state[word]!;
      }
    },
    hashRoot(number) {
      state[0] = number >>> 0;
      state[1] = Math.floor(number / 2 ** 32);
      for (let word = 0; word < WORDS; word++) state[2 + word] = words[word]!;
      permute(2 + WORDS);
      return new Uint8Array(state.slice(0, WORDS).buffer);
    },
  };
}
