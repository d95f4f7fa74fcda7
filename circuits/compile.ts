// Compiles the circuit into .build/, once for each state of its sources.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { BUILD, MAIN_SOURCE, ROOT } from './paths.ts';
import { readSymbols, readSystemHeader } from './r1cs.ts';

const require = createRequire(import.meta.url);
/** The folder of the installed packages, where circomlib is found. */
export const LIBRARY = dirname(dirname(require.resolve('circomlib/package.json')));

export type CompiledCircuit = {
  readonly r1cs: string;
  readonly wasm: string;
  readonly sym: string;
};

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Every file that the circuit consists of, library files included, with its hash. Keys are paths from the project's root. */
export function sourceHashes(main: string = MAIN_SOURCE): Record<string, string> {
  const hashes = new Map<string, string>();
  const visit = (file: string): void => {
    const name = sourceName(file);
    if (hashes.has(name)) return;
    const text = readFileSync(file, 'utf8');
    hashes.set(name, sha256(text));
    for (const [, included] of text.matchAll(/^\s*include\s+"([^"]+)"\s*;/gm)) visit(resolveInclude(file, included!));
  };
  visit(main);
  return Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const sourceName = (file: string): string =>
  file.startsWith(LIBRARY) ? `node_modules/${relative(LIBRARY, file)}` : relative(ROOT, file);

function resolveInclude(from: string, included: string): string {
  const beside = resolve(dirname(from), included);
  return existsSync(beside) ? beside : join(LIBRARY, included);
}

export type CompileOptions = {
  /** How far linear constraints are simplified away. What ships is O2; O0 keeps every signal. */
  readonly level?: 'O0' | 'O2';
  /** Without, only the constraint system and its symbols are made, in half the time. */
  readonly wasm?: boolean;
  /** Compile even if this state of the sources was compiled before. */
  readonly fresh?: boolean;
};

/** The compiled circuit; compiles it (some 13 s) unless this state of the sources has been compiled before. */
export async function ensureCompiled(main: string = MAIN_SOURCE, { level = 'O2', wasm = true, fresh = false }: CompileOptions = {}): Promise<CompiledCircuit> {
  const key = sha256(JSON.stringify([sourceHashes(main), packageVersion('circom2'), level, wasm])).slice(0, 16);
  const folder = join(BUILD, key);
  if (fresh) rmSync(folder, { recursive: true, force: true });
  if (!existsSync(folder)) await compile(main, folder, [`--${level}`, ...(wasm ? ['--wasm'] : [])]);
  const name = basename(main, '.circom');
  return { r1cs: join(folder, `${name}.r1cs`), wasm: join(folder, `${name}_js`, `${name}.wasm`), sym: join(folder, `${name}.sym`) };
}

/** Into a folder of its own, then renamed: two processes that compile at once do not see each other's halves. */
async function compile(main: string, folder: string, flags: readonly string[]): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const library = relative(ROOT, LIBRARY);
  try {
    await promisify(execFile)(
      process.execPath,
      [require.resolve('circom2/cli.js'), relative(ROOT, main), '--r1cs', '--sym', ...flags, '-l', library, '-o', relative(ROOT, draft)],
      { cwd: ROOT, maxBuffer: 1 << 24 },
    );
    if (!readdirSync(draft).some((name) => name.endsWith('.r1cs'))) throw new Error('circom wrote no constraint system');
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** Names of the compiled circuit's public signals, in their order: outputs, then public inputs. */
export function readPublicSignals({ r1cs, sym }: CompiledCircuit): string[] {
  const { publicOutputs, publicInputs } = readSystemHeader(readFileSync(r1cs));
  const { namesOf } = readSymbols(sym);
  // A signal of main stands first among the names of its wire: circom numbers main's signals first.
  return Array.from({ length: publicOutputs + publicInputs }, (_, i) => namesOf.get(i + 1)![0]!.replace(/^main\./, ''));
}

/** Version of an installed package. */
export function packageVersion(name: string): string {
  const file = join(LIBRARY, name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
