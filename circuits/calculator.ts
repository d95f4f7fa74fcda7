// Computes a witness with the WebAssembly module that circom made for the circuit (circom 2 ABI). Nothing leaves memory.
import { HealthpassError } from '#passport/errors.ts';
import { FIELD_ORDER } from '#passport/field.ts';
import type { CircuitInput } from './witness.ts';

/** What circom exports: field elements cross word by word (32 bits, least significant first). */
type CircomExports = {
  getFieldNumLen32(): number;
  getWitnessSize(): number;
  getInputSize(): number;
  init(sanityCheck: number): void;
  getInputSignalSize(hashHigh: number, hashLow: number): number;
  setInputSignal(hashHigh: number, hashLow: number, index: number): void;
  writeSharedRWMemory(word: number, value: number): void;
  readSharedRWMemory(word: number): number;
  getWitness(index: number): void;
  getMessageChar(): number;
};

/** Bytes of a field element in a witness: little endian. */
export const ELEMENT_BYTES = 32;
const ELEMENT_WORDS = ELEMENT_BYTES / 4;
const ASSERT_FAILED = 4;

/** Templates that say no in their own name, inner ones first. */
export const STATEMENT_PARTS = [
  'EventKind', 'Doses', 'Times', 'PersonAge', 'ClauseHolds', 'PolicyClause', 'IssuerSignature', 'RegistryMembership', 'StatusEntry',
  'HolderCommitment', 'Nullifier', 'IdentityTag',
] as const;

export type Calculator = {
  /**
   * All signals of the circuit for some inputs, 32 bytes each, little endian, in the circuit's own order (signal 0 is 1).
   * @throws HealthpassError `nothing-fits` when the inputs do not satisfy the statement; `field` names the template that says no (`STATEMENT_PARTS`)
   */
  readonly calculate: (input: CircuitInput) => Promise<Uint8Array>;
};

/** A calculator for pass.wasm, which is compiled at the first use and once. */
export function createCalculator(wasm: Uint8Array): Calculator {
  let module: Promise<WebAssembly.Module> | undefined;
  return { calculate: async (input) => calculateWitness(await (module ??= WebAssembly.compile(wasm)), input) };
}

async function calculateWitness(module: WebAssembly.Module, input: CircuitInput): Promise<Uint8Array> {
  const trace: string[] = [];
  let circom: CircomExports;
  const instance = await WebAssembly.instantiate(module, {
    runtime: {
      exceptionHandler: (code: number) => { throw refusal(code, trace); },
      printErrorMessage: () => { trace.push(readMessage(circom)); },
      writeBufferMessage: () => { readMessage(circom); },
      showSharedRWMemory: () => undefined,
    },
  });
  circom = instance.exports as unknown as CircomExports; // the shape that circom 2 gives every witness module
  circom.init(0);
  let set = 0;
  for (const [name, value] of Object.entries(input)) set += setSignal(circom, name, flatten(value));
  if (set !== circom.getInputSize()) throw new TypeError('an input signal of the circuit is missing');
  return readWitness(circom);
}

function setSignal(circom: CircomExports, name: string, values: bigint[]): number {
  const [high, low] = signalHash(name);
  if (circom.getInputSignalSize(high, low) !== values.length) throw new TypeError(`input signal ${name} has another size`);
  values.forEach((value, index) => {
    for (let word = 0, rest = value; word < ELEMENT_WORDS; word++, rest >>= 32n) {
      circom.writeSharedRWMemory(word, Number(rest & 0xffffffffn));
    }
    circom.setInputSignal(high, low, index);
  });
  return values.length;
}

function readWitness(circom: CircomExports): Uint8Array {
  const size = circom.getWitnessSize();
  const words = new DataView(new ArrayBuffer(size * ELEMENT_BYTES));
  for (let i = 0; i < size; i++) {
    circom.getWitness(i);
    for (let word = 0; word < ELEMENT_WORDS; word++) {
      words.setUint32(i * ELEMENT_BYTES + word * 4, circom.readSharedRWMemory(word), true);
    }
  }
  return new Uint8Array(words.buffer);
}

/** One signal of a witness. */
export function witnessElement(witness: Uint8Array, index: number): bigint {
  const view = new DataView(witness.buffer, witness.byteOffset + index * ELEMENT_BYTES, ELEMENT_BYTES);
  let value = 0n;
  for (let i = 3; i >= 0; i--) value = (value << 64n) | view.getBigUint64(i * 8, true);
  return value;
}

/** A witness in the file format that provers read: a header section (field), then the signals. */
export function toWtns(witness: Uint8Array): Uint8Array {
  const headerBytes = 4 + ELEMENT_BYTES + 4;
  const file = new Uint8Array(12 + 12 + headerBytes + 12 + witness.length);
  const view = new DataView(file.buffer);
  file.set([0x77, 0x74, 0x6e, 0x73]); // wtns
  view.setUint32(4, 2, true);
  view.setUint32(8, 2, true);
  view.setUint32(12, 1, true);
  view.setBigUint64(16, BigInt(headerBytes), true);
  view.setUint32(24, ELEMENT_BYTES, true);
  for (let i = 0; i < 4; i++) view.setBigUint64(28 + 8 * i, (FIELD_ORDER >> BigInt(64 * i)) & 0xffffffffffffffffn, true);
  view.setUint32(60, witness.length / ELEMENT_BYTES, true);
  view.setUint32(64, 2, true);
  view.setBigUint64(68, BigInt(witness.length), true);
  file.set(witness, 76);
  return file;
}

function flatten(value: CircuitInput[string]): bigint[] {
  return typeof value === 'bigint' ? [value] : value.flatMap(flatten);
}

/** circom finds input signals by the 64-bit FNV-1a hash of their names. */
function signalHash(name: string): [high: number, low: number] {
  let hash = 0xcbf29ce484222325n;
  for (const char of name) hash = BigInt.asUintN(64, (hash ^ BigInt(char.charCodeAt(0))) * 0x100000001b3n);
  return [Number(hash >> 32n), Number(hash & 0xffffffffn)];
}

function readMessage(circom: CircomExports): string {
  let text = '';
  for (let char = circom.getMessageChar(); char !== 0; char = circom.getMessageChar()) text += String.fromCharCode(char);
  return text;
}

/** circom reports templates and lines, never values, the innermost template first. */
function refusal(code: number, trace: readonly string[]): Error {
  if (code !== ASSERT_FAILED) return new TypeError(`the witness module answers with code ${code}`);
  const templates = trace.map((line) => /template (\w+?)_\d+/.exec(line)?.[1]);
  const part = STATEMENT_PARTS.find((name) => templates.includes(name)) ?? 'Statement';
  return new HealthpassError('nothing-fits', `the credential does not satisfy the statement (${part})`, { field: part });
}
