// Builds again and compares with what is committed. Part of `npm run check`; `node contracts/check.ts`
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildOutputs } from './build.ts';
import { collectSources, readSources, sourceDigest } from './compile.ts';
import { generateSources } from './generate.ts';

/** Paths of generated files that are missing or differ from what the sources give. */
export function staleOutputs(): string[] {
  return [...buildOutputs()].filter(([path, text]) => committed(path) !== text).map(([path]) => `contracts/${path}`);
}

/** Whether the committed artifacts were built from the sources as they are now: no compiler is needed to say so. */
export function isBuiltFromSources(): boolean {
  const generated = Object.entries(generateSources()).map(([file, text]) => [`src/generated/${file}`, text] as const);
  const digest = sourceDigest(collectSources(new Map([...readSources(), ...generated])));
  return (JSON.parse(committed('artifacts/build.json') ?? '{}') as { sources?: string }).sources === digest;
}

function committed(path: string): string | undefined {
  try {
    return readFileSync(join(import.meta.dirname, path), 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const stale = staleOutputs();
  for (const path of stale) console.error(`${path} is not what its sources give: run node contracts/build.ts`);
  if (stale.length === 0) console.log('contracts: artifacts match their sources');
  process.exitCode = stale.length === 0 ? 0 : 1;
}
