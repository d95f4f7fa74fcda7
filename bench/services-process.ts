// The services that are measured, in a process of their own: a whole system on this machine, and one bare route of the same framework on
// the same server. Told to stop, it removes what it made.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { dataFolder } from '#network/folder.ts';
import { startSystem } from '#network/system.ts';
import { listen } from '#server';

export type Services = { readonly issuer: string; readonly verifier: string; readonly bare: string; readonly token: string };

const root = await mkdtemp(join(tmpdir(), 'healthpass-bench-'));
const folder = dataFolder(root);
// One client asks more often here than the limits let anybody.
const system = await startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 }, { records: false, environment: { HEALTHPASS_RATE_LIMITS: 'off' } });
const bare = await listen(new Hono().post('/', async (context) => context.json(await context.req.json())).get('/', (context) => context.json({ status: 'ok' })), 0);
const { issuer, verifier } = system.endpoints;
const services: Services = { issuer, verifier, bare: bare.url, token: (await readFile(folder.issuerToken, 'utf8')).trim() };
process.once('message', () => void (async () => {
  await bare.stop();
  await system.stop();
  await rm(root, { recursive: true, force: true });
  process.exit(0);
})());
process.send!(services); // it is always forked
