// A process of its own that takes in a file of many rows and checks it, and says how much memory it had on the way.
import { ISSUER_MIGRATIONS } from '#issuer';
import { settingsSchema } from '#issuer/campaigns/campaign.ts';
import { openDatabase, type DatabasePlace } from '#server';
import { csvRow, HEADER } from './fixture.ts';
import { CLERK, openIssuer } from './issuer.ts';

const [place, rows] = JSON.parse(process.argv[2]!) as [DatabasePlace | null, number];
const begun = performance.now();
const database = await openDatabase(place ?? undefined, ISSUER_MIGRATIONS);
const campaigns = await (await openIssuer(database)).open();
/** After what is loaded once and the first pages. */
const WARM = 5000;
/** A column that means nothing here, as files of practices have them. */
const REMARKS = 'nothing remarkable '.repeat(170);
let early = 0;
let most = 0;
let bytes = 0;
const look = () => (most = Math.max(most, process.memoryUsage().rss));
const timer = setInterval(look, 50);

async function* file(): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${HEADER},remarks\n`);
  for (let n = 0; n < rows; n += 250) {
    if (n === WARM) early = look();
    const chunk = encoder.encode(`${Array.from({ length: Math.min(250, rows - n) }, (_, i) => `${csvRow(n + i)},${REMARKS}`).join('\n')}\n`);
    bytes += chunk.length;
    yield chunk;
  }
}
const { campaign } = await campaigns.receive({ principal: CLERK, format: 'csv', settings: settingsSchema.parse({}), body: file() });
const received = performance.now() - begun;
let standing = campaign;
while (standing.state === 'checking') {
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  standing = await campaigns.find(campaign.id, CLERK);
}
clearInterval(timer);
await campaigns.stop();
await database.close();
process.send!({ early, most, bytes, total: standing.total, ready: standing.ready, refused: standing.refused, seconds: (performance.now() - begun) / 1000, uploadSeconds: received / 1000 });
