// A campaign: a file of rows that become credentials or offers, or a list of credentials whose status changes. Its states, and what it was asked.
import { z } from 'zod';
import type { Principal } from '#server';
import { STATUS_REASONS } from '../outbox/schema.ts';
import { COLUMNS } from './columns.ts';
import { DATE_FORMATS } from './dates.ts';

export const FORMATS = ['csv', 'ndjson', 'bundle'] as const;
export type Format = (typeof FORMATS)[number];
export const STATES = ['uploading', 'checking', 'draft', 'running', 'paused', 'done', 'cancelled'] as const;
export type State = (typeof STATES)[number];
export const CAMPAIGN_KINDS = ['issue', 'revoke', 'suspend', 'reinstate'] as const;
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number];

/** What was asked of it with its file. */
export const settingsSchema = z.strictObject({
  mapping: z.strictObject(Object.fromEntries(COLUMNS.map((column) => [column, z.string().min(1).max(200).optional()]))).optional(),
  dates: z.enum(DATE_FORMATS).default('YYYY-MM-DD'),
  /** Seconds; at most the kind's own. */
  lifetime: z.int().min(60).optional(),
  /** Rows with holder bindings become credentials at once, others offers; or all of them offers. */
  make: z.enum(['credentials-or-offers', 'offers']).default('credentials-or-offers'),
  pin: z.boolean().default(true),
  /** Seconds that an offer stands. */
  offerLifetime: z.int().min(60).max(30 * 86_400).default(14 * 86_400),
  /** Rows that an earlier campaign issued are issued once more. */
  again: z.boolean().default(false),
  /** Why statuses change; kept with the change. */
  reason: z.enum(STATUS_REASONS).optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export type Campaign = {
  readonly id: string;
  readonly organisation: string;
  /** Who made it, and in whose name its work is done. */
  readonly actorKind: Principal['kind'];
  readonly actor: string;
  readonly kind: CampaignKind;
  readonly format: string;
  readonly state: State;
  /** Code of what keeps a running or paused campaign. */
  readonly reason: string | null;
  readonly settings: Settings;
  /** An earlier campaign that was made of the same file. */
  readonly sameAs: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** When nothing was left of what its rows said. */
  readonly erasedAt: number | null;
  /** Since when it runs without a pause, and how many rows that took care of. */
  readonly runAt: number | null;
  readonly runDone: number;
  readonly total: number;
  readonly checked: number;
  readonly ready: number;
  readonly done: number;
  readonly refused: number;
};

/** In whose name the work of a campaign is done, long after the request of whoever made it. */
export const actorOf = ({ actor, actorKind, organisation }: Pick<Campaign, 'actor' | 'actorKind' | 'organisation'>): Principal =>
  ({ kind: actorKind, id: actor, organisation, permissions: new Set() });
