// The service worker of an app: keeps every file of its build, so that it starts without a network; touches no other request.
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';

/** What this needs of a service worker's global scope. */
type WorkerScope = {
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly addEventListener: (type: 'message' | 'activate', listener: (event: { readonly data?: unknown; readonly waitUntil: (work: Promise<unknown>) => void }) => void) => void;
};

export function keepFiles(files: readonly PrecacheEntry[], scope: WorkerScope): void {
  precacheAndRoute([...files], { directoryIndex: 'index.html' });
  cleanupOutdatedCaches();
  scope.addEventListener('message', ({ data }) => {
    if ((data as { type?: unknown } | undefined)?.type === 'take-over') void scope.skipWaiting();
  });
  // The page that installed it works without a network from then on, not only after the next start.
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
}
