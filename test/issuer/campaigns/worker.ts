// A process that works on the campaigns of a database and kills itself at a statement, is told to end, or is done. It waits for a word before it
// opens anything, so that starting up takes no time of the test's.
import { flushCompileCache } from 'node:module';
import { ISSUER_MIGRATIONS } from '#issuer';
import { openDatabase, type DatabasePlace } from '#server';
import { mortal } from './fixture-crash.ts';
import { CLERK, openIssuer } from './issuer.ts';

export type Task = { readonly place: DatabasePlace | null; readonly dieAt: number | null; readonly signal: 'SIGKILL' | 'SIGTERM' };
const ENDS = ['done', 'draft', 'cancelled', 'paused'];

flushCompileCache(); // who is killed leaves nothing for the next
process.send!('loaded');
process.once('message', (task) => void work(task as Task)); // kill.test.ts sends nothing else

async function work({ place, dieAt, signal }: Task): Promise<void> {
  const database = await openDatabase(place ?? undefined, ISSUER_MIGRATIONS);
  const life = mortal(database, dieAt ?? Infinity, () => (process.kill(process.pid, signal), signal === 'SIGKILL' ? 'dies' : 'lives'));
  const campaigns = await (await openIssuer(life.database)).open({ pages: { direct: 1, offers: 4 }, leaseLength: 200 });
  const end = async () => {
    await campaigns.stop();
    await database.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  while (!(await campaigns.list(CLERK)).every(({ state }) => ENDS.includes(state))) await new Promise((resolve) => { setTimeout(resolve, 50); });
  await end();
}
