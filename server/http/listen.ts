// Serving an app on a port of this machine, and ending it.
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';

export type Listening = { readonly url: string; readonly stop: () => Promise<void> };

/** Listens on loopback. @throws the system's error when the port is taken */
export function listen(app: Hono, port: number, hostname = '127.0.0.1'): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname }, (info) => {
      const stop = () => new Promise<void>((closed) => {
        server.close(() => closed());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      resolve({ url: `http://${hostname}:${info.port}`, stop });
    });
    server.once('error', reject);
  });
}
