// The tabs of one app: they hear of each other's changes, and share out work that one of them can do for all.
import { NEWS, type News, type Tabs } from '#vault/tabs.ts';

export function createTabs(name = 'healthpass'): Tabs {
  const channel = new BroadcastChannel(name);
  const isNews = (data: unknown): data is News => (NEWS as readonly unknown[]).includes(data);
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of one origin has no other to name
    tell: (news) => channel.postMessage(news),
    listen: (listener) => channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isNews(data)) listener(data);
    }),
    alone: (task, work) => navigator.locks.request(`${name}-${task}`, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
      return lock !== null;
    }),
  };
}
