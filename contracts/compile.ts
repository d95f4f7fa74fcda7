// Compiling with solc from npm. Development only: at run time nothing needs a compiler, artifacts are committed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
export const SOURCE_FOLDER = join(HERE, 'src');
const MODULES = resolve(HERE, '..', 'node_modules');

/** Settings of every contract. No metadata in the bytecode, so that the same source gives the same bytes on any machine. */
export const SOLC_SETTINGS = {
  optimizer: { enabled: true, runs: 10_000 },
  evmVersion: 'cancun',
  metadata: { bytecodeHash: 'none', appendCBOR: false },
} as const;

export type LinkReferences = Readonly<Record<string, Readonly<Record<string, readonly { start: number; length: number }[]>>>>;
export type AbiItem = { readonly type: string; readonly name?: string };
export type CompiledContract = {
  readonly abi: readonly AbiItem[];
  readonly evm: { readonly bytecode: { readonly object: string; readonly linkReferences: LinkReferences }; readonly deployedBytecode: { readonly object: string } };
};
export type Compilation = { readonly compiler: string; readonly contracts: ReadonlyMap<string, CompiledContract & { readonly source: string }> };

type SolcMessage = { severity: string; formattedMessage: string };
type SolcOutput = { errors?: SolcMessage[]; contracts?: Record<string, Record<string, CompiledContract>> };
type Solc = { version(): string; compile(input: string): string };

/** Our sources by path as imports write it (`src/…`), Groth16Verifier included. */
export function readSources(): Map<string, string> {
  const files = readdirSync(SOURCE_FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sol')).sort();
  return new Map(files.map((file) => [`src/${file}`, readFileSync(join(SOURCE_FOLDER, file), 'utf8')]));
}

/** Our sources and all they import, by path. */
export function collectSources(sources = readSources()): Map<string, string> {
  const all = new Map(sources);
  const open = [...sources];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, text] = next;
    for (const [, target] of text.matchAll(/^\s*import\s[^;]*?"([^"]+)";/gm)) {
      const found = target!.startsWith('.') ? join(dirname(path), target!) : target!;
      if (all.has(found)) continue;
      const entry: [string, string] = [found, readFileSync(join(MODULES, found), 'utf8')];
      all.set(...entry);
      open.push(entry);
    }
  }
  return all;
}

/** SHA-256 over settings and sources, libraries included: changes when the artifacts must. */
export function sourceDigest(sources = collectSources()): string {
  const hash = createHash('sha256').update(JSON.stringify(SOLC_SETTINGS));
  for (const path of [...sources.keys()].sort()) hash.update(`\0${path}\0${sources.get(path)!}`);
  return hash.digest('hex');
}

/** Compiles everything. @throws Error with the compiler's messages; warnings count as errors. */
export function compileAll(sources = collectSources()): Compilation {
  const solc = createRequire(import.meta.url)('solc') as Solc; // the package has no types
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries([...sources].map(([path, content]) => [path, { content }])),
    settings: { ...SOLC_SETTINGS, outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.bytecode.linkReferences', 'evm.deployedBytecode.object'] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as SolcOutput;
  const complaints = (output.errors ?? []).filter((message) => message.severity !== 'info').map((message) => message.formattedMessage);
  if (complaints.length > 0 || !output.contracts) throw new Error(complaints.join('\n') || 'the compiler gave no output');
  const contracts = Object.entries(output.contracts).flatMap(([source, byName]) =>
    Object.entries(byName).map(([name, contract]) => [name, { ...contract, source }] as const));
  return { compiler: solc.version(), contracts: new Map(contracts) };
}
