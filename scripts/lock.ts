// npm run lock: writes package-lock.json anew. A registry that lacks the packages of other platforms leaves them out of the lock but not
// out of the optional dependencies that name them, and `npm ci` then refuses the whole lock: those names are taken out here.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

type Locked = { optionalDependencies?: Record<string, string> };

const { status } = spawnSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const paths = Object.keys(lock.packages);
let dropped = 0;
for (const [path, locked] of Object.entries(lock.packages)) {
  if (path === '' || !locked.optionalDependencies) continue;
  for (const name of Object.keys(locked.optionalDependencies)) {
    if (paths.some((other) => other.endsWith(`node_modules/${name}`))) continue;
    delete locked.optionalDependencies[name];
    dropped++;
  }
  if (Object.keys(locked.optionalDependencies).length === 0) delete locked.optionalDependencies;
}
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${paths.length - 1} packages locked; ${dropped} packages of other platforms are not to be had and were left out.`);
