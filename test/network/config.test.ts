// What programs read from their environment, and what the documentation says of it.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ISSUER_VARIABLES } from '#issuer/config.ts';
import { OTHER_VARIABLES, PROGRAMS } from '#network/config.ts';
import { configurationTable, tableIn } from '#network/configuration-table.ts';
import { readSettings, unknownVariables } from '#server';
import { KNOWN_VARIABLES } from '#server/variables.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NEEDED = { HEALTHPASS_RPC: 'http://127.0.0.1:1', HEALTHPASS_DEPLOYMENT: 'deployment.json' };
const read = (environment: Record<string, string>) => readSettings({ ...NEEDED, ...environment }, ISSUER_VARIABLES);
const CANARY = 'zqcanary';

describe('docs/configuration.md', () => {
  test('has the table that the schemas give', async () => {
    expect(tableIn(await readFile(join(ROOT, 'docs/configuration.md'), 'utf8'))).toBe(configurationTable());
  });

  test('names every variable that the tree names, and none besides', () => {
    const files = execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.yaml', '*.md', 'containers/*', '.ci/*'], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter((file) => file && !file.startsWith('test/'));
    const named = new Set(execFileSync('grep', ['-ohwE', 'HEALTHPASS_[A-Z_]+[A-Z]', ...files], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean));
    const documented = new Set([...configurationTable().matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name!));
    expect([...named].filter((name) => !documented.has(name) && !documented.has(name.replace(/_FILE$/, '')))).toEqual([]);
    expect([...documented].filter((name) => name.startsWith('HEALTHPASS_') && !named.has(name))).toEqual([]);
  });

  test('explains each variable, and what holds without it', () => {
    for (const line of configurationTable().split('\n').slice(2)) expect(line).toMatch(/^\| `[A-Z_]+` \| `?.+`? \| \S.+ \| \S.* \|$/);
  });
});

describe('readSettings', () => {
  test('reads what is set, and takes what holds otherwise for the rest', async () => {
    const { config, secrets } = await read({ HEALTHPASS_RPC: 'http://a:1/, https://b', HEALTHPASS_ISSUER_PORT: '0', HEALTHPASS_HOSTS: 'issuer,localhost', HEALTHPASS_LOG: '' });
    expect(config).toMatchObject({ HEALTHPASS_RPC: ['http://a:1/', 'https://b'], HEALTHPASS_ISSUER_PORT: 0, HEALTHPASS_HOSTS: ['issuer', 'localhost'], HEALTHPASS_MODE: 'development', HEALTHPASS_DRAIN: 10, HEALTHPASS_LISTEN: '127.0.0.1' });
    expect([config.HEALTHPASS_LOG, config.HEALTHPASS_METRICS_PORT, config.HEALTHPASS_TRACES, secrets.DATABASE_URL]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['HEALTHPASS_RPC', { HEALTHPASS_RPC: '' }, 'is needed and not set'],
    ['HEALTHPASS_RPC', { HEALTHPASS_RPC: `file:///${CANARY}` }, 'holds something that is no http URL'],
    ['HEALTHPASS_RPC', { HEALTHPASS_RPC: ' , ' }, 'names no URL of a chain endpoint'],
    ['HEALTHPASS_DEPLOYMENT', { HEALTHPASS_DEPLOYMENT: '' }, 'is needed and not set'],
    ['HEALTHPASS_MODE', { HEALTHPASS_MODE: CANARY }, 'is none of development, production'],
    ['HEALTHPASS_ALLOW_DEVELOPMENT_KEYS', { HEALTHPASS_ALLOW_DEVELOPMENT_KEYS: 'true' }, 'can only be yes'],
    ['HEALTHPASS_LOG', { HEALTHPASS_LOG: CANARY }, 'is none of debug, info, warn, error, silent'],
    ['HEALTHPASS_ISSUER_PORT', { HEALTHPASS_ISSUER_PORT: '65536' }, 'is no whole number from 0 to 65535'],
    ['HEALTHPASS_ISSUER_PORT', { HEALTHPASS_ISSUER_PORT: '-1' }, 'is no whole number from 0 to 65535'],
    ['HEALTHPASS_METRICS_PORT', { HEALTHPASS_METRICS_PORT: '1e3' }, 'is no whole number from 0 to 65535'],
    ['HEALTHPASS_DRAIN', { HEALTHPASS_DRAIN: '601' }, 'is no whole number from 0 to 600'],
    ['HEALTHPASS_LISTEN', { HEALTHPASS_LISTEN: 'localhost' }, 'is no address'],
    ['HEALTHPASS_TRACES', { HEALTHPASS_TRACES: CANARY }, 'is no http URL'],
    ['HEALTHPASS_ISSUER_URL', { HEALTHPASS_ISSUER_URL: `ftp://${CANARY}` }, 'is no http URL'],
    ['DATABASE_URL', { DATABASE_URL: `mysql://${CANARY}` }, 'is no postgres URL'],
  ])('says that %s is wrong: %o', async (name, environment, says) => {
    const error = (await read(environment).catch((thrown: unknown) => thrown)) as { code: string; field: string; message: string };
    expect([error.code, error.field, error.message]).toEqual(['configuration-invalid', name, `${name} ${says}`]);
    expect(error.message).not.toContain(CANARY);
  });

  describe('a secret', () => {
    let folder: string;
    beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'healthpass-config-')); });
    afterAll(() => rm(folder, { recursive: true }));

    test('may stand in a file', async () => {
      const file = join(folder, 'url');
      await writeFile(file, `postgres://${CANARY}\n`);
      const { config, secrets } = await read({ DATABASE_URL_FILE: file });
      expect([secrets.DATABASE_URL, JSON.stringify(config).includes(CANARY)]).toEqual([`postgres://${CANARY}`, false]);
      await expect(read({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://b' })).rejects.toMatchObject({ field: 'DATABASE_URL' });
    });

    test('in a file that is not there stops the start', async () => {
      await expect(read({ DATABASE_URL_FILE: join(folder, 'none') })).rejects.toMatchObject({ code: 'configuration-invalid', field: 'DATABASE_URL_FILE' });
    });
  });
});

describe('unknownVariables', () => {
  test('finds what is mistyped, and takes no variable of another program for it', () => {
    const environment = { HEALTHPASS_RCP: 'x', HEALTHPASS_ISSUER_PORT: '1', HEALTHPASS_PASSPHRASE: 'x', DATABASE_URL_FILE: 'x', PATH: '/' };
    expect(unknownVariables(environment, [ISSUER_VARIABLES], KNOWN_VARIABLES)).toEqual(['HEALTHPASS_RCP']);
  });

  test('knows the variables of every program', () => {
    const all = [...Object.values(PROGRAMS).flatMap(({ config, secrets }) => [...Object.keys(config.shape), ...Object.keys(secrets.shape)]), ...Object.keys(OTHER_VARIABLES)].filter((name) => name.startsWith('HEALTHPASS_'));
    expect([...new Set(KNOWN_VARIABLES)].toSorted()).toEqual([...new Set(all)].toSorted());
  });
});
