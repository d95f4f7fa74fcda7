// Where a reader goes on. Sealed, of one length, and bound to who reads and what was asked: it says nothing, and fits nobody else's page.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import type { Sealer } from '#server';
import { dayText, recordIdText } from '#records/model/exchange/wire.ts';
import type { After } from './entries.ts';

/** Seconds. */
const LIFETIME = 3600;
const placeSchema = z.object({ date: dayText, id: recordIdText, until: z.int() });

/** `asked`: whoever reads, where, and everything that was asked, as plain values. */
const contextOf = (asked: unknown): string => `cursor/${createHash('sha256').update(JSON.stringify(asked)).digest('hex')}`;

export const encodeCursor = async (sealer: Sealer, asked: unknown, { date, id }: After, now: UnixSeconds): Promise<string> =>
  Buffer.from(await sealer.seal(contextOf(asked), { date, id, until: now + LIFETIME })).toString('base64url');

/** @throws HealthpassError `request-invalid` for one of another reader or another question, and for one that is too old */
export async function decodeCursor(sealer: Sealer, asked: unknown, cursor: string, now: UnixSeconds): Promise<After> {
  try {
    const { until, ...place } = placeSchema.parse(await sealer.open(contextOf(asked), new Uint8Array(Buffer.from(cursor, 'base64url'))));
    if (now < until) return place;
  } catch (error) {
    if (!isHealthpassError(error) || error.code !== 'sealed-invalid') throw error;
  }
  throw new HealthpassError('request-invalid', 'the cursor belongs to another page, or is too old', { field: 'cursor' });
}
