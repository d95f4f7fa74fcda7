#!/usr/bin/env node
// The `healthpass` command: makes sure that the packages are there and that Node is new enough, then runs cli/main.ts.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
await import('../scripts/setup.mjs');

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('./main.ts');
} else {
  const { status } = spawnSync(path('../node_modules/.bin/node'), [path('./main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
