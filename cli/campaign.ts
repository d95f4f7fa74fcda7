// A campaign from the command line: its file is sent as it is read, and how far it is is shown until it ends.
import { createReadStream, createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import type { ServiceClient } from './service-client.ts';
import type { Terminal } from './terminal.ts';

const schema = z.object({
  id: z.string(), state: z.string(), reason: z.string().nullable(), sameAs: z.string().nullable(), total: z.int(), checked: z.int(), ready: z.int(), done: z.int(), refused: z.int(),
  rate: z.number().nullable(), eta: z.int().nullable(),
});
export type Campaign = z.infer<typeof schema>;

const LOOK_EVERY = 500;

/** Sends a file, or standard input for `-`, and waits for its dry run. @throws HealthpassError `usage`, and what the service refuses it with */
export async function takeIn(client: ServiceClient, path: string, file: string, terminal: Terminal): Promise<Campaign> {
  if (file !== '-') {
    await access(file).catch(() => {
      throw new HealthpassError('usage', `the file cannot be read: ${file}`, { field: 'file' });
    });
  }
  terminal.progress('sending the file');
  const stream = Readable.toWeb(file === '-' ? process.stdin : createReadStream(file)) as ReadableStream<Uint8Array>; // of bytes
  const { id } = schema.parse(await client.send(path, stream));
  return follow(client, id, 'checking', terminal);
}

/** Starts a campaign and waits until it ends or pauses. */
export async function carryOut(client: ServiceClient, id: string, terminal: Terminal): Promise<Campaign> {
  await client.post(`/campaigns/${id}/start`, {});
  return follow(client, id, 'running', terminal);
}

async function follow(client: ServiceClient, id: string, state: 'checking' | 'running', terminal: Terminal): Promise<Campaign> {
  for (;;) {
    const campaign = schema.parse(await client.get(`/campaigns/${id}`));
    if (campaign.state !== state) return campaign;
    const { checked, total, done, refused, rate, reason } = campaign;
    terminal.progress(state === 'checking' ? `checked ${checked} of ${total}` : `${done + refused} of ${total}${rate === null ? '' : `, ${rate} a second`}${reason === null ? '' : ` (${reason})`}`);
    await new Promise((resolve) => { setTimeout(resolve, LOOK_EVERY); });
  }
}

/** Writes what the service hands out to a file of its owner alone. @throws HealthpassError `usage` */
export async function save(client: ServiceClient, path: string, file: string, method: 'GET' | 'POST' = 'GET'): Promise<void> {
  const stream = await client.download(path, method);
  await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(file, { mode: 0o600 })).catch(() => {
    throw new HealthpassError('usage', `the file cannot be written: ${file}`, { field: 'file' });
  });
}

/** How many rows were refused why; codes and fields only. */
export async function refusals(client: ServiceClient, id: string): Promise<string[]> {
  const counts = new Map<string, number>();
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of await client.download(`/campaigns/${id}/report`)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const { outcome, code, field } = JSON.parse(line) as { outcome: string; code?: string; field?: string }; // a line of the service's report
      if (outcome === 'refused') counts.set(`${code}${field ? `, ${field}` : ''}`, (counts.get(`${code}${field ? `, ${field}` : ''}`) ?? 0) + 1);
    }
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([why, count]) => `not done: ${count} ${count === 1 ? 'row' : 'rows'}: ${why}`);
}
