// What the desk keeps in its vault: the root of all keys of a member, and what was set.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { VaultRecord } from '#vault/record-store.ts';

export const IDLE = { least: 60, most: 3600 };
const KEY_HEX = /^[0-9a-f]{64}$/;

/** 32 random bytes from which every key of the member is derived. */
export const ROOT: VaultRecord<Uint8Array | undefined> = {
  name: 'root', empty: undefined, encode: (root) => root && bytesToHex(root),
  parse: (json) => hexToBytes(z.string().regex(KEY_HEX).parse(json)),
};

const settingsSchema = z.strictObject({
  /** Seconds without use after which the desk locks. */
  idleSeconds: z.int().min(IDLE.least).max(IDLE.most),
  /** Unix seconds of the last key file that was saved. */
  backedUpAt: z.int().min(0).optional(),
});
export type DeskSettings = z.infer<typeof settingsSchema>;
export const SETTINGS: VaultRecord<DeskSettings> = { name: 'settings', empty: { idleSeconds: 600 }, encode: (settings) => settings, parse: (json) => settingsSchema.parse(json) };
