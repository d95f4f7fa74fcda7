// Serving an app on a port of this machine, and ending it. Who sends slowly, or nothing, is cut off: a connection that is held costs little, but
// not nothing, and a request under way counts as load.
import type { Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { serve, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { createDrain } from './drain.ts';

/** Milliseconds that requests under way have when the service ends. */
export const DRAIN_PATIENCE = 10_000;

export type Listening = {
  readonly url: string;
  /** Takes nothing new, finishes what is under way, for `patience` milliseconds at most. */
  readonly stop: (patience?: number) => Promise<void>;
};

/** Milliseconds for the head of a request and for all of it, and between requests of a connection; how many connections at once. */
export const LIMITS_OF_CONNECTIONS = { headers: 10_000, request: 120_000, idle: 5_000, connections: 4_096 };

/** A port that nobody else is given until it is let go: to listen there, or for a program that does. */
export type HeldPort = { readonly number: number; readonly release: () => void };

/** Listens on loopback. @throws the system's error when the port is taken */
export function listen(app: Hono, at: number | HeldPort, hostname = '127.0.0.1', limits = LIMITS_OF_CONNECTIONS): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const fetch = async (request: Request, bindings: unknown): Promise<Response> => {
      const response = await app.fetch(request, bindings);
      const { outgoing } = bindings as HttpBindings; // without options of its own the server is one of node:http
      if (response.headers.get('content-type')?.startsWith('text/event-stream')) isEndless(outgoing);
      return response;
    };
    const serverOptions = { headersTimeout: limits.headers, requestTimeout: limits.request, keepAliveTimeout: limits.idle, connectionsCheckingInterval: Math.min(1000, limits.headers / 4) };
    const port = typeof at === 'number' ? at : at.number;
    if (typeof at !== 'number') at.release(); // in the same turn: nobody comes in between
    const server = serve({ fetch, port, hostname, serverOptions }, (info) => resolve({
      url: `http://${hostname}:${info.port}`, stop: (patience = DRAIN_PATIENCE) => drain(patience),
    })) as Server; // the same
    const { drain, isEndless } = createDrain(server);
    server.maxConnections = limits.connections;
    server.once('error', reject);
  });
}

/**
 * Which port a service will have, for who must know it before it listens: the wanted one, and for 0 a free one, which is held meanwhile: the system
 * would give it to another. `orAny` takes a free one too where the wanted is taken.
 */
export async function freePort(wanted: number, { orAny = false }: { orAny?: boolean } = {}): Promise<HeldPort> {
  if (wanted !== 0 && !orAny) return { number: wanted, release: () => {} };
  const hold = (port: number) => new Promise<HeldPort>((resolve, reject) => {
    const holder = createServer((socket) => socket.destroy());
    holder.once('error', reject);
    holder.listen(port, '127.0.0.1', () => {
      holder.unref();
      resolve({ number: (holder.address() as AddressInfo).port, release: () => void holder.close() }); // of a port, not of a pipe
    });
  });
  return hold(wanted).catch(() => hold(0));
}
