// A system that logs, counts and traces all that it can, and requests to every route that its description names, with a word in every place that a
// client may fill: the word comes out nowhere.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleImmunization } from '#network/samples/index.ts';
import { createClosers, createLog, startTelemetry, type OpenApiDocument } from '#server';
import { canaryBundle, CANARIES } from '../../journeys/canary.ts';
import { newWallet, now, startNetwork, type Network } from '../../journeys/network.ts';
import { createBindings } from '#wallet';
import { encodeHolderBinding } from '#passport';
import { operationsIn } from '../http/openapi-rules.ts';

const WORD = 'zqrequestcanary';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** In every place: as it is, and where only certain characters may stand, as those. */
const WORDS = [WORD, '7a71726571756573', '987654321098765'];

type Schema = { type?: string | string[]; properties?: Record<string, Schema>; items?: Schema | boolean; anyOf?: Schema[]; enum?: unknown[]; const?: unknown; $ref?: string; pattern?: string; minItems?: number };

/** A value that a schema may take or refuse, with the word wherever a text can stand. */
function filled(schema: Schema, document: OpenApiDocument, depth = 0): unknown {
  if (schema.$ref) return filled((document.components?.schemas?.[schema.$ref.split('/').at(-1)!] ?? {}) as Schema, document, depth + 1);
  if (depth > 6) return WORD;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return filled(schema.anyOf[0]!, document, depth + 1);
  if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, filled(inner, document, depth + 1)]));
  if (typeof schema.items === 'object') return [filled(schema.items, document, depth + 1)];
  if (schema.type === 'integer' || schema.type === 'number') return 987654321098765;
  return schema.type === 'boolean' ? true : WORD;
}

describe('what a system tells of itself while it is asked everything', () => {
  let network: Network;
  let collector: Server;
  let metricsUrl: string;
  const closers = createClosers();
  const spans: string[] = [];
  let logged = '';
  let answers: { route: string; status: number }[] = [];
  let told: string;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => { spans.push(body); response.writeHead(200, { 'content-type': 'application/json' }).end('{}'); });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const log = createLog({ level: 'debug', part: 'network', write: (line) => (logged += line) });
    const telemetry = await startTelemetry('network', { HEALTHPASS_METRICS_PORT: 0, HEALTHPASS_TRACES: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces` }, log, closers);
    metricsUrl = /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(logged)![0];
    network = await startNetwork({ telemetry, onTrouble: (says) => log.error(says) });
    answers = [...(await askEverything('issuer')), ...(await askEverything('verifier')), ...(await askWell())];
    await new Promise((resolve) => setTimeout(resolve, 100));
    told = await (await fetch(metricsUrl)).text();
    await network.stop();
    await closers.stop(); // sends the last spans
  });
  afterAll(async () => {
    await network?.stop();
    await new Promise((resolve) => collector.close(resolve));
  });

  async function askEverything(name: 'issuer' | 'verifier'): Promise<{ route: string; status: number }[]> {
    const base = network.endpoints[name];
    const document = (await (await fetch(`${base}/openapi.json`)).json()) as OpenApiDocument;
    expect(operationsIn(document).length).toBeGreaterThan(15);
    const seen: { route: string; status: number }[] = [];
    for (const { method, path, operation } of operationsIn(document)) {
      if (path.endsWith('/rotate')) continue; // nothing that a client may fill besides one of three words
      const parameters = (operation.parameters ?? []) as { name: string; in: string }[];
      for (const word of WORDS) {
        const target = path.replace(/\{\w+\}/g, word) + (parameters.some((one) => one.in === 'query') ? `?${parameters.filter((one) => one.in === 'query').map((one) => `${one.name}=${word}`).join('&')}` : `?${word}=${word}`);
        const content = Object.entries((operation.requestBody as { content?: Record<string, { schema?: Schema }> } | undefined)?.content ?? {})[0];
        const value = content?.[1].schema ? filled(content[1].schema, document) : undefined;
        const body = content === undefined ? undefined : content[0].includes('form') ? new URLSearchParams(Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, String(one)]))).toString() : JSON.stringify(value).replaceAll(WORD, word);
        for (const authorization of [`Bearer ${network.token}`, `Bearer ${word}`, `DPoP ${word}`]) {
          const response = await fetch(base + target, {
            method: method.toUpperCase(), signal: AbortSignal.timeout(10_000), ...(body === undefined ? {} : { body }),
            headers: { authorization, 'content-type': content?.[0] ?? 'text/plain', cookie: `session=${word}; __Host-session=${word}`, dpop: word, origin: `https://${word}.example`, 'user-agent': word, 'x-forwarded-for': word, referer: `https://${word}.example/`, 'x-request-id': word, traceparent: word, tracestate: `a=${word}`, baggage: `a=${word}` },
          });
          seen.push({ route: `${name} ${method} ${path}`, status: response.status });
          await response.body?.cancel();
        }
      }
    }
    const odd = await fetch(`${base}/${WORD}/${WORD}?${WORD}`, { headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` } });
    expect(odd.headers.get('x-request-id')).toBe(TRACE);
    return seen;
  }

  /** And what goes well, with somebody's whole record. */
  async function askWell(): Promise<{ route: string; status: number }[]> {
    const bindings = (await createBindings(await newWallet(), 3, now())).map(encodeHolderBinding);
    const issued = await network.issuer('/credentials', { fhir: canaryBundle(now()), bindings });
    const { credentials } = issued.body as { credentials: { id: string; vcJwt: string; sdJwtVc: string }[] };
    WORDS.push(...credentials.flatMap(({ id, vcJwt, sdJwtVc }) => [id, vcJwt.slice(-40), sdJwtVc.split('~')[1]!]));
    const verified = await Promise.all(credentials.flatMap(({ vcJwt, sdJwtVc }) => [vcJwt, sdJwtVc]).map((text) => network.verifier('/verify', { text })));
    const broken = await network.issuer('/preview', { fhir: { ...(sampleImmunization(now()) as object), occurrenceDateTime: WORD } });
    return [{ route: 'issue', status: issued.status }, ...verified.map(({ status }) => ({ route: 'verify', status })), { route: 'preview', status: broken.status }];
  }

  test('no request was too much for it', () => {
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(answers.filter(({ route }) => route === 'issue' || route === 'verify').map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 200, 200]);
  });

  test('no word of a request stands in a metric, a span or a line of the log', () => {
    for (const word of [...WORDS, ...CANARIES, network.token]) {
      expect([word, told.includes(word), spans.some((body) => body.includes(word)), logged.includes(word)]).toEqual([word, false, false, false]);
    }
  });

  test('every line of the log is of the few kinds that there are', () => {
    const lines = logged.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
    const requests = lines.filter(({ says }) => says === 'request');
    expect(requests.length).toBeGreaterThan(100);
    for (const request of requests) {
      expect(Object.keys(request).toSorted()).toEqual(['level', 'method', 'ms', 'part', 'request', 'route', 'says', 'status', 'time']);
      expect(request['request']).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(requests.filter(({ request }) => request === TRACE)).toMatchObject([{ route: 'none', status: 404 }, { route: 'none', status: 404 }]);
  });

  test('spans say the route and how it ended, and go on from whom the caller names', () => {
    const all = spans.flatMap((body) => (JSON.parse(body) as { resourceSpans: { resource: unknown; scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    const names = new Set(all.map(({ name }) => name));
    for (const name of ['POST /credentials', 'POST /verify', 'GET /health', 'issue', 'verify', 'database query', 'database transaction']) expect([name, names.has(name)]).toEqual([name, true]);
    const keys = new Set(all.flatMap(({ attributes = [] }) => attributes.map(({ key }) => key)));
    expect([...keys].filter((key) => !['error.type', 'http.request.method', 'http.response.status_code', 'http.route'].includes(key))).toEqual([]);
    expect(all.filter(({ traceId }) => traceId === TRACE).map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([['GET none', '00f067aa0ba902b7'], ['GET none', '00f067aa0ba902b7']]);
    const issue = all.find(({ name }) => name === 'issue')!;
    expect(all.find(({ spanId }) => spanId === issue.parentSpanId)?.name).toBe('POST /credentials');
  });

  test('metrics have labels of closed sets only', () => {
    const labels = new Map<string, Set<string>>();
    for (const [, name, value] of told.matchAll(/[{,](\w+)="([^"]*)"/g)) (labels.get(name!) ?? labels.set(name!, new Set()).get(name!)!).add(value!);
    expect([...labels.get('service')!].toSorted()).toEqual(['issuer', 'verifier']);
    expect([...labels.get('status')!].filter((status) => !/^[2345]xx$/.test(status))).toEqual([]);
    expect([...labels.get('route')!].filter((route) => !/^(?:none|\/[\w./:{}+*-]*)$/.test(route))).toEqual([]);
    expect([...labels.keys()].toSorted()).toEqual(['check', 'kind', 'le', 'major', 'method', 'minor', 'outcome', 'patch', 'reason', 'route', 'service', 'space', 'status', 'type', 'version'].filter((name) => labels.has(name)));
  });
});

type Span = { name: string; traceId: string; spanId: string; parentSpanId?: string; attributes?: { key: string }[] };
