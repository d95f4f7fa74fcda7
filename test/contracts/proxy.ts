// An endpoint that passes questions on to a real chain and may lie about the answers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Question = { readonly method: string; readonly params: readonly unknown[] };
/** What the endpoint answers instead; the true answer to pass it on. */
export type Lie = (question: Question, truth: unknown) => unknown;
export type Proxy = { readonly url: string; lie: Lie; readonly asked: Question[]; readonly stop: () => Promise<void> };

/** Thrown by a lie: the endpoint answers with a JSON-RPC error. */
export class Refuses extends Error {}

export async function startProxy(target: string, lie: Lie = (_question, truth) => truth): Promise<Proxy> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const questions = JSON.parse(body) as (Question & { id: number })[];
      const truths = await (await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json() as { id: number; result?: unknown }[];
      const answers = questions.map((question, i) => {
        proxy.asked.push(question);
        try {
          return { jsonrpc: '2.0', id: question.id, result: proxy.lie(question, truths[i]!.result) };
        } catch (error) {
          if (!(error instanceof Refuses)) throw error;
          return { jsonrpc: '2.0', id: question.id, error: { code: -32005, message: 'query returned more than 10000 results' } };
        }
      });
      const text = JSON.stringify(answers);
      response.setHeader('content-type', 'application/json').end(text);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const proxy: Proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, lie, asked: [],
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
  return proxy;
}
