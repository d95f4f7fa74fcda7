// Entries of the index. Who wrote one, and where it lies, stands sealed under the patient's key.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import type { Entry } from '#records/model/exchange/wire.ts';
import type { Category, FhirDay, RecordId, RecordMeta } from '#records/model/record.ts';
import type { GatewayDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';

type Row = { readonly id: RecordId; readonly category: Category; readonly day: FhirDay; readonly epoch: number; readonly sealed: Uint8Array; readonly sealedKey: string; readonly at: number };
const COLUMNS = 'id, category, day, epoch::int8 AS epoch, sealed, sealed_key AS "sealedKey", at::int8 AS at';
const contextOf = (id: RecordId) => `record/${id}`;
const sealedSchema = z.object({ author: z.string(), reference: z.string(), content: z.string(), signature: z.string() });

/** Of one patient: keys are planned over all of them. */
const MOST_RECORDS = 100_000;

export type KeptEntry = Omit<Entry, 'wrap'>;
/** Where a reader goes on: after the record of this day and id, newest first. */
export type After = { readonly date: FhirDay; readonly id: string };
export type Filter = { readonly categories?: readonly Category[] | undefined; readonly from?: FhirDay | undefined; readonly until?: FhirDay | undefined; readonly records?: readonly RecordId[] | undefined };

export type EntryBook = ReturnType<typeof createEntryBook>;

export function createEntryBook({ patientKeys }: Pick<GatewayDeps, 'patientKeys'>) {
  async function opened(on: Queryable, patient: PatientId, rows: readonly Row[]): Promise<KeptEntry[]> {
    if (rows.length === 0) return [];
    const sealer = await patientKeys.sealer(on, patient);
    return Promise.all(rows.map(async ({ id, category, day, epoch, sealed, sealedKey, at }) => {
      const { author, reference, content, signature } = sealedSchema.parse(await sealer.open(contextOf(id), sealed)) as Pick<Entry, 'reference' | 'content' | 'signature'> & { author: Entry['meta']['author'] }; // sealed by us as such
      return { meta: { id, category, date: day, author }, epoch, reference, sealedKey, content, time: at, signature };
    }));
  }

  return {
    /** @throws HealthpassError `request-invalid` for an id that is taken, `service-unavailable` when there are too many */
    async add(tx: Queryable, patient: PatientId, { meta, epoch, reference, sealedKey, content, time, signature }: KeptEntry): Promise<void> {
      const sealed = await (await patientKeys.sealer(tx, patient)).seal(contextOf(meta.id), { author: meta.author, reference, content, signature });
      const added = await tx.query(
        `INSERT INTO record_entry (id, patient, category, day, epoch, sealed, sealed_key, at) SELECT $1, $2, $3, $4, $5, $6, $7, $8
          WHERE NOT EXISTS (SELECT 1 FROM record_entry WHERE patient = $2 OFFSET $9) ON CONFLICT DO NOTHING RETURNING 1`,
        [meta.id, patient, meta.category, meta.date, epoch, sealed, sealedKey, time, MOST_RECORDS - 1]);
      if (added.length > 0) return;
      const [last] = await tx.query('SELECT 1 FROM record_entry WHERE patient = $1 OFFSET $2 LIMIT 1', [patient, MOST_RECORDS - 1]);
      if (last) throw new HealthpassError('service-unavailable', 'too many records are kept', { field: 'records' });
      throw new HealthpassError('request-invalid', 'the id is that of another record', { field: 'id' }); // also for whoever files another's entry a second time
    },
    /** Newest first, by what every reader may see. */
    async list(on: Queryable, patient: PatientId, { categories, from, until, records }: Filter, { after, limit }: { readonly after?: After | undefined; readonly limit: number }): Promise<KeptEntry[]> {
      const { sql, values } = searchOf(patient, { categories, from, until, records }, after);
      const rows = await on.query<Row>(`${sql} ORDER BY day DESC, id DESC LIMIT $${values.length + 1}`, [...values, limit]);
      return opened(on, patient, rows);
    },
    /** Everything that is filed, as keys are planned by it. */
    async filed(on: Queryable, patient: PatientId): Promise<RecordMeta[]> {
      const rows = await on.query<Row>(`SELECT ${COLUMNS} FROM record_entry WHERE patient = $1`, [patient]);
      return (await opened(on, patient, rows)).map(({ meta }) => meta);
    },
  };
}

/** With the conditions that are given and no others: by each the database finds its way. */
function searchOf(patient: PatientId, { categories, from, until, records }: Filter, after: After | undefined): { readonly sql: string; readonly values: unknown[] } {
  const values: unknown[] = [patient];
  const given = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    'patient = $1', ...(categories ? [`category = ANY(${given(categories)}::text[])`] : []), ...(from !== undefined ? [`day >= ${given(from)}`] : []), ...(until !== undefined ? [`day <= ${given(until)}`] : []),
    ...(records ? [`id = ANY(${given(records)}::text[])`] : []), ...(after ? [`(day, id) < (${given(after.date)}, ${given(after.id)})`] : []),
  ];
  return { sql: `SELECT ${COLUMNS} FROM record_entry WHERE ${conditions.join(' AND ')}`, values };
}
