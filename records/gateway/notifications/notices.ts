// What there is to tell, for whom. A notice names a relationship, and a record where there is one, sealed; whether it is told is decided for each reader
// at the moment of telling.
import { z } from 'zod';
import type { Migrations, Queryable } from '#server';
import { metaSchema } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import type { RecordMeta } from '#records/model/record.ts';
import type { GatewayDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';
import { recipientIndex, type Hex } from '../relationships/relationship.ts';

export const NOTICE_MIGRATIONS: Migrations = [{
  name: 'records-notices',
  sql: `CREATE TABLE notice (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, audience bytea NOT NULL, sealed bytea NOT NULL, at bigint NOT NULL
   );
   CREATE INDEX notice_audience ON notice (audience, id);
   CREATE INDEX notice_at ON notice (at);`,
}];

/** What the patient is told beside what members are: that somebody asked to read, a recovery, an emergency or a prescription that touches the account. */
export const PATIENT_NOTICES = ['access', 'recovery', 'emergency', 'prescription'] as const;
const noticeSchema = z.union([
  z.object({ kind: z.enum(['relationship', 'records', ...PATIENT_NOTICES]), patient: z.string(), relationship: z.string().optional(), record: metaSchema.optional(), subject: z.string().optional() }),
  z.object({ kind: z.literal('letter'), subject: z.string() }),
]);
export type Notice = {
  readonly kind: 'relationship' | 'records' | (typeof PATIENT_NOTICES)[number];
  readonly patient: PatientId;
  readonly relationship?: Hex | undefined;
  readonly record?: RecordMeta | undefined;
  /** Id of a recovery, an emergency or a prescription. */
  readonly subject?: string | undefined;
};
/** Something was handed over at a pharmacy's desk: nobody here knows whose it is. */
export type LetterNotice = { readonly kind: 'letter'; /** Id of the desk. */ readonly subject: string };
export type KeptNotice = (Notice | LetterNotice) & { readonly id: number };

/** Seconds. Who was away longer looks for himself. */
const KEPT = 7 * 86_400;
/** Rows of the newest seconds are looked at again: one of a lower number may be committed after one of a higher. */
const OVERLAP = 15;
const PAGE = 1000;

export type Notices = ReturnType<typeof createNotices>;

export function createNotices({ database, sealer, blind, now }: Pick<GatewayDeps, 'database' | 'sealer' | 'blind' | 'now'>) {
  const ofPatient = (patient: PatientId) => blind(`notice/${patient}`);
  const ofRecipient = (recipient: Address) => blind(`notice/${recipientIndex(recipient)}`);
  type Row = { readonly id: number; readonly audience: Uint8Array; readonly sealed: Uint8Array };
  const opened = async ({ id, sealed }: Row): Promise<KeptNotice> => ({ id, ...(noticeSchema.parse(await sealer.open('notice', sealed)) as Notice | LetterNotice) }); // sealed by us as such
  type Addressed = { readonly audience: Uint8Array; readonly sealed: Uint8Array };
  const insert = (tx: Queryable, rows: readonly Addressed[]) => tx.query('INSERT INTO notice (audience, sealed, at) SELECT audience, sealed, $3 FROM unnest($1::bytea[], $2::bytea[]) AS n (audience, sealed)',
    [rows.map(({ audience }) => audience), rows.map(({ sealed }) => sealed), now()]);

  return {
    ofPatient, ofRecipient,
    /** Each for the patient, and for the recipient of the relationship where there is one to tell. */
    async add(tx: Queryable, ...notices: readonly (Notice & { readonly recipient?: Address | undefined; /** Not for the patient himself. */ readonly quiet?: boolean })[]): Promise<void> {
      const rows = await Promise.all(notices.map(async ({ recipient, quiet = false, ...notice }) => {
        const sealed = await sealer.seal('notice', notice);
        return [...(quiet ? [] : [ofPatient(notice.patient)]), ...(recipient === undefined ? [] : [ofRecipient(recipient)])].map((audience) => ({ audience, sealed }));
      }));
      await insert(tx, rows.flat());
    },
    /** For the pharmacy alone. */
    async addLetter(tx: Queryable, pharmacy: Address, desk: string): Promise<void> {
      await insert(tx, [{ audience: ofRecipient(pharmacy), sealed: await sealer.seal('notice', { kind: 'letter', subject: desk } satisfies LetterNotice) }]);
    },
    /** All those after one, oldest first, a page at a time. */
    async *after(audiences: readonly Uint8Array[], id: number): AsyncGenerator<KeptNotice> {
      for (let from = id; ;) {
        const rows = await database.query<Row>(`SELECT id::int8 AS id, audience, sealed FROM notice WHERE audience = ANY($1::bytea[]) AND id > $2 ORDER BY id LIMIT ${PAGE}`, [audiences, from]);
        for (const row of rows) yield await opened(row);
        if (rows.length < PAGE) return;
        from = rows.at(-1)!.id; // as many as asked for
      }
    },
    /** The newest number that was given. */
    last: async (): Promise<number> => (await database.query<{ id: number }>('SELECT coalesce(max(id), 0)::int8 AS id FROM notice'))[0]!.id,
    /** Numbers from the newest seconds that are there by now, up to one. */
    known: async (upTo: number): Promise<Set<number>> => new Set((await database.query<{ id: number }>('SELECT id::int8 AS id FROM notice WHERE at > $1 AND id <= $2', [now() - 2 * OVERLAP, upTo])).map(({ id }) => id)),
    /** Of everybody, from the newest seconds, with whom each is for. */
    async newest(): Promise<{ readonly audience: string; readonly notice: () => Promise<KeptNotice>; readonly id: number }[]> {
      const rows = await database.query<Row>('SELECT id::int8 AS id, audience, sealed FROM notice WHERE at > $1 ORDER BY id', [now() - OVERLAP]);
      return rows.map((row) => ({ id: row.id, audience: audienceText(row.audience), notice: () => opened(row) }));
    },
    forget: () => database.query('DELETE FROM notice WHERE at <= $1', [now() - KEPT]),
  };
}

export const audienceText = (audience: Uint8Array): string => Buffer.from(audience).toString('hex');
