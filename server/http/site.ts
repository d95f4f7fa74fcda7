// A built app, served as files: what carries its digest in its name stays for ever, all else is asked for anew; compressed as it was built.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import { onSurface } from './guard.ts';
import type { Surface } from './surface.ts';

export type Site = {
  /** Path of the app, or '' for the root. */
  readonly base: '' | `/${string}`;
  /** Folder of its build. */
  readonly folder: string;
  readonly surface: Extract<Surface, 'app' | 'holder-app'>;
};

/** Those of the apps that were built; a service works without its app. */
export const builtSites = (...sites: readonly Site[]): Site[] => sites.filter(({ folder }) => existsSync(join(folder, 'index.html')));

const FOREVER = 'public, max-age=31536000, immutable';

export function mountSite(app: Hono, { base, folder, surface }: Site): void {
  const files = serveStatic({
    root: folder, precompressed: true, rewriteRequestPath: (path) => path.slice(base.length),
    onFound: (path, context) => context.header('cache-control', path.includes('/assets/') ? FOREVER : 'no-cache'),
  });
  if (base !== '') app.get(base, (context) => context.redirect(`${base}/`, 308));
  app.get(`${base}/*`, (context, next) => {
    onSurface(context, surface);
    return files(context, next);
  });
}
