// Ending a server without cutting anybody off: no new connection, what runs is finished, streams that have no end are ended, and whoever is
// still there after a bounded time is closed.
import type { Server, ServerResponse } from 'node:http';

/** Milliseconds. */
const SWEEP = 100;

export type Drain = {
  /** Ends the server; `patience` in milliseconds. */
  readonly drain: (patience: number) => Promise<void>;
  /** Server-sent events go on for ever: they are ended at once. Who reads them connects again, elsewhere or to the next start. */
  readonly isEndless: (response: ServerResponse) => void;
};

/** Follows the answers of a server. */
export function createDrain(server: Server): Drain {
  const open = new Set<ServerResponse>();
  const endless = new Set<ServerResponse>();
  let draining = false;
  server.on('request', (_request, response: ServerResponse) => {
    open.add(response);
    if (draining) response.setHeader('connection', 'close');
    response.once('close', () => {
      open.delete(response);
      if (draining) server.closeIdleConnections();
    });
  });
  const isEndless = (response: ServerResponse) => {
    endless.add(response);
    response.once('close', () => endless.delete(response));
  };
  const endStreams = () => endless.forEach((response) => response.headersSent && response.end());
  return {
    isEndless,
    async drain(patience) {
      draining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve())); // closes idle connections too
      for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
      endStreams();
      const sweep = setInterval(endStreams, SWEEP);
      const force = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearInterval(sweep);
      clearTimeout(force);
    },
  };
}
