// Builds an app with Vite: hashed files, a service worker that knows them, what a home screen needs, and each file compressed ahead.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, type InlineConfig, type Plugin } from 'vite';
import { APPS, buildFolder, PROJECT, type App, type AppName } from './apps.ts';
import { iconPng, iconSvg } from './icons.ts';
import { inTurn } from './in-turn.ts';
import { digestOf } from './stale.ts';

const DIGEST = 'build.txt';
const COMPRESSIBLE = /\.(js|css|html|json|svg|wasm|zkey|webmanifest)$/;
/** Files that stand outside the first load and are fetched, checked and kept by the app itself. */
const NOT_KEPT = /\.(zkey|gz|br|txt|map)$|(^|\/)pass[^/]*\.wasm$/;

/** Builds the apps that are stale; `force` builds them anyway. @returns which were built */
export async function buildFaces(names: readonly AppName[], { force = false }: { readonly force?: boolean } = {}): Promise<AppName[]> {
  const built: AppName[] = [];
  for (const name of names) {
    const digest = await digestOf(APPS[name]);
    const isBuilt = async () => (await readFile(join(buildFolder(name), DIGEST), 'utf8').catch(() => undefined)) === digest;
    if (!force && (await isBuilt())) continue;
    await inTurn(`${buildFolder(name)}.lock`, async () => {
      if (!force && (await isBuilt())) return; // by who was before us
      await buildFace(APPS[name], digest);
      built.push(name);
    });
  }
  return built;
}

/** In a folder of its own, which then takes the place of the build before: whoever serves that meanwhile never sees half a build. */
async function buildFace(app: App, digest: string): Promise<void> {
  const folder = `${buildFolder(app.name)}.${process.pid}`;
  await rm(folder, { recursive: true, force: true });
  await build(pagesConfig(app, folder));
  await writeFile(join(folder, 'icon.svg'), iconSvg(app.name));
  for (const size of [192, 512]) await writeFile(join(folder, `icon-${size}.png`), iconPng(app.name, size));
  await writeFile(join(folder, 'manifest.webmanifest'), JSON.stringify(webManifest(app)));
  await build(workerConfig(app, folder, await filesToKeep(folder)));
  await compressAll(folder);
  await writeFile(join(folder, DIGEST), digest);
  await mkdir(join(buildFolder(app.name), '..'), { recursive: true });
  await rm(buildFolder(app.name), { recursive: true, force: true });
  await rename(folder, buildFolder(app.name));
}

/**
 * Stands first in every file of a build. zod tries whether it may make code of strings when a schema is made, which our pages forbid and browsers
 * would report; and which of several files runs first no import decides.
 */
const STRICT = '(globalThis.__zod_globalConfig ??= {}).jitless = true;';

/**
 * What reads certificates wants `reflect-metadata` to have run before it. That stands in our sources, and is lost where a build divides them into
 * files: so whoever needs it asks for it itself.
 */
const REFLECT_FIRST: Plugin = {
  name: 'reflect-first',
  transform: (code, id) => (/\/node_modules\/tsyringe\/dist\/[^/]+\/index\.js$/.test(id) ? { code: `import 'reflect-metadata';\n${code}`, map: null } : undefined),
};

/** HPKE asks Node's module for WebCrypto where a platform has none of its own; pages have it, and no such module. */
const WEB_CRYPTO: Plugin = {
  name: 'web-crypto',
  enforce: 'pre',
  resolveId: (id, importer) => (id === 'crypto' && importer?.includes('/node_modules/@hpke/') ? '\0web-crypto' : undefined),
  load: (id) => (id === '\0web-crypto' ? 'export const webcrypto = globalThis.crypto;' : undefined),
};
const plugins = (): Plugin[] => [REFLECT_FIRST, WEB_CRYPTO];
/** How long each part of a build took is not for whoever starts the system to read. */
const ROLLDOWN = { output: { banner: STRICT }, checks: { bundlerTimings: false } };

/** What all builds of pages have alike. */
export const commonConfig = (app: Pick<App, 'source'>, folder: string): InlineConfig => ({
  configFile: false, root: join(PROJECT, app.source), base: './', publicDir: false, logLevel: 'warn', mode: 'production',
  plugins: plugins(),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: folder, target: 'es2024', modulePreload: { polyfill: false }, reportCompressedSize: false, assetsInlineLimit: 0, rolldownOptions: ROLLDOWN },
  worker: { format: 'es', plugins, rolldownOptions: ROLLDOWN },
});

function pagesConfig(app: App, folder: string): InlineConfig {
  const config = commonConfig(app, folder);
  return { ...config, build: { ...config.build, emptyOutDir: true } };
}

export function workerConfig(app: Pick<App, 'source'>, folder: string, files: readonly PrecacheFile[]): InlineConfig {
  const config = commonConfig(app, folder);
  return {
    ...config,
    define: { FILES_OF_BUILD: JSON.stringify(files), 'process.env.NODE_ENV': '"production"' },
    build: { ...config.build, emptyOutDir: false, rolldownOptions: { input: join(PROJECT, app.source, 'sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js', codeSplitting: false } } },
  };
}

type PrecacheFile = { readonly url: string; readonly revision: string | null };

async function filesToKeep(folder: string): Promise<PrecacheFile[]> {
  const files = (await filesIn(folder)).filter((path) => !NOT_KEPT.test(path));
  return Promise.all(files.map(async (url) => {
    // Names below assets/ carry the digest of what is in them.
    const revision = url.startsWith('assets/') ? null : createHash('sha256').update(await readFile(join(folder, url))).digest('hex').slice(0, 16);
    return { url, revision };
  }));
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).toSorted();

const webManifest = ({ title, shortTitle, description }: App) => ({
  id: './', start_url: './', scope: './', name: title, short_name: shortTitle, description, display: 'standalone', background_color: '#ffffff', theme_color: '#ffffff',
  icons: [
    { src: './icon.svg', type: 'image/svg+xml', sizes: 'any' },
    ...[192, 512].map((size) => ({ src: `./icon-${size}.png`, type: 'image/png', sizes: `${size}x${size}`, purpose: 'any maskable' })),
  ],
});

/** The best that is quick enough: large files change rarely and gain little from more. */
async function compressAll(folder: string): Promise<void> {
  for (const path of (await filesIn(folder)).filter((name) => COMPRESSIBLE.test(name))) {
    const bytes = await readFile(join(folder, path));
    if (bytes.length < 1024) continue;
    const quality = bytes.length > 1_000_000 ? 5 : 10;
    const [brotli, gzipped] = await Promise.all([
      promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }), promisify(gzip)(bytes, { level: 9 }),
    ]);
    await writeFile(join(folder, `${path}.br`), brotli);
    await writeFile(join(folder, `${path}.gz`), gzipped);
  }
}
