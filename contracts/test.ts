// Runs the forge tests: unit, fuzz and invariants. `node contracts/test.ts [forge options]`
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { foundryBinary } from './foundry-binary.ts';

type TestResult = { readonly status: 'Success' | 'Failure' | 'Skipped'; readonly reason: string | null };
type Suites = Readonly<Record<string, { readonly test_results: Readonly<Record<string, TestResult>> }>>;
export type ForgeReport = { readonly passed: number; readonly failed: readonly string[]; readonly skipped: number };

/** @throws Error with forge's own words when it could not run the tests */
export function runForge(options: readonly string[] = []): ForgeReport {
  const root = join(import.meta.dirname, '..');
  // solc.ts is run by forge as a program of its own: the same Node must be first on the path.
  const env = { ...process.env, FOUNDRY_CONFIG: join(import.meta.dirname, 'foundry.toml'), PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
  const run = spawnSync(foundryBinary('forge'), ['test', '--root', root, '--json', ...options], { env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  const json = run.stdout?.slice(run.stdout.indexOf('{'));
  if (!json?.startsWith('{')) throw new Error(run.error?.message ?? (run.stderr || run.stdout));
  const results = Object.entries(JSON.parse(json) as Suites).flatMap(([suite, { test_results }]) =>
    Object.entries(test_results).map(([test, result]) => ({ name: `${suite} ${test}: ${result.reason ?? ''}`, status: result.status })));
  const having = (status: TestResult['status']) => results.filter((result) => result.status === status);
  return { passed: having('Success').length, failed: having('Failure').map(({ name }) => name), skipped: having('Skipped').length };
}

if (import.meta.main) {
  const { passed, failed, skipped } = runForge(process.argv.slice(2));
  for (const name of failed) console.error(`failed: ${name}`);
  console.log(`forge: ${passed} passed, ${failed.length} failed, ${skipped} skipped`);
  process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
}
