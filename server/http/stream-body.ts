// A body that is made while it is sent may break off. Then the connection is broken, so that nobody takes a part for the whole, and what
// broke it is reported by name: the server underneath would write its message into the body. Whoever asks for the head alone (HEAD) has none made.
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { framesOf, nameOfError } from '../operations/errors.ts';
import type { Report } from './problem.ts';

const STREAMED = /^(?:text\/event-stream|text\/csv|application\/(?:x-)?ndjson|application\/fhir\+ndjson|application\/octet-stream)/;

/** The response itself, unless its body is of a kind that is made while it is sent. */
export function guardStream(response: Response, context: Context, report: Report = () => {}): Response {
  if (!STREAMED.test(response.headers.get('content-type') ?? '') || !response.body) return response;
  if (context.req.method === 'HEAD') {
    void response.body.cancel().catch(() => {}); // nobody will read it, nor go away from it: it would be held for ever
    return new Response(null, response);
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        report(nameOfError(error), framesOf(error));
        (context.env as Partial<HttpBindings> | undefined)?.outgoing?.destroy(); // without a socket there is nobody to mislead
        controller.close();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
  return new Response(body, response);
}
