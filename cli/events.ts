// One entry a person: which event, and whose. The name of an event carries its day. The counter of this machine notes the events that
// passes are made for here, so that verifying knows what to compare with.
import { join } from 'node:path';
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { DataFolder } from '#network/folder.ts';
import { readJsonFile, writeFileAtomic } from '#server';

export type CounterEvent = { readonly audience: string; readonly event: string };

/** Who asks, where nobody is named. */
export const DEFAULT_AUDIENCE = 'healthpass counter';
const MOST_NOTED = 50;
const eventsSchema = z.array(z.object({ audience: z.string(), event: z.string() }));

/** The event of a --scope: its day is added where the name has none. */
export function eventOf(scope: string, audience: string | undefined, now: UnixSeconds): CounterEvent {
  if (scope.trim() === '' || scope.length > 180) throw new HealthpassError('usage', '--scope takes the name of an event', { field: '--scope' });
  const day = new Date(now * 1000).toISOString().slice(0, 10);
  return { audience: audience ?? DEFAULT_AUDIENCE, event: /\d{4}-\d{2}-\d{2}/.test(scope) ? scope : `${scope} ${day}` };
}

const fileOf = (folder: DataFolder): string => join(folder.root, 'events.json');

export async function noteEvent(folder: DataFolder, event: CounterEvent): Promise<void> {
  const others = (await notedEvents(folder)).filter((known) => known.audience !== event.audience || known.event !== event.event);
  await writeFileAtomic(fileOf(folder), `${JSON.stringify([event, ...others].slice(0, MOST_NOTED), null, 2)}\n`);
}

/** Newest first. */
export const notedEvents = async (folder: DataFolder): Promise<readonly CounterEvent[]> =>
  eventsSchema.safeParse(await readJsonFile(fileOf(folder))).data ?? [];
