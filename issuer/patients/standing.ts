// How things stand with what was issued: what the chain shows now, what our own changes did to it, and what is written down and not on chain yet.
import { entryStatus, type Kind, type TrustState } from '#passport';
import type { StatusAction } from '#contracts/status.ts';
import type { Queryable } from '#server';
import { LIFETIMES } from '../lifetimes.ts';
import type { StatusReason } from '../outbox/schema.ts';

/** `waiting`: nothing was handed out yet. `unknown`: the chain was not read. */
export const STANDINGS = ['valid', 'suspended', 'revoked', 'expired', 'waiting', 'unknown'] as const;
export type Standing = (typeof STANDINGS)[number];

export type IssuedCopy = { readonly id: string; readonly list: number; readonly index: number; readonly issuedAt: number };
/** `validUntil` where it is not the lifetime of its kind. */
export type CopyRow = IssuedCopy & { readonly validUntil: number | null };

export type StandingFields = {
  readonly status: Standing;
  /** Of the last change that this issuer made. */
  readonly statusAt?: number;
  readonly reason?: StatusReason;
  /** Written down, and not mined yet. */
  readonly pending?: StatusAction;
  readonly validUntil?: number;
};

/** What this issuer knows of the chain. */
export type KnownChain = { readonly did: string; readonly trust: () => TrustState | undefined };

/** When the last of some copies runs out; undefined without copies, or of an unknown kind. */
export function endOf(copies: readonly CopyRow[], kind: Kind | undefined): number | undefined {
  const ends = copies.map(({ issuedAt, validUntil }) => validUntil ?? (kind === undefined ? undefined : issuedAt + LIFETIMES[kind]));
  return ends.length === 0 || ends.includes(undefined) ? undefined : Math.max(...(ends as number[])); // the line says so
}

export function statusOf(trust: TrustState | undefined, copies: readonly CopyRow[], end: number | undefined, now: number): Standing {
  if (copies.length === 0) return 'waiting';
  if (!trust) return 'unknown';
  const entries = copies.map(({ list, index }) => entryStatus(trust, list, index));
  for (const blocked of ['revoked', 'suspended', 'unknown'] as const) if (entries.includes(blocked)) return blocked;
  return end !== undefined && end <= now ? 'expired' : 'valid';
}

type Change = { readonly issuance: string; readonly state: 'pending' | 'done'; readonly action: StatusAction; readonly reason: StatusReason | null; readonly at: number };
/** The last change of each issuance that was made, and the last that is to be. */
export type Changes = ReadonlyMap<string, { readonly done?: Change; readonly pending?: Change }>;

export async function changesOf(on: Queryable, issuances: readonly string[]): Promise<Changes> {
  const rows = issuances.length === 0 ? [] : await on.query<Change>(
    `SELECT DISTINCT ON (c.issuance, w.state) c.issuance, w.state, w.action, w.reason, coalesce(w.done_at, w.created_at)::int8 AS at
      FROM credential c JOIN status_change s ON s.credential = c.id JOIN chain_write w ON w.id = s.write
      WHERE c.issuance = ANY($1::text[]) AND (w.state = 'pending' OR (w.state = 'done' AND s.moves)) ORDER BY c.issuance, w.state, w.id DESC`, [issuances]);
  const changes = new Map<string, { done?: Change; pending?: Change }>();
  for (const row of rows) changes.set(row.issuance, { ...changes.get(row.issuance), [row.state]: row });
  return changes;
}

/** What the chain will show as soon as it is read again. A reinstatement counts when it is read. */
export function sinceRead(status: Standing, done: Change | undefined, readAt: number | undefined): Standing {
  if (!done || readAt === undefined || done.at < readAt || status === 'revoked') return status;
  return done.action === 'revoke' ? 'revoked' : done.action === 'suspend' ? 'suspended' : status;
}

/** Entries of an issuer's lists that the chain shows as revoked or as suspended, as columns for a query. */
export function blockedEntries({ did, trust }: KnownChain, wanted: 'revoked' | 'suspended' | 'both'): { lists: number[]; indices: number[] } {
  const known = trust();
  const record = known?.issuers.find((issuer) => issuer.did === did);
  const [lists, indices]: [number[], number[]] = [[], []];
  for (const { id, latestWords, words } of known?.lists.filter(({ id: list }) => record?.lists.includes(list)) ?? []) {
    for (const word of new Set([...latestWords.keys(), ...words.keys()])) {
      const bits = ((latestWords.get(word) ?? 0n) | (words.get(word) ?? 0n)).toString(2); // the last character is the first entry
      for (let at = bits.indexOf('1'); at >= 0; at = bits.indexOf('1', at + 1)) {
        const index = word * 248 + bits.length - 1 - at;
        if (wanted !== 'both' && entryStatus(known!, id, index) !== wanted) continue;
        lists.push(id);
        indices.push(index);
      }
    }
  }
  return { lists, indices };
}
