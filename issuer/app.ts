// The issuer's JSON service. Reading is open: what it serves says nothing about anybody; everything that changes something needs the token.
import { Hono } from 'hono';
import { z } from 'zod';
import { HealthpassError, encodeIssuedCredential, parseHolderBinding } from '#passport';
import { encodeResignatureBlock } from '#passport/resignature.ts';
import { parseFhir } from '#formats/fhir/index.ts';
import { STATUS_ACTIONS } from '#contracts/status.ts';
import { parseInput, problemResponse, readJson, requireBearer } from '#server';
import { anchorLeaves } from './anchor.ts';
import type { IssuerService } from './service.ts';

const FHIR_MAX_BYTES = 5_000_000;

const issueSchema = z.strictObject({
  fhir: z.unknown(), patient: z.unknown().optional(), bindings: z.array(z.unknown()).max(1000), lifetime: z.int().min(60).optional(),
});
const previewSchema = z.strictObject({ fhir: z.unknown(), patient: z.unknown().optional() });
const statusSchema = z.strictObject({ ids: z.array(z.string().regex(/^[\x21-\x7e]{1,64}$/)).min(1).max(10_000) });
const rotateSchema = z.strictObject({ keys: z.enum(['claims', 'did', 'all']) });

export type IssuerAppOptions = { readonly tokenDigest: Buffer; readonly report?: (name: string) => void };

export function createIssuer(service: IssuerService, { tokenDigest, report }: IssuerAppOptions): Hono {
  const app = new Hono();
  const authorised = requireBearer(tokenDigest);
  app.onError((error, context) => problemResponse(error, context, report));
  app.notFound((context) => context.json({ type: 'about:blank', title: 'There is nothing here.', status: 404, code: 'not-found' }, 404, { 'content-type': 'application/problem+json' }));

  app.get('/health', (context) => context.json({ status: 'ok', did: service.did }));
  app.post('/preview', authorised, async (context) => {
    const { fhir, patient } = parseInput(previewSchema, await readJson(context, FHIR_MAX_BYTES));
    const { events, refused } = parseFhir(fhir, { now: service.now(), patient });
    return context.json({ events: events.length, refused });
  });
  app.post('/credentials', authorised, async (context) => {
    const { bindings, ...request } = parseInput(issueSchema, await readJson(context, FHIR_MAX_BYTES));
    const { credentials, refused } = await service.issue({ ...request, bindings: bindings.map(parseHolderBinding) });
    return context.json({ credentials: credentials.map(encodeIssuedCredential), refused }, 201);
  });
  for (const action of STATUS_ACTIONS) {
    app.post(`/credentials/${action}`, authorised, async (context) => {
      const { ids } = parseInput(statusSchema, await readJson(context));
      return context.json({ credentials: await service.changeStatus(action, ids) });
    });
  }
  app.post('/keys/rotate', authorised, async (context) => {
    const { keys } = parseInput(rotateSchema, await readJson(context));
    return context.json(await service.rotate(keys));
  });
  app.post('/anchors', authorised, async (context) => context.json({ anchors: await service.anchor() }));

  // Whole lists, whole blocks and whole anchors: who fetches one of them does not say which credential is his.
  app.get('/status-lists/:list', async (context) => {
    const list = await service.statusList(wholeNumber(context.req.param('list'), 'list'));
    return list ? context.json(list) : context.notFound();
  });
  app.get('/resignatures/:list/:block', async (context) => {
    const [list, block] = [wholeNumber(context.req.param('list'), 'list'), wholeNumber(context.req.param('block'), 'block')];
    return context.json(encodeResignatureBlock(await service.resignatures(list, block)));
  });
  app.get('/anchors/:root', async (context) => {
    const root = context.req.param('root');
    const anchor = /^0x[0-9a-f]{64}$/.test(root) ? await service.anchorByRoot(root) : undefined;
    if (!anchor) return context.notFound();
    return context.json({ root: anchor.root, list: anchor.list, leaves: anchorLeaves(anchor.leaves) });
  });
  return app;
}

function wholeNumber(text: string, field: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new HealthpassError('request-invalid', `${field} is no whole number`, { field });
  return Number(text);
}
