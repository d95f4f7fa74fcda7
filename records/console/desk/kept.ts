// What the desk keeps in its vault of work under way: drafts, requests whose code may be shown again, and receipts of readings.
import { z } from 'zod';
import { PURPOSES, type Purpose } from '#records/model/purposes.ts';
import type { VaultRecord } from '#vault/record-store.ts';
import type { Vault } from '#vault/vault.ts';

const time = z.int().min(0);
const draftsSchema = z.record(z.string(), z.strictObject({ values: z.record(z.string(), z.string()), savedAt: time }));
type Drafts = z.infer<typeof draftsSchema>;
const DRAFTS: VaultRecord<Drafts> = { name: 'drafts', empty: {}, encode: (drafts) => drafts, parse: (json) => draftsSchema.parse(json) };

const asksSchema = z.array(z.strictObject({ id: z.string(), link: z.string(), expiresAt: time }));
export type Ask = z.infer<typeof asksSchema>[number];
const ASKS: VaultRecord<readonly Ask[]> = { name: 'asks', empty: [], encode: (asks) => asks, parse: (json) => asksSchema.parse(json) };

const readingsSchema = z.array(z.strictObject({ relationship: z.string(), at: time, purpose: z.enum(PURPOSES), count: z.int().min(0), receipts: z.array(z.unknown()) }));
/** One reading: for what, how many records, and what the gateway signed about it. */
export type Reading = { readonly relationship: string; readonly at: number; readonly purpose: Purpose; readonly count: number; readonly receipts: readonly unknown[] };
const READINGS: VaultRecord<readonly Reading[]> = { name: 'readings', empty: [], encode: (readings) => readings, parse: (json) => readingsSchema.parse(json) };

/** Seconds: drafts that nobody came back to are let go. */
const DRAFT_LIFETIME = 30 * 86_400;
/** The newest of all; older ones stand in the patient's account. */
const READINGS_MOST = 2000;

export function createKept(vault: () => Vault, now: () => number) {
  return {
    async draft(name: string): Promise<Readonly<Record<string, string>> | undefined> {
      return (await vault().read(DRAFTS))[name]?.values;
    },
    /** `undefined` forgets it. */
    putDraft: async (name: string, values: Readonly<Record<string, string>> | undefined): Promise<void> => vault().change(async ({ read, write }) => {
      const { [name]: _, ...others } = await read(DRAFTS);
      const kept = Object.fromEntries(Object.entries(others).filter(([, { savedAt }]) => savedAt > now() - DRAFT_LIFETIME));
      write(DRAFTS, values === undefined ? kept : { ...kept, [name]: { values: { ...values }, savedAt: now() } });
    }),
    asks: async (): Promise<readonly Ask[]> => (await vault().read(ASKS)).filter(({ expiresAt }) => expiresAt > now()),
    putAsk: async (ask: Ask): Promise<void> => vault().change(async ({ read, write }) => write(ASKS, [...(await read(ASKS)).filter(({ id, expiresAt }) => id !== ask.id && expiresAt > now()), ask])),
    readings: async (relationship: string): Promise<readonly Reading[]> => (await vault().read(READINGS)).filter((each) => each.relationship === relationship).toReversed(),
    putReading: async (reading: Reading): Promise<void> => vault().change(async ({ read, write }) => write(READINGS, [...(await read(READINGS)), reading].slice(-READINGS_MOST))),
  };
}
export type Kept = ReturnType<typeof createKept>;
