// npm test: the TypeScript tests, then the Solidity ones; the last line is the total. Arguments go to vitest, which then runs alone.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

type Counts = { passed: number; failed: number; skipped: number };
const REPORT = '.build/vitest.json';
/** What Node made of sources, for the many processes that tests start: a whole system then loads with two thirds of the work. */
const COMPILED = resolve('.build/compiled');

function run(command: string, args: readonly string[], onOutput?: (text: string) => void): Promise<number> {
  const child = spawn(command, args, { stdio: ['ignore', onOutput ? 'pipe' : 'inherit', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: COMPILED } });
  child.stdout?.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    onOutput?.(chunk.toString());
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

async function vitest(args: readonly string[]): Promise<Counts> {
  mkdirSync('.build', { recursive: true });
  rmSync(REPORT, { force: true });
  const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`, ...args]);
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };
  // A file that does not load has no failed test, but fails the run.
  const failed = code !== 0 && report.numFailedTests === 0 ? 1 : report.numFailedTests;
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

async function forge(): Promise<Counts> {
  let output = '';
  const code = await run('node', ['contracts/test.ts'], (text) => (output += text));
  const match = [...output.matchAll(/^(?:forge: )?(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1);
  if (!match) return { passed: 0, failed: 1, skipped: 0 };
  const [passed, failed, skipped] = match.slice(1).map(Number) as [number, number, number];
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

const args = process.argv.slice(2);
const results = [await vitest(args)];
if (args.length === 0) results.push(await forge());
const sum = (key: keyof Counts) => results.reduce((total, counts) => total + counts[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
