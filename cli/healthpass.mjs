#!/usr/bin/env node
// The `healthpass` command: makes sure that the packages are there and that Node is new enough, then runs cli/main.ts.
import { spawnSync } from 'node:child_process';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
await import('../scripts/setup.mjs');

// Compiled modules are kept between runs: most of a short command's time goes into loading.
module.enableCompileCache?.();
if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('./main.ts');
} else {
  const { status } = spawnSync(path('../node_modules/.bin/node'), [path('./main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
