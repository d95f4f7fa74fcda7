// What runs before every command: it installs nothing through a link, under the hands of whoever works where the link leads.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'setup-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('scripts/setup.mjs', () => {
  test('leaves alone what a linked node_modules leads to', () => {
    const [project, elsewhere] = [join(root, 'project'), join(root, 'elsewhere')];
    for (const folder of [join(project, 'scripts'), elsewhere]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(elsewhere, 'kept'), 'kept');
    writeFileSync(join(project, 'package-lock.json'), '{}');
    copyFileSync(join(import.meta.dirname, '../../scripts/setup.mjs'), join(project, 'scripts/setup.mjs'));
    symlinkSync(elsewhere, join(project, 'node_modules'));
    const { status, stderr } = spawnSync(process.execPath, [join(project, 'scripts/setup.mjs')], { encoding: 'utf8' });
    expect([status, stderr, existsSync(join(elsewhere, 'kept'))]).toEqual([1, expect.stringContaining('node_modules is a link'), true]);
  });
});
