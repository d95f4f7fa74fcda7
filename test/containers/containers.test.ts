// The container files, checked as far as that goes without a container engine: services.test.ts runs the programs from the files of the images.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAMS } from '#network/config.ts';
import { readSettings } from '#server';
import { copiesOf, environmentOf, readStages, ROOT, stageImage, stepsOf, type Stage } from './image.ts';

type Service = {
  image?: string; build?: { context: string; dockerfile: string; target: string }; command?: string[]; entrypoint?: string[]; environment?: Record<string, string>; secrets?: string[];
  volumes?: string[]; networks?: string[]; ports?: string[]; depends_on?: Record<string, { condition: string }>; healthcheck?: { test: string[] }; read_only?: boolean; cap_drop?: string[]; security_opt?: string[];
};
type Compose = { services: Record<string, Service>; networks: Record<string, { internal?: boolean } | null>; volumes: Record<string, unknown>; secrets: Record<string, { file: string }> };

/** A package that a tool of ours brings along. */
const yaml = createRequire(join(ROOT, 'node_modules/knip/package.json'))('yaml') as { parse: (text: string, options: { merge: boolean }) => unknown };

const TARGETS = ['issuer', 'verifier', 'wallet', 'storage', 'records', 'tools'];

describe('containers/', () => {
  let compose: Compose;
  let stages: Stage[];
  let folder: string;
  beforeAll(async () => {
    compose = yaml.parse(await readFile(join(ROOT, 'containers/compose.yaml'), 'utf8'), { merge: true }) as Compose;
    stages = await readStages();
    folder = await mkdtemp(join(tmpdir(), 'healthpass-image-'));
    for (const target of TARGETS) await stageImage(target, join(folder, target));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const built = () => Object.entries(compose.services).filter((entry): entry is [string, Service & { build: NonNullable<Service['build']> }] => entry[1].build !== undefined);
  const programOf = ({ build, command }: Service & { build: NonNullable<Service['build']> }) => command ?? (JSON.parse(stepsOf(build.target, stages).findLast(([name]) => name === 'CMD')![1]) as string[]);

  test('images come by name, from no host of our choice, and nothing runs as root', () => {
    expect([...new Set(stages.map(({ from }) => from))].toSorted()).toEqual(['base', 'node:24-slim']);
    for (const { image } of Object.values(compose.services)) if (image) expect(image).toMatch(/^[a-z]+:\d+$/);
    for (const target of TARGETS) expect(stepsOf(target, stages).filter(([name]) => name === 'USER').map(([, user]) => user)).toEqual(['node']);
  });

  test('what is copied is in the tree, and every program is in its image', () => {
    for (const { name } of stages) for (const { from } of copiesOf(stepsOf(name, stages))) expect([name, from, existsSync(join(ROOT, from))]).toEqual([name, from, true]);
    for (const [name, service] of built()) {
      const file = service.entrypoint?.[0] ?? programOf(service)[0]!;
      expect([name, file, existsSync(join(folder, service.build.target, file))]).toEqual([name, file, true]);
      for (const word of service.healthcheck?.test.filter((one) => one.endsWith('.mjs')) ?? []) expect(existsSync(join(folder, service.build.target, word))).toBe(true);
    }
  });

  test('the sources of an image import nothing that only development installs', async () => {
    const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    const builders = /^(?:circuits|contracts)\/(?:build|check|test|compile|solc|generate)\.ts$|^circuits\/ceremony\/|^network\/demo\.ts$/;
    for (const target of TARGETS) {
      const files = execFileSync('git', ['ls-files', ...copiesOf(stepsOf(target, stages)).map(({ from }) => from)], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter((file) => /(?<!\.d)\.ts$/.test(file) && !builders.test(file));
      for (const file of files) {
        const text = await readFile(join(ROOT, file), 'utf8');
        for (const [, statement, name] of text.matchAll(/^(import|export) (?!type )[^;]*? from '([^'.#][^']*)';$/gm)) {
          const wanted = name!.split('/').slice(0, name!.startsWith('@') ? 2 : 1).join('/');
          expect([file, statement, wanted, name!.startsWith('node:') || wanted in dependencies]).toEqual([file, statement, wanted, true]);
        }
      }
    }
  });

  test('programs understand what their environment says, and production does too', async () => {
    for (const [name, service] of built()) {
      if (service.entrypoint) continue;
      const environment = { ...environmentOf(stepsOf(service.build.target, stages)), ...service.environment };
      delete (environment as Record<string, string>)['DATABASE_URL_FILE']; // a file that is only there inside
      const program = PROGRAMS[programOf(service)[0]!]!;
      const { config } = await readSettings(environment, program);
      for (const variable of Object.keys(environment)) if (variable.startsWith('HEALTHPASS_')) expect([name, variable, variable in config]).toEqual([name, variable, true]);
    }
  });

  test('everything that a service names is there', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      for (const secret of service.secrets ?? []) expect([name, Object.keys(compose.secrets)]).toEqual([name, expect.arrayContaining([secret])]);
      for (const network of service.networks ?? []) expect([name, Object.keys(compose.networks)]).toEqual([name, expect.arrayContaining([network])]);
      for (const volume of service.volumes ?? []) expect([name, Object.keys(compose.volumes)]).toEqual([name, expect.arrayContaining([volume.split(':')[0]])]);
      for (const other of Object.keys(service.depends_on ?? {})) expect([name, Object.keys(compose.services)]).toEqual([name, expect.arrayContaining([other])]);
      for (const [variable, value] of Object.entries(service.environment ?? {})) {
        if (variable.endsWith('_FILE')) expect(service.secrets).toContain(value.replace('/run/secrets/', ''));
        for (const [, host] of value.matchAll(/http:\/\/([a-z]+):/g)) expect([...Object.keys(compose.services), 'localhost']).toContain(host); // browsers on the machine say localhost
      }
      if (service.build) expect([service.build.context, existsSync(join(ROOT, service.build.dockerfile)), stages.some((stage) => stage.name === service.build!.target)]).toEqual(['..', true, true]);
    }
  });

  test('our containers write to volumes only, have no privileges, and are reached from this machine only', () => {
    for (const [name, { read_only: readOnly, cap_drop: dropped, security_opt: options, ports = [] }] of built()) {
      expect([name, readOnly, dropped, options]).toEqual([name, true, ['ALL'], ['no-new-privileges:true']]);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    }
    expect(compose.networks['inside']).toEqual({ internal: true });
    for (const [name, { networks = [], ports = [] }] of Object.entries(compose.services)) expect([name, networks.includes('outside')]).toEqual([name, ports.length > 0]);
  });

  test('secrets are made once, and only in files that the tree ignores', () => {
    const copy = join(folder, 'secrets-here');
    execFileSync('mkdir', ['-p', copy]);
    execFileSync('cp', [join(ROOT, 'containers/make-secrets.mjs'), copy]);
    const make = () => (execFileSync(process.execPath, [join(copy, 'make-secrets.mjs')]), execFileSync('cat', [join(copy, 'secrets/postgres-password'), join(copy, 'secrets/database-url')], { encoding: 'utf8' }));
    const [first, second] = [make(), make()];
    expect(first).toMatch(/^([0-9a-f]{48})postgres:\/\/healthpass:\1@postgres:5432\/healthpass$/);
    expect(second).toBe(first);
    for (const { file } of Object.values(compose.secrets)) expect(execFileSync('git', ['check-ignore', join('containers', file)], { cwd: ROOT, encoding: 'utf8' })).toContain(file);
  });

  test('the health check ends with 0 for a good answer and with 1 for any other', async () => {
    const server = createServer((request, response) => response.writeHead(request.url === '/good' ? 200 : 503).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const check = (url: string) => new Promise((resolve) => spawn(process.execPath, [join(ROOT, 'containers/healthcheck.mjs'), url]).once('exit', resolve));
    expect([await check(`${base}/good`), await check(`${base}/bad`), await check('http://127.0.0.1:1/'), await check('')]).toEqual([0, 1, 1, 1]);
    server.close();
  });
});
