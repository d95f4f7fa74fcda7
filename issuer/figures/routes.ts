// Figures for the pages of staff: counts over time and now, the chain, the money, and the issuer's own keys.
import { z } from 'zod';
import { route, type Principal, type Route } from '#server';
import { keysStanding, type KeysDeps } from './keys.ts';
import { chainFigures, totalsOf, type Gas } from './now.ts';
import { seriesOf, STEPS, type Step } from './series.ts';
import type { Provider } from 'ethers';
import type { Outbox } from '../outbox/index.ts';

export type FigureDeps = KeysDeps & {
  readonly outbox: Pick<Outbox, 'state' | 'lag'>;
  readonly provider: Provider | undefined;
  readonly gas: () => Promise<Gas | undefined>;
  readonly now: () => number;
};

const DAY = 86_400;
const seconds = z.string().regex(/^\d{1,12}$/).transform(Number);
const query = z.strictObject({ from: seconds.optional(), to: seconds.optional(), step: z.enum(Object.keys(STEPS) as [Step, ...Step[]]).optional() });
const bucket = z.object({ at: z.int(), issued: z.int(), revoked: z.int(), suspended: z.int(), reinstated: z.int(), offered: z.int(), accepted: z.int(), outstanding: z.int().meta({ description: 'Offers open at its end' }) });
const gas = z.object({ balance: z.string().meta({ description: 'Wei' }), perWrite: z.string().meta({ description: 'Wei of one change of status at the present price' }), writes: z.int().meta({ description: 'How many of them the balance pays for' }) });
const chain = z.object({
  head: z.int().optional().meta({ description: 'Newest block of the endpoint' }), read: z.int().optional().meta({ description: 'Newest block that was read' }), finalized: z.int().optional(),
  readAt: z.int().optional(), headAt: z.int().optional(), pending: z.int(), oldestSeconds: z.int(), unfinal: z.int(), writer: z.string(), trouble: z.string().optional(),
});
const figures = z.object({
  from: z.int(), to: z.int(), step: z.enum(Object.keys(STEPS) as [Step, ...Step[]]), series: z.array(bucket),
  now: z.object({ issued: z.int(), revoked: z.int(), suspended: z.int(), outstanding: z.int(), patients: z.int() }), chain, gas: gas.optional(),
});
const standing = z.enum(['active', 'suspended', 'removed']);
const keys = z.object({
  did: z.string(), account: z.string(), accreditation: z.object({ issuer: z.int(), name: z.string(), accreditedBy: z.string(), standing, latestStatus: standing }).optional(),
  claimsKey: z.object({ x: z.string(), y: z.string(), onChain: z.boolean() }),
  keys: z.array(z.object({ kid: z.string(), type: z.enum(['secp256k1', 'P-256']), since: z.int(), until: z.int().nullable(), current: z.boolean() })),
  lists: z.array(z.object({ id: z.int(), used: z.int(), revoked: z.int(), suspended: z.int(), capacity: z.int() })),
  anchors: z.object({ count: z.int(), last: z.object({ at: z.int(), list: z.int(), root: z.string() }).optional() }), unanchored: z.int(), gas: gas.optional(),
});

/** The operator of the machine sees all organisations, everybody else one. */
const organisationOf = ({ kind, organisation }: Principal) => (kind === 'operator' ? null : organisation);

export const figureRoutes = (deps: FigureDeps): Route[] => [
  route({
    method: 'get', path: '/statistics', summary: 'Give counts over time, and how things stand now', tag: 'operations', permission: 'credentials:read', query,
    answers: { 200: { description: 'Every step from one time to the other, also those in which nothing happened; by default the last thirty days', schema: figures } },
    async run({ query: { to = deps.now() + 1, step = 'day', from = to - (step === 'day' ? 30 : 2) * DAY }, principal }) {
      const [organisation, money] = [organisationOf(principal), await deps.gas()];
      return {
        from, to, step, series: await seriesOf(deps.on, { organisation, from, to, step }), now: await totalsOf(deps.on, deps.chain, organisation, deps.now()),
        chain: await chainFigures(deps.outbox, deps.chain.trust(), deps.provider), ...(money && { gas: money }),
      };
    },
  }),
  route({
    method: 'get', path: '/keys', summary: 'Say what stands on chain of this issuer', tag: 'keys', permission: 'audit:read',
    answers: { 200: { description: 'Accreditation, keys, lists, anchors and money', schema: keys } },
    async run() {
      const money = await deps.gas();
      return { ...(await keysStanding(deps)), ...(money && { gas: money }) };
    },
  }),
];
