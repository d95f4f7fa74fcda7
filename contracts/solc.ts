#!/usr/bin/env node
// The command line of solc that forge speaks, in front of the compiler from npm. Only forge runs it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Solc = { version(): string; compile(input: string): string };
const solc = createRequire(import.meta.url)('solc') as Solc; // the package has no types

if (process.argv.includes('--version')) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}\n`);
} else if (process.argv.includes('--standard-json')) {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')));
} else {
  process.stderr.write('only --version and --standard-json are understood\n');
  process.exitCode = 1;
}
