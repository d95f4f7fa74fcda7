// Registers the service worker of an app, and tells when a newer one waits.
import { scriptUrl } from '../trusted.ts';

type Listener = (takeOver: () => void) => void;

const listeners = new Set<Listener>();
let waiting: ServiceWorker | undefined;
let settle: () => Promise<void> = async () => {};

/** What has to come to an end before a page is loaded anew, so that a new version cuts nothing off. */
export const settleBeforeUpdate = (task: () => Promise<void>): void => void (settle = task);

/** Calls back when a new version waits, at once if one does already. @returns ends it */
export function onUpdate(listener: Listener): () => void {
  listeners.add(listener);
  if (waiting) listener(() => void takeOver());
  return () => void listeners.delete(listener);
}

/** Lets the version that waits take over, when what is under way has come to an end. */
async function takeOver(): Promise<void> {
  await settle();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  waiting?.postMessage({ type: 'take-over' });
}

/** A page goes on with the version that took over, whichever tab it was asked in: the files of its own may be gone. The first version takes nothing over. */
function followVersions(): void {
  let isFirst = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!isFirst) void settle().then(() => location.reload());
    isFirst = false;
  });
}

function announce(worker: ServiceWorker): void {
  waiting = worker;
  for (const listener of listeners) listener(() => void takeOver());
}

/** Where the browser has no service workers, or forbids them, the app works as long as there is a network. */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  followVersions();
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
