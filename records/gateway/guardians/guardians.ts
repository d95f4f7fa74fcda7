// Guardians keep shares of a patient's root, and release them to whoever recovers: enough of them, after a time in which the patient can object from any
// device that is still signed in. Whoever takes over an account has to deceive that many people, and to stay unnoticed that long.
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Queryable } from '#server';
import type { Entrusted, Guardians, RecoveryState } from '#records/model/exchange/guardians.ts';
import { parseBackup, type Backup } from '#records/model/keys/guardians.ts';
import type { PublicKey } from '#records/model/keys/hpke.ts';
import type { Address } from '#records/model/members.ts';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { PatientId } from '../patient-keys.ts';
import { conflict } from '../epochs/key-book.ts';
import type { Owner } from '../relationships/changes.ts';
import type { Hex } from '../relationships/relationship.ts';
import { recordUnknown } from '../unknown.ts';

/** Seconds in which the patient can object. */
export const OBJECTION = 72 * 3600;
/** Seconds after which a recovery that came to nothing is forgotten. */
const LIFETIME = 30 * 86_400;
/** Recoveries of one account at once: a person recovers on one device. */
const MOST_OPEN = 3;

const shareSchema = z.object({ digest: z.string(), sealed: z.string(), note: z.string().optional() });
const releasedSchema = z.object({ guardian: z.string(), sealed: z.string() });

export function createGuardians({ database, sealer, blind, patientKeys, notices, audit, now }: Exchange) {
  const indexOf = (guardian: Address) => blind(`guardian/${guardian}`);
  const backupContext = (id: string) => `guardian-backup/${id}`;
  type BackupRow = { readonly id: string; readonly patient: PatientId; readonly threshold: number; readonly sealed: Uint8Array; readonly madeAt: number };
  const BACKUP = 'id, patient, threshold, sealed, made_at::int8 AS "madeAt"';
  const opened = async (on: Queryable, { id, patient, sealed }: BackupRow): Promise<Backup> => parseBackup(await (await patientKeys.sealer(on, patient)).open(backupContext(id), sealed));
  const backupOf = async (on: Queryable, patient: PatientId) => (await on.query<BackupRow>(`SELECT ${BACKUP} FROM guardian_backup WHERE patient = $1`, [patient]))[0];
  type RecoveryRow = { readonly id: Hex; readonly key: PublicKey; readonly backup: string | null; readonly readyAt: number | null; readonly released: number };
  const RECOVERY = 'id, key, backup, ready_at::int8 AS "readyAt", (SELECT count(*) FROM recovery_share s WHERE s.recovery = recovery.id)::int AS released';

  return {
    /** Replaces what there was: the old shares open nothing that anybody would be given, and a recovery by them is over. */
    async entrust({ patient }: Owner, backup: Backup, notes: readonly { readonly guardian: Address; readonly note: string }[]): Promise<void> {
      const at = now();
      await database.transaction(async (tx) => {
        await tx.query('DELETE FROM guardian_backup WHERE patient = $1', [patient]);
        const sealed = await (await patientKeys.sealer(tx, patient)).seal(backupContext(backup.id), backup);
        const added = await tx.query('INSERT INTO guardian_backup (id, patient, threshold, sealed, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1', [backup.id, patient, backup.threshold, sealed, at]);
        if (added.length === 0) throw conflict('backup.id');
        for (const { guardian, digest, sealed: share } of backup.shares) {
          const note = notes.find((one) => one.guardian === guardian)?.note;
          const kept = await sealer.seal(`guardian-share/${backup.id}`, { digest, sealed: share, ...(note !== undefined && { note }) });
          await tx.query('INSERT INTO guardian_share (backup, guardian, sealed) VALUES ($1, $2, $3)', [backup.id, indexOf(guardian), kept]);
          await audit.append(tx, { patient, now: at, access: { kind: 'disclosed', actor: { kind: 'patient' }, to: 'guardian', recipient: { address: guardian }, categories: [] } });
        }
      });
    },

    async view({ patient }: Owner): Promise<Guardians> {
      const row = await backupOf(database, patient);
      if (!row) return {};
      const { shares, threshold, id } = await opened(database, row);
      const [recovery] = await database.query<RecoveryRow>(`SELECT ${RECOVERY} FROM recovery WHERE backup = $1 AND expires_at > $2 ORDER BY ready_at, id LIMIT 1`, [id, now()]); // the others show when the patient has objected to this one
      return {
        backup: { id, threshold, guardians: shares.map(({ guardian }) => guardian), madeAt: row.madeAt },
        ...(recovery && { recovery: { id: recovery.id, readyAt: recovery.readyAt!, released: recovery.released } }), // bound to a backup, so it has a time
      };
    },

    async entrusted({ account }: Caller): Promise<Entrusted[]> {
      const rows = await database.query<{ backup: string; threshold: number; sealed: Uint8Array }>(
        'SELECT s.backup, b.threshold, s.sealed FROM guardian_share s JOIN guardian_backup b ON b.id = s.backup JOIN patient p ON p.id = b.patient WHERE s.guardian = $1 ORDER BY b.made_at LIMIT 200', [indexOf(account)]);
      return Promise.all(rows.map(async ({ backup, threshold, sealed }) => ({ backup, threshold, ...shareSchema.parse(await sealer.open(`guardian-share/${backup}`, sealed)) })));
    },

    /** A new device asks, with a key that guardians seal to. For whom it recovers, nobody knows until a guardian says. */
    async ask({ account }: Caller, id: Hex, key: PublicKey): Promise<void> {
      await database.transaction(async (tx) => {
        await tx.query('DELETE FROM recovery WHERE expires_at <= $1', [now()]);
        const [open] = await tx.query<{ count: number }>('SELECT count(*)::int8 AS count FROM recovery WHERE account = $1', [indexOf(account)]);
        if (open!.count >= MOST_OPEN) throw new HealthpassError('service-unavailable', 'too many recoveries are open', { field: 'recoveries' });
        const added = await tx.query('INSERT INTO recovery (id, account, key, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1', [id, indexOf(account), key, now() + LIFETIME]);
        if (added.length === 0) throw conflict('id');
      });
    },

    /** What a guardian compares with the person who asks. @throws HealthpassError `record-unknown` */
    async asked({ account }: Caller, id: Hex): Promise<{ readonly id: Hex; readonly key: PublicKey; readonly isOpen: boolean }> {
      const [guards] = await database.query('SELECT 1 FROM guardian_share WHERE guardian = $1 LIMIT 1', [indexOf(account)]);
      const [row] = await database.query<RecoveryRow>(`SELECT ${RECOVERY} FROM recovery WHERE id = $1 AND expires_at > $2`, [id, now()]);
      if (!row || !guards) throw recordUnknown();
      return { id, key: row.key, isOpen: row.backup === null };
    },

    /**
     * A guardian releases its share, sealed to the key of the recovery. The first one says whose account it is; from then on the patient can object.
     * @throws HealthpassError `record-unknown` (no such recovery, or no guardian of this backup)
     */
    async release({ account }: Caller, id: Hex, backup: string, sealed: string): Promise<void> {
      const at = now();
      await database.transaction(async (tx) => {
        const [share] = await tx.query<{ patient: PatientId }>('SELECT b.patient FROM guardian_share s JOIN guardian_backup b ON b.id = s.backup WHERE s.backup = $1 AND s.guardian = $2', [backup, indexOf(account)]);
        const [row] = await tx.query<RecoveryRow>(`SELECT ${RECOVERY} FROM recovery WHERE id = $1 AND expires_at > $2 FOR UPDATE`, [id, at]);
        if (!share || !row || (row.backup !== null && row.backup !== backup)) throw recordUnknown();
        if (row.backup === null) {
          await tx.query('UPDATE recovery SET backup = $2, ready_at = $3 WHERE id = $1', [id, backup, at + OBJECTION]);
          await notices.add(tx, { kind: 'recovery', patient: share.patient, subject: id });
        }
        const kept = await sealer.seal(`recovery-share/${id}`, { guardian: account, sealed });
        await tx.query('INSERT INTO recovery_share (recovery, guardian, sealed) VALUES ($1, $2, $3) ON CONFLICT (recovery, guardian) DO UPDATE SET sealed = excluded.sealed', [id, indexOf(account), kept]);
      });
    },

    /** The patient objects: the shares go, and the guardians would have to be asked anew. @throws HealthpassError `record-unknown` */
    async object({ patient }: Owner, id: Hex): Promise<void> {
      const gone = await database.query('DELETE FROM recovery WHERE id = $1 AND backup IN (SELECT id FROM guardian_backup WHERE patient = $2) RETURNING 1', [id, patient]);
      if (gone.length === 0) throw recordUnknown();
    },

    /** For the device that asked: shares only when enough guardians released and nobody objected in time. @throws HealthpassError `record-unknown` */
    async progress({ account }: Caller, id: Hex): Promise<RecoveryState> {
      const at = now() as UnixSeconds;
      const [row] = await database.query<RecoveryRow>(`SELECT ${RECOVERY} FROM recovery WHERE id = $1 AND account = $2 AND expires_at > $3`, [id, indexOf(account), at]);
      if (!row) throw recordUnknown();
      const [kept] = row.backup === null ? [] : await database.query<BackupRow>(`SELECT ${BACKUP} FROM guardian_backup WHERE id = $1`, [row.backup]);
      if (!kept || row.readyAt === null) return { state: 'open', released: 0 };
      const told = { released: row.released, threshold: kept.threshold, readyAt: row.readyAt };
      if (at < row.readyAt || row.released < kept.threshold) return { state: 'waiting', ...told };
      const rows = await database.query<{ sealed: Uint8Array }>('SELECT sealed FROM recovery_share WHERE recovery = $1', [id]);
      const shares = await Promise.all(rows.map(async ({ sealed }) => releasedSchema.parse(await sealer.open(`recovery-share/${id}`, sealed)) as { guardian: Address; sealed: string })); // sealed by us as such
      return { state: 'ready', ...told, backup: await opened(database, kept), shares };
    },
  };
}
