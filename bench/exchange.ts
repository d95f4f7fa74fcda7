// Reading and writing under consent, from end to end: a gateway with its database, a chain, a store, and the clients' cryptography, in one process.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Row } from './measure.ts';

const PROGRAM = fileURLToPath(new URL('../test/records/exchange/measure.ts', import.meta.url));
const GROUP = 'exchange of records';
const spent = z.object({ client: z.number(), gateway: z.number(), database: z.number(), store: z.number(), statements: z.number() });
const load = z.object({ perSecond: z.number().positive(), p99: z.number().positive(), spent });
const answer = z.object({ read: load, alone: load, write: load });

export async function exchangeRows(): Promise<Row[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM]);
  const { read, alone, write } = answer.parse(JSON.parse(stdout));
  const note = '8 at once; client, gateway, PGlite and store share the processor';
  const of = ({ spent: { client, gateway, database, store, statements } }: z.infer<typeof load>) =>
    ({ value: client + gateway + database + store, unit: 'ms of the processor', note: `client ${client}, gateway ${gateway}, its ${statements} statements ${database}, store ${store}` });
  return [
    { group: GROUP, name: 'consented read: decide, enter, fetch, check address, decrypt, verify', value: read.perSecond, unit: 'a second', note },
    { group: GROUP, name: 'consented read, 99 of 100', value: read.p99, unit: 'ms' },
    { group: GROUP, name: 'consented read, by who works', ...of(read) },
    { group: GROUP, name: 'the same read without consent: fetch, check address, decrypt, verify', value: alone.perSecond, unit: 'a second' },
    { group: GROUP, name: 'the same read without consent, 99 of 100', value: alone.p99, unit: 'ms' },
    { group: GROUP, name: 'consented write: validate, sign, seal, store, decide, file, enter', value: write.perSecond, unit: 'a second' },
    { group: GROUP, name: 'consented write, 99 of 100', value: write.p99, unit: 'ms' },
    { group: GROUP, name: 'consented write, by who works', ...of(write) },
  ];
}
