// Events over HTTP, and the lanes that tell their entries. Each organisation sees its own.
import { z } from 'zod';
import { HealthpassError, type Policy, type UnixSeconds } from '#passport';
import { route, type Database, type Route } from '#server';
import { COUNT_STEP, createEventBook, dayEnds, eventOfDay, type Event } from './events.ts';
import { createLaneBook, MOST_AT_ONCE } from './lanes.ts';

export type EventRouteDeps = { readonly database: Database; readonly policies: readonly Policy[]; readonly now: () => UnixSeconds };

/** As wallets read it (holder-web/wallet/request.ts), and without a day: that is put in for each. */
const shown = (most: number) => z.string().min(1).max(most).regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u).refine((text) => text === text.trim() && text === text.normalize('NFC'));
const eventBody = z.strictObject({
  name: shown(150).refine((name) => !/\d{4}-\d{2}-\d{2}/.test(name)), audience: shown(150), rule: z.string().regex(/^[a-z0-9-]{1,48}(?:@[1-9]\d{0,4})?$/),
  days: z.array(z.iso.date()).min(1).max(31).refine((days) => new Set(days).size === days.length), capacity: z.int().min(1).max(1_000_000).optional(),
});
const eventSchema = z.object({
  id: z.string(), name: z.string(), audience: z.string(), rule: z.string(), days: z.array(z.object({ day: z.string(), event: z.string() })), capacity: z.int().nullable(), createdAt: z.int(), endsAt: z.int(),
});
const counted = { entries: z.int(), doubles: z.int() };
const countsSchema = z.object({
  ...counted, step: z.int(), steps: z.array(z.object({ at: z.int(), entries: z.int() })), lanes: z.array(z.object({ name: z.string(), seenAt: z.int(), ...counted })),
});
const hex = z.string().regex(/^(?:0|[1-9a-f][0-9a-f]{0,63})$/);
const reportSchema = z.strictObject({
  lane: z.string().regex(/^[\w-]{16,64}$/), name: shown(40), after: z.int().min(0), doubles: z.int().min(0).max(1_000_000).default(0),
  entries: z.array(z.strictObject({ sequence: z.int().min(1).max(2 ** 31 - 1), scope: hex, nullifier: hex, at: z.int().min(0).max(2 ** 40) })).max(MOST_AT_ONCE),
});
const answerSchema = z.object({
  told: z.array(z.object({ sequence: z.int(), first: z.boolean(), earlier: z.object({ lane: z.string(), at: z.int() }).optional() })),
  others: z.array(z.object({ scope: z.string(), nullifier: z.string(), at: z.int() })), cursor: z.int(), more: z.boolean(),
});
const params = z.object({ id: z.string().regex(/^[\w-]{16}$/) });

export function eventRoutes({ database, policies, now }: EventRouteDeps): Route[] {
  const events = createEventBook(database, now);
  const lanes = createLaneBook(database, now);
  const common = { tag: 'events' } as const;
  return [
    route({
      ...common, method: 'get', path: '/events', summary: 'List the events of the organisation', permission: 'entries:claim',
      answers: { 200: { description: 'Those that are coming or not long over', schema: z.object({ events: z.array(eventSchema) }) } },
      run: async ({ principal }) => ({ events: (await events.list(principal.organisation)).map(toJson) }),
    }),
    route({
      ...common, method: 'post', path: '/events', summary: 'Make an event with one entry a person', permission: 'events:write', body: { schema: eventBody },
      answers: { 201: { description: 'The event', schema: eventSchema } }, problems: ['rule-unknown', 'event-over', 'service-unavailable'],
      async run({ body, principal }) {
        const rule = ruleOf(body.rule, policies);
        if (body.days.every((day) => dayEnds(day) <= now())) throw new HealthpassError('event-over', 'all its days are over', { field: 'days' });
        return toJson(await events.create({ ...body, rule, days: body.days.toSorted() }, principal));
      },
    }),
    route({
      ...common, method: 'get', path: '/events/:id', summary: 'Give an event', permission: 'entries:claim', params,
      answers: { 200: { description: 'The event', schema: eventSchema } }, problems: ['event-unknown'],
      run: async ({ params: { id }, principal }) => toJson(await events.find(id, principal.organisation)),
    }),
    route({
      ...common, method: 'get', path: '/events/:id/counts', summary: 'Count the entries of an event over time and by lane', permission: 'entries:claim', params,
      answers: { 200: { description: 'Counts, and nothing about anybody', schema: countsSchema } }, problems: ['event-unknown'],
      run: async ({ params: { id }, principal }) => ({ step: COUNT_STEP, ...await events.counts(await events.find(id, principal.organisation)) }),
    }),
    route({
      ...common, method: 'post', path: '/events/:id/entries', summary: 'Tell the entries of a lane, and hear of those of the others', permission: 'entries:claim', limit: 'requests', params,
      body: { schema: reportSchema, maxBytes: 50_000 },
      answers: { 200: { description: 'What became of each, and what the others told', schema: answerSchema } }, problems: ['event-unknown', 'event-over', 'lane-foreign', 'entry-conflict', 'service-unavailable'],
      run: async ({ params: { id }, body, principal }) => lanes.report(await events.find(id, principal.organisation), body, principal),
    }),
    route({
      ...common, method: 'delete', path: '/events/:id', summary: 'Delete an event with all that is kept of it', permission: 'events:write', params,
      answers: { 204: { description: 'It is gone' } }, problems: ['event-unknown'],
      run: ({ params: { id }, principal }) => events.remove(id, principal),
    }),
  ];
}

/** The version of this moment, so that a rule that changes does not change what is asked at the door. @throws HealthpassError `rule-unknown` */
function ruleOf(wanted: string, policies: readonly Policy[]): string {
  const [id, version] = wanted.split('@');
  const policy = policies.filter((candidate) => candidate.id === id && (version === undefined || candidate.version === Number(version))).at(-1);
  if (!policy) throw new HealthpassError('rule-unknown', 'there is no such rule', { field: 'rule' });
  return `${policy.id}@${policy.version}`;
}

const toJson = (event: Event): z.infer<typeof eventSchema> => {
  const { id, name, audience, rule, days, capacity, createdAt, endsAt } = event;
  return { id, name, audience, rule, days: days.map((day) => ({ day, event: eventOfDay(event, day) })), capacity, createdAt, endsAt };
};
