// A prover without scruples: the circuit's own witness generator with every check taken out, so that it computes all signals for any
// inputs, however false. Whether such an assignment passes is then for the constraints of the real circuit to say.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCalculator } from '#circuits/calculator.ts';
import { ensureCompiled, sha256, sourceHashes } from '#circuits/compile.ts';
import { BUILD, ROOT, SOURCES } from '#circuits/paths.ts';
import { witnessValues, type ConstraintSystem } from '#circuits/r1cs.ts';
import type { CircuitInput } from '#circuits/witness.ts';
import { readStableNames, type StableNames } from './stable-names.ts';

/** Values of all signals, by the wires of the unguarded circuit. */
export type Assignment = readonly bigint[];

export type UnguardedProver = {
  /** All signals for some inputs. `evilWord` shifts the hint that splits the status index: (word - evil, bit + 248·evil). */
  readonly assign: (input: CircuitInput, evilWord?: bigint) => Promise<Assignment>;
  readonly names: StableNames;
};

/** Where the prover lies beyond false inputs: hints that the honest generator computes rightly. */
const LIES: readonly { file: string; find: string; put: string }[] = [
  // A number that needs more bits than there are goes into the highest one whole, so the sum of bits always comes out right.
  {
    file: 'circomlib/circuits/bitify.circom',
    find: 'out[i] <-- (in >> i) & 1;\n        out[i] * (out[i] -1 ) === 0;\n        lc1 += out[i] * e2;',
    put: 'out[i] <-- (in >> n) == 0 ? (in >> i) & 1 : (i == n - 1 ? in / e2 : 0);\n        lc1 += out[i] * e2;',
  },
  { file: 'status-entry.circom', find: 'signal input index;', put: 'signal input index;\n    signal input evil;' },
  { file: 'status-entry.circom', find: '<-- index \\ WORD_BITS();', put: '<-- index \\ WORD_BITS() - evil;' },
  { file: 'status-entry.circom', find: '<-- index % WORD_BITS();', put: '<-- index % WORD_BITS() + WORD_BITS() * evil;' },
  { file: 'statement.circom', find: 'StatusEntry()(claims[CLAIM_INDEX()], ', put: 'StatusEntry()(claims[CLAIM_INDEX()], evilWord, ' },
  { file: 'statement.circom', find: 'signal input match;', put: 'signal input match;\n    signal input evilWord;' },
];

/** Compiles the prover (some 10 s, kept in .build/) from our sources or from a mutated copy of them. */
export async function createUnguardedProver(sources: string = SOURCES): Promise<UnguardedProver> {
  const folder = copyWithoutChecks(sources);
  const circuit = await ensureCompiled(join(folder, 'pass.circom'), { level: 'O0' });
  const calculator = createCalculator(readFileSync(circuit.wasm));
  const names = readStableNames(circuit.sym);
  return {
    names,
    assign: async (input, evilWord = 0n) => witnessValues(await calculator.calculate({ ...input, evilWord })),
  };
}

/** Puts assignments of one circuit onto the wires of another that has the same signals, if under other names. */
export function createTransfer(
  from: StableNames, to: StableNames, system: ConstraintSystem, rename: (name: string) => string = (name) => name,
): (assignment: Assignment) => bigint[] {
  const source = new Int32Array(system.wires).fill(-1);
  source[0] = 0;
  for (const [name, wire] of to.wireOf) if (source[wire] === -1) source[wire] = from.wireOf.get(rename(name)) ?? -1;
  const missing = source.indexOf(-1);
  if (missing !== -1) throw new TypeError(`no signal for ${to.nameOf(missing)}`);
  return (assignment) => Array.from(source, (wire) => assignment[wire]!);
}

function copyWithoutChecks(sources: string): string {
  const hashes = sourceHashes(join(sources, 'pass.circom'));
  const folder = join(BUILD, `unguarded-${sha256(JSON.stringify([hashes, LIES])).slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  cpSync(sources, draft, { recursive: true });
  for (const name of Object.keys(hashes).filter((source) => source.startsWith('node_modules/'))) {
    cpSync(join(ROOT, name), join(draft, name.replace('node_modules/', '')));
  }
  for (const { file, find, put } of LIES) {
    const text = readFileSync(join(draft, file), 'utf8').replaceAll('\r\n', '\n');
    if (!text.includes(find)) throw new Error(`${file} no longer reads as the lie about it expects`);
    writeFileSync(join(draft, file), text.replace(find, () => put));
  }
  for (const file of readdirSync(draft, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.circom'))) {
    const text = readFileSync(join(draft, file), 'utf8');
    writeFileSync(join(draft, file), withoutChecks(text));
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The source without its `===` statements: the only ones that a witness generator stops at. */
function withoutChecks(source: string): string {
  if (!source.includes('===')) return source;
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '');
  const lines = code.split('\n').map((line) => line.replace(/\/\/.*$/, '').replace(/[^;{}]*===[^;]*;/g, ''));
  if (lines.some((line) => line.includes('==='))) throw new Error('a check runs over several lines');
  return lines.join('\n');
}
