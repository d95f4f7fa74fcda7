// The desk in this browser.
import { secondsNow } from '#faces/device.ts';
import { createIndexedDbStorage } from '#faces/vault/indexed-db.ts';
import { createPasskeys } from '#faces/vault/passkeys.ts';
import { createTabs } from '#faces/vault/tabs.ts';
import { createDesk, type Desk } from './desk/create-desk.ts';
import type { Fetch } from '#records/client/fetch.ts';

const NAME = 'healthpass-records';

/** No cookies, no referrer, nothing kept on the way. */
const plainFetch: Fetch = (url, init) => fetch(url, { ...(init as RequestInit), credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }); // bytes of ours are never shared

export async function openDesk(): Promise<Desk> {
  const desk = await createDesk({
    storage: createIndexedDbStorage(NAME), tabs: createTabs(NAME), passkeys: createPasskeys(), now: secondsNow, fetch: plainFetch, gatewayUrl: new URL('..', document.baseURI).href,
    timers: { after(seconds, task) {
      const timer = setTimeout(task, seconds * 1000);
      return () => clearTimeout(timer);
    } },
  });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') desk.door.touch(); });
  addEventListener('online', () => { if (desk.gateway.state.get().name === 'failed') void desk.gateway.enter(); });
  desk.door.session.subscribe((session) => {
    if (session) void navigator.storage?.persist?.(); // what is kept here can be had nowhere else
  });
  return desk;
}
