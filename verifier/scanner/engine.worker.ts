// The worker that decides, wired: its clock, its store, its way to the service, and the page that it answers.
import '#faces/strict.ts';
import type { UnixSeconds } from '#passport';
import verifyingKey from '#circuits/artifacts/verification_key.json' with { type: 'json' };
import { loadEngine } from '#verifier/checks/index.ts';
import { confirm } from './engine/confirm.ts';
import { createEntryBook } from './events/entry-book.ts';
import { createEngine, createOwnPolicies, knownPolicies } from './engine/engine.ts';
import { createJudge } from './engine/judge.ts';
import type { FromEngine, ToEngine } from './engine/messages.ts';
import { createReader } from '#faces/camera/reader.ts';
import { createFleetingStore, openBundleStore } from './trust/bundle-store.ts';
import { fetchBundle } from './trust/fetch-bundle.ts';
import { createTrustKeeper, joinPolicies, REFRESH_EVERY } from './trust/keeper.ts';

/** What the page's types do not say of a worker. */
type WorkerScope = { readonly postMessage: (message: FromEngine) => void; readonly addEventListener: (type: 'message', listener: (event: MessageEvent<ToEngine>) => void) => void };
const { postMessage: tell, addEventListener: listen } = self as unknown as WorkerScope;
const now = () => Math.floor(Date.now() / 1000) as UnixSeconds;
const steady = () => performance.now();
/** Milliseconds. */
const FIRST_ANSWER = 5000;

/** What comes before the engine is there waits for it. */
let take: (message: ToEngine) => unknown = (message) => waiting.push(message);
const waiting: ToEngine[] = [];
listen('message', ({ data }) => void take(data));

const own = createOwnPolicies();
const store = await openBundleStore().catch(createFleetingStore);
const trust = createTrustKeeper({
  store, fetchBundle, wall: () => Date.now(), steady,
  onChange: (report) => tell({ type: 'trust', report, policies: knownPolicies(trust.bundle()?.policies ?? [], own) }),
});
await trust.load();
const fetched = keepFresh();
// On its first start the scanner has nothing to decide by until the service has answered.
const hasData = trust.bundle() ? undefined : Promise.race([fetched, new Promise((resolve) => { setTimeout(resolve, FIRST_ANSWER); })]);

const [engine, reader] = await Promise.all([loadEngine(verifyingKey), createReader(), hasData]);
const judge = createJudge({ engine, trust, policies: () => joinPolicies(trust.bundle()?.policies ?? [], own.get()), entries: createEntryBook(), confirm, now });
take = createEngine({ reader, judge, own, trust, tell, now, steady }).take;
for (const message of waiting.splice(0)) void take(message);
tell({ type: 'ready', reader: reader.kind });

async function keepFresh(): Promise<void> {
  const reached = await trust.refresh();
  setTimeout(() => void keepFresh(), REFRESH_EVERY[reached ? 'reached' : 'failed']);
}
