// How far a campaign is, and when it will be done.
import type { Campaign, State } from './campaign.ts';

/** Rate and end while it runs; null where nothing can be said. */
export function progressOf({ state, runAt, runDone, ready }: Campaign, now: number): { rate: number | null; eta: number | null } {
  if (state !== 'running' || runAt === null || now <= runAt || runDone === 0) return { rate: null, eta: null };
  const rate = runDone / (now - runAt);
  return { rate: Math.round(rate * 10) / 10, eta: now + Math.ceil(ready / rate) };
}

const MOVING: readonly State[] = ['uploading', 'checking', 'running'];
const LOOK_EVERY = 500;
/** Something is sent at least so often, or what stands between takes the connection for dead. */
const SILENCE = 15_000;

/** Server-sent events: one when something has changed, the last when nothing more happens by itself. */
export async function* progressEvents(look: () => Promise<{ readonly state: State }>): AsyncGenerator<string> {
  let last = '';
  for (let quiet = 0; ;) {
    const seen = await look();
    const text = JSON.stringify(seen);
    if (text !== last) {
      yield `event: progress\ndata: ${text}\n\n`;
      quiet = 0;
    } else if ((quiet += LOOK_EVERY) >= SILENCE) {
      yield ': \n\n';
      quiet = 0;
    }
    last = text;
    if (!MOVING.includes(seen.state)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
