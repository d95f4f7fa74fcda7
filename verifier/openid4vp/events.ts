// A session as server-sent events: each state once, the last one closes the stream. What is sent is read from the database, so any replica can.
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { HealthpassError } from '#passport';

/** Milliseconds. */
export type EventTimes = { readonly poll: number; readonly heartbeat: number };
const TIMES: EventTimes = { poll: 500, heartbeat: 15_000 };
/** Streams of one process at the same time. */
const MOST_STREAMS = 1000;

export type Reading = { readonly version: number; readonly over: boolean; readonly view: unknown };

/** Streams what `read` gives, from the version after Last-Event-ID on. It throws HealthpassError `service-unavailable` when too many are open. */
export type EventStreams = (context: Context, read: () => Promise<Reading | undefined>) => Response;

/** `stopping`: the service is told to end; who listens comes again, with the id of the event that he saw last. */
export function createEventStreams({ poll, heartbeat }: EventTimes = TIMES, stopping?: AbortSignal): EventStreams {
  let streams = 0;
  return (context, read) => {
    if (streams >= MOST_STREAMS) throw new HealthpassError('service-unavailable', 'too many streams are open', { field: 'events' });
    streams++;
    let last = Number(/^\d{1,9}$/.exec(context.req.header('last-event-id') ?? '')?.[0] ?? 0);
    return streamSSE(context, async (stream) => {
      try {
        const goesOn = () => !stream.aborted && stopping?.aborted !== true;
        for (let quiet = 0; goesOn(); quiet += poll) {
          const reading = await read();
          if (reading && reading.version > last) {
            await stream.writeSSE({ event: 'presentation', id: `${reading.version}`, data: JSON.stringify(reading.view) });
            last = reading.version;
            quiet = 0;
          }
          if (!reading || reading.over) return;
          if (quiet >= heartbeat) {
            await stream.write(': \n\n'); // a comment: proxies close what is silent
            quiet = 0;
          }
          await stream.sleep(poll);
        }
      } finally {
        streams--;
      }
    }, async () => {}); // the stream is closed; the library would print what went wrong
  };
}
