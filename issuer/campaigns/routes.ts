// The routes of campaigns. Files come and reports go as streams; nothing of a row stands in a URL.
import { z } from 'zod';
import { HealthpassError, parseJson } from '#passport';
import { STATUS_ACTIONS } from '#contracts/status.ts';
import { parseInput, route, type Route, type RouteInput } from '#server';
import { STATUS_REASONS } from '../outbox/schema.ts';
import { idempotencyKeyOf } from '../revoke.ts';
import { CAMPAIGN_KINDS, FORMATS, settingsSchema, STATES, type Campaign, type CampaignKind, type Format } from './campaign.ts';
import { ACTIONS, REPORT_FORMATS, type Campaigns } from './campaigns.ts';
import { DATE_FORMATS } from './dates.ts';
import { progressEvents, progressOf } from './progress.ts';

const count = z.int().min(0);
const time = z.int().nullable();
const campaignSchema = z.object({
  id: z.string(), kind: z.enum(CAMPAIGN_KINDS), format: z.string(), state: z.enum(STATES),
  reason: z.string().nullable().meta({ description: 'Code of what keeps it from going on' }),
  sameAs: z.string().nullable().meta({ description: 'An earlier campaign that was made of the same file' }),
  createdAt: z.int(), startedAt: time, finishedAt: time, erasedAt: time,
  total: count, checked: count, ready: count, done: count, refused: count,
  rate: z.number().nullable().meta({ description: 'Rows a second since it was started or resumed' }), eta: time.meta({ description: 'Unix time at which it will be done at this rate' }),
});
const yes = z.enum(['true', 'false']).transform((text) => text === 'true').optional();
const uploadQuery = z.strictObject({
  format: z.enum(FORMATS).optional(), mapping: z.string().max(5000).optional().meta({ description: 'JSON: {column: header of the file}' }), dates: z.enum(DATE_FORMATS).optional(),
  lifetime: z.string().regex(/^\d{1,10}$/).transform(Number).optional(), make: settingsSchema.shape.make.unwrap().optional(), pin: yes, again: yes,
});
const action = z.enum(STATUS_ACTIONS);
const reason = z.enum(STATUS_REASONS).optional();
const statusQuery = z.strictObject({ action, reason, format: z.enum(['csv', 'ndjson']).optional() });
const statusBody = z.strictObject({
  action, reason,
  of: z.union([z.strictObject({ campaign: z.uuid() }), z.strictObject({ lot: z.string().trim().min(1).max(100) })]).meta({ description: 'Everything that a campaign issued, or whatever was issued of a lot' }),
});
const id = z.object({ id: z.uuid() });
const reportQuery = z.strictObject({ format: z.enum(REPORT_FORMATS).default('ndjson') });
const MEDIA = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;
const PERMISSION = 'campaigns:write';
const TAG = 'campaigns';

const CONTENT_TYPES: readonly (readonly [RegExp, (typeof FORMATS)[number]])[] = [[/^text\/csv\b/i, 'csv'], [/^application\/(?:fhir\+|x-)?ndjson\b/i, 'ndjson'], [/^application\/(?:fhir\+)?json\b/i, 'bundle']];

type Upload<Q> = Pick<RouteInput<unknown, Q, unknown>, 'query' | 'principal' | 'context'>;

const upload = (campaigns: Campaigns, { query: { format, mapping, ...query }, ...input }: Upload<z.infer<typeof uploadQuery>>): Promise<Response> =>
  receive(campaigns, input, 'issue', format, { ...query, ...(mapping === undefined ? {} : { mapping: parseJson(mapping) }) });

const uploadIds = (campaigns: Campaigns, { query: { format, action, reason }, ...input }: Upload<z.infer<typeof statusQuery>>): Promise<Response> =>
  receive(campaigns, input, action, format, { reason });

async function receive(campaigns: Campaigns, { principal, context }: Omit<Upload<unknown>, 'query'>, kind: CampaignKind, format: Format | undefined, settings: unknown): Promise<Response> {
  const type = context.req.header('content-type') ?? '';
  const chosen = format ?? CONTENT_TYPES.find(([pattern]) => pattern.test(type))?.[1];
  if (!chosen) throw new HealthpassError('request-invalid', 'neither format nor content type says what the file is', { field: 'format' });
  const { campaign, created } = await campaigns.receive({
    principal, kind, format: chosen, settings: parseInput(settingsSchema, settings), idempotencyKey: idempotencyKeyOf(context), body: context.req.raw.body ?? empty(),
  });
  return context.json(shown(campaign, campaign.createdAt), created ? 201 : 200);
}

// eslint-disable-next-line require-yield -- a body of no bytes
async function* empty(): AsyncGenerator<Uint8Array> {}

const shown = (campaign: Campaign, now: number) => {
  const { organisation: _organisation, actor: _actor, actorKind: _kind, settings: _settings, runAt: _at, runDone: _done, ...rest } = campaign;
  return { ...rest, ...progressOf(campaign, now) };
};

export function campaignRoutes(campaigns: Campaigns, now: () => number): Route[] {
  const stream = (rows: AsyncGenerator<string>, type: string, file?: string) => new Response(streamOf(rows), {
    headers: { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...(file ? { 'content-disposition': `attachment; filename="${file}"` } : {}) },
  });
  const one = { 200: { description: 'The campaign', schema: campaignSchema } };
  return [
    route({
      method: 'post', path: '/campaigns', summary: 'Take in a file of rows, and check each without issuing', tag: TAG, permission: PERMISSION, query: uploadQuery,
      answers: { 201: { description: 'The campaign, whose rows are being checked', schema: campaignSchema }, 200: { description: 'The campaign of the same request before', schema: campaignSchema } },
      problems: ['text-malformed', 'text-too-long', 'json-malformed', 'json-duplicate-key', 'request-invalid', 'fhir-invalid', 'fhir-unsupported', 'campaign-conflict'],
      run: (input) => upload(campaigns, input),
    }),
    route({
      method: 'post', path: '/status-campaigns/file', summary: 'Take in a list of credentials whose status is to change', tag: TAG, permission: 'credentials:status', query: statusQuery,
      answers: { 201: { description: 'The campaign, whose rows are being checked', schema: campaignSchema }, 200: { description: 'The campaign of the same request before', schema: campaignSchema } },
      problems: ['text-malformed', 'text-too-long', 'json-malformed', 'request-invalid', 'campaign-conflict'],
      run: (input) => uploadIds(campaigns, input),
    }),
    route({
      method: 'post', path: '/status-campaigns', summary: 'Prepare a change of status for all that a campaign issued, or of a lot', tag: TAG, permission: 'credentials:status', body: { schema: statusBody },
      answers: { 201: { description: 'The campaign, whose rows are being checked', schema: campaignSchema } }, problems: ['campaign-unknown', 'credential-unknown'],
      run: async ({ body, principal }) => shown(await campaigns.changeStatus({ principal, action: body.action, settings: settingsSchema.parse({ reason: body.reason }), of: body.of }), now()),
    }),
    route({
      method: 'get', path: '/campaigns', summary: 'List campaigns, the newest first', tag: TAG, permission: PERMISSION,
      answers: { 200: { description: 'At most 200', schema: z.object({ campaigns: z.array(campaignSchema) }) } },
      run: async ({ principal }) => ({ campaigns: (await campaigns.list(principal)).map((campaign) => shown(campaign, now())) }),
    }),
    route({
      method: 'get', path: '/campaigns/:id', summary: 'Say how far a campaign is', tag: TAG, permission: PERMISSION, params: id, answers: one, problems: ['campaign-unknown'],
      run: async ({ params, principal }) => shown(await campaigns.find(params.id, principal), now()),
    }),
    route({
      method: 'get', path: '/campaigns/:id/events', summary: 'Tell how far a campaign is while it goes on', tag: TAG, permission: PERMISSION, params: id,
      answers: { 200: { description: 'Server-sent events, the last when nothing more will happen by itself', mediaType: 'text/event-stream' } }, problems: ['campaign-unknown'],
      async run({ params, principal }) {
        await campaigns.find(params.id, principal);
        return stream(progressEvents(async () => shown(await campaigns.find(params.id, principal), now())), 'text/event-stream');
      },
    }),
    ...ACTIONS.map((action) => route({
      method: 'post', path: `/campaigns/:id/${action}`, summary: SAYS[action], tag: TAG, permission: PERMISSION, params: id, answers: one, problems: ['campaign-unknown', 'campaign-conflict'],
      run: async ({ params, principal }) => shown(await campaigns.act(action, params.id, principal), now()),
    })),
    route({
      method: 'get', path: '/campaigns/:id/report', summary: 'Say what became of each row', tag: TAG, permission: PERMISSION, params: id, query: reportQuery,
      answers: { 200: { description: 'A row a line, with codes and names of fields, and what is to be handed out', mediaType: 'application/x-ndjson' } }, problems: ['campaign-unknown'],
      run: async ({ params, query, principal }) => stream(await campaigns.report(params.id, principal, query.format), MEDIA[query.format], `report.${query.format}`),
    }),
    route({
      method: 'get', path: '/campaigns/:id/credentials', summary: 'Give the credentials that were issued at once', tag: TAG, permission: PERMISSION, params: id,
      answers: { 200: { description: 'A row a line: {row, credentials}', mediaType: 'application/x-ndjson' } }, problems: ['campaign-unknown', 'campaign-conflict'],
      run: async ({ params, principal }) => stream(await campaigns.issued(params.id, principal), MEDIA.ndjson, 'credentials.ndjson'),
    }),
    route({
      method: 'post', path: '/campaigns/:id/pins', summary: 'Give out the PINs of offers, each once', tag: TAG, permission: PERMISSION, params: id, query: reportQuery,
      answers: { 200: { description: 'A row a line; what was given out is forgotten', mediaType: 'application/x-ndjson' } }, problems: ['campaign-unknown', 'campaign-conflict'],
      run: async ({ params, query, principal }) => stream(await campaigns.pins(params.id, principal, query.format), MEDIA[query.format], `pins.${query.format}`),
    }),
  ];
}

const SAYS: Readonly<Record<(typeof ACTIONS)[number], string>> = {
  start: 'Issue what the dry run found good', pause: 'Stop after the page under way', resume: 'Go on', cancel: 'End for good, and forget what is not issued', erase: 'Forget what the rows of an ended campaign said',
};

/** Text as a response's body: the next is made when the one before is taken. */
function streamOf(rows: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      // Some kilobytes at a time: a row alone is too little for a packet.
      let text = '';
      while (text.length < 16_000) {
        const next = await rows.next();
        if (next.done) {
          if (text !== '') controller.enqueue(encoder.encode(text));
          return controller.close();
        }
        text += next.value;
        if (next.value.endsWith('\n\n')) break; // an event waits for nothing
      }
      controller.enqueue(encoder.encode(text));
    },
    cancel: async () => void (await rows.return(undefined)),
  }, { highWaterMark: 1 });
}

