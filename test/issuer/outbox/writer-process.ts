// An issuer's writer as a process of its own. It waits for the word, asks for all work under its names, and goes on until nothing is pending; at
// one of its steps, if it is told so, it kills itself. Its parent is told of each step before.
import { flushCompileCache } from 'node:module';
import { connect, parseDeployment } from '#contracts';
import { createIssuerStore, ISSUER_MIGRATIONS } from '#issuer/store.ts';
import { createFileLock, createOutbox, type Step } from '#issuer/outbox/index.ts';
import { openDatabase } from '#server';
import { FAST, ISSUER, now, pause, trustOf } from './scene.ts';
import { askForWork, writeCredentials } from './work.ts';

/** Where to die: at the n-th time of a step of the worker, or when the n-th piece of work was written down. */
export type Death = { readonly step: Step | 'written'; readonly time: number };
export type Order = { readonly url: string; readonly deployment: unknown; readonly folder: string; readonly death?: Death | undefined };

flushCompileCache(); // who is killed leaves nothing for the next
process.once('message', (order) => void run(order as Order)); // the parent is kill.test.ts
process.once('disconnect', () => process.exit());

async function run({ url, deployment: text, folder, death }: Order): Promise<void> {
  const deployment = parseDeployment(text);
  const provider = connect(url, deployment.chainId);
  const database = await openDatabase(folder, ISSUER_MIGRATIONS);
  const store = createIssuerStore(database);
  if (!(await store.find('urn:uuid:0'))) await writeCredentials(store);
  let times = 0;
  const onStep = async (name: Death['step']): Promise<void> => {
    if (name !== death?.step || ++times !== death.time) return;
    await new Promise((resolve) => { process.send!('dying', resolve); });
    process.kill(process.pid, 'SIGKILL');
    await pause(60_000);
  };
  const outbox = createOutbox({
    database, deployment, provider, account: ISSUER, now, onStep, sync: trustOf([url], deployment), pace: FAST, sending: { poll: 20 }, lock: createFileLock(`${folder}.lock`),
  });
  outbox.start();
  await askForWork({ database, outbox, deployment }, () => onStep('written'));
  for (;;) {
    const { pending, unfinal } = await outbox.state();
    if (pending === 0 && unfinal === 0) break;
    await pause(20);
  }
  await outbox.stop();
  await database.close();
  process.send!('quiet', () => process.exit());
}
