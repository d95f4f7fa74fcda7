// Before any command: installs what package-lock.json names, when that has not been done. Runs on Node 20 and needs no dependency.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.healthpass-setup`;
const wanted = createHash('sha256').update(readFileSync(`${root}package-lock.json`)).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  // `npm ci` would empty what the link leads to, under the hands of whoever works there.
  if (lstatSync(`${root}node_modules`, { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error('node_modules is a link, and what it leads to was not installed from this package-lock.json. Install there, or remove the link.');
    process.exit(1);
  }
  console.error('Installing the packages of package-lock.json …');
  const npm = (...args) => spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] }).status === 0;
  // The second way is for platforms whose optional packages the lock does not list; it installs the same versions and writes no lock.
  if (!npm('ci') && !npm('install', '--no-save')) {
    rmSync(stamp, { force: true });
    console.error('The packages could not be installed; what npm said is above.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
