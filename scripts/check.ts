// npm run check: types and layering, lint, dead code, artifacts. Every step runs, so that one reading shows all that is wrong.
import { spawnSync } from 'node:child_process';

const STEPS: readonly (readonly [string, string, readonly string[]])[] = [
  ['types and layering', 'tsc', ['-b']],
  ['lint', 'oxlint', ['--deny-warnings']],
  ['dead code', 'knip', []],
  ['circuit artifacts', 'node', ['circuits/check.ts']],
  ['contract artifacts', 'node', ['contracts/check.ts']],
  ['FHIR tables', 'node', ['records/model/fhir/generate.ts', '--check']],
  ['rules of the house', 'node', ['scripts/house-rules.ts']],
];

const failed = STEPS.filter(([name, command, args]) => {
  const started = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exitCode = 1;
}
