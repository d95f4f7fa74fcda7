// A door to a real chain that can be shut, slow, busy, or wrong about single answers: what nodes and networks do to a sender.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Question = { readonly method: string; readonly params: readonly unknown[] };
/** What happens to a question: nothing goes through, an HTTP status instead of an answer, an answer too late, another question, another answer. */
export type Fault = 'broken' | { readonly status: number } | { readonly delay: number } | { readonly ask: Question } | { readonly answer: (truth: unknown) => unknown };
export type Door = {
  readonly url: string;
  /** Decides for each question; undefined lets it through. */
  fault: (question: Question) => Fault | undefined;
  readonly asked: Question[];
  readonly stop: () => Promise<void>;
};

type Wire = Question & { readonly id: number };

export async function openDoor(target: string): Promise<Door> {
  const ask = async (body: unknown) => (await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
  const pass = async (wire: Wire): Promise<unknown> => {
    const { id, method, params } = wire;
    door.asked.push({ method, params });
    const fault = door.fault({ method, params });
    if (fault === 'broken' || (fault && 'status' in fault)) throw fault;
    const told = await ask({ jsonrpc: '2.0', ...(fault && 'ask' in fault ? fault.ask : { method, params }), id }) as { result?: unknown };
    if (fault && 'delay' in fault) await new Promise((resolve) => { setTimeout(resolve, fault.delay); });
    return fault && 'answer' in fault ? { jsonrpc: '2.0', id, result: fault.answer(told.result) } : told;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Wire | Wire[];
    const answer = Array.isArray(body) ? await Promise.all(body.map(pass)) : await pass(body);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((fault: unknown) => {
      if (typeof fault === 'object' && fault !== null && 'status' in fault) response.writeHead(fault.status as number).end();
      else response.destroy();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const door: Door = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, fault: () => undefined, asked: [],
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
  return door;
}
