// What passes between patients, guardians and whoever recovers. Shares are sealed from end to end.
import { z } from 'zod';
import { parseBackup, type Backup } from '../keys/guardians.ts';
import { addressText, bytes32Text, publicKeyText, unixSeconds } from './wire.ts';

const sealedText = (most: number) => z.string().min(64).max(most).regex(/^[A-Za-z0-9_-]+$/);
export const backupId = z.string().regex(/^[0-9a-f]{32}$/);
const backupText = z.custom<Backup>(isBackup).meta({ type: 'object', description: 'Shares of a root, each sealed to its guardian' });

function isBackup(value: unknown): boolean {
  try {
    parseBackup(value);
    return true;
  } catch {
    return false;
  }
}

/** `notes`: for each guardian, sealed, whose share it is. */
export const newBackupSchema = z.strictObject({ backup: backupText, notes: z.array(z.strictObject({ guardian: addressText, note: sealedText(2000) })).max(16) });
export const guardiansSchema = z.strictObject({
  backup: z.strictObject({ id: backupId, threshold: z.int(), guardians: z.array(addressText), madeAt: unixSeconds }).optional(),
  recovery: z.strictObject({ id: bytes32Text, readyAt: unixSeconds, released: z.int() }).optional().meta({ description: 'Somebody recovers this account; cancel it, if it is not you' }),
});
export type Guardians = z.infer<typeof guardiansSchema>;

/** What one guardian keeps: its own share, and no other. */
export const entrustedSchema = z.strictObject({ backup: backupId, threshold: z.int(), digest: z.string(), sealed: z.string(), note: z.string().optional() });
export type Entrusted = z.infer<typeof entrustedSchema>;

export const newRecoverySchema = z.strictObject({ id: bytes32Text, key: publicKeyText });
export const askedRecoverySchema = z.strictObject({ id: bytes32Text, key: publicKeyText, isOpen: z.boolean() });
export const releaseSchema = z.strictObject({ backup: backupId, sealed: sealedText(400) });
export const recoverySchema = z.strictObject({
  state: z.enum(['open', 'waiting', 'ready', 'over']).meta({ description: 'open: no guardian has released yet; waiting: for guardians, or for the time in which the patient can object' }),
  released: z.int(), threshold: z.int().optional(), readyAt: unixSeconds.optional(),
  backup: backupText.optional(), shares: z.array(z.strictObject({ guardian: addressText, sealed: z.string() })).optional(),
});
export type RecoveryState = z.infer<typeof recoverySchema>;
