// Enters accesses in the log of a patient, within the transaction of whatever the access gives out: nothing leaves the gateway that is not entered.
import { randomBytes } from 'node:crypto';
import type { UnixSeconds } from '#passport';
import type { Queryable } from '#server';
import type { Address } from '#records/model/members.ts';
import {
  createAuditEvent, createSalt, entryHash, eventDigest, FIRST_PREVIOUS, toBytes, toHex, type Access, type AccessReceipt, type EntryHead, type Hex, type LogEntry,
} from '#records/model/audit/index.ts';
import type { GatewayDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';
import { createHistory, type HistoryDeps } from './history.ts';
import { namelessIn, withNames } from './names.ts';

type LogDeps = Pick<GatewayDeps, 'patientKeys' | 'signer'> & { readonly config: Pick<GatewayDeps['config'], 'chainId'> } & Pick<HistoryDeps, 'careIndex'>;

export type Appending = {
  readonly patient: PatientId;
  readonly access: Access;
  /** What the reader knows the relationship by, 32 bytes; with it there is a receipt for the reader of a `read` with its `request`. */
  readonly relationship?: Hex;
  /** What the patient is called in the event, where that is no relationship. */
  readonly pseudonym?: string;
  readonly now: UnixSeconds;
};

export type AuditLog = {
  /**
   * Appends an entry; others wait for this patient's log until `tx` ends, so do it last. A receipt may leave only once `tx` is committed.
   * @throws HealthpassError `patient-erased`, `chain-inconsistent` (the database is an older copy)
   */
  readonly append: <Given extends Appending>(tx: Queryable, given: Given) => Promise<{ readonly entry: EntryHead; readonly receipt: Given extends { relationship: Hex; access: { kind: 'read'; request: Hex } } ? AccessReceipt : AccessReceipt | undefined }>;
  /** For what is not entered, and may not be taken on an older copy either. @throws HealthpassError `chain-inconsistent` */
  readonly assertWhole: (on: Queryable) => Promise<void>;
  /** The log of a patient, made where there is none. */
  readonly logOf: (on: Queryable, patient: PatientId) => Promise<Hex>;
  /** Entries after one, in their order, opened for the patient. */
  readonly read: (on: Queryable, patient: PatientId, range: { readonly after: number; readonly limit: number }) => Promise<LogEntry[]>;
};

type HeadRow = { readonly log: Uint8Array; readonly entries: number; readonly head: Uint8Array; readonly at: number };
type LockedHead = HeadRow & { readonly names: string; readonly root: Uint8Array | null };
type EntryRow = { readonly sequence: number; readonly previous: Uint8Array; readonly event: Uint8Array; readonly at: number; readonly signature: Uint8Array; readonly sealed: Uint8Array };
type Opened = { readonly salt: Hex; readonly document: string };

export function createAuditLog({ patientKeys, signer, careIndex, config: { chainId } }: LogDeps): AuditLog {
  const { newest, assertSame, assertWhole } = createHistory({ careIndex, signer });

  /** The end of the log, which nobody else moves until `tx` ends, what these members are called, and the root of a checkpoint. */
  async function lockHead(tx: Queryable, patient: PatientId, nameless: readonly Address[], checkpoint: number): Promise<LockedHead> {
    const lock = () => tx.query<LockedHead>(
      `SELECT log, entries::int8 AS entries, head, at::int8 AS at, (SELECT coalesce(json_object_agg(m.address, m.name), '{}')::text FROM member_profile m WHERE m.address = ANY($2::text[])) AS names,
          (SELECT root FROM access_checkpoint WHERE sequence = $3) AS root
        FROM access_log WHERE patient = $1 FOR UPDATE OF access_log`, [patient, nameless, checkpoint]);
    const [known] = await lock();
    if (known) return known;
    await makeLog(tx, patient);
    return (await lock())[0]!; // made just now, here or by another
  }

  async function append(tx: Queryable, { patient, access, relationship, pseudonym, now }: Appending): Promise<{ entry: EntryHead; receipt: AccessReceipt | undefined }> {
    const [anchor, sealer] = [newest(), await patientKeys.sealer(tx, patient)];
    const { log: id, entries, head, at, names, root } = await lockHead(tx, patient, namelessIn(access), anchor.sequence);
    assertSame(anchor, root);
    const named = withNames(access, new Map(Object.entries(JSON.parse(names) as Record<string, string>))); // as the statement makes it
    const log = toHex(id);
    const time = Math.max(now, at) as UnixSeconds; // a clock that was set back makes no entry older than the one before
    const document = JSON.stringify(createAuditEvent(named, { gateway: { address: signer.address, url: signer.did }, chainId, patient: relationship ?? pseudonym ?? log, time }));
    const opened: Opened = { salt: createSalt(), document };
    const entry: EntryHead = { log, sequence: entries + 1, previous: toHex(head), event: eventDigest(opened.salt, document), time };
    await tx.query(
      `WITH entered AS (INSERT INTO access_entry (log, sequence, previous, event, at, signature, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7))
       UPDATE access_log SET entries = $2, head = $8, at = $5 WHERE log = $1`,
      [id, entry.sequence, head, toBytes(entry.event), time, toBytes(signer.sign('Receipt', entry)), await sealer.seal(contextOf(entry), opened), toBytes(entryHash(entry, chainId))]);
    if (relationship === undefined || access.kind !== 'read' || access.request === undefined) return { entry, receipt: undefined };
    const told = { relationship, request: access.request, event: entry.event, time };
    return { entry, receipt: { ...told, signature: signer.sign('AccessReceipt', told) } };
  }

  return {
    assertWhole,
    append: append as AuditLog['append'], // the receipt is there where a relationship is given
    async logOf(on, patient) {
      const find = () => on.query<{ log: Uint8Array }>('SELECT log FROM access_log WHERE patient = $1', [patient]);
      const [known] = await find();
      if (!known) await makeLog(on, patient);
      return toHex((known ?? (await find())[0]!).log);
    },
    async read(on, patient, { after, limit }) {
      const rows = await on.query<EntryRow & { log: Uint8Array }>(
        `SELECT log, sequence::int8 AS sequence, previous, event, at::int8 AS at, signature, sealed FROM access_entry
          WHERE log = (SELECT log FROM access_log WHERE patient = $1) AND sequence > $2 ORDER BY sequence LIMIT $3`, [patient, after, limit]);
      if (rows.length === 0) return [];
      const sealer = await patientKeys.sealer(on, patient);
      return Promise.all(rows.map(async ({ log, sequence, previous, event, at, signature, sealed }): Promise<LogEntry> => ({
        sequence, previous: toHex(previous), event: toHex(event), time: at as UnixSeconds, signature: toHex(signature), ...(await sealer.open(contextOf({ log: toHex(log), sequence }), sealed)) as Opened, // sealed above
      })));
    },
  };
}

const contextOf = ({ log, sequence }: Pick<EntryHead, 'log' | 'sequence'>) => `access-entry/${log}/${sequence}`;

const makeLog = (on: Queryable, patient: PatientId) => on.query(
  'INSERT INTO access_log (patient, log, entries, head, at) VALUES ($1, $2, 0, $3, 0) ON CONFLICT DO NOTHING', [patient, new Uint8Array(randomBytes(32)), toBytes(FIRST_PREVIOUS)]);
