// Registers the service worker of an app, and tells when a newer one waits.
import { scriptUrl } from '../trusted.ts';

type Listener = (takeOver: () => void) => void;

const listeners = new Set<Listener>();
let waiting: ServiceWorker | undefined;

/** Calls back when a new version waits, at once if one does already. @returns ends it */
export function onUpdate(listener: Listener): () => void {
  listeners.add(listener);
  if (waiting) listener(takeOver);
  return () => void listeners.delete(listener);
}

/** Lets the version that waits take over, and loads the page anew with it. */
function takeOver(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  waiting?.postMessage({ type: 'take-over' });
}

function announce(worker: ServiceWorker): void {
  waiting = worker;
  for (const listener of listeners) listener(takeOver);
}

/** Where the browser has no service workers, or forbids them, the app works as long as there is a network. */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(scriptUrl(new URL('sw.js', document.baseURI)));
    if (registration.waiting && navigator.serviceWorker.controller) announce(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const next = registration.installing;
      next?.addEventListener('statechange', () => {
        if (next.state === 'installed' && navigator.serviceWorker.controller) announce(next);
      });
    });
  } catch {
    // The app goes on without.
  }
}
